"""The closing: the look back and the questions where they are due, then the date and the end.

Invariant: one thing after the other, each with its own keys; what is not due is not there. What
is typed is nobody's act until enter.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core import dates
from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import health_check
from circle_tui.core.circle.state import Clause
from circle_tui.core.meeting import closing_commands
from circle_tui.core.meeting.command import MeetingCommand
from circle_tui.core.meeting.meeting import ClosingStep, Meeting, Phase
from circle_tui.service.circle_service import CircleService
from circle_tui.tui import messages
from circle_tui.tui.screens.keys import UP_DOWN
from circle_tui.tui.screens.old_round import IN_ROUND, OldRoundScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views.view import Row

_NOBODY = "nobody this time"

_LOOKING_BACK = {
    ClosingStep.WORKED: "What worked?",
    ClosingStep.CHANGE: "What should change?",
}
_BEFORE_THE_DATE = (*_LOOKING_BACK, ClosingStep.CHOICE, ClosingStep.VITALITY)

_CHOICES = {
    CycleChoice.RENEW: ("r", "a cycle like this one"),
    CycleChoice.REDESIGN: ("e", "first the covenant"),
    CycleChoice.REST: ("z", "until somebody wakes us"),
    CycleChoice.GRADUATE: ("g", "longer or new partners"),
}


class ClosingScreen(OldRoundScreen):
    """One thing to settle after the other, by enter or by a key of its own."""

    CSS_PATH = "closing.tcss"
    MOVES = {"keep": closing_commands.keep_date, "close": closing_commands.close}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "look_back", "Look back"),
        *(
            Binding(key, f"choose('{choice}')", choice.capitalize())
            for choice, (key, _) in _CHOICES.items()
        ),
        *(
            Binding(answer[0], f"answer('{answer}')", answer.capitalize())
            for answer in health_check.ANSWERS
        ),
        Binding("enter", "do('keep')", "Keep the date"),
        Binding("enter", "reach_out", "This one reaches out"),
        Binding("enter", "do('close')", "Close the meeting"),
        *UP_DOWN,
        Binding("d", "other_date", "Another date"),
        *IN_ROUND,
    ]

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._at = 0
        self._to: str | None = None
        """Whom somebody is being chosen for, who reaches out to them."""
        self._left: ClosingStep | None = None
        """The question whose field somebody left by esc; it is not opened again by itself."""

    def body(self) -> Iterator[Widget]:
        with Card(id="closing"):
            yield Static(id="asked")
            yield Static(id="date")
            yield Static(id="missing")
            yield Static(id="rule")
            yield Static(id="advice")
            yield Rows()
            yield Static(id="next-opener")
        yield Prompt()

    def present(self, meeting: Meeting, now: datetime) -> None:
        super().present(meeting, now)
        step = meeting.closing_step
        before = step in _BEFORE_THE_DATE and meeting.phase is Phase.CLOSING
        self._update("#asked", _asked(meeting) if before else None)
        self._update("#date", None if before else _date(meeting, now))
        self._update("#missing", None if before else _missing(meeting))
        self._update("#rule", None if before else _rule(meeting))
        advice = health_check.advice(meeting.context.check, meeting.vitality)
        self._update("#advice", None if before or advice is None else Content(advice))
        self._update("#next-opener", None if before else _opener(meeting))
        reaching = step is ClosingStep.REACH_OUT and not before
        self.query_one("#closing").set_class(reaching, "-reaching")
        rows = self.query_one(Rows)
        rows.display = (
            step in {ClosingStep.CHOICE, ClosingStep.REACH_OUT} and meeting.phase is Phase.CLOSING
        )
        who = self._who_could()
        to = meeting.unreached[0].id if meeting.unreached else None
        if to != self._to:
            self._to, self._at = to, 0
        if step is ClosingStep.CHOICE:
            rows.show(_choices(meeting))
        else:
            rows.show(
                tuple(Row("○", meeting.person(each).name if each else _NOBODY) for each in who),
                cursor=self._at % len(who),
            )
        if before and step in _LOOKING_BACK and step is not self._left:
            self.action_look_back()
        else:
            self._stop_asking()

    def _update(self, which: str, content: Content | None) -> None:
        """Show `content`, or nothing, without a line for it."""
        static = self.query_one(which, Static)
        static.set_class(content is None, "-gone")
        static.update(content or "")

    def _who_could(self) -> tuple[str | None, ...]:
        """Who came, to choose from, and nobody."""
        came = tuple(each.id for each in self.live.meeting.people if each.recorded_attendance.came)
        return (*came, None)

    def line(self, meeting: Meeting) -> str:
        asking = self.asking
        step = meeting.closing_step
        if meeting.phase is Phase.CLOSED:
            return "Enter keeps the record."
        if step in _LOOKING_BACK:
            if asking:
                return "Enter takes the words, or none; esc leaves the field."
            return "Enter goes on with the look back; u takes the last step back."
        if asking:
            return "Enter takes the date, esc leaves it as it was."
        match step:
            case ClosingStep.CHOICE:
                return "How does the circle go on? One key, when you agree."
            case ClosingStep.VITALITY:
                return "Aloud, and one answer for all of us: y yes, p partly, n no."
            case ClosingStep.DATE:
                return "Enter keeps the date, d sets another."
            case ClosingStep.REACH_OUT:
                return f"Who reaches out to {meeting.unreached[0].name}? ↑ ↓ choose, enter settles."
            case _:
                return "One word each. Then enter closes the meeting."

    # Keys

    def action_choose(self, choice: str) -> None:
        """This is how the circle goes on."""
        self.act(closing_commands.choose, CycleChoice(choice))

    def action_answer(self, answer: str) -> None:
        """The circle as a whole answers the question."""
        self.act(closing_commands.answer_question, answer)

    def action_move(self, by: int) -> None:
        """Choose who reaches out."""
        self._at = (self._at + by) % len(self._who_could())
        self.present(self.live.meeting, self.live.now)

    def action_reach_out(self) -> None:
        """The chosen one reaches out."""
        meeting = self.live.meeting
        by = self._who_could()[self._at]
        self.act(closing_commands.settle_reach_out, meeting.unreached[0].id, by)

    def action_do(self, name: str) -> None:
        # A meeting whose record could not be kept is closed already, and only kept once more.
        if self.live.meeting.phase is not Phase.CLOSED:
            super().action_do(name)
        if self.live.meeting.phase is Phase.CLOSED:
            self.post_message(messages.CloseRequested())

    # Typing

    def action_look_back(self) -> None:
        """Ask what worked, and then what to change."""
        self._left = None
        self.query_one(Prompt).ask(
            f"{_LOOKING_BACK[self.live.meeting.closing_step]} Enter alone says nothing.",
            lambda typed: self._take(closing_commands.look_back, typed),
        )
        self.rest()

    def action_other_date(self) -> None:
        """Ask for another date."""
        self.saying.clear()
        self.query_one(Prompt).ask(
            "When? As in 2 April 10:00, or just a day or a time.",
            lambda typed: self._take(closing_commands.propose_date, typed),
        )
        self.rest()

    def _stop_asking(self) -> None:
        self.query_one(Prompt).stop()
        self.rest()

    def action_back(self) -> None:
        """Out of the field, with everything as it was."""
        if self.asking:
            self._left = self.live.meeting.closing_step
            self._stop_asking()
            self.refresh_bindings()
        else:
            self.go_back()

    def _take(self, move: MeetingCommand[[str]], typed: str) -> None:
        self._left = None
        self.act(move, typed)

    def undo(self) -> None:
        self._left = None
        super().undo()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Each key has one meaning at a time."""
        meeting = self.live.meeting
        step, closed = meeting.closing_step, meeting.phase is Phase.CLOSED
        match action:
            case "do" if closed:
                return parameters[0] == "close"
            case "do":
                due = ClosingStep.DATE if parameters[0] == "keep" else ClosingStep.CLOSE
                return step is due and super().check_action(action, parameters)
            case "look_back":
                return not closed and step in _LOOKING_BACK
            case "choose":
                return (
                    not closed
                    and step is ClosingStep.CHOICE
                    and parameters[0] in meeting.context.choices
                )
            case "answer":
                return not closed and step is ClosingStep.VITALITY
            case "reach_out" | "move":
                return not closed and step is ClosingStep.REACH_OUT
            case "other_date":
                resting = meeting.choice is CycleChoice.REST
                return not (closed or resting or step in _BEFORE_THE_DATE)
        return super().check_action(action, parameters)


def _asked(meeting: Meeting) -> Content:
    """What the circle is looking at together, before the date."""
    if meeting.closing_step is ClosingStep.VITALITY:
        return Content.assemble(
            (f"A look at ourselves, {meeting.context.check}\n\n", "$text-muted"),
            (meeting.next_question or "", "bold $primary"),
        )
    parts: list[str | tuple[str, str]] = [
        (f"Cycle {meeting.context.cycle} ends here", "bold $primary"),
        "\nFive minutes to look back together.",
    ]
    for label, words in (("What worked", meeting.worked), ("To change", meeting.change)):
        if words:
            parts += [(f"\n{label}  ", "$text-muted"), words]
    return Content.assemble(*parts)


def _choices(meeting: Meeting) -> tuple[Row, ...]:
    return tuple(
        Row(_CHOICES[each][0], f"{each}: {_CHOICES[each][1]}") for each in meeting.context.choices
    )


def _date(meeting: Meeting, now: datetime) -> Content:
    if meeting.choice is CycleChoice.REST:
        return Content("The circle rests: no next meeting until somebody wakes it.")
    if meeting.next is None:
        return Content("No next meeting is set.")
    when = dates.spoken_date(meeting.next, meeting.circle)
    distance = dates.spoken_distance(meeting.next, now)
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


def _rule(meeting: Meeting) -> Content | None:
    """What the covenant says of somebody missing."""
    rule = meeting.context.covenant.get(Clause.MISSED) if meeting.missing else None
    return Content(f"Our covenant: {rule}") if rule else None


def _opener(meeting: Meeting) -> Content | None:
    chosen = meeting.opens_next()
    if chosen is None or meeting.choice is CycleChoice.REST:
        return None
    name = meeting.person(chosen.member).name
    return Content.assemble((name, "bold"), f" opens next time: {chosen.reason}.")
