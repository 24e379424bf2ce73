"""The state of one live meeting, as a frozen value.

Invariant: the state is what `replay.py` makes of the events; everything else is derived from it
here and never stored. During the round every member is in exactly one place: waiting, at their
turn, waiting again after a pass, finished (spoke, or passed twice), or gone.
"""

from datetime import datetime, timedelta
from enum import Enum

from msgspec import Struct

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle.circle import PAIR, Circle
from circle_tui.core.circle.commitments import Commitment
from circle_tui.core.circle.context import MeetingContext
from circle_tui.core.circle.health_check import QUESTIONS
from circle_tui.core.circle.record import CommitmentResult, MeetingRecord, NewCommitment
from circle_tui.core.circle.rotation import Opener, opener, seats_from
from circle_tui.core.fields import SharedWords, Words
from circle_tui.core.ids import CommitmentId, MeetingId, MemberId, numbered_id
from circle_tui.core.meeting.countdown import Countdown


class Phase(Enum):
    """The phases of a meeting, in order. Each turn runs from READY to COMMITMENTS."""

    GATHERING = "gathering"
    READY = "ready"
    SHARE = "share"
    RESPONSES = "responses"
    COMMITMENTS = "commitments"
    CLOSING = "closing"
    CLOSED = "closed"


ROUND = (Phase.READY, Phase.SHARE, Phase.RESPONSES, Phase.COMMITMENTS)
"""The phases in which a member has the turn."""


class ClosingStep(Enum):
    """The steps of the closing, in order."""

    WORKED = "what worked"
    CHANGE = "what to change"
    CHOICE = "choice"
    VITALITY = "vitality"
    DATE = "date"
    REACH_OUT = "reach out"
    CLOSE = "close"


class Person(Struct, frozen=True):
    """A member in this meeting.

    `arrival` is PRESENT or LATE; `here` is whether they are in the room now.
    """

    id: MemberId
    name: str
    attendance: Attendance = Attendance.PRESENT
    here: bool = True
    arrival: Attendance = Attendance.PRESENT

    @property
    def expected(self) -> bool:
        """Whether they are marked late and have not arrived yet."""
        return self.attendance is Attendance.LATE and not self.here

    @property
    def recorded_attendance(self) -> Attendance:
        """The attendance to record: a member marked late who never arrived was absent."""
        return Attendance.ABSENT if self.expected else self.attendance


class MissedCommitment(Struct, frozen=True):
    """A missed commitment that has not been reset yet.

    `words` say what got in the way; None until that was asked.
    """

    commitment: CommitmentId
    words: Words | None = None


class Turn(Struct, frozen=True):
    """One member's turn. `since` is when it was offered; moments are aware UTC."""

    member: MemberId
    since: datetime
    offered_again: bool = False
    """Whether the member passed once and is offered the turn again."""
    countdown: Countdown | None = None
    step: int = 0
    share_ended: datetime | None = None
    responded: tuple[MemberId, ...] = ()
    missed: MissedCommitment | None = None


class Meeting(Struct, frozen=True, kw_only=True):
    """A meeting under way. Moments are aware UTC, members are ids, tuples are in order.

    `waiting` get their turn next; then `waiting_again`, who passed once. `share` is the share
    length now, `chosen_share` what the group chose before anybody arrived or left.
    """

    id: MeetingId
    opened: datetime
    context: MeetingContext
    people: tuple[Person, ...]
    share: timedelta
    chosen_share: timedelta
    phase: Phase = Phase.GATHERING
    guests: int = 0
    began: datetime | None = None
    order: tuple[MemberId, ...] = ()
    waiting: tuple[MemberId, ...] = ()
    waiting_again: tuple[MemberId, ...] = ()
    passed: tuple[MemberId, ...] = ()
    finished: tuple[MemberId, ...] = ()
    offered: tuple[MemberId, ...] = ()
    """Members who were offered their turn, in order, without those who left before taking it."""
    turn: Turn | None = None
    made: tuple[NewCommitment, ...] = ()
    answered: tuple[CommitmentResult, ...] = ()
    closing_since: datetime | None = None
    worked: SharedWords | None = None
    change: SharedWords | None = None
    choice: CycleChoice | None = None
    vitality: dict[str, SharedWords] = {}
    next: datetime | None = None
    next_is_settled: bool = False
    reaches_out: dict[MemberId, MemberId | None] = {}
    ended: datetime | None = None
    reopened: MeetingRecord | None = None
    """The record of a meeting that was closed before and is open again; None for any other."""

    @property
    def circle(self) -> Circle:
        """The circle that meets."""
        return self.context.circle

    def person(self, member: MemberId) -> Person:
        """The person with that id. Raises `KeyError` if there is none."""
        for person in self.people:
            if person.id == member:
                return person
        raise KeyError(member)

    @property
    def here(self) -> tuple[MemberId, ...]:
        """The members in the room now, in seat order."""
        return tuple(person.id for person in self.people if person.here)

    @property
    def missing(self) -> tuple[Person, ...]:
        """Everybody who did not attend, in seat order."""
        return tuple(person for person in self.people if not person.recorded_attendance.attended)

    def opener_now(self) -> Opener | None:
        """Who would open the round if it began now, and why; None if nobody is here."""
        return opener(self.here, self.context.openings)

    def order_now(self) -> tuple[MemberId, ...]:
        """The speaking order if the round began now; members expected late come last."""
        first = self.opener_now()
        if first is None:
            return ()
        late = tuple(person.id for person in self.people if person.expected)
        return (*seats_from(self.here, first.member), *late)

    @property
    def too_few(self) -> bool:
        """Whether too few are present or on their way, so that rebooking is offered."""
        coming = len(self.order_now())
        return self.phase is Phase.GATHERING and (
            coming < PAIR or (coming == PAIR and len(self.people) > PAIR)
        )

    def order_without_opener(self) -> tuple[MemberId, ...]:
        """The waiting members in a new order, after the opener left before taking the turn.

        The new opener is chosen from those who were on time; members who leave early still come
        next.
        """
        in_time = [
            person.id
            for person in self.people
            if person.arrival is Attendance.PRESENT and person.id in self.waiting
        ]
        first = opener(in_time, self.context.openings)
        if first is None:
            return self.waiting
        leaving = [
            member
            for member in self.waiting
            if self.person(member).attendance is Attendance.LEFT_EARLY
        ]
        in_order = (first.member, *leaving, *seats_from(in_time, first.member), *self.waiting)
        return tuple(dict.fromkeys(in_order))

    @property
    def opened_by(self) -> MemberId | None:
        """The member who opened this round; None until somebody has taken the first turn.

        Passing counts as taking it. A member marked late who never arrived did not open.
        """
        took_turn = {*self.finished, *self.passed} - {person.id for person in self.missing}
        return next((member for member in self.offered if member in took_turn), None)

    @property
    def countdown(self) -> Countdown | None:
        """The countdown of the current share; None if no share is running."""
        return self.turn.countdown if self.turn and self.phase is Phase.SHARE else None

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of a share in this circle's format; most formats have none."""
        return self.circle.preset.steps

    @property
    def responders(self) -> tuple[MemberId, ...]:
        """The members who have not responded yet, in seat order starting after the speaker."""
        if self.turn is None:
            return ()
        seats = tuple(person.id for person in self.people)
        return tuple(
            member
            for member in seats_from(seats, self.turn.member)[1:]
            if self.person(member).here and member not in self.turn.responded
        )

    def open_commitments_of(self, member: MemberId) -> tuple[Commitment, ...]:
        """A member's commitments from earlier meetings that have no result yet."""
        done = {answered.id for answered in self.answered}
        return tuple(
            commitment
            for commitment in self.context.open
            if commitment.member == member and commitment.id not in done
        )

    def commitments_made_by(self, member: MemberId) -> tuple[NewCommitment, ...]:
        """The commitments that a member made in this meeting."""
        return tuple(made for made in self.made if made.member == member)

    @property
    def next_commitment(self) -> CommitmentId:
        """The id for the next commitment made."""
        number = self.context.next_commitment + len(self.made)
        return CommitmentId(numbered_id("c", number, self.opened))

    @property
    def closing_step(self) -> ClosingStep:
        """The step that the closing has to settle next."""
        if self.context.choices:
            if self.worked is None:
                return ClosingStep.WORKED
            if self.change is None:
                return ClosingStep.CHANGE
            if self.choice is None:
                return ClosingStep.CHOICE
        if self.next_question is not None:
            return ClosingStep.VITALITY
        if not self.next_is_settled and self.choice is not CycleChoice.REST:
            return ClosingStep.DATE
        return ClosingStep.REACH_OUT if self.unreached else ClosingStep.CLOSE

    @property
    def next_question(self) -> str | None:
        """The first question of the health check without an answer; None if there is none."""
        if self.context.check is None:
            return None
        return next((question for question in QUESTIONS if question not in self.vitality), None)

    @property
    def unreached(self) -> tuple[Person, ...]:
        """Missing members for whom the circle has not decided who reaches out."""
        return tuple(person for person in self.missing if person.id not in self.reaches_out)

    def next_opener(self) -> Opener | None:
        """Who opens the next meeting if everybody attends it, and why."""
        openings = dict(self.context.openings)
        if self.opened_by is not None:
            openings[self.opened_by] = self.context.number
        return opener(tuple(person.id for person in self.people), openings)
