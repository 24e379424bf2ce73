"""The sample: an invented circle that has met for two cycles, which the demo copies.

Invariant: the sample is made by executing the same commands as real meetings do, on a manual clock.
So its file is always what the program would have written.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle import covenant, schedule
from circle_tui.core.circle.circle import Circle, make_circle
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.record import MeetingRecord, Outcome, Reset
from circle_tui.core.circle.schedule import planned
from circle_tui.core.contracts import lookup, making, signing, ways, wording
from circle_tui.core.contracts.contract import Way
from circle_tui.core.ids import CommitmentId, MemberId
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.meeting import ClosingStep, Phase
from circle_tui.service.clock import ManualClock
from circle_tui.service.live_meeting import LiveMeeting
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.memory_journal import MemoryJournal

NAME = "Harbour Circle"
MEMBERS = "Maya, Priya, Tom, Lena, Sam"
_MAYA, _PRIYA, _TOM, _LENA, _SAM = (MemberId(f"m{seat}") for seat in range(1, 6))
ZONE = "Europe/London"
SAMPLE_ID = "sample"
FIRST = datetime(2026, 1, 8, 10, 0)  # noqa: DTZ001 - the circle's own wall time
MEETINGS = 12

_WORDS = {
    _MAYA: (
        "I review a pull request within a working day",
        "I write the deployment notes before I deploy",
        "I ask one open question in each planning",
        "I show the prototype to two customers",
    ),
    _PRIYA: (
        "I block two mornings for the migration plan",
        "I send the draft to the partners by Friday",
        "I say no to one meeting a week",
        "I hand the release over to Tom",
    ),
    _TOM: (
        "I call the three clients I have put off",
        "I write down what I learn after each call",
        "I run in the morning before I read my mail",
        "I close the books by the third of the month",
    ),
    _LENA: (
        "I speak first about what is hard in my one-to-ones",
        "I give Ana feedback on her talk, in person",
        "I finish chapter two, rough",
        "I leave at five on Wednesdays",
    ),
    _SAM: (
        "I apply for the two grants",
        "I ask Priya to look at my budget",
        "I keep Thursday free of calls",
        "I write one page for the board",
    ),
}

_SMALLER = {
    "I call the three clients I have put off": "I call one of the clients I have put off",
    "I apply for the two grants": "I write the summary for one grant",
}

_WAYS = (
    "two people were ill",
    "I said yes to too much",
    "it was bigger than I thought",
    "",
)

_AWAY = {
    3: (_LENA, Attendance.EXCUSED),
    5: (_SAM, Attendance.LATE),
    6: (_PRIYA, Attendance.ABSENT),
    8: (_TOM, Attendance.EXCUSED),
    10: (_SAM, Attendance.LATE),
    11: (_MAYA, Attendance.EXCUSED),
}
_GUEST_AT = 9
_LEAVES_AT = {7: _TOM}


def sample_circle(first: datetime) -> Circle:
    """The sample's circle; `first` is its first meeting (naive wall time)."""
    return make_circle(
        NAME,
        MEMBERS,
        "peer-circle",
        first=first,
        zone=ZONE,
        now=first.replace(tzinfo=UTC) - timedelta(days=3),
        sample=True,
        circle_id=SAMPLE_ID,
    )


def write_sample(folder: Path, first: datetime = FIRST) -> CircleFile:
    """Make the sample's file in `folder` by holding all its meetings. Raises `SaveError`."""
    circle = sample_circle(first)
    file = CircleFile.create(folder, circle)
    _sign_covenant(file, schedule.moment(circle, first) - timedelta(days=1))
    for _ in range(MEETINGS):
        hold_meeting(file)
    _make_contracts(file)
    return file


def _sign_covenant(file: CircleFile, now: datetime) -> None:
    """Write the covenant and have everybody sign it."""
    state = covenant.write(file.read(), now)
    review = now + timedelta(weeks=12)
    state = covenant.set_review(state, now, f"{review:%Y-%m-%d}")
    for member in state.active:
        state = covenant.sign(state, now, member.id)
    file.save(state)


def _make_contracts(file: CircleFile) -> None:
    """Make two contracts after the last meeting: one goes on, one is due before the next."""
    state = file.read()
    now = state.records[-1].ended + timedelta(minutes=5)
    state = making.make(state, now, "shared-branch", (_PRIYA, _SAM))
    state = making.make(state, now, "design-feedback", (_MAYA, _TOM))
    goes_on, trial = lookup.contract_ids(state)
    state = wording.rename(state, now, trial, "Onboarding flow")
    state = ways.set_way(state, now, trial, Way.GRADED)
    state = wording.set_trial(state, now, trial, "a coffee")
    for contract in (goes_on, trial):
        for member in lookup.to_sign(state, lookup.newest(state, contract)):
            state = signing.sign(state, now, contract, member)
    file.save(state)


def hold_meeting(file: CircleFile) -> MeetingRecord:
    """Hold the circle's next meeting from gathering to record."""
    state = file.read()
    clock = ManualClock(planned(state))
    start = meeting_context(state, clock.now())
    live = LiveMeeting.begin(start, MemoryJournal(), clock, file.add)
    number = start.number
    if number in _AWAY:
        live.execute(commands.mark, *_AWAY[number])
    if number == _GUEST_AT:
        live.execute(commands.welcome_guest)
    clock.move(timedelta(minutes=4))
    live.execute(commands.begin)
    while live.meeting.phase is not Phase.CLOSING:
        _hold_turn(live, clock, number)
    clock.move(timedelta(minutes=2))
    _hold_closing(live, clock)
    live.execute(closing_commands.close)
    live.finish()
    return file.read().records[-1]


def _hold_turn(live: LiveMeeting, clock: ManualClock, number: int) -> None:
    turn = live.meeting.turn
    if turn is None:
        raise ValueError("nobody has the turn")
    member = turn.member
    clock.move(timedelta(seconds=20))
    live.execute(commands.start)
    clock.move(timedelta(minutes=7, seconds=10 + 7 * number))
    live.execute(commands.finish)
    while live.meeting.phase is Phase.RESPONSES:
        clock.move(timedelta(seconds=12))
        live.execute(commands.respond)
    for at, commitment in enumerate(live.meeting.open_commitments_of(member)):
        _answer(live, commitment.id, commitment.text, number + at + int(member[1:]))
    if len(live.meeting.commitments_made_by(member)) == 0:
        words = _WORDS[member]
        live.execute(commands.promise, words[number % len(words)])
    clock.move(timedelta(seconds=30))
    if _LEAVES_AT.get(number) == member:
        live.execute(commands.leave, member)
    else:
        live.execute(commands.end_turn)


def _answer(live: LiveMeeting, commitment: CommitmentId, text: str, chance: int) -> None:
    """Answer a commitment; `chance` decides the outcome, so that the sample is reproducible."""
    if chance % 5 in {0, 1, 3}:
        live.execute(commands.answer, commitment, Outcome.KEPT)
    elif chance % 5 == 2:
        live.execute(commands.answer, commitment, Outcome.PARTLY)
    else:
        live.execute(commands.answer, commitment, Outcome.MISSED)
        live.execute(commands.say_what_got_in_the_way, _WAYS[chance % len(_WAYS)])
        if text in _SMALLER:
            live.execute(commands.reset, Reset.SMALLER, _SMALLER[text])
        else:
            live.execute(commands.reset, Reset.AGAIN)


def _hold_closing(live: LiveMeeting, clock: ManualClock) -> None:
    while (step := live.meeting.closing_step) is not ClosingStep.CLOSE:
        clock.move(timedelta(seconds=15))
        match step:
            case ClosingStep.WORKED:
                live.execute(
                    closing_commands.look_back, "We began on time, and nobody fixed anybody"
                )
            case ClosingStep.CHANGE:
                live.execute(closing_commands.look_back, "Say what is hard first")
            case ClosingStep.CHOICE:
                live.execute(closing_commands.choose, CycleChoice.RENEW)
            case ClosingStep.VITALITY:
                live.execute(closing_commands.answer_question, "yes")
            case ClosingStep.DATE:
                live.execute(closing_commands.keep_date)
            case ClosingStep.REACH_OUT:
                missing = live.meeting.unreached[0].id
                live.execute(closing_commands.settle_reach_out, missing, live.meeting.finished[0])
    clock.move(timedelta(seconds=45))


def begins_now(now: datetime) -> datetime:
    """The first meeting's naive wall time for which the meeting after the sample's is due `now`."""
    local = now.astimezone(sample_circle(FIRST).tz).replace(tzinfo=None, second=0, microsecond=0)
    return local - timedelta(weeks=2 * MEETINGS)


if __name__ == "__main__":
    import sys

    write_sample(Path(sys.argv[1]))
