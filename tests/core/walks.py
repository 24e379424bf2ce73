"""Random walks through a meeting, and from one to the next: every move there is, said with what
may or may not be legal, and what people may do to a history in between."""

from collections.abc import Callable
from datetime import datetime, timedelta

from hypothesis import strategies as st

from circle_tui.core import (
    checkins,
    closing_moves,
    commitments,
    covenant,
    membership,
    moves,
    rebooking,
    settings,
)
from circle_tui.core.facts import Attendance, CycleChoice
from circle_tui.core.history import Clause, History
from circle_tui.core.meeting import ClosingStep, Phase
from circle_tui.core.record import Outcome, Reset
from circle_tui.core.refused import Refused

from .meetings import MINUTE, Move, Table, attempt

Act = tuple[Move, tuple[object, ...]]
Amendment = tuple[Callable[..., History], tuple[object, ...]]

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
    moves.begin,
    moves.start,
    moves.backdate,
    moves.hold,
    moves.go_on,
    moves.give_minute,
    moves.take_minute,
    moves.next_step,
    moves.finish,
    moves.pass_turn,
    moves.respond,
    moves.end_responses,
    moves.end_turn,
    closing_moves.cut_short,
    closing_moves.keep_date,
    closing_moves.close,
    closing_moves.close_as_it_stands,
    moves.fit,
    moves.welcome_guest,
)
ENDINGS = {closing_moves.cut_short, closing_moves.close_as_it_stands}
ABOUT_A_MEMBER = (moves.mark_next, moves.come_or_go, moves.arrive, moves.leave)


def choices(table: Table) -> dict[Move, list[Act]]:
    """Every move, with some of what could be said with it here."""
    meeting = table.meeting
    members = [person.id for person in meeting.people]
    known = [each.id for each in meeting.standing.open] + [made.id for made in meeting.made]
    # What hypothesis finds first it takes more often: guests come last.
    found: dict[Move, list[Act]] = {move: [] for move in (moves.answer, moves.reset, moves.change)}
    found |= {move: [(move, ())] for move in PLAIN}
    for move in ABOUT_A_MEMBER:
        found[move] = [(move, (member,)) for member in members]
    # A fault that is known (test_faults.py): the gathering's key about somebody who has left.
    found[moves.mark_next] = [
        (move, (member,))
        for move, (member,) in found[moves.mark_next]
        if meeting.person(str(member)).attendance is not Attendance.LEFT_EARLY
    ]
    found[moves.mark] = [(moves.mark, (member, how)) for member in members for how in Attendance]
    found[moves.hold].append((moves.hold, (max(table.acts[-1][-1].at, table.now - MINUTE),)))
    found[moves.answer] = [
        (moves.answer, (each, how)) for each in [*known, "c999"] for how in Outcome
    ]
    found[moves.change] = [(moves.change, (each, words)) for each in known for words in WORDS]
    found[moves.say_what_got_in_the_way] = [
        (moves.say_what_got_in_the_way, (words,)) for words in WORDS
    ]
    found[moves.reset] = [(moves.reset, (how, words)) for how in Reset for words in WORDS]
    found[moves.promise] = [(moves.promise, (words,)) for words in WORDS]
    found[closing_moves.propose_date] = [(closing_moves.propose_date, (typed,)) for typed in DATES]
    found[closing_moves.look_back] = [(closing_moves.look_back, (words,)) for words in WORDS]
    found[closing_moves.choose] = [(closing_moves.choose, (choice,)) for choice in CycleChoice]
    found[closing_moves.answer_question] = [
        (closing_moves.answer_question, (said,)) for said in ("yes", "partly", "no", "", "perhaps")
    ]
    found[closing_moves.settle_reach_out] = [
        (closing_moves.settle_reach_out, (missing, by))
        for missing in members
        for by in [None, *members]
    ]
    return {move: acts for move, acts in found.items() if acts}


def legal(table: Table, *, endings: bool = True) -> dict[Move, list[Act]]:
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


def draw_act(draw: st.DrawFn, acts: dict[Move, list[Act]]) -> Act:
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
                table.do(moves.begin)
            case Phase.READY:
                if meeting.began is not None and not meeting.done and not meeting.again:
                    table.now = max(table.now, meeting.began + circle.length / 12)
                table.do(moves.start)
            case Phase.SHARE:
                assert meeting.countdown is not None
                table.now += max(meeting.countdown.left(table.now), timedelta())
                table.do(moves.finish)
            case Phase.RESPONSES | Phase.COMMITMENTS:
                assert turn is not None
                assert turn.spoke_until is not None
                table.now = max(table.now, turn.spoke_until + circle.response)
                if meeting.phase is Phase.RESPONSES:
                    table.do(moves.end_responses)
                if turn.missed is not None:
                    table.do(moves.reset, Reset.LET_GO)
                table.do(moves.end_turn)
            case _:
                assert meeting.closing_since is not None
                table.now = max(table.now, meeting.closing_since + circle.length / 15)
                match meeting.closing_step:
                    case ClosingStep.WORKED | ClosingStep.CHANGE:
                        table.do(closing_moves.look_back, "")
                    case ClosingStep.CHOICE:
                        table.do(closing_moves.choose, CycleChoice.RENEW)
                    case ClosingStep.VITALITY:
                        table.do(closing_moves.answer_question, "yes")
                    case ClosingStep.DATE:
                        table.do(closing_moves.propose_date, "2 April 2027").do(
                            closing_moves.keep_date
                        )
                    case ClosingStep.REACH_OUT:
                        table.do(closing_moves.settle_reach_out, meeting.unreached[0].id, None)
                    case ClosingStep.CLOSE:
                        table.do(closing_moves.close)
    return table


def amendments(history: History) -> list[Amendment]:
    """What people may do between two meetings, legal or not."""
    people = [each.id for each in history.circle.members]
    promised = [each.id for each in commitments.open_commitments(history)] or ["c999"]
    found: list[Amendment] = [
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
    found += [(membership.forget, (member.id, member.name)) for member in history.circle.members]
    found += [(checkins.check_in, (member, words)) for member in people for words in WORDS]
    for each in promised:
        found += [(commitments.change, (each, words)) for words in WORDS]
        found += [(commitments.set_due, (each, typed)) for typed in DATES]
        found += [(commitments.set_daily, (each,)), (commitments.release, (each,))]
        found += [(commitments.win, (each, did)) for did in (True, False)]
    return found


def amended(draw: st.DrawFn, history: History, now: datetime, times: int) -> History:
    """`history` after some such acts, first chosen by what is done; what is refused is not."""
    for _ in range(draw(st.integers(0, times))):
        found: dict[Callable[..., History], list[tuple[object, ...]]] = {}
        for act, said in amendments(history):
            found.setdefault(act, []).append(said)
        act = draw(st.sampled_from(list(found)))
        after = attempt(act, history, now, *draw(st.sampled_from(found[act])))
        if not isinstance(after, Refused):
            assert isinstance(after, History)
            history = after
    return history
