"""The closing: the next date, who reaches out to the missing, who opens next, and the end."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from circle_tui.core import cadence, moves
from circle_tui.core.meeting import ClosingStep, Meeting, Phase
from circle_tui.live import LiveMeeting
from circle_tui.tui import messages
from circle_tui.tui.screens.comings import IN_ROUND, RoundScreen
from circle_tui.tui.widgets.asking import Asking
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.rows import Row, Rows

_NOBODY = "nobody this time"


class ClosingScreen(RoundScreen):
    """One thing to settle after the other, by enter."""

    CSS_PATH = "closing.tcss"
    MOVES = {"keep": moves.keep_date, "close": moves.close}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "do('keep')", "Keep the date"),
        Binding("enter", "reach_out", "This one reaches out"),
        Binding("enter", "do('close')", "Close the meeting"),
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("d", "other_date", "Another date"),
        *IN_ROUND,
    ]

    def __init__(self, live: LiveMeeting) -> None:
        super().__init__(live)
        self._at = 0

    def body(self) -> Iterator[Widget]:
        with Card(id="closing"):
            yield Static(id="date")
            yield Static(id="missing")
            yield Rows()
            yield Static(id="next-opener")
        yield Asking()

    def present(self, meeting: Meeting, now: datetime) -> None:
        super().present(meeting, now)
        step = meeting.closing_step
        self.query_one("#date", Static).update(_date(meeting, now))
        self.query_one("#missing", Static).update(_missing(meeting))
        rows = self.query_one(Rows)
        rows.display = step is ClosingStep.REACH_OUT
        who = self._who_could()
        rows.show(
            tuple(Row("○", meeting.person(each).name if each else _NOBODY) for each in who),
            cursor=self._at % len(who),
        )
        self.query_one("#next-opener", Static).update(_opener(meeting))
        self._stop_asking()

    def _who_could(self) -> tuple[str | None, ...]:
        """Who came, to choose from, and nobody."""
        came = tuple(each.id for each in self.live.meeting.people if each.kept_as.came)
        return (*came, None)

    def line(self, meeting: Meeting) -> str:
        if self.query_one(Asking).open:
            return "Enter takes the date, esc leaves it as it was."
        match meeting.closing_step:
            case ClosingStep.DATE:
                return "Enter keeps the date, d sets another."
            case ClosingStep.REACH_OUT:
                return f"Who reaches out to {meeting.unreached[0].name}? ↑ ↓ choose, enter settles."
            case ClosingStep.CLOSE:
                return "One word each. Then enter closes the meeting."

    def action_move(self, by: int) -> None:
        """Choose who reaches out."""
        self._at = (self._at + by) % len(self._who_could())
        self.present(self.live.meeting, self.live.now)

    def action_reach_out(self) -> None:
        """The chosen one reaches out."""
        meeting = self.live.meeting
        by = self._who_could()[self._at]
        if self.act(moves.settle_reach_out, meeting.unreached[0].id, by):
            self._at = 0

    def action_do(self, name: str) -> None:
        # A meeting whose record could not be kept is closed already, and only kept once more.
        if self.live.meeting.phase is not Phase.CLOSED:
            super().action_do(name)
        if self.live.meeting.phase is Phase.CLOSED:
            self.post_message(messages.CloseRequested())

    def action_other_date(self) -> None:
        """Ask for another date."""
        self.saying.hush()
        self.query_one(Asking).ask("When? As in 2 April 10:00, or just a day or a time.")
        self.rest()

    def _stop_asking(self) -> None:
        self.query_one(Asking).stop()
        self.rest()

    def action_back(self) -> None:
        """Out of the field, with the date as it was."""
        if self.query_one(Asking).open:
            self._stop_asking()
        else:
            self.go_back()

    @on(Input.Submitted)
    def _date_typed(self, event: Input.Submitted) -> None:
        event.stop()
        self.act(moves.propose_date, event.value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter has one meaning at a time."""
        step = self.live.meeting.closing_step
        if self.live.meeting.phase is Phase.CLOSED and action in {"do", "reach_out"}:
            return action == "do" and parameters[0] == "close"
        if action == "do":
            return step is (ClosingStep.DATE if parameters[0] == "keep" else ClosingStep.CLOSE)
        if action == "reach_out":
            return step is ClosingStep.REACH_OUT
        return super().check_action(action, parameters)


def _date(meeting: Meeting, now: datetime) -> Content:
    if meeting.next is None:
        return Content("No next meeting is set.")
    when = cadence.spoken_date(meeting.next, meeting.circle)
    distance = cadence.spoken_distance(meeting.next, now)
    kept = "We meet again" if meeting.next_kept else "Next meeting?"
    return Content.assemble(f"{kept}  ", (when, "bold $primary"), f"  {distance}")


def _missing(meeting: Meeting) -> Content:
    if not meeting.missing:
        return Content("Everybody was here.")
    lines = []
    for person in meeting.missing:
        said = f"{person.name} was {'absent' if person.expected else person.attendance}"
        if person.id in meeting.reaches_out:
            by = meeting.reaches_out[person.id]
            said += f"; {meeting.person(by).name if by else 'nobody'} reaches out"
        lines.append(f"{said}.")
    return Content("\n".join(lines))


def _opener(meeting: Meeting) -> Content:
    chosen = meeting.opens_next()
    if chosen is None:
        return Content("")
    name = meeting.person(chosen.member).name
    return Content.assemble((name, "bold"), f" opens next time: {chosen.reason}.")
