"""Random walks through a meeting, and from one to the next: every move there is, said with what
may or may not be legal, and what people may do to a state in between."""

from collections.abc import Callable
from datetime import datetime, timedelta

from hypothesis import strategies as st

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle import checkins, commitments, covenant, membership, rebooking, settings
from circle_tui.core.circle.record import Outcome, Reset
from circle_tui.core.circle.state import CircleState, Clause
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.meeting import ClosingStep, Phase

from .meetings import MINUTE, MeetingCommand, Table, attempt

Act = tuple[MeetingCommand, tuple[object, ...]]
CircleCommand = tuple[Callable[..., CircleState], tuple[object, ...]]

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
PLAIN = (
    commands.begin,
    commands.start,
    commands.backdate,
    commands.hold,
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
ENDINGS = {closing_commands.cut_short, closing_commands.close_as_it_stands}
ABOUT_A_MEMBER = (commands.mark_next, commands.arrive_or_leave, commands.arrive, commands.leave)


def choices(table: Table) -> dict[MeetingCommand, list[Act]]:
    """Every move, with some of what could be said with it here."""
    meeting = table.meeting
    members = [person.id for person in meeting.people]
    known = [each.id for each in meeting.context.open] + [made.id for made in meeting.made]
    # What hypothesis finds first it takes more often: guests come last.
    found: dict[MeetingCommand, list[Act]] = {
        move: [] for move in (commands.answer, commands.reset, commands.change)
    }
    found |= {move: [(move, ())] for move in PLAIN}
    for move in ABOUT_A_MEMBER:
        found[move] = [(move, (member,)) for member in members]
    # A fault that is known (test_faults.py): the gathering's key about somebody who has left.
    found[commands.mark_next] = [
        (move, (member,))
        for move, (member,) in found[commands.mark_next]
        if meeting.person(str(member)).attendance is not Attendance.LEFT_EARLY
    ]
    found[commands.mark] = [
        (commands.mark, (member, how)) for member in members for how in Attendance
    ]
    found[commands.hold].append((commands.hold, (max(table.acts[-1][-1].at, table.now - MINUTE),)))
    found[commands.answer] = [
        (commands.answer, (each, how)) for each in [*known, "c999"] for how in Outcome
    ]
    found[commands.change] = [(commands.change, (each, words)) for each in known for words in WORDS]
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
    return {move: acts for move, acts in found.items() if acts}


def legal(table: Table, *, endings: bool = True) -> dict[MeetingCommand, list[Act]]:
    """The moves that are not refused now."""
    found = {}
    for move, acts in choices(table).items():
        if move in ENDINGS and not endings:
            continue
        fine = [
            act
            for act in acts
            if isinstance(attempt(move, table.meeting, table.now, *act[1]), tuple)
        ]
        if fine:
            found[move] = fine
    return found


def draw_act(draw: st.DrawFn, acts: dict[MeetingCommand, list[Act]]) -> Act:
    """One of `acts`, first by its move, so that moves with many arguments are no likelier."""
    move = draw(st.sampled_from(list(acts)))
    return draw(st.sampled_from(acts[move]))


def walk(draw: st.DrawFn, table: Table, steps: int, *, endings: bool = False) -> Table:
    """Some legal moves at increasing moments."""
    for _ in range(draw(st.integers(0, steps))):
        table.wait(draw(WAITS))
        acts = legal(table, endings=endings)
        if not acts:
            break
        move, said = draw_act(draw, acts)
        table.do(move, *said)
    return table


def as_given(table: Table) -> Table:
    """The rest of the meeting, everything taking exactly the time that it is given."""
    circle = table.meeting.circle
    while table.meeting.phase is not Phase.CLOSED:
        meeting, turn = table.meeting, table.meeting.turn
        match meeting.phase:
            case Phase.GATHERING:
                table.do(commands.begin)
            case Phase.READY:
                if meeting.began is not None and not meeting.finished and not meeting.waiting_again:
                    table.now = max(table.now, meeting.began + circle.length / 12)
                table.do(commands.start)
            case Phase.SHARE:
                assert meeting.countdown is not None
                table.now += max(meeting.countdown.remaining(table.now), timedelta())
                table.do(commands.finish)
            case Phase.RESPONSES | Phase.COMMITMENTS:
                assert turn is not None
                assert turn.share_ended is not None
                table.now = max(table.now, turn.share_ended + circle.response)
                if meeting.phase is Phase.RESPONSES:
                    table.do(commands.end_responses)
                if turn.missed is not None:
                    table.do(commands.reset, Reset.LET_GO)
                table.do(commands.end_turn)
            case _:
                assert meeting.closing_since is not None
                table.now = max(table.now, meeting.closing_since + circle.length / 15)
                match meeting.closing_step:
                    case ClosingStep.WORKED | ClosingStep.CHANGE:
                        table.do(closing_commands.look_back, "")
                    case ClosingStep.CHOICE:
                        table.do(closing_commands.choose, CycleChoice.RENEW)
                    case ClosingStep.VITALITY:
                        table.do(closing_commands.answer_question, "yes")
                    case ClosingStep.DATE:
                        table.do(closing_commands.propose_date, "2 April 2027").do(
                            closing_commands.keep_date
                        )
                    case ClosingStep.REACH_OUT:
                        table.do(closing_commands.settle_reach_out, meeting.unreached[0].id, None)
                    case ClosingStep.CLOSE:
                        table.do(closing_commands.close)
    return table


def amendments(state: CircleState) -> list[CircleCommand]:
    """What people may do between two meetings, legal or not."""
    people = [each.id for each in state.circle.members]
    promised = [each.id for each in commitments.open_commitments(state)] or ["c999"]
    found: list[CircleCommand] = [
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
        found += [(commitments.change, (each, words)) for words in WORDS]
        found += [(commitments.set_due, (each, typed)) for typed in DATES]
        found += [(commitments.set_daily, (each,)), (commitments.release, (each,))]
        found += [(commitments.win, (each, did)) for did in (True, False)]
    return found


def amended(draw: st.DrawFn, state: CircleState, now: datetime, times: int) -> CircleState:
    """`state` after some such acts, first chosen by what is done; what is refused is not."""
    for _ in range(draw(st.integers(0, times))):
        found: dict[Callable[..., CircleState], list[tuple[object, ...]]] = {}
        for act, said in amendments(state):
            found.setdefault(act, []).append(said)
        act = draw(st.sampled_from(list(found)))
        after = attempt(act, state, now, *draw(st.sampled_from(found[act])))
        if not isinstance(after, RuleError):
            assert isinstance(after, CircleState)
            state = after
    return state
