"""The open commitments of the group, what was kept in this cycle, and how each came about.

Invariant: a chain is the group's to look at; nobody's misses are counted, here or anywhere. What
a member won day by day is theirs, and not shown.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.circle import commitments, cycle
from circle_tui.core.circle.commitments import Commitment
from circle_tui.core.circle.state import CircleState
from circle_tui.service.circle_service import CircleService
from circle_tui.tui import commitment_history
from circle_tui.tui.screens.keys import UP_DOWN
from circle_tui.tui.screens.old_between import OldCircleScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.lines import Headline
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views.view import Row

_CHANGING = {"change", "release", "due", "daily"}
_UNDER_WAY = "A meeting is under way: esc, and enter goes on with it; its commitments wait for it."


class OpenCommitmentsScreen(OldCircleScreen):
    """Two lists, open and kept, and the chain of the chosen one."""

    CSS_PATH = "open_commitments.tcss"
    TITLE_LINE = "commitments"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,enter", "chain(True)", "Chain", key_display="→"),
        Binding("left,enter", "chain(False)", "The list", key_display="←"),
        Binding("tab", "list(True)", "Kept"),
        Binding("tab", "list(False)", "Open"),
        Binding("e", "change", "Change"),
        Binding("x", "release", "Release"),
        Binding("t", "due", "Due"),
        Binding("y", "daily", "Daily"),
        *UP_DOWN,
    ]

    def __init__(self, opened: CircleService) -> None:
        super().__init__(opened)
        self._at = 0
        self._kept = False
        self._chain = False

    def body(self) -> Iterator[Widget]:
        with Card(id="lists"):
            yield Static(id="empty")
            yield Rows()
        with Card(id="chain"):
            yield Static(id="links")
        yield Prompt()

    # What there is to show

    def _listed(self) -> tuple[Commitment, ...]:
        """What the present list holds, in its order."""
        history = self.opened.state
        if self._kept:
            number, _ = cycle.number_of_next(history.records, history.circle.cycle)
            return commitments.kept_in(history, number)
        seats = [member.id for member in history.circle.members]
        return tuple(
            sorted(
                commitments.open_commitments(history),
                key=lambda each: seats.index(each.member) if each.member in seats else len(seats),
            )
        )

    def _current(self) -> Commitment | None:
        listed = self._listed()
        return listed[min(self._at, len(listed) - 1)] if listed else None

    def present(self, history: CircleState) -> None:
        current = self._current()
        self._chain = self._chain and current is not None
        which = "kept in this cycle" if self._kept else "open"
        self.query_one(Headline).show((history.circle.name, self.TITLE_LINE, which))
        self.query_one("#lists").display = not self._chain
        self.query_one("#chain").display = self._chain
        if current is not None and self._chain:
            shown = commitment_history.chain(history, current, self.opened.now)
            self.query_one("#links", Static).update(shown)
            return
        empty, rows = self.query_one("#empty", Static), self.query_one(Rows)
        empty.display, rows.display = current is None, current is not None
        if current is None:
            empty.update(Content(_nothing(history, kept=self._kept)))
        else:
            listed = self._listed()
            kept = _kept_rows(history, listed)
            narrow = self.has_class("-narrow")
            still_open = _open_rows(history, listed, self._today, narrow=narrow)
            by_id = kept if self._kept else still_open
            rows.show(tuple(by_id.values()), cursor=list(by_id).index(current.id))

    def undo(self) -> None:
        """Take back the last act; the cursor stays with the commitment it was on."""
        before, current = self.opened.state, self._current()
        super().undo()
        ids = [each.id for each in self._listed()]
        came_from = {each.becomes: each.commitment for each in before.changes}
        for one in () if current is None else (current.id, came_from.get(current.id)):
            if one in ids:
                self._at = ids.index(one)
                self.present(self.opened.state)
                break

    def on_resize(self) -> None:
        """Words are shorter where there is less room."""
        self.call_after_refresh(self.refresh_history)

    @property
    def _today(self) -> date:
        return self.opened.circle.day(self.opened.now)

    def line(self, history: CircleState) -> str:
        if self.asking:
            return "Enter takes what is typed, esc leaves it as it was."
        if self._chain:
            return "How it came about, oldest first. ← goes back to the list."
        if self._kept:
            return "Tab goes back to what is open."
        if self._current() is not None:
            return "Enter or → shows how one came about, tab what was kept in this cycle."
        if not history.circle.preset.meets:
            return "Esc goes back, and t there notes what was sent and received."
        return "Esc goes back, and enter there begins the meeting."

    # Looking around

    def action_move(self, by: int) -> None:
        """Choose another one; along a chain, read on."""
        if self._chain:
            self.query_one("#chain").scroll_relative(y=by, animate=False)
        elif count := len(self._listed()):
            self._at = (min(self._at, count - 1) + by) % count
            self.present(self.opened.state)

    def _look(self, *, kept: bool, chain: bool) -> None:
        self._at = 0 if kept != self._kept else self._at
        self._kept, self._chain = kept, chain
        self.query_one("#chain").scroll_home(animate=False)
        self.refresh_history()

    def action_chain(self, shown: bool) -> None:
        """How the chosen one came about, or back to the list."""
        self._look(kept=self._kept, chain=shown)

    def action_list(self, kept: bool) -> None:
        """What was kept in this cycle, or what is open."""
        self._look(kept=kept, chain=False)

    def go_back(self) -> None:
        if self._chain:
            self.action_chain(False)
        else:
            super().go_back()

    # Changing

    def action_change(self) -> None:
        """Ask for the new words of the chosen one."""
        if (current := self._current()) is None:
            return

        def changed(words: str) -> None:
            if self.amend(commitments.change, current.id, words):
                becomes = self.opened.state.changes[-1].becomes
                ids = [each.id for each in self._listed()]
                self._at = ids.index(becomes) if becomes in ids else self._at
                self._stop_asking()

        self.ask("What does it say now?", changed, current.text)

    def action_release(self) -> None:
        """Let the chosen one go."""
        current = self._current()
        if current is not None and self.amend(commitments.release, current.id):
            self._look(kept=False, chain=False)
            self.say("It is let go; u takes that back.")

    def action_due(self) -> None:
        """Ask when the chosen one comes up."""
        if (current := self._current()) is None:
            return

        def due(typed: str) -> None:
            if self.amend(commitments.set_due, current.id, typed):
                self._stop_asking()
                now = next((each for each in self._listed() if each.id == current.id), current)
                self.say(f"It comes up {commitment_history.due(now, self._today)}.")

        at_present = (
            "" if current.due == commitments.NEXT else commitment_history.due(current, self._today)
        )
        self.ask("When does it come up? As in 2 April; empty is the next meeting.", due, at_present)

    def action_daily(self) -> None:
        """Ask for the chosen one every day, or no more."""
        current = self._current()
        if current is not None and self.amend(commitments.set_daily, current.id):
            name = self.opened.state.member(current.member).name
            self.say(
                "It is not asked for every day any more."
                if current.daily
                else f"A daily one: circle-tui today {name} asks for it, and a yes takes one key."
            )

    # Typing

    def _stop_asking(self) -> None:
        self.query_one(Prompt).stop()
        self.refresh_history()

    def action_back(self) -> None:
        """Out of the field, out of the chain, or home."""
        if self.asking:
            self._stop_asking()
        else:
            self.go_back()

    # Which keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key has one meaning at a time; while words are typed the field has them all.

        What a meeting that waits has said about a commitment must not be overtaken from here.
        """
        if action == "back":
            return True
        if self.asking:
            return False
        if action in _CHANGING:
            if self._kept or self._current() is None:
                return False
            return None if self.opened.under_way else True
        if action == "chain":
            return self._chain != parameters[0] and self._current() is not None
        if action == "list":
            return not self._chain and self._kept != parameters[0]
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str | None:
        return _UNDER_WAY if action in _CHANGING else super().why_not(action)


def _open_rows(
    history: CircleState, listed: Sequence[Commitment], today: date, *, narrow: bool
) -> dict[str, Row]:
    """By commitment, and below each member's name what they have open."""
    rows: dict[str, Row] = {}
    for each in listed:
        if each.member not in rows:
            person = history.member(each.member)
            rows[each.member] = Row(person.name, "(away)" if person.away else "", dim=True)
        rows[each.id] = Row("○", each.text, commitment_history.state(each, today, narrow=narrow))
    return rows


def _kept_rows(history: CircleState, listed: Sequence[Commitment]) -> dict[str, Row]:
    return {each.id: Row("●", each.text, history.member(each.member).name) for each in listed}


def _nothing(history: CircleState, *, kept: bool) -> str:
    if not history.circle.preset.meets:
        return "A trading pair promises nothing here: it sends and receives."
    if kept:
        return "What is kept in this cycle will stand here."
    return "Nothing is open. Commitments are made in a meeting, by everybody in their own turn."
