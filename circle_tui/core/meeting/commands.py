"""What may be done now.

Invariant: a move is a pure function of the meeting, the moment and what was said; it gives the
events that happen, or raises `RuleError` with the sentence why not, and nothing has changed then.
The footer, the help and the keys all ask here, so they cannot disagree. The moves of the closing
stand in `closing_moves.py`.
"""

from datetime import datetime, timedelta
from enum import Enum, auto

from circle_tui.core import text
from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import commitments
from circle_tui.core.circle.circle import LONGEST_SHARE, SHORTEST_SHARE, check_share
from circle_tui.core.circle.record import Outcome, Reset
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import agenda, events
from circle_tui.core.meeting.command import MeetingCommand
from circle_tui.core.meeting.countdown import Countdown
from circle_tui.core.meeting.events import Events
from circle_tui.core.meeting.meeting import ROUND, Meeting, Missed, Phase
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
def mark(meeting: Meeting, now: datetime, member: str, attendance: Attendance) -> Events:
    """Say how `member` comes to this meeting."""
    require_phase(meeting, Phase.GATHERING)
    require_person(meeting, member)
    if attendance not in _MARKS:
        raise RuleError("Nobody can leave before the round has begun: mark them absent or excused.")
    return (events.AttendanceMarked(at=now, member=member, attendance=attendance),)


@MeetingCommand
def mark_next(meeting: Meeting, now: datetime, member: str) -> Events:
    """On from here to late, excused, absent and back to here."""
    require_phase(meeting, Phase.GATHERING)
    at = _MARKS.index(require_person(meeting, member).attendance)
    return mark(meeting, now, member, _MARKS[(at + 1) % len(_MARKS)])


@MeetingCommand
def welcome_guest(meeting: Meeting, now: datetime) -> Events:
    """One guest more is here."""
    require_phase(meeting, Phase.GATHERING)
    if meeting.guests >= GUESTS_AT_MOST:
        raise RuleError(f"More than {GUESTS_AT_MOST} guests are an audience, not a circle.")
    return (events.GuestsCounted(at=now, guests=meeting.guests + 1),)


@MeetingCommand
def fit_shares(meeting: Meeting, now: datetime) -> Events:
    """Take the share length with which the plan fits."""
    require_phase(meeting, Phase.GATHERING)
    plan = agenda.plan(meeting)
    if plan.fits:
        raise RuleError("The plan fits as it is.")
    if plan.fitting_share is None:
        raise RuleError("Not even a minute each fits: meet for longer, or in two circles.")
    return (events.ShareSet(at=now, share=plan.fitting_share),)


def _set_share(meeting: Meeting, now: datetime, by: timedelta) -> Events:
    share = min(max(meeting.share + by, SHORTEST_SHARE), LONGEST_SHARE)
    if share == meeting.share:
        # At its bound already: the refusal is that of any share beyond it.
        check_share(meeting.share + by)
    return (events.ShareSet(at=now, share=share),)


@MeetingCommand
def begin(meeting: Meeting, now: datetime) -> Events:
    """End the gathering and offer the opener the first turn."""
    require_phase(meeting, Phase.GATHERING)
    if len(meeting.here) < text.MEMBERS_AT_LEAST:
        raise RuleError(
            "A round needs two people: mark who is here, or leave with q until they are."
        )
    return (events.RoundBegan(at=now, order=meeting.order_now()),)


# A turn


@MeetingCommand
def start(meeting: Meeting, now: datetime) -> Events:
    """Start the share of whoever has the turn."""
    require_phase(meeting, Phase.READY)
    return (events.ShareStarted(at=now, since=now),)


@MeetingCommand
def backdate(meeting: Meeting, now: datetime) -> Events:
    """The share began a minute earlier than the clock knows, or than now."""
    require_phase(meeting, Phase.READY, Phase.SHARE)
    if meeting.phase is Phase.READY:
        return (events.ShareStarted(at=now, since=now - MINUTE),)
    left = _require_countdown(meeting).remaining(now)
    if left <= timedelta():
        raise RuleError("The time is round already.")
    return (events.ShareBackdated(at=now, by=min(left, MINUTE)),)


@MeetingCommand
def hold(meeting: Meeting, now: datetime, since: datetime | None = None) -> Events:
    """Let everything wait, from now or from a moment that has passed."""
    _require_countdown(meeting).pause(now)
    return (events.Held(at=now, since=since or now),)


@MeetingCommand
def resume(meeting: Meeting, now: datetime) -> Events:
    """Let the clock run again."""
    _require_countdown(meeting).resume(now)
    return (events.WentOn(at=now),)


@MeetingCommand
def give_minute(meeting: Meeting, now: datetime) -> Events:
    """A minute more for this share; at the gathering, for every share."""
    if meeting.phase is Phase.GATHERING:
        return _set_share(meeting, now, MINUTE)
    left = _require_countdown(meeting).remaining(now)
    if left + MINUTE > LONGEST_SHARE:
        raise RuleError("A share takes 60 minutes at most.")
    # Once the time is round, a minute more is a minute from now.
    return (events.ShareLengthened(at=now, by=MINUTE - min(left, timedelta())),)


@MeetingCommand
def take_minute(meeting: Meeting, now: datetime) -> Events:
    """A minute less for this share; at the gathering, for every share."""
    if meeting.phase is Phase.GATHERING:
        return _set_share(meeting, now, -MINUTE)
    if _require_countdown(meeting).remaining(now) <= MINUTE:
        raise RuleError("There is no minute left to take away.")
    return (events.ShareLengthened(at=now, by=-MINUTE),)


@MeetingCommand
def next_step(meeting: Meeting, now: datetime) -> Events:
    """On to the next step of the share; after the last one the share ends."""
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
    """Pass: offered again after the others; a second pass is taken as having listened."""
    require_phase(meeting, Phase.READY, Phase.SHARE)
    return (events.Passed(at=now),)


@MeetingCommand
def respond(meeting: Meeting, now: datetime) -> Events:
    """The next of the others gives their response."""
    require_phase(meeting, Phase.RESPONSES)
    return (events.Responded(at=now, member=meeting.responders[0]),)


@MeetingCommand
def end_responses(meeting: Meeting, now: datetime) -> Events:
    """Leave the rest of the responses out."""
    require_phase(meeting, Phase.RESPONSES)
    return (events.ResponsesEnded(at=now),)


# Commitments


def _require_no_missed(meeting: Meeting) -> None:
    require_phase(meeting, Phase.COMMITMENTS)
    if require_turn(meeting).missed is not None:
        raise RuleError("First the missed one: again, smaller, different or let go.")


def _require_missed(meeting: Meeting) -> Missed:
    require_phase(meeting, Phase.COMMITMENTS)
    missed = require_turn(meeting).missed
    if missed is None:
        raise RuleError("A reset follows a missed commitment: press m first.")
    return missed


def _own_open_text(meeting: Meeting, commitment: str) -> str:
    """The text of a commitment the speaker can answer now."""
    speaker = require_turn(meeting).member
    for each in meeting.open_commitments_of(speaker):
        if each.id == commitment:
            return each.text
    raise RuleError(f"{require_person(meeting, speaker).name} has no such commitment open.")


@MeetingCommand
def answer(meeting: Meeting, now: datetime, commitment: str, outcome: Outcome) -> Events:
    """Say how one of the speaker's commitments ended; a missed one then waits for its reset."""
    _require_no_missed(meeting)
    _own_open_text(meeting, commitment)
    if outcome is Outcome.CHANGED:
        raise RuleError("A changed commitment needs its new words.")
    return (events.CommitmentAnswered(at=now, commitment=commitment, outcome=outcome),)


@MeetingCommand
def say_what_got_in_the_way(meeting: Meeting, now: datetime, words: str) -> Events:
    """A few words about the missed one, or none."""
    if _require_missed(meeting).words is not None:
        raise RuleError("That is said already: again, smaller, different or let go.")
    return (events.GotInTheWay(at=now, words=text.words(words)),)


@MeetingCommand
def reset(meeting: Meeting, now: datetime, how: Reset, words: str = "") -> Events:
    """Start the missed one again. "again" keeps its words, "let go" has none."""
    missed = _require_missed(meeting)
    if how is Reset.LET_GO:
        return (events.CommitmentReset(at=now, reset=how),)
    promised = (
        _own_open_text(meeting, missed.commitment)
        if how is Reset.AGAIN
        else commitments.parse_commitment(words)
    )
    becomes = meeting.next_commitment
    return (events.CommitmentReset(at=now, reset=how, text=promised, becomes=becomes),)


@MeetingCommand
def change(meeting: Meeting, now: datetime, commitment: str, words: str) -> Events:
    """Renegotiate a commitment before it was due: it goes on with new words."""
    _require_no_missed(meeting)
    _own_open_text(meeting, commitment)
    becomes = meeting.next_commitment
    promised = commitments.parse_commitment(words)
    return (
        events.CommitmentChanged(at=now, commitment=commitment, text=promised, becomes=becomes),
    )


@MeetingCommand
def promise(meeting: Meeting, now: datetime, words: str) -> Events:
    """A new commitment of the speaker's."""
    _require_no_missed(meeting)
    return (
        events.CommitmentMade(
            at=now, id=meeting.next_commitment, text=commitments.parse_commitment(words)
        ),
    )


@MeetingCommand
def end_turn(meeting: Meeting, now: datetime) -> Events:
    """End the turn; what was not answered stays open."""
    _require_no_missed(meeting)
    return (events.TurnEnded(at=now),)


# Coming and going


class Movement(Enum):
    """What one key about a person means."""

    ARRIVES = auto()
    LEAVES_SOON = auto()
    LEAVES = auto()


def next_movement(meeting: Meeting, member: str) -> Movement:
    """Whether somebody would arrive now, or must leave early and speaks next, or has left."""
    person = require_person(meeting, member)
    if not person.here:
        return Movement.ARRIVES
    waits = member in meeting.waiting or member in meeting.waiting_again
    if waits and person.attendance is not Attendance.LEFT_EARLY:
        return Movement.LEAVES_SOON
    return Movement.LEAVES


@MeetingCommand
def arrive_or_leave(meeting: Meeting, now: datetime, member: str) -> Events:
    """What one key about a person means now, see `next_movement`."""
    require_phase(meeting, *ROUND, Phase.CLOSING)
    match next_movement(meeting, member):
        case Movement.ARRIVES:
            return arrive(meeting, now, member)
        case Movement.LEAVES_SOON:
            return (events.MemberLeavesSoon(at=now, member=member),)
        case Movement.LEAVES:
            return leave(meeting, now, member)


@MeetingCommand
def arrive(meeting: Meeting, now: datetime, member: str) -> Events:
    """Somebody who was not here comes in."""
    require_phase(meeting, *ROUND, Phase.CLOSING)
    person = require_person(meeting, member)
    if person.here:
        raise RuleError(f"{person.name} is here.")
    arrived = events.MemberArrived(at=now, member=member, share=meeting.share)
    share = agenda.refit_share(meeting, apply(meeting, arrived), now)
    return (events.MemberArrived(at=now, member=member, share=share),)


@MeetingCommand
def leave(meeting: Meeting, now: datetime, member: str) -> Events:
    """Somebody who was here has left; having come counts."""
    require_phase(meeting, *ROUND, Phase.CLOSING)
    person = require_person(meeting, member)
    if not person.here:
        raise RuleError(f"{person.name} is not here.")
    left = events.MemberLeft(at=now, member=member, share=meeting.share)
    share = agenda.refit_share(meeting, apply(meeting, left), now)
    return (events.MemberLeft(at=now, member=member, share=share),)
