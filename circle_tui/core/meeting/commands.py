"""The commands of a meeting, from the gathering to the end of the round.

Invariant: a command is a pure function of the meeting, the moment (aware UTC) and its arguments. It
returns the events that happen, or raises `RuleError` with the reason. The commands of the closing
are in `closing_commands.py`.
"""

from datetime import datetime, timedelta
from enum import Enum, auto

from circle_tui.core import text
from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import commitments
from circle_tui.core.circle.circle import LONGEST_SHARE, SHORTEST_SHARE, check_share
from circle_tui.core.circle.record import Outcome, Reset
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import CommitmentId, MemberId
from circle_tui.core.meeting import agenda, events
from circle_tui.core.meeting.command import MeetingCommand
from circle_tui.core.meeting.countdown import Countdown
from circle_tui.core.meeting.events import Events
from circle_tui.core.meeting.meeting import ROUND, Meeting, MissedCommitment, Phase
from circle_tui.core.meeting.preconditions import require_person, require_phase, require_turn
from circle_tui.core.meeting.replay import apply

MINUTE = timedelta(minutes=1)
GUESTS_AT_MOST = 9

_MARKS = (Attendance.PRESENT, Attendance.LATE, Attendance.EXCUSED, Attendance.ABSENT)


def _require_countdown(meeting: Meeting) -> Countdown:
    require_phase(meeting, Phase.SHARE)
    countdown = require_turn(meeting).countdown
    if countdown is None:
        raise RuleError("No clock is running.")
    return countdown


# The gathering


@MeetingCommand
def mark(meeting: Meeting, now: datetime, member: MemberId, attendance: Attendance) -> Events:
    """Mark `member` as present, late, excused or absent."""
    require_phase(meeting, Phase.GATHERING)
    require_person(meeting, member)
    if attendance not in _MARKS:
        raise RuleError("The round hasn't begun. Mark them absent or excused instead.")
    return (events.AttendanceMarked(at=now, member=member, attendance=attendance),)


@MeetingCommand
def mark_next(meeting: Meeting, now: datetime, member: MemberId) -> Events:
    """Change a member's mark to the next one: present, late, excused, absent, present."""
    require_phase(meeting, Phase.GATHERING)
    at = _MARKS.index(require_person(meeting, member).attendance)
    return mark(meeting, now, member, _MARKS[(at + 1) % len(_MARKS)])


@MeetingCommand
def welcome_guest(meeting: Meeting, now: datetime) -> Events:
    """Count one more guest."""
    require_phase(meeting, Phase.GATHERING)
    if meeting.guests >= GUESTS_AT_MOST:
        raise RuleError(f"More than {GUESTS_AT_MOST} guests are too many for a circle.")
    return (events.GuestsCounted(at=now, guests=meeting.guests + 1),)


@MeetingCommand
def fit_shares(meeting: Meeting, now: datetime) -> Events:
    """Set the longest share with which the plan fits."""
    require_phase(meeting, Phase.GATHERING)
    plan = agenda.plan(meeting)
    if plan.fits:
        raise RuleError("The plan fits as it is.")
    if plan.fitting_share is None:
        raise RuleError("Not even a minute each would fit. Meet for longer, or in two circles.")
    return (events.ShareSet(at=now, share=plan.fitting_share),)


def _set_share(meeting: Meeting, now: datetime, by: timedelta) -> Events:
    share = min(max(meeting.share + by, SHORTEST_SHARE), LONGEST_SHARE)
    if share == meeting.share:
        # The share is at its limit already: refuse as for any share beyond it.
        check_share(meeting.share + by)
    return (events.ShareSet(at=now, share=share),)


@MeetingCommand
def begin(meeting: Meeting, now: datetime) -> Events:
    """End the gathering and offer the first turn to the opener."""
    require_phase(meeting, Phase.GATHERING)
    if len(meeting.here) < text.MEMBERS_AT_LEAST:
        raise RuleError(
            "A round needs two people. Mark who's here, or press q and come back when they are."
        )
    return (events.RoundBegan(at=now, order=meeting.order_now()),)


# A turn


@MeetingCommand
def start(meeting: Meeting, now: datetime) -> Events:
    """Start the share of the member who has the turn."""
    require_phase(meeting, Phase.READY)
    return (events.ShareStarted(at=now, since=now),)


@MeetingCommand
def backdate(meeting: Meeting, now: datetime) -> Events:
    """Start the share as of a minute ago, or move its start back by a minute."""
    require_phase(meeting, Phase.READY, Phase.SHARE)
    if meeting.phase is Phase.READY:
        return (events.ShareStarted(at=now, since=now - MINUTE),)
    left = _require_countdown(meeting).remaining(now)
    if left <= timedelta():
        raise RuleError("Time is up already.")
    return (events.ShareBackdated(at=now, by=min(left, MINUTE)),)


@MeetingCommand
def pause(meeting: Meeting, now: datetime, since: datetime | None = None) -> Events:
    """Pause the countdown, from now or from the earlier moment `since` on."""
    _require_countdown(meeting).pause(now)
    return (events.Paused(at=now, since=since or now),)


@MeetingCommand
def resume(meeting: Meeting, now: datetime) -> Events:
    """Let the countdown run again."""
    _require_countdown(meeting).resume(now)
    return (events.Resumed(at=now),)


@MeetingCommand
def give_minute(meeting: Meeting, now: datetime) -> Events:
    """Add a minute to this share; during the gathering, to every share."""
    if meeting.phase is Phase.GATHERING:
        return _set_share(meeting, now, MINUTE)
    left = _require_countdown(meeting).remaining(now)
    if left + MINUTE > LONGEST_SHARE:
        raise RuleError("A share takes 60 minutes at most.")
    # After the end of the share, the added minute counts from now.
    return (events.ShareLengthened(at=now, by=MINUTE - min(left, timedelta())),)


@MeetingCommand
def take_minute(meeting: Meeting, now: datetime) -> Events:
    """Take a minute from this share; during the gathering, from every share."""
    if meeting.phase is Phase.GATHERING:
        return _set_share(meeting, now, -MINUTE)
    if _require_countdown(meeting).remaining(now) <= MINUTE:
        raise RuleError("There's no minute left to take away.")
    return (events.ShareLengthened(at=now, by=-MINUTE),)


@MeetingCommand
def next_step(meeting: Meeting, now: datetime) -> Events:
    """Go to the next step of the share; after the last step the share ends."""
    _require_countdown(meeting)
    if require_turn(meeting).step + 1 < len(meeting.steps):
        return (events.StepEnded(at=now),)
    return finish(meeting, now)


@MeetingCommand
def finish(meeting: Meeting, now: datetime) -> Events:
    """End the share."""
    require_phase(meeting, Phase.SHARE)
    return (events.ShareEnded(at=now),)


@MeetingCommand
def pass_turn(meeting: Meeting, now: datetime) -> Events:
    """Pass the turn. It is offered once more after the others; a second pass ends it."""
    require_phase(meeting, Phase.READY, Phase.SHARE)
    return (events.Passed(at=now),)


@MeetingCommand
def arrive_and_pass(meeting: Meeting, now: datetime) -> Events:
    """The member who has the turn is marked late, is here after all, and passes."""
    require_phase(meeting, Phase.READY)
    return (*arrive(meeting, now, require_turn(meeting).member), events.Passed(at=now))


@MeetingCommand
def respond(meeting: Meeting, now: datetime) -> Events:
    """Note that the next member has responded."""
    require_phase(meeting, Phase.RESPONSES)
    return (events.Responded(at=now, member=meeting.responders[0]),)


@MeetingCommand
def end_responses(meeting: Meeting, now: datetime) -> Events:
    """Skip the remaining responses."""
    require_phase(meeting, Phase.RESPONSES)
    return (events.ResponsesEnded(at=now),)


# Commitments


def _require_no_missed(meeting: Meeting) -> None:
    """Raise `RuleError` while a missed commitment waits for its reset."""
    require_phase(meeting, Phase.COMMITMENTS)
    if require_turn(meeting).missed is not None:
        raise RuleError(
            "First choose what to do with this one: again, smaller, different or let go."
        )


def _require_missed(meeting: Meeting) -> MissedCommitment:
    require_phase(meeting, Phase.COMMITMENTS)
    missed = require_turn(meeting).missed
    if missed is None:
        raise RuleError("Press m first. Then choose what to do with it.")
    return missed


def _own_open_text(meeting: Meeting, commitment: CommitmentId) -> str:
    """The text of one of the speaker's open commitments. Raises `RuleError` if it is not one."""
    speaker = require_turn(meeting).member
    for candidate in meeting.open_commitments_of(speaker):
        if candidate.id == commitment:
            return candidate.text
    raise RuleError(f"{require_person(meeting, speaker).name} has no such commitment open.")


@MeetingCommand
def answer(meeting: Meeting, now: datetime, commitment: CommitmentId, outcome: Outcome) -> Events:
    """Note the outcome of one of the speaker's commitments; a missed one then needs a reset."""
    _require_no_missed(meeting)
    _own_open_text(meeting, commitment)
    if outcome is Outcome.CHANGED:
        raise RuleError("A changed commitment needs its new words.")
    return (events.CommitmentAnswered(at=now, commitment=commitment, outcome=outcome),)


@MeetingCommand
def say_what_got_in_the_way(meeting: Meeting, now: datetime, words: str) -> Events:
    """Note what got in the way of the missed commitment; `words` may be empty."""
    if _require_missed(meeting).words is not None:
        raise RuleError("You've said that already. Now again, smaller, different or let go.")
    return (events.ObstacleNoted(at=now, words=text.words(words)),)


@MeetingCommand
def reset(meeting: Meeting, now: datetime, kind: Reset, words: str = "") -> Events:
    """Reset the missed commitment. AGAIN keeps its text, LET_GO needs none."""
    missed = _require_missed(meeting)
    if kind is Reset.LET_GO:
        return (events.CommitmentReset(at=now, reset=kind),)
    promised = (
        _own_open_text(meeting, missed.commitment)
        if kind is Reset.AGAIN
        else commitments.parse_commitment(words)
    )
    becomes = meeting.next_commitment
    return (events.CommitmentReset(at=now, reset=kind, text=promised, becomes=becomes),)


@MeetingCommand
def renegotiate(meeting: Meeting, now: datetime, commitment: CommitmentId, words: str) -> Events:
    """Renegotiate an open commitment: it continues with a new text."""
    _require_no_missed(meeting)
    _own_open_text(meeting, commitment)
    becomes = meeting.next_commitment
    promised = commitments.parse_commitment(words)
    return (
        events.CommitmentChanged(at=now, commitment=commitment, text=promised, becomes=becomes),
    )


@MeetingCommand
def promise(meeting: Meeting, now: datetime, words: str) -> Events:
    """Add a new commitment for the speaker."""
    _require_no_missed(meeting)
    return (
        events.CommitmentMade(
            at=now, id=meeting.next_commitment, text=commitments.parse_commitment(words)
        ),
    )


@MeetingCommand
def end_turn(meeting: Meeting, now: datetime) -> Events:
    """End the turn; commitments without an answer stay open."""
    _require_no_missed(meeting)
    return (events.TurnEnded(at=now),)


# Arriving and leaving


class Movement(Enum):
    """What the one key for arriving and leaving does for a member."""

    ARRIVES = auto()
    LEAVES_SOON = auto()
    LEAVES = auto()


def next_movement(meeting: Meeting, member: MemberId) -> Movement:
    """What the key would do for `member` now.

    A member who is not here arrives. One who still waits for a turn speaks next and then leaves.
    Anybody else leaves now.
    """
    person = require_person(meeting, member)
    if not person.here:
        return Movement.ARRIVES
    waits = member in meeting.waiting or member in meeting.waiting_again
    if waits and person.attendance is not Attendance.LEFT_EARLY:
        return Movement.LEAVES_SOON
    return Movement.LEAVES


@MeetingCommand
def arrive_or_leave(meeting: Meeting, now: datetime, member: MemberId) -> Events:
    """Do what `next_movement` says for `member`."""
    require_phase(meeting, *ROUND, Phase.CLOSING)
    match next_movement(meeting, member):
        case Movement.ARRIVES:
            return arrive(meeting, now, member)
        case Movement.LEAVES_SOON:
            return (events.MemberLeavesSoon(at=now, member=member),)
        case Movement.LEAVES:
            return leave(meeting, now, member)


@MeetingCommand
def arrive(meeting: Meeting, now: datetime, member: MemberId) -> Events:
    """Note that an absent member has arrived."""
    require_phase(meeting, *ROUND, Phase.CLOSING)
    person = require_person(meeting, member)
    if person.here:
        raise RuleError(f"{person.name} is here.")
    arrived = events.MemberArrived(at=now, member=member, share=meeting.share)
    share = agenda.refit_share(meeting, apply(meeting, arrived), now)
    return (events.MemberArrived(at=now, member=member, share=share),)


@MeetingCommand
def leave(meeting: Meeting, now: datetime, member: MemberId) -> Events:
    """Note that a member has left early; they still count as having attended."""
    require_phase(meeting, *ROUND, Phase.CLOSING)
    person = require_person(meeting, member)
    if not person.here:
        raise RuleError(f"{person.name} isn't here.")
    left = events.MemberLeft(at=now, member=member, share=meeting.share)
    share = agenda.refit_share(meeting, apply(meeting, left), now)
    return (events.MemberLeft(at=now, member=member, share=share),)
