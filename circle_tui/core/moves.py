"""What may be done now.

Law: a move is a pure function of the meeting, the moment and what was said; it gives the events
that happen, or raises `Refused` with the sentence why not, and nothing has changed then. The
footer, the help and the keys all ask here, so they cannot disagree.
"""

from datetime import datetime, timedelta

from circle_tui.core import agenda, cadence, events, text
from circle_tui.core.circle import LONGEST_SHARE, SHORTEST_SHARE
from circle_tui.core.countdown import Countdown
from circle_tui.core.events import Event
from circle_tui.core.fold import apply, next_date
from circle_tui.core.meeting import ROUND, ClosingStep, Meeting, Missed, Person, Phase, Turn
from circle_tui.core.record import Attendance, CycleChoice, Outcome, Reset
from circle_tui.core.refused import Refused
from circle_tui.core.vitality import ANSWERS

Events = tuple[Event, ...]

MINUTE = timedelta(minutes=1)
GUESTS_AT_MOST = 9

_CYCLE = (Attendance.PRESENT, Attendance.LATE, Attendance.EXCUSED, Attendance.ABSENT)

_WHERE = {
    Phase.GATHERING: "while the circle gathers",
    Phase.READY: "before a share begins",
    Phase.SHARE: "during a share",
    Phase.RESPONSES: "during the responses",
    Phase.COMMITMENTS: "among the commitments",
    Phase.CLOSING: "at the closing",
}


def _only(meeting: Meeting, *phases: Phase) -> None:
    if meeting.phase not in phases:
        where = " or ".join(_WHERE[phase] for phase in phases)
        raise Refused(f"That can be done {where}.")


def _turn(meeting: Meeting) -> Turn:
    if meeting.turn is None:
        raise Refused("Nobody has the turn now.")
    return meeting.turn


def _clock(meeting: Meeting) -> Countdown:
    _only(meeting, Phase.SHARE)
    countdown = _turn(meeting).countdown
    if countdown is None:
        raise Refused("No clock is running.")
    return countdown


def _person(meeting: Meeting, member: str) -> Person:
    try:
        return meeting.person(member)
    except KeyError:
        raise Refused("Nobody in this circle has that seat.") from None


# The gathering


def mark(meeting: Meeting, now: datetime, member: str, attendance: Attendance) -> Events:
    """Say how `member` comes to this meeting."""
    _only(meeting, Phase.GATHERING)
    _person(meeting, member)
    if attendance not in _CYCLE:
        raise Refused("Nobody can leave before the round has begun: mark them absent or excused.")
    return (events.AttendanceMarked(at=now, member=member, attendance=attendance),)


def mark_next(meeting: Meeting, now: datetime, member: str) -> Events:
    """On from here to late, excused, absent and back to here."""
    _only(meeting, Phase.GATHERING)
    at = _CYCLE.index(_person(meeting, member).attendance)
    return mark(meeting, now, member, _CYCLE[(at + 1) % len(_CYCLE)])


def welcome_guest(meeting: Meeting, now: datetime) -> Events:
    """One guest more is here."""
    _only(meeting, Phase.GATHERING)
    if meeting.guests >= GUESTS_AT_MOST:
        raise Refused(f"More than {GUESTS_AT_MOST} guests are an audience, not a circle.")
    return (events.GuestsCounted(at=now, guests=meeting.guests + 1),)


def fit(meeting: Meeting, now: datetime) -> Events:
    """Take the share length with which the plan fits."""
    _only(meeting, Phase.GATHERING)
    plan = agenda.plan(meeting)
    if plan.fits:
        raise Refused("The plan fits as it is.")
    if plan.fitting is None:
        raise Refused("Not even a minute each fits: meet for longer, or in two circles.")
    return (events.ShareSet(at=now, share=plan.fitting),)


def _set_share(meeting: Meeting, now: datetime, by: timedelta) -> Events:
    share = min(max(meeting.share + by, SHORTEST_SHARE), LONGEST_SHARE)
    if share == meeting.share:
        raise Refused("A share takes from 1 to 60 minutes.")
    return (events.ShareSet(at=now, share=share),)


def begin(meeting: Meeting, now: datetime) -> Events:
    """End the gathering and offer the opener the first turn."""
    _only(meeting, Phase.GATHERING)
    if len(meeting.here) < text.MEMBERS_AT_LEAST:
        raise Refused("A round needs two people: mark who is here, or leave with q until they are.")
    return (events.RoundBegan(at=now, order=meeting.order_now()),)


# A turn


def start(meeting: Meeting, now: datetime) -> Events:
    """Start the share of whoever has the turn."""
    _only(meeting, Phase.READY)
    return (events.ShareStarted(at=now, since=now),)


def backdate(meeting: Meeting, now: datetime) -> Events:
    """The share began a minute earlier than the clock knows, or than now."""
    _only(meeting, Phase.READY, Phase.SHARE)
    if meeting.phase is Phase.READY:
        return (events.ShareStarted(at=now, since=now - MINUTE),)
    left = _clock(meeting).left(now)
    if left <= timedelta():
        raise Refused("The time is round already.")
    return (events.ShareBackdated(at=now, by=min(left, MINUTE)),)


def hold(meeting: Meeting, now: datetime, since: datetime | None = None) -> Events:
    """Let everything wait, from now or from a moment that has passed."""
    _clock(meeting).hold(now)
    return (events.Held(at=now, since=since or now),)


def go_on(meeting: Meeting, now: datetime) -> Events:
    """Let the clock run again."""
    _clock(meeting).go_on(now)
    return (events.WentOn(at=now),)


def hold_or_go_on(meeting: Meeting, now: datetime) -> Events:
    """One key for both: hold what runs, let run what is held."""
    return go_on(meeting, now) if _clock(meeting).held else hold(meeting, now)


def give_minute(meeting: Meeting, now: datetime) -> Events:
    """A minute more for this share; at the gathering, for every share."""
    if meeting.phase is Phase.GATHERING:
        return _set_share(meeting, now, MINUTE)
    left = _clock(meeting).left(now)
    if left + MINUTE > LONGEST_SHARE:
        raise Refused("A share takes 60 minutes at most.")
    # Once the time is round, a minute more is a minute from now.
    return (events.ShareLengthened(at=now, by=MINUTE - min(left, timedelta())),)


def take_minute(meeting: Meeting, now: datetime) -> Events:
    """A minute less for this share; at the gathering, for every share."""
    if meeting.phase is Phase.GATHERING:
        return _set_share(meeting, now, -MINUTE)
    if _clock(meeting).left(now) <= MINUTE:
        raise Refused("There is no minute left to take away.")
    return (events.ShareLengthened(at=now, by=-MINUTE),)


def next_step(meeting: Meeting, now: datetime) -> Events:
    """On to the next step of the share; after the last one the share ends."""
    _clock(meeting)
    if _turn(meeting).step + 1 < len(meeting.steps):
        return (events.StepEnded(at=now),)
    return finish(meeting, now)


def finish(meeting: Meeting, now: datetime) -> Events:
    """End the share."""
    _only(meeting, Phase.SHARE)
    return (events.ShareEnded(at=now),)


def pass_turn(meeting: Meeting, now: datetime) -> Events:
    """Pass: offered again after the others; a second pass is taken as having listened."""
    _only(meeting, Phase.READY, Phase.SHARE)
    return (events.Passed(at=now),)


def respond(meeting: Meeting, now: datetime) -> Events:
    """The next of the others gives their response."""
    _only(meeting, Phase.RESPONSES)
    return (events.Responded(at=now, member=meeting.responders[0]),)


def end_responses(meeting: Meeting, now: datetime) -> Events:
    """Leave the rest of the responses out."""
    _only(meeting, Phase.RESPONSES)
    return (events.ResponsesEnded(at=now),)


# Commitments


def _free_of_missed(meeting: Meeting) -> None:
    _only(meeting, Phase.COMMITMENTS)
    if _turn(meeting).missed is not None:
        raise Refused("First the missed one: again, smaller, different or let go.")


def _missed(meeting: Meeting) -> Missed:
    _only(meeting, Phase.COMMITMENTS)
    missed = _turn(meeting).missed
    if missed is None:
        raise Refused("A reset follows a missed commitment: press m first.")
    return missed


def _own_open(meeting: Meeting, commitment: str) -> str:
    """The text of a commitment the speaker can answer now."""
    speaker = _turn(meeting).member
    for each in meeting.open_of(speaker):
        if each.id == commitment:
            return each.text
    raise Refused(f"{_person(meeting, speaker).name} has no such commitment open.")


def _promised(raw: str) -> str:
    promised = text.words(raw)
    if not promised:
        raise Refused("A commitment needs words: type one or two lines.")
    return promised


def answer(meeting: Meeting, now: datetime, commitment: str, outcome: Outcome) -> Events:
    """Say how one of the speaker's commitments ended; a missed one then waits for its reset."""
    _free_of_missed(meeting)
    _own_open(meeting, commitment)
    if outcome is Outcome.CHANGED:
        raise Refused("A changed commitment needs its new words.")
    return (events.CommitmentAnswered(at=now, commitment=commitment, outcome=outcome),)


def say_what_got_in_the_way(meeting: Meeting, now: datetime, words: str) -> Events:
    """A few words about the missed one, or none."""
    if _missed(meeting).words is not None:
        raise Refused("That is said already: again, smaller, different or let go.")
    return (events.GotInTheWay(at=now, words=text.words(words)),)


def reset(meeting: Meeting, now: datetime, how: Reset, words: str = "") -> Events:
    """Start the missed one again. "again" keeps its words, "let go" has none."""
    missed = _missed(meeting)
    if how is Reset.LET_GO:
        return (events.CommitmentReset(at=now, reset=how),)
    promised = _own_open(meeting, missed.commitment) if how is Reset.AGAIN else _promised(words)
    becomes = meeting.next_commitment
    return (events.CommitmentReset(at=now, reset=how, text=promised, becomes=becomes),)


def change(meeting: Meeting, now: datetime, commitment: str, words: str) -> Events:
    """Renegotiate a commitment before it was due: it goes on with new words."""
    _free_of_missed(meeting)
    _own_open(meeting, commitment)
    becomes = meeting.next_commitment
    promised = _promised(words)
    return (
        events.CommitmentChanged(at=now, commitment=commitment, text=promised, becomes=becomes),
    )


def promise(meeting: Meeting, now: datetime, words: str) -> Events:
    """A new commitment of the speaker's."""
    _free_of_missed(meeting)
    return (events.CommitmentMade(at=now, id=meeting.next_commitment, text=_promised(words)),)


def end_turn(meeting: Meeting, now: datetime) -> Events:
    """End the turn; what was not answered stays open."""
    _free_of_missed(meeting)
    return (events.TurnEnded(at=now),)


# Coming and going


def come_or_go(meeting: Meeting, now: datetime, member: str) -> Events:
    """What one key about a person means now: they arrive, or must leave early, or have left."""
    _only(meeting, *ROUND, Phase.CLOSING)
    person = _person(meeting, member)
    if not person.here:
        return arrive(meeting, now, member)
    waits = member in meeting.waiting or member in meeting.again
    if waits and person.attendance is not Attendance.LEFT_EARLY:
        return (events.MemberLeavesSoon(at=now, member=member),)
    return leave(meeting, now, member)


def arrive(meeting: Meeting, now: datetime, member: str) -> Events:
    """Somebody who was not here comes in."""
    _only(meeting, *ROUND, Phase.CLOSING)
    person = _person(meeting, member)
    if person.here:
        raise Refused(f"{person.name} is here.")
    arrived = events.MemberArrived(at=now, member=member, share=meeting.share)
    share = agenda.refit(meeting, apply(meeting, arrived), now)
    return (events.MemberArrived(at=now, member=member, share=share),)


def leave(meeting: Meeting, now: datetime, member: str) -> Events:
    """Somebody who was here has left; having come counts."""
    _only(meeting, *ROUND, Phase.CLOSING)
    person = _person(meeting, member)
    if not person.here:
        raise Refused(f"{person.name} is not here.")
    left = events.MemberLeft(at=now, member=member, share=meeting.share)
    share = agenda.refit(meeting, apply(meeting, left), now)
    return (events.MemberLeft(at=now, member=member, share=share),)


# The closing


def cut_short(meeting: Meeting, now: datetime) -> Events:
    """End the round where it stands, and close."""
    _only(meeting, *ROUND)
    return (events.CutShort(at=now),)


def _closing(meeting: Meeting, step: ClosingStep) -> None:
    _only(meeting, Phase.CLOSING)
    if meeting.closing_step is not step:
        raise Refused(
            {
                ClosingStep.WORKED: "The look back comes first: what worked?",
                ClosingStep.CHANGE: "The look back comes first: what should change?",
                ClosingStep.CHOICE: "First choose how the circle goes on.",
                ClosingStep.VITALITY: "First the questions to the circle.",
                ClosingStep.DATE: "The next date comes first: enter keeps it, d sets another.",
                ClosingStep.REACH_OUT: "First choose who reaches out to those who were missing.",
                ClosingStep.CLOSE: "All is settled: enter closes the meeting.",
            }[meeting.closing_step]
        )


def look_back(meeting: Meeting, now: datetime, words: str) -> Events:
    """At the end of a cycle: what worked, and then what to change; both may stay unsaid."""
    if meeting.closing_step is not ClosingStep.CHANGE:
        _closing(meeting, ClosingStep.WORKED)
    _only(meeting, Phase.CLOSING)
    return (events.LookedBackOn(at=now, words=text.words(words)),)


def choose(meeting: Meeting, now: datetime, choice: CycleChoice) -> Events:
    """At the end of a cycle: how the circle goes on."""
    _closing(meeting, ClosingStep.CHOICE)
    if choice not in meeting.standing.choices:
        raise Refused("A circle graduates after two strong cycles, and not before.")
    return (events.CycleChosen(at=now, choice=choice),)


def answer_question(meeting: Meeting, now: datetime, answer: str) -> Events:
    """The circle as a whole answers the question on the screen."""
    _closing(meeting, ClosingStep.VITALITY)
    question = meeting.next_question
    if question is None or answer not in ANSWERS:
        raise Refused("The answer is yes, partly or no.")
    return (events.QuestionAnswered(at=now, question=question, answer=answer),)


def keep_date(meeting: Meeting, now: datetime) -> Events:
    """The date on the screen is the one."""
    _closing(meeting, ClosingStep.DATE)
    if meeting.next is None or meeting.next <= now:
        raise Refused("That date has passed: press d to set another.")
    return (events.NextMeetingSet(at=now, when=meeting.next, kept=True),)


def propose_date(meeting: Meeting, now: datetime, typed: str) -> Events:
    """Another date, as typed; it still has to be kept."""
    _only(meeting, Phase.CLOSING)
    if meeting.choice is CycleChoice.REST:
        raise Refused("The circle rests after this: no date is asked for.")
    when = cadence.read_moment(
        meeting.circle, text.clean(typed), meeting.next or meeting.opened, now
    )
    return (events.NextMeetingSet(at=now, when=when, kept=False),)


def settle_reach_out(meeting: Meeting, now: datetime, missing: str, by: str | None) -> Events:
    """Somebody who came reaches out to `missing`, or nobody does."""
    _closing(meeting, ClosingStep.REACH_OUT)
    if _person(meeting, missing) not in meeting.unreached:
        raise Refused(f"{_person(meeting, missing).name} needs nobody to reach out.")
    if by is not None and not _person(meeting, by).kept_as.came:
        raise Refused(f"{_person(meeting, by).name} was missing too.")
    return (events.ReachOutSettled(at=now, missing=missing, by=by),)


def close(meeting: Meeting, now: datetime) -> Events:
    """Close the meeting."""
    _closing(meeting, ClosingStep.CLOSE)
    return (events.MeetingClosed(at=now),)


def close_as_it_stands(meeting: Meeting, now: datetime) -> Events:
    """Close a meeting that nobody will go on with; the proposed date stands, nobody reaches out."""
    if meeting.phase is Phase.GATHERING:
        raise Refused("The round never began: there is nothing to close. Drop it instead.")
    _only(meeting, *ROUND, Phase.CLOSING)
    cut = () if meeting.phase is Phase.CLOSING else cut_short(meeting, now)
    closed = events.MeetingClosed(at=now)
    if meeting.next is not None and meeting.next <= now:
        when = next_date(meeting, now)
        return (*cut, events.NextMeetingSet(at=now, when=when, kept=False), closed)
    return (*cut, closed)
