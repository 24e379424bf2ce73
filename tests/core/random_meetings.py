"""Random commands of a meeting and of a circle between meetings; their arguments may be invalid."""

from collections.abc import Callable
from datetime import datetime, timedelta

from hypothesis import strategies as st

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle import (
    checkins,
    commitments,
    correction,
    covenant,
    membership,
    rebooking,
    settings,
)
from circle_tui.core.circle.record import Outcome, Reset
from circle_tui.core.circle.state import CircleState, Clause
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.meeting import ClosingStep, Phase

from .meetings import MINUTE, MeetingCommand, MeetingRunner, attempt

CommandCall = tuple[MeetingCommand, tuple[object, ...]]
CircleCommandCall = tuple[Callable[..., CircleState], tuple[object, ...]]

WAITS = st.sampled_from([0, 1 / 60, 0.5, 1, 1, 3, 8, 20, 180])
WORDS = ("", "  \n", "Read [red]a page[/]", "\x1b[2Jעדה", "a" * 281, "e\u0301\u200b")
DATES = (
    "",
    "20 March 18:00",
    "2 April",
    "2026-04-02 10:30",
    "18:00",
    "rubbish",
    "4 March",
    "9" * 99,
)
COMMANDS_WITHOUT_ARGUMENTS = (
    commands.begin,
    commands.start,
    commands.backdate,
    commands.pause,
    commands.resume,
    commands.give_minute,
    commands.take_minute,
    commands.next_step,
    commands.finish,
    commands.pass_turn,
    commands.respond,
    commands.end_responses,
    commands.end_turn,
    closing_commands.cut_short,
    closing_commands.keep_date,
    closing_commands.close,
    closing_commands.close_as_it_stands,
    commands.fit_shares,
    commands.welcome_guest,
)
COMMANDS_THAT_END = {closing_commands.cut_short, closing_commands.close_as_it_stands}
COMMANDS_ABOUT_A_MEMBER = (
    commands.mark_next,
    commands.arrive_or_leave,
    commands.arrive,
    commands.leave,
)


def possible_calls(runner: MeetingRunner) -> dict[MeetingCommand, list[CommandCall]]:
    """Each command with calls of it to try now, allowed or not."""
    meeting = runner.meeting
    members = [person.id for person in meeting.people]
    known = [each.id for each in meeting.context.open] + [made.id for made in meeting.made]
    # Hypothesis prefers what comes first, so guests come last.
    found: dict[MeetingCommand, list[CommandCall]] = {
        command: [] for command in (commands.answer, commands.reset, commands.renegotiate)
    }
    found |= {command: [(command, ())] for command in COMMANDS_WITHOUT_ARGUMENTS}
    for command in COMMANDS_ABOUT_A_MEMBER:
        found[command] = [(command, (member,)) for member in members]
    # Marking somebody who has left is refused; see test_past_faults.py.
    found[commands.mark_next] = [
        (command, (member,))
        for command, (member,) in found[commands.mark_next]
        if meeting.person(str(member)).attendance is not Attendance.LEFT_EARLY
    ]
    found[commands.mark] = [
        (commands.mark, (member, how)) for member in members for how in Attendance
    ]
    found[commands.pause].append(
        (commands.pause, (max(runner.acts[-1][-1].at, runner.now - MINUTE),))
    )
    found[commands.answer] = [
        (commands.answer, (each, how)) for each in [*known, "c999"] for how in Outcome
    ]
    found[commands.renegotiate] = [
        (commands.renegotiate, (each, words)) for each in known for words in WORDS
    ]
    found[commands.say_what_got_in_the_way] = [
        (commands.say_what_got_in_the_way, (words,)) for words in WORDS
    ]
    found[commands.reset] = [(commands.reset, (how, words)) for how in Reset for words in WORDS]
    found[commands.promise] = [(commands.promise, (words,)) for words in WORDS]
    found[closing_commands.propose_date] = [
        (closing_commands.propose_date, (typed,)) for typed in DATES
    ]
    found[closing_commands.look_back] = [(closing_commands.look_back, (words,)) for words in WORDS]
    found[closing_commands.choose] = [
        (closing_commands.choose, (choice,)) for choice in CycleChoice
    ]
    found[closing_commands.answer_question] = [
        (closing_commands.answer_question, (said,))
        for said in ("yes", "partly", "no", "", "perhaps")
    ]
    found[closing_commands.settle_reach_out] = [
        (closing_commands.settle_reach_out, (missing, by))
        for missing in members
        for by in [None, *members]
    ]
    return {command: acts for command, acts in found.items() if acts}


def allowed_calls(
    runner: MeetingRunner, *, endings: bool = True
) -> dict[MeetingCommand, list[CommandCall]]:
    """The calls that are allowed now, by command."""
    found = {}
    for command, acts in possible_calls(runner).items():
        if command in COMMANDS_THAT_END and not endings:
            continue
        fine = [
            act
            for act in acts
            if isinstance(attempt(command, runner.meeting, runner.now, *act[1]), tuple)
        ]
        if fine:
            found[command] = fine
    return found


def draw_call(draw: st.DrawFn, acts: dict[MeetingCommand, list[CommandCall]]) -> CommandCall:
    """Draw a command, then a call of it: so commands with many arguments are no likelier."""
    command = draw(st.sampled_from(list(acts)))
    return draw(st.sampled_from(acts[command]))


def execute_random_commands(
    draw: st.DrawFn, runner: MeetingRunner, steps: int, *, endings: bool = False
) -> MeetingRunner:
    """Execute up to `steps` allowed commands, some time apart."""
    for _ in range(draw(st.integers(0, steps))):
        runner.wait(draw(WAITS))
        acts = allowed_calls(runner, endings=endings)
        if not acts:
            break
        command, said = draw_call(draw, acts)
        runner.do(command, *said)
    return runner


def finish_on_schedule(runner: MeetingRunner) -> MeetingRunner:
    """The rest of the meeting, with everything taking exactly the time planned for it."""
    circle = runner.meeting.circle
    while runner.meeting.phase is not Phase.CLOSED:
        meeting, turn = runner.meeting, runner.meeting.turn
        match meeting.phase:
            case Phase.GATHERING:
                runner.do(commands.begin)
            case Phase.READY:
                if meeting.began is not None and not meeting.finished and not meeting.waiting_again:
                    runner.now = max(runner.now, meeting.began + circle.length / 12)
                runner.do(commands.start)
            case Phase.SHARE:
                assert meeting.countdown is not None
                runner.now += max(meeting.countdown.remaining(runner.now), timedelta())
                runner.do(commands.finish)
            case Phase.RESPONSES | Phase.COMMITMENTS:
                assert turn is not None
                assert turn.share_ended is not None
                runner.now = max(runner.now, turn.share_ended + circle.response)
                if meeting.phase is Phase.RESPONSES:
                    runner.do(commands.end_responses)
                if turn.missed is not None:
                    runner.do(commands.reset, Reset.LET_GO)
                runner.do(commands.end_turn)
            case _:
                assert meeting.closing_since is not None
                runner.now = max(runner.now, meeting.closing_since + circle.length / 15)
                match meeting.closing_step:
                    case ClosingStep.WORKED | ClosingStep.CHANGE:
                        runner.do(closing_commands.look_back, "")
                    case ClosingStep.CHOICE:
                        runner.do(closing_commands.choose, CycleChoice.RENEW)
                    case ClosingStep.VITALITY:
                        runner.do(closing_commands.answer_question, "yes")
                    case ClosingStep.DATE:
                        runner.do(closing_commands.propose_date, "2 April 2027").do(
                            closing_commands.keep_date
                        )
                    case ClosingStep.REACH_OUT:
                        runner.do(closing_commands.settle_reach_out, meeting.unreached[0].id, None)
                    case ClosingStep.CLOSE:
                        runner.do(closing_commands.close)
    return runner


def possible_circle_calls(state: CircleState) -> list[CircleCommandCall]:
    """Calls to try between two meetings, allowed or not."""
    people = [each.id for each in state.circle.members]
    promised = [each.id for each in commitments.open_commitments(state)] or ["c999"]
    found: list[CircleCommandCall] = [
        (rebooking.cancel, ()),
        (rebooking.wake, ()),
        (membership.tell_of_three, ()),
        (covenant.write, ()),
        (membership.join, ("Zoë",)),
        (membership.join, ("Yann",)),
        (settings.set_cycle, ("1",)),
        (settings.set_cycle, ("4",)),
        (settings.set_zone, ("Asia/Kathmandu",)),
        (settings.set_rhythm, ("every 10 days",)),
        (settings.switch, ("bell",)),
    ]
    found += [(rebooking.rebook, (typed,)) for typed in DATES]
    found += [(covenant.set_review, (typed,)) for typed in DATES]
    found += [(covenant.change, (Clause.PURPOSE, words)) for words in WORDS]
    for about in (membership.leave, membership.go_away, membership.come_back, covenant.sign):
        found += [(about, (member,)) for member in people]
    found += [(membership.move_seat, (member, by)) for member in people for by in (-1, 1)]
    found += [(membership.rename, (member, name)) for member in people for name in ("Xe", "")]
    found += [(membership.forget, (member.id, member.name)) for member in state.circle.members]
    found += [(checkins.check_in, (member, words)) for member in people for words in WORDS]
    for each in promised:
        found += [(commitments.renegotiate, (each, words)) for words in WORDS]
        found += [(commitments.set_due, (each, typed)) for typed in DATES]
        found += [(commitments.set_daily, (each,)), (commitments.release, (each,))]
        found += [(commitments.record_win, (each, did)) for did in (True, False)]
    for record in state.records:
        for member in record.attendance:
            found += [
                (correction.correct_attendance, (record.id, member, how)) for how in Attendance
            ]
            found.append((correction.correct_opener, (record.id, member)))
        found += [
            (correction.correct_outcome, (record.id, each, how))
            for each in promised
            for how in Outcome
        ]
    return found


def execute_random_circle_commands(
    draw: st.DrawFn, state: CircleState, now: datetime, times: int
) -> CircleState:
    """Apply up to `times` such calls to `state`; refused ones change nothing."""
    for _ in range(draw(st.integers(0, times))):
        found: dict[Callable[..., CircleState], list[tuple[object, ...]]] = {}
        for act, said in possible_circle_calls(state):
            found.setdefault(act, []).append(said)
        act = draw(st.sampled_from(list(found)))
        after = attempt(act, state, now, *draw(st.sampled_from(found[act])))
        if not isinstance(after, RuleError):
            assert isinstance(after, CircleState)
            state = after
    return state
