"""What members have written since the last meeting, and where they write it.

Invariant: a check-in is by the chosen member and for the next gathering; who has written none is
not pointed at.
"""

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.circle import checkins
from circle_tui.core.circle.circle import Member
from circle_tui.core.circle.state import CheckIn, CircleState
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.keys import BY_SEAT, UP_DOWN_SHOWN
from circle_tui.tui.screens.old_between import OldCircleScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views.view import Row


class CheckInsScreen(OldCircleScreen):
    """The members, each with the beginning of their words; the chosen one's in full."""

    CSS_PATH = "checkins.tcss"
    TITLE_LINE = "check-ins"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,enter", "write", "Write"),
        *UP_DOWN_SHOWN,
        *BY_SEAT,
        Binding("right,pagedown", "read(1)", show=False),
        Binding("left,pageup", "read(-1)", show=False),
    ]

    def __init__(self, opened: CircleService) -> None:
        super().__init__(opened)
        self._at = 0

    def body(self) -> Iterator[Widget]:
        with Card(id="checkins"):
            yield Rows()
            with Card(id="chosen"):
                yield Static(id="words")
        yield Prompt()

    def _members(self) -> tuple[Member, ...]:
        """Who can write, in seat order; whoever is away can too."""
        return tuple(each for each in self.opened.circle.members if each.left is None)

    def _chosen(self) -> Member:
        members = self._members()
        return members[min(self._at, len(members) - 1)]

    def _of(self, history: CircleState, member: Member) -> list[CheckIn]:
        return [each for each in checkins.since_last_meeting(history) if each.member == member.id]

    def present(self, history: CircleState) -> None:
        chosen, members = self._chosen(), self._members()
        self.query_one(Rows).show(
            tuple(
                _row(seat, each, self._of(history, each)) for seat, each in enumerate(members, 1)
            ),
            cursor=members.index(chosen),
        )
        self.query_one("#words", Static).update(
            self._words(history, chosen, self._of(history, chosen))
        )

    def _words(self, history: CircleState, member: Member, written: list[CheckIn]) -> Content:
        """All that a member has written, with the days."""
        parts: list[str | tuple[str, str]] = [(member.name, "bold $primary")]
        for each in written:
            day = each.at.astimezone(history.circle.tz)
            parts.append((f"\n\n{day:%A} {day.day} {day:%B}", "$text-muted"))
            parts.append(f"\n{each.text}")
        if not written:
            parts.append(("\n\nEnter takes two or three sentences.", "$text-muted"))
        return Content.assemble(*parts)

    def line(self, history: CircleState) -> str:
        if self.asking:
            return "Two or three sentences. Enter keeps them, esc leaves it."
        return "The next gathering shows them to those who are there."

    def action_move(self, by: int) -> None:
        """Choose another member."""
        members = self._members()
        self._at = (members.index(self._chosen()) + by) % len(members)
        self.present(self.opened.state)

    def action_read(self, by: int) -> None:
        """Read on, or back, where there is too little room for all the words."""
        self.query_one("#chosen").scroll_relative(y=3 * by, animate=False)

    def action_mark_seat(self, seat: int) -> None:
        """Choose a member by seat."""
        if seat <= len(self._members()):
            self._at = seat - 1
            self.present(self.opened.state)
        else:
            self.say_no_seat(seat)

    def action_write(self) -> None:
        """Ask the chosen member for their words."""
        self.ask(f"{self._chosen().name}, how is it going?", self._write)

    def _write(self, typed: str) -> None:
        if self.amend(checkins.check_in, self._chosen().id, typed):
            self.query_one(Prompt).stop()
            self.refresh_history()
            self.say("It is kept for the next gathering.")

    def action_back(self) -> None:
        super().action_back()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While words are typed the field has the keys."""
        if action in {"write", "move", "read", "mark_seat"}:
            return not self.asking
        return super().check_action(action, parameters)


def _row(seat: int, member: Member, written: list[CheckIn]) -> Row:
    """A member, and how their latest words begin."""
    words = f": {written[-1].text}" if written else ""
    return Row(str(seat), f"{member.name}{words}", "away" if member.away else "")
