"""One live meeting, as a value.

Invariant: a meeting is the fold of its events (see `fold.py`) and nothing else; what can be read
off it is derived here and stored nowhere. Everybody in the round is in exactly one place:
waiting, being offered their turn, passed, done (spoken, or listened after a second pass), or
gone; a round cut short lets go of the rest.
"""

from datetime import datetime, timedelta
from enum import Enum

from msgspec import Struct

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle.circle import PAIR, Circle
from circle_tui.core.circle.commitments import Commitment
from circle_tui.core.circle.context import MeetingContext
from circle_tui.core.circle.health_check import QUESTIONS
from circle_tui.core.circle.record import CommitmentResult, NewCommitment
from circle_tui.core.circle.rotation import Opener, around, opener
from circle_tui.core.ids import numbered_id
from circle_tui.core.meeting.countdown import Countdown


class Phase(Enum):
    """Where a meeting is. A turn goes from READY through COMMITMENTS."""

    GATHERING = "gathering"
    READY = "ready"
    SHARE = "share"
    RESPONSES = "responses"
    COMMITMENTS = "commitments"
    CLOSING = "closing"
    CLOSED = "closed"


ROUND = (Phase.READY, Phase.SHARE, Phase.RESPONSES, Phase.COMMITMENTS)
"""The phases in which somebody has the turn."""


class ClosingStep(Enum):
    """What a closing still has to settle, in this order."""

    WORKED = "what worked"
    CHANGE = "what to change"
    CHOICE = "choice"
    VITALITY = "vitality"
    DATE = "date"
    REACH_OUT = "reach out"
    CLOSE = "close"


class Person(Struct, frozen=True):
    """A member in this meeting: `came` on time or late, and `here` in the room now or not."""

    id: str
    name: str
    attendance: Attendance = Attendance.PRESENT
    here: bool = True
    came: Attendance = Attendance.PRESENT

    @property
    def expected(self) -> bool:
        """On their way: said to be late, and not here yet."""
        return self.attendance is Attendance.LATE and not self.here

    @property
    def recorded_attendance(self) -> Attendance:
        """The attendance that the record keeps; who was expected and never came was absent."""
        return Attendance.ABSENT if self.expected else self.attendance


class Missed(Struct, frozen=True):
    """A missed commitment on its way to a reset; `words` is None until they were asked for."""

    commitment: str
    words: str | None = None


class Turn(Struct, frozen=True):
    """One member's turn. `since` is when it was offered, `spoke_until` when the share ended."""

    member: str
    since: datetime
    second: bool = False
    """Whether they passed before."""
    countdown: Countdown | None = None
    step: int = 0
    spoke_until: datetime | None = None
    responded: tuple[str, ...] = ()
    missed: Missed | None = None


class Meeting(Struct, frozen=True, kw_only=True):
    """A meeting under way. Moments are aware UTC, members are ids, tuples are in order.

    `waiting` are offered their turn next, then `waiting_again`, who have `passed` once.
    """

    id: str
    opened: datetime
    context: MeetingContext
    people: tuple[Person, ...]
    share: timedelta
    chosen_share: timedelta
    phase: Phase = Phase.GATHERING
    guests: int = 0
    began: datetime | None = None
    order: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    waiting_again: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    finished: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    """Who had their turn offered, first to last; whoever goes before taking it is not in it."""
    turn: Turn | None = None
    made: tuple[NewCommitment, ...] = ()
    answered: tuple[CommitmentResult, ...] = ()
    closing_since: datetime | None = None
    worked: str | None = None
    change: str | None = None
    choice: CycleChoice | None = None
    vitality: dict[str, str] = {}
    next: datetime | None = None
    next_kept: bool = False
    reaches_out: dict[str, str | None] = {}
    ended: datetime | None = None

    @property
    def circle(self) -> Circle:
        """The circle that meets."""
        return self.context.circle

    def person(self, member: str) -> Person:
        """The person with that id. Raises `KeyError` for nobody's."""
        for person in self.people:
            if person.id == member:
                return person
        raise KeyError(member)

    @property
    def here(self) -> tuple[str, ...]:
        """Who is in the room, by seat."""
        return tuple(person.id for person in self.people if person.here)

    @property
    def missing(self) -> tuple[Person, ...]:
        """Who did not come, by seat."""
        return tuple(person for person in self.people if not person.recorded_attendance.came)

    def opener_now(self) -> Opener | None:
        """Who would open if the round began now, and why."""
        return opener(self.here, self.context.openings)

    def order_now(self) -> tuple[str, ...]:
        """The order the round would have if it began now; who is late comes last."""
        first = self.opener_now()
        if first is None:
            return ()
        late = tuple(person.id for person in self.people if person.expected)
        return (*around(self.here, first.member), *late)

    @property
    def too_few(self) -> bool:
        """Whether so few came that the circle may rather rebook; who is on their way counts."""
        coming = len(self.order_now())
        return self.phase is Phase.GATHERING and (
            coming < PAIR or (coming == PAIR and len(self.people) > PAIR)
        )

    def reopened(self) -> tuple[str, ...]:
        """Who waits, in the order there is once whoever was to open has gone without doing so.

        The opener is chosen anew of those who came in time; who leaves soon still goes soon.
        """
        in_time = [
            person.id
            for person in self.people
            if person.came is Attendance.PRESENT and person.id in self.waiting
        ]
        first = opener(in_time, self.context.openings)
        if first is None:
            return self.waiting
        leaving = [
            each for each in self.waiting if self.person(each).attendance is Attendance.LEFT_EARLY
        ]
        in_order = (first.member, *leaving, *around(in_time, first.member), *self.waiting)
        return tuple(dict.fromkeys(in_order))

    @property
    def opened_by(self) -> str | None:
        """Who opened this round; None while nobody had the first turn.

        Who passed it had it. Who was on their way and never came did not.
        """
        had = {*self.finished, *self.passed} - {person.id for person in self.missing}
        return next((member for member in self.offered if member in had), None)

    @property
    def countdown(self) -> Countdown | None:
        """The clock of the share under way."""
        return self.turn.countdown if self.turn and self.phase is Phase.SHARE else None

    @property
    def steps(self) -> tuple[str, ...]:
        """What a share walks through in this circle's format; mostly nothing."""
        return self.circle.preset.steps

    @property
    def responders(self) -> tuple[str, ...]:
        """Who has yet to respond to the speaker, around the circle from the speaker."""
        if self.turn is None:
            return ()
        seats = tuple(person.id for person in self.people)
        return tuple(
            member
            for member in around(seats, self.turn.member)[1:]
            if self.person(member).here and member not in self.turn.responded
        )

    def open_of(self, member: str) -> tuple[Commitment, ...]:
        """A member's commitments from earlier meetings that nobody has answered yet."""
        done = {answered.id for answered in self.answered}
        return tuple(
            commitment
            for commitment in self.context.open
            if commitment.member == member and commitment.id not in done
        )

    def made_by(self, member: str) -> tuple[NewCommitment, ...]:
        """What a member promised in this meeting."""
        return tuple(made for made in self.made if made.member == member)

    @property
    def next_commitment(self) -> str:
        """The id for the next commitment made."""
        return numbered_id("c", self.context.next_commitment + len(self.made), self.opened)

    @property
    def closing_step(self) -> ClosingStep:
        """What the closing has to settle next."""
        if self.context.choices:
            if self.worked is None:
                return ClosingStep.WORKED
            if self.change is None:
                return ClosingStep.CHANGE
            if self.choice is None:
                return ClosingStep.CHOICE
        if self.next_question is not None:
            return ClosingStep.VITALITY
        if not self.next_kept and self.choice is not CycleChoice.REST:
            return ClosingStep.DATE
        return ClosingStep.REACH_OUT if self.unreached else ClosingStep.CLOSE

    @property
    def next_question(self) -> str | None:
        """The question to the circle that has no answer yet; None where none is asked."""
        if self.context.check is None:
            return None
        return next((each for each in QUESTIONS if each not in self.vitality), None)

    @property
    def unreached(self) -> tuple[Person, ...]:
        """The missing for whom it is not settled who reaches out."""
        return tuple(person for person in self.missing if person.id not in self.reaches_out)

    def opens_next(self) -> Opener | None:
        """Who opens the next meeting if everybody comes to it, and why."""
        openings = dict(self.context.openings)
        if self.opened_by is not None:
            openings[self.opened_by] = self.context.number
        return opener(tuple(person.id for person in self.people), openings)
