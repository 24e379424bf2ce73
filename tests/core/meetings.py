"""Circles, records and meetings to test with.

`MeetingRunner` executes commands as the live meeting does, but at moments that the test sets.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle.circle import Circle, make_circle
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.record import MeetingRecord, NewCommitment
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import closing_commands, commands, events
from circle_tui.core.meeting.meeting import ClosingStep, Meeting, Phase
from circle_tui.core.meeting.recording import record_of
from circle_tui.core.meeting.replay import apply, replay

START = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NAMES = ("Ada", "Ben", "Cleo", "Dev", "Eve", "Finn", "Gus", "Hana")

MeetingCommand = Callable[..., events.Events]


def wall_time(*parts: int) -> datetime:
    """A local time without a time zone, on purpose."""
    return datetime(*parts)  # noqa: DTZ001


def attempt(ask: Callable[..., object], *said: object) -> object:
    """What `ask` returns, or the `RuleError` it raises; any other exception fails the test."""
    try:
        return ask(*said)
    except RuleError as refused:
        return refused


def circle_of(people: int = 5, format_key: str = "peer-circle", **changes: object) -> Circle:
    """A circle that meets in London on Thursdays at ten; `changes` replace its fields."""
    made = make_circle(
        "Thursday",
        ", ".join(NAMES[:people]),
        format_key,
        first=wall_time(2026, 3, 5, 10),
        zone="Europe/London",
        now=START - timedelta(days=1),
    )
    return replace(made, **changes)


def record(number: int = 1, **said: object) -> MeetingRecord:
    """A record of a meeting held fortnightly at ten; keyword arguments replace its fields."""
    started = START + timedelta(weeks=2 * (number - 1))
    fields: dict[str, object] = {
        "id": f"meeting-{number}",
        "number": number,
        "cycle": 1,
        "started": started,
        "ended": started + timedelta(hours=1),
        "opener": "m1",
        "order": ("m1", "m2"),
        "attendance": {"m1": Attendance.PRESENT, "m2": Attendance.PRESENT},
        "guests": 0,
        "made": (),
        "answered": (),
        "next": None,
        "reaches_out": {},
    }
    return MeetingRecord(**{**fields, **said})


def commitments_of(*pairs: tuple[str, str], first: int = 1) -> tuple[NewCommitment, ...]:
    """Commitments with ids from `first` on, from pairs of a member and their words."""
    return tuple(
        NewCommitment(f"c{number}", member, words)
        for number, (member, words) in enumerate(pairs, first)
    )


def history_of(records: Sequence[MeetingRecord] = (), circle: Circle | None = None) -> CircleState:
    """The state of a circle that has held these meetings and changed nothing else."""
    return CircleState(circle=circle or circle_of(), records=tuple(records))


class MeetingRunner:
    """A meeting under way. The events of each command are kept separately, so it can be undone."""

    def __init__(
        self,
        circle: Circle | None = None,
        records: Sequence[MeetingRecord] = (),
        at: datetime = START,
        *,
        state: CircleState | None = None,
    ) -> None:
        context = meeting_context(state or history_of(records, circle), at)
        opened = events.MeetingOpened(at=at, id=at.isoformat(), context=context)
        self.now = at
        self.acts: list[events.Events] = [(opened,)]
        self.meeting: Meeting = replay((opened,))

    def do(self, command: MeetingCommand, *said: object) -> "MeetingRunner":
        """Execute a command now. Raises `RuleError`, and then nothing has changed."""
        act = command(self.meeting, self.now, *said)
        meeting = self.meeting
        for event in act:
            meeting = apply(meeting, event)
        self.acts.append(act)
        self.meeting = meeting
        return self

    def wait(self, minutes: float = 1.0) -> "MeetingRunner":
        """Let time pass."""
        self.now += timedelta(minutes=minutes)
        return self

    def undo(self) -> "MeetingRunner":
        """Undo the last command."""
        del self.acts[-1]
        self.meeting = replay(self.events)
        return self

    @property
    def events(self) -> list[events.Event]:
        """All events so far, in order."""
        return [event for act in self.acts for event in act]

    @property
    def speaker(self) -> str | None:
        """The member who has the turn."""
        return self.meeting.turn and self.meeting.turn.member

    @property
    def record(self) -> MeetingRecord:
        """The record of the closed meeting."""
        return record_of(self.meeting)

    def begin(self, **attendance: Attendance) -> "MeetingRunner":
        """Mark attendance by member id, and begin the round."""
        for member, how in attendance.items():
            self.do(commands.mark, member, how)
        return self.do(commands.begin)

    def share(self) -> "MeetingRunner":
        """Run the speaker's share for its full length, up to the responses."""
        self.do(commands.start)
        self.now += self.meeting.share
        return self.do(commands.finish)

    def to_commitments(self) -> "MeetingRunner":
        """Go on to the speaker's commitments."""
        self.share()
        if self.meeting.phase is Phase.RESPONSES:
            self.do(commands.end_responses)
        return self

    def whole_turn(self) -> "MeetingRunner":
        """Run a whole turn without new commitments."""
        return self.to_commitments().do(commands.end_turn)

    def rest_of_round(self) -> "MeetingRunner":
        """Go on to the closing, unless it is over; everybody who is here speaks."""
        while self.meeting.phase not in {Phase.CLOSING, Phase.CLOSED}:
            match self.meeting.phase:
                case Phase.READY if self.meeting.person(self.speaker or "").here:
                    self.do(commands.start)
                case Phase.READY:
                    self.do(commands.pass_turn)
                case Phase.SHARE:
                    self.do(commands.finish)
                case Phase.RESPONSES:
                    self.do(commands.end_responses)
                case Phase.COMMITMENTS:
                    turn = self.meeting.turn
                    assert turn is not None
                    if turn.missed is not None:
                        self.do(commands.reset, commands.Reset.LET_GO)
                    self.do(commands.end_turn)
                case Phase.GATHERING:
                    self.begin()
        return self

    def look_back(self, choice: CycleChoice = CycleChoice.RENEW) -> "MeetingRunner":
        """Answer the end of the cycle and the health check, if they are due."""
        self.rest_of_round()
        while True:
            match self.meeting.closing_step:
                case ClosingStep.WORKED | ClosingStep.CHANGE:
                    self.do(closing_commands.look_back, "")
                case ClosingStep.CHOICE:
                    self.do(closing_commands.choose, choice)
                case ClosingStep.VITALITY:
                    self.do(closing_commands.answer_question, "yes")
                case _:
                    return self

    def close(self) -> "MeetingRunner":
        """Close the meeting: a due cycle is renewed, and nobody reaches out to absent members."""
        self.look_back()
        while self.meeting.phase is not Phase.CLOSED:
            match self.meeting.closing_step:
                case ClosingStep.DATE:
                    self.do(closing_commands.keep_date)
                case ClosingStep.REACH_OUT:
                    missing = self.meeting.unreached[0].id
                    self.do(closing_commands.settle_reach_out, missing, None)
                case ClosingStep.CLOSE:
                    self.do(closing_commands.close)
        return self


def four(**attendance: Attendance) -> MeetingRunner:
    """A round of four that has just begun; `attendance` is by member id."""
    return MeetingRunner(circle_of(4)).begin(**attendance)
