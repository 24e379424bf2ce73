"""The members: who joins, leaves, is away, and where they sit.

Invariant: nobody is forgotten by a stray key. It takes f, f again below what it means, and the
name typed once more; everything else here can be taken back.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core import dates
from circle_tui.core.circle import membership
from circle_tui.core.circle.circle import Member
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.screens.keys import BY_SEAT, UP_DOWN
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Row, Rows

_GOES = (
    "This cannot be taken back, nor can anything that was done before it.",
    "Every word of theirs goes from every record: their name, commitments, what got in the way, "
    "wins and check-ins; and so do their signatures. The file's backup is deleted, and any "
    "meeting that was set aside.",
    "A seat without a name stays in the attendance. What others wrote stays too, and copies of "
    "the file that you made yourselves.",
)


class PeopleScreen(CircleScreen):
    """Everybody who belongs to the circle, or did, in seat order."""

    CSS_PATH = "people.tcss"
    TITLE_LINE = "people"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "join", "Joins"),
        Binding("a", "away", "Away"),
        Binding("a", "back_again", "Back again"),
        Binding("l", "gone", "Leaves for good"),
        Binding("r", "rename", "Rename"),
        Binding("f", "forget", "Forget"),
        Binding("less_than_sign,K,shift+up", "seat(-1)", "A seat up", show=False, key_display="<"),
        Binding(
            "greater_than_sign,J,shift+down", "seat(1)", "A seat down", show=False, key_display=">"
        ),
        *UP_DOWN,
        *BY_SEAT,
    ]

    def __init__(self, opened: CircleService) -> None:
        super().__init__(opened)
        self._at = 0
        self._forgetting: Member | None = None
        """Who is about to be forgotten, while it is said what that means."""

    def body(self) -> Iterator[Widget]:
        with Card(id="members"):
            yield Rows()
            yield Static(id="whom", classes="goes")
            for paragraph in _GOES:
                yield Static(Content(paragraph), classes="goes")
        yield Prompt()

    # What there is to show

    def _chosen(self) -> Member:
        return self.opened.circle.members[self._at]

    def present(self, history: CircleState) -> None:
        self._forgetting = None
        self.query_one(Prompt).stop()
        self._at = min(self._at, len(history.circle.members) - 1)
        self._show()

    def _show(self) -> None:
        self.query_one(Rows).display = self._forgetting is None
        for paragraph in self.query(".goes"):
            paragraph.display = self._forgetting is not None
        if self._forgetting is None:
            self.query_one(Rows).show(_rows(self.opened.state, self.opened.now), cursor=self._at)
        else:
            whom = Content.styled(f"Forget {self._forgetting.name}?", "bold $primary")
            self.query_one("#whom", Static).update(whom)

    def line(self, history: CircleState) -> str:
        if self.asking:
            return "Enter takes what is typed, esc leaves it."
        if self._forgetting is not None:
            return f"f goes on to forget {self._forgetting.name}; esc leaves everything as it is."
        return "↑ ↓ choose somebody; < > move their seat."

    # Typing

    def action_back(self) -> None:
        """Out of the field or the question, or home."""
        if self.asking or self._forgetting is not None:
            self.refresh_history()
        else:
            self.go_back()

    def undo(self) -> None:
        """Take back the last act; while somebody is about to be forgotten, that."""
        if self._forgetting is not None:
            self.action_back()
        else:
            super().undo()

    # Keys

    def action_join(self) -> None:
        """Ask who joins."""
        self.ask("Who joins? Their name:", self._join)

    def _join(self, name: str) -> None:
        if self.amend(membership.join, name):
            self._choose(len(self.opened.circle.members) - 1)

    def action_away(self) -> None:
        """The chosen one is away for a while."""
        self.amend(membership.go_away, self._chosen().id)

    def action_back_again(self) -> None:
        """The chosen one, who was away or had left, is back."""
        self.amend(membership.come_back, self._chosen().id)

    def action_gone(self) -> None:
        """The chosen one leaves for good."""
        person = self._chosen()
        if self.amend(membership.leave, person.id):
            self.say(f"{person.name} has left; the records they are part of keep their name.")

    def action_rename(self) -> None:
        """Ask for another name for the chosen one."""
        person = self._chosen()
        self.ask(
            f"What is {person.name} called from now on?",
            lambda name: self.amend(membership.rename, person.id, name),
            person.name,
        )

    def action_seat(self, by: int) -> None:
        """Move the chosen one by a seat."""
        if self.amend(membership.move_seat, self._chosen().id, by):
            self._choose(self._at + by)

    def action_forget(self) -> None:
        """Say what forgetting the chosen one means; then ask for the name."""
        person = self._forgetting
        if person is not None:
            self.ask(
                f"To forget {person.name} for good, type the name:",
                lambda name: self._forget(person, name),
            )
        else:
            self._forgetting = self._chosen()
            self._choose(self._at)

    def _forget(self, person: Member, name: str) -> None:
        try:
            self.opened.forget(person.id, name)
        except RuleError as refused:
            self.say(str(refused))
        else:
            self.saying.hush()
            self.refresh_history()
            self.say("Forgotten. Their words are gone; a seat without a name stays.")

    def action_move(self, by: int) -> None:
        """Choose somebody else; while it is said what forgetting means, read on."""
        if self._forgetting is not None:
            self.query_one(Card).scroll_relative(y=by, animate=False)
        else:
            self._choose((self._at + by) % len(self.opened.circle.members))

    def action_mark_seat(self, seat: int) -> None:
        """Choose somebody by seat."""
        active = self.opened.state.active
        if seat <= len(active):
            self._choose(self.opened.circle.members.index(active[seat - 1]))
        else:
            self.say_no_seat(seat)

    def _choose(self, at: int) -> None:
        self._at = at
        self.saying.hush()
        self._show()
        self.rest()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """One thing at a time; what the rules refuse is grey."""
        if action in {"join", "gone", "rename", "seat", "mark_seat", "away", "back_again"}:
            if self.asking or self._forgetting is not None:
                return False
            expected = self._chosen().expected
            if (action == "away" and not expected) or (action == "back_again" and expected):
                return False
        elif action in {"forget", "move"} and self.asking:
            return False
        return None if self.why_not(action) else super().check_action(action, parameters)

    def why_not(self, action: str) -> str | None:
        """What the rules say about the chosen one."""
        chosen = self._chosen()
        match action:
            case "away":
                return self.opened.refusal(membership.go_away, chosen.id)
            case "back_again":
                return self.opened.refusal(membership.come_back, chosen.id)
            case "gone":
                return self.opened.refusal(membership.leave, chosen.id)
            case "rename":
                return membership.refusal_to_rename(chosen)
            case "forget":
                return self.opened.refusal_to_forget(chosen.id)
        return super().why_not(action)


def _rows(history: CircleState, now: datetime) -> tuple[Row, ...]:
    circle = history.circle
    today = circle.day(now)
    seats = {member.id: seat for seat, member in enumerate(history.active, 1)}

    def since(moment: datetime) -> str:
        return dates.spoken_day(circle.day(moment), today)

    def row(member: Member) -> Row:
        name = f"{seats.get(member.id, ' ')} {member.name}"
        if member.forgotten:
            return Row("·", name, "forgotten", dim=True)
        if member.left is not None:
            return Row("·", name, f"left {since(member.left)}", dim=True)
        if member.away is not None:
            return Row("○", name, f"away since {since(member.away)}", dim=True)
        return Row("●", name, f"here since {since(member.joined)}")

    return tuple(map(row, history.circle.members))
