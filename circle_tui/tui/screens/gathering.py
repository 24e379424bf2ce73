"""The gathering: who is here, in which order they will speak, and whether the time is enough."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core import agenda, moves
from circle_tui.core.agenda import Plan
from circle_tui.core.meeting import Meeting
from circle_tui.live import LiveMeeting
from circle_tui.tui import messages, wording
from circle_tui.tui.screens.base import MeetingScreen
from circle_tui.tui.widgets.rows import Row, Rows

_STATES = {"present": "here", "late": "late", "excused": "excused", "absent": "absent"}


class GatheringScreen(MeetingScreen):
    """Everybody here unless marked."""

    CSS_PATH = "gathering.tcss"
    MOVES = {
        "begin": moves.begin,
        "fit": moves.fit,
        "guest": moves.welcome_guest,
        "more": moves.give_minute,
        "less": moves.take_minute,
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "do('begin')", "Begin"),
        Binding("space", "mark", "Mark"),
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        *(
            Binding(str(seat), f"mark_seat({seat})", f"Mark seat {seat}", show=False)
            for seat in range(1, 10)
        ),
        Binding("f", "do('fit')", "Fit the time"),
        Binding("g", "do('guest')", "Guest"),
        Binding("plus", "do('more')", "Longer shares", key_display="+", show=False),
        Binding("minus", "do('less')", "Shorter shares", key_display="-", show=False),
    ]

    def __init__(self, live: LiveMeeting) -> None:
        super().__init__(live)
        self._at = 0

    def body(self) -> Iterator[Widget]:
        with Horizontal(id="gathering"):
            with VerticalScroll(id="people", can_focus=False):
                yield Rows()
            with VerticalScroll(id="plan", can_focus=False):
                yield Static(id="order")
                yield Static(id="minutes")

    def present(self, meeting: Meeting, now: datetime) -> None:
        super().present(meeting, now)
        rows = tuple(
            Row(
                wording.ATTENDANCE_GLYPHS[person.attendance],
                f"{seat} {person.name}",
                _STATES[person.attendance],
                dim=not person.here,
            )
            for seat, person in enumerate(meeting.people, 1)
        )
        self.query_one(Rows).show(rows, cursor=self._at)
        self.query_one("#order", Static).update(_order(meeting))
        self.query_one("#minutes", Static).update(_minutes(meeting, agenda.plan(meeting)))

    def line(self, meeting: Meeting) -> str:
        if meeting.guests:
            return "A guest agrees first: what is said here stays here."
        return "Everybody is here unless marked: space goes here, late, excused, absent."

    def action_move(self, by: int) -> None:
        """Choose another person."""
        self._at = (self._at + by) % len(self.live.meeting.people)
        self.present(self.live.meeting, self.live.now)

    def action_mark(self) -> None:
        """Change how the chosen person comes."""
        self.act(moves.mark_next, self.live.meeting.people[self._at].id)

    def action_mark_seat(self, seat: int) -> None:
        """Choose a person by seat; the same seat again changes how they come."""
        if seat > len(self.live.meeting.people):
            self.say(f"There is no seat {seat}.")
        elif self._at != seat - 1:
            self._at = seat - 1
            self.present(self.live.meeting, self.live.now)
        else:
            self.action_mark()

    def go_back(self) -> None:
        self.post_message(messages.HomeRequested())


def _order(meeting: Meeting) -> Content:
    opener = meeting.opener_now()
    if opener is None:
        return Content("Nobody is here yet.")
    name = meeting.person(opener.member).name
    lines: list[Content | str | tuple[str, str]] = [
        (name, "bold $primary"),
        f" opens: {opener.reason}.\n\n",
        ("Then\n", "$text-muted"),
    ]
    for member in meeting.order_now()[1:]:
        person = meeting.person(member)
        lines.append(f"  {person.name}{'' if person.here else ' (late)'}\n")
    if meeting.guests:
        lines.append(
            f"  and {meeting.guests} guest{'s' if meeting.guests > 1 else ''}, listening\n"
        )
    return Content.assemble(*lines)


def _minutes(meeting: Meeting, plan: Plan) -> Content:
    """First whether it fits, and what would; then the minutes."""
    length, response = meeting.circle.length, meeting.circle.response
    if plan.fits:
        verdict = Content(
            f"It fits {wording.minutes(length)}: {wording.minutes(plan.slack)} slack."
        )
    else:
        fitting = (
            "Not even a minute each would fit."
            if plan.fitting is None
            else f"{wording.minutes(plan.fitting)} each would fit: press f."
        )
        over = f"{wording.minutes(plan.slack)} more than {wording.minutes(length)}. {fitting}"
        verdict = Content.styled(over, "bold $primary")
    each = f"({wording.minutes(meeting.share)} + {wording.minutes(response)})"
    return Content.assemble(
        verdict,
        f"\nopening  {wording.minutes(plan.opening)}",
        f"\nround    {wording.minutes(plan.turns)}, {plan.speakers} × {each}",
        f"\nclosing  {wording.minutes(plan.closing)}",
    )
