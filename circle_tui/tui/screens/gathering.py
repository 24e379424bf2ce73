"""The gathering: who is here, in which order they will speak, and whether the time is enough.

Invariant: what a circle wrote since it last met, and the one question it may have for itself, are
for those who are here; they take no room where there are none.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.attendance import labels
from circle_tui.core.circle.circle import PAIR
from circle_tui.core.meeting import agenda, commands
from circle_tui.core.meeting.agenda import Plan
from circle_tui.core.meeting.meeting import Meeting
from circle_tui.service.circle_service import CircleService
from circle_tui.tui import messages
from circle_tui.tui.screens.keys import BY_SEAT, UP_DOWN
from circle_tui.tui.screens.old_meeting import OldMeetingScreen
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import meeting_words
from circle_tui.views.view import Row

_STATES = {"present": "here", "late": "late", "excused": "excused", "absent": "absent"}


_WIDE = 60
"""Columns from which the plan stands beside the people: see `CircleScreen`."""

_CHECKINS_WAIT = Content("Check-ins wait: i shows them.")


class GatheringScreen(OldMeetingScreen):
    """Everybody here unless marked. Check-ins stand beside the plan, or `i` shows them alone."""

    CSS_PATH = "gathering.tcss"
    MOVES = {
        "begin": commands.begin,
        "pair": commands.begin,
        "fit": commands.fit,
        "guest": commands.welcome_guest,
        "more": commands.give_minute,
        "less": commands.take_minute,
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "stop_reading", "Back to the plan"),
        Binding("enter", "do('pair')", "Talk as a pair"),
        Binding("enter", "do('begin')", "Begin"),
        Binding("r", "rebook", "Rebook"),
        Binding("i", "read", "Check-ins"),
        Binding("space", "mark", "Mark"),
        *UP_DOWN,
        *BY_SEAT,
        Binding("f", "do('fit')", "Fit the time"),
        Binding("g", "do('guest')", "Guest"),
        Binding("plus", "do('more')", "Longer shares", key_display="+", show=False),
        Binding("minus", "do('less')", "Shorter shares", key_display="-", show=False),
    ]

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._at = 0
        self._by_seat: int | None = None
        """The seat that was chosen last, by its number."""
        self._reading = False

    def body(self) -> Iterator[Widget]:
        with Horizontal(id="gathering"):
            with VerticalScroll(id="people", can_focus=False):
                yield Rows()
            with VerticalScroll(id="plan", can_focus=False):
                yield Static(id="question")
                yield Static(id="order")
                yield Static(id="minutes")
                yield Static(id="waiting")

    def present(self, meeting: Meeting, now: datetime) -> None:
        super().present(meeting, now)
        rows = tuple(
            Row(
                labels.GLYPHS[person.attendance],
                f"{seat} {person.name}",
                _STATES[person.attendance],
                dim=not person.here,
            )
            for seat, person in enumerate(meeting.people, 1)
        )
        self.query_one(Rows).show(rows, cursor=self._at)
        self.query_one("#order", Static).update(_order(meeting))
        self.query_one("#minutes", Static).update(_minutes(meeting, agenda.plan(meeting)))
        question = self.query_one("#question", Static)
        question.display = meeting.context.question is not None and not self._reading
        question.update(Content.assemble("A question to all of us\n", (_question(meeting), "bold")))
        self._show_checkins(meeting)

    def _show_checkins(self, meeting: Meeting) -> None:
        """Beside the plan where there is room for them, else behind `i`."""
        checkins = self.query_one("#waiting", Static)
        checkins.display = bool(meeting.context.checkins)
        if checkins.display:
            beside = self._reading or self._room_for_checkins(meeting)
            checkins.update(_checkins(meeting) if beside else _CHECKINS_WAIT)
        for hidden in ("#people", "#order", "#minutes"):
            self.query_one(hidden).display = not self._reading
        self.query_one("#gathering").set_class(self._reading, "-reading")

    def _room_for_checkins(self, meeting: Meeting) -> bool:
        size = self.size
        if size.width < _WIDE:
            return False
        # As gathering.tcss divides it: three fifths of at most 96 columns, with their padding.
        width = max((min(size.width, 96) - 4) * 3 // 5 - 3, 1)
        plan = (_order(meeting), _minutes(meeting, agenda.plan(meeting)), _checkins(meeting))
        asked = 4 if meeting.context.question is not None else 0
        lines = asked + sum(len(each.wrap(width)) for each in plan) + 2
        return lines <= size.height - 5

    def on_resize(self) -> None:
        """There may be more room now, or less."""
        self._show_checkins(self.live.meeting)
        self.refresh_bindings()

    def line(self, meeting: Meeting) -> str:
        if self._reading:
            return "Check-ins since we last met, for those who are here. ↑ ↓ move, i goes back."
        if meeting.too_few:
            if len(meeting.here) == PAIR:
                return "Two are here. Enter talks as a pair; r finds another date instead."
            return "Too few are here for a round: wait, or r finds another date."
        if meeting.guests:
            return "A guest agrees first: what is said here stays here."
        return "Everybody is here unless marked: space goes here, late, excused, absent."

    def action_read(self) -> None:
        """Show the check-ins alone, or the plan again."""
        self._reading = not self._reading
        self.present(self.live.meeting, self.live.now)
        self.query_one("#plan").scroll_home(animate=False)
        self.rest()
        self.refresh_bindings()

    def action_stop_reading(self) -> None:
        """Show the plan again."""
        self.action_read()

    def action_rebook(self) -> None:
        """Find another date instead; this gathering leaves no record."""
        self.post_message(messages.RebookRequested())

    def action_move(self, by: int) -> None:
        """Choose another person, or move through the check-ins."""
        if self._reading:
            self.query_one("#plan").scroll_relative(y=by, animate=False)
            return
        self._at, self._by_seat = (self._at + by) % len(self.live.meeting.people), None
        self.present(self.live.meeting, self.live.now)

    def action_mark(self) -> None:
        """Change how the chosen person comes."""
        self.act(commands.mark_next, self.live.meeting.people[self._at].id)

    def action_mark_seat(self, seat: int) -> None:
        """Choose a person by seat; the same seat right after it changes how they come."""
        if seat > len(self.live.meeting.people):
            self.say_no_seat(seat)
        elif self._by_seat == seat:
            self.action_mark()
        else:
            self._at, self._by_seat = seat - 1, seat
            self.present(self.live.meeting, self.live.now)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter has one meaning at a time; while check-ins are read, nothing else is done."""
        meeting = self.live.meeting
        if action == "stop_reading":
            return self._reading
        if action == "read":
            return self._reading or (
                bool(meeting.context.checkins) and not self._room_for_checkins(meeting)
            )
        if self._reading and action in {"do", "mark", "mark_seat", "rebook"}:
            return False
        few = meeting.too_few
        if action == "rebook":
            return few
        if action == "do" and parameters[0] in {"begin", "pair"}:
            as_pair = few and len(meeting.here) == PAIR
            if (parameters[0] == "pair") is not as_pair:
                return False
        return super().check_action(action, parameters)

    def go_back(self) -> None:
        if self._reading:
            self.action_read()
        else:
            self.post_message(messages.HomeRequested())


def _question(meeting: Meeting) -> str:
    return meeting.context.question or ""


def _checkins(meeting: Meeting) -> Content:
    """Who wrote what since the last meeting, as they wrote it."""
    names = {member.id: member.name for member in meeting.circle.members}
    lines: list[str | tuple[str, str]] = [("Since we last met", "$text-muted")]
    for checkin in meeting.context.checkins:
        lines += ["\n", (names.get(checkin.member, ""), "bold"), f": {checkin.text}"]
    return Content.assemble(*lines)


def _order(meeting: Meeting) -> Content:
    opener = meeting.opener_now()
    if opener is None:
        return Content("Nobody is here yet.")
    name = meeting.person(opener.member).name
    lines: list[Content | str | tuple[str, str]] = [
        (name, "bold $primary"),
        f" opens: {opener.reason}.\n",
    ]
    others = meeting.order_now()[1:]
    if others or meeting.guests:
        lines.append(("\nThen\n", "$text-muted"))
    for member in others:
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
            f"It fits {meeting_words.minutes(length)}: {meeting_words.minutes(plan.slack)} slack."
        )
    else:
        fitting = (
            "Not even a minute each would fit."
            if plan.fitting is None
            else f"{meeting_words.minutes(plan.fitting)} each would fit: press f."
        )
        much, of = meeting_words.minutes(plan.slack), meeting_words.minutes(length)
        over = f"{much} more than {of}. {fitting}"
        verdict = Content.styled(over, "bold $primary")
    each = f"({meeting_words.minutes(meeting.share)} + {meeting_words.minutes(response)})"
    return Content.assemble(
        verdict,
        f"\nopening  {meeting_words.minutes(plan.opening)}",
        f"\nround    {meeting_words.minutes(plan.turns)}, {plan.speakers} × {each}",
        f"\nclosing  {meeting_words.minutes(plan.closing)}",
    )
