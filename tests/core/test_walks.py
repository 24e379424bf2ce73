"""Whole meetings, one after another, with anything pressed at any time: what always holds."""

import re
from collections import Counter
from datetime import timedelta

import msgspec
from hypothesis import Phase as Stage
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from circle_tui.core import moves
from circle_tui.core.circle import FORMATS
from circle_tui.core.commitments import open_commitments
from circle_tui.core.events import from_json, to_json
from circle_tui.core.fold import fold
from circle_tui.core.meeting import ROUND, Meeting, Phase
from circle_tui.core.record import Attendance, Outcome, Record, Reset
from circle_tui.core.refused import Refused

from .meetings import Table, attempt, circle_of, promises, record
from .walks import ENDINGS, WAITS, Act, choices, draw_act, legal

AHEAD = {
    moves.begin,
    moves.start,
    moves.finish,
    moves.respond,
    moves.end_responses,
    moves.answer,
    moves.change,
    moves.reset,
    moves.promise,
    moves.end_turn,
    moves.keep_date,
    moves.settle_reach_out,
    moves.close,
}
KEPT = set(Record.__struct_fields__)


def replayed(table: Table) -> Meeting:
    """The meeting that its journal, written and read back, makes."""
    return fold(from_json(to_json(event)) for event in table.events)


def check_the_round(meeting: Meeting) -> None:
    """Everybody in the round is in exactly one place, and everybody here is in the round."""
    offered = () if meeting.turn is None else (meeting.turn.member,)
    places = (*meeting.waiting, *offered, *meeting.again, *meeting.done)
    assert max(Counter(places).values(), default=1) == 1
    assert len(set(meeting.order)) == len(meeting.order)
    if meeting.phase in ROUND:
        # Who leaves once they have spoken is done, and stays in the order.
        assert set(places) == set(meeting.order)
        assert set(meeting.here) <= set(places)
        expected = {person.id for person in meeting.people if person.expected}
        assert set(places) <= set(meeting.here) | expected | set(meeting.done)
        assert expected <= set(places)
    else:
        assert meeting.turn is None


def check_the_record(kept: Record, before: list[Record], table: Table) -> None:
    """What is kept is whole, and is no more than is kept."""
    members = {member.id for member in table.meeting.circle.members}
    assert set(kept.attendance) == members
    assert len(set(kept.order)) == len(kept.order)
    assert all(kept.attendance[member].came for member in kept.order)
    for person in table.meeting.people:
        if person.expected:
            assert kept.attendance[person.id] is Attendance.ABSENT
    assert set(msgspec.to_builtins(kept)) == KEPT
    assert kept.started.microsecond == kept.ended.microsecond == 0
    assert set(kept.reaches_out) <= members
    assert kept.next is not None

    was_open = {each.id: each for each in open_commitments(before)}
    still_open = {each.id for each in open_commitments([*before, kept])}
    answered = [each.id for each in kept.answered]
    made = {each.id: each for each in kept.made}
    assert len(set(answered)) == len(answered)
    assert set(answered) <= set(was_open)
    assert still_open == (set(was_open) - set(answered)) | set(made)
    for each in kept.answered:
        assert (each.becomes is None) == (
            each.outcome is not Outcome.CHANGED and each.reset in {None, Reset.LET_GO}
        )
        if each.becomes is not None:
            assert made[each.becomes].member == was_open[each.id].member
            if each.reset is Reset.AGAIN:
                assert made[each.becomes].text == was_open[each.id].text
        assert (each.outcome is Outcome.MISSED) or (each.reset, each.got_in_the_way) == (None, "")
    ids = [each.id for past in [*before, kept] for each in past.made]
    assert len(set(ids)) == len(ids)


class Meetings(RuleBasedStateMachine):
    """A circle that meets again and again, with clumsy fingers."""

    def __init__(self) -> None:
        super().__init__()
        self.table = Table()
        self.records: list[Record] = []
        self.states: list[Meeting] = []

    @initialize(
        people=st.integers(2, 7),
        key=st.sampled_from(sorted(FORMATS)),
        carried=st.lists(st.integers(1, 7), max_size=8),
        came=st.lists(st.sampled_from(["present", "late", "absent", "excused"]), max_size=7),
    )
    def open_meeting(self, people: int, key: str, carried: list[int], came: list[str]) -> None:
        said = [(f"m{number}", f"Promise {number}") for number in carried if number <= people]
        self.records = [record(1, made=promises(*said), opener="m2")] if said else []
        self.sit_down(Table(circle_of(people, key), self.records))
        for number, how in enumerate(came[:people], 1):
            self.make((moves.mark, (f"m{number}", Attendance(how))))

    def sit_down(self, table: Table) -> None:
        self.table = table
        self.states = [table.meeting]

    def make(self, act: Act) -> None:
        """Try to make a move; whether refused or not, the right things hold."""
        table, (move, said) = self.table, act
        before, acts = table.meeting, len(table.acts)
        refused = attempt(table.do, move, *said)
        if isinstance(refused, Refused):
            assert table.meeting is before
            assert len(table.acts) == acts
            assert re.fullmatch(r"[A-Z“].*\w.*\.", str(refused))
            assert str(refused).isprintable()
        else:
            assert len(table.acts) == acts + 1
            self.states.append(table.meeting)

    @rule(data=st.data(), minutes=WAITS)
    @precondition(lambda self: self.table.meeting.phase is not Phase.CLOSED)
    def do_something(self, data: st.DataObject, minutes: float) -> None:
        self.table.wait(minutes)
        self.make(draw_act(data.draw, legal(self.table, endings=False)))

    def ahead(self, data: st.DataObject, minutes: float) -> None:
        self.table.wait(minutes)
        acts = {move: said for move, said in legal(self.table).items() if move in AHEAD}
        if acts:
            self.make(draw_act(data.draw, acts))

    @rule(data=st.data(), minutes=WAITS)
    @precondition(lambda self: self.table.meeting.phase is not Phase.CLOSED)
    def go_ahead(self, data: st.DataObject, minutes: float) -> None:
        if len(self.table.meeting.here) > 1 or self.table.meeting.phase is not Phase.GATHERING:
            self.ahead(data, minutes)
            self.ahead(data, 0)

    @rule(data=st.data(), minutes=WAITS)
    @precondition(lambda self: self.table.meeting.phase in ROUND)
    def go_a_turn_ahead(self, data: st.DataObject, minutes: float) -> None:
        member = self.table.speaker
        while self.table.speaker == member and self.table.meeting.phase in ROUND:
            self.ahead(data, minutes)

    @rule(data=st.data())
    @precondition(lambda self: self.table.meeting.phase is not Phase.GATHERING)
    def press_anything(self, data: st.DataObject) -> None:
        move, said = draw_act(data.draw, choices(self.table))
        if move not in ENDINGS:
            self.make((move, said))

    @rule(data=st.data())
    @precondition(lambda self: len(self.states) < 4)
    def press_anything_early(self, data: st.DataObject) -> None:
        self.make(draw_act(data.draw, choices(self.table)))

    @rule(data=st.data())
    @precondition(lambda self: len(self.states) > 15)
    def end_it(self, data: st.DataObject) -> None:
        self.make((data.draw(st.sampled_from([moves.cut_short, moves.close_as_it_stands])), ()))

    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _ in range(min(times, len(self.states) - 1)):
            self.table.undo()
            self.states.pop()
            assert self.table.meeting == self.states[-1]

    @rule(minutes=WAITS)
    @precondition(lambda self: len(self.states) > 20 and self.table.meeting.phase in ROUND)
    def go_on_to_the_end(self, minutes: float) -> None:
        self.undo_everything()
        before = len(self.table.acts)
        self.table.wait(minutes).close()
        done = self.table
        self.states = [fold(event for act in done.acts[:n] for event in act)
                       for n in range(1, len(done.acts) + 1)]  # fmt: skip
        assert len(self.states) > before

    @rule()
    @precondition(lambda self: self.table.meeting.phase is Phase.CLOSED)
    def meet_again(self) -> None:
        self.undo_everything()
        self.records.append(self.table.record)
        last = self.records[-1]
        assert last.next is not None
        at = max(last.next, self.table.now + timedelta(hours=1))
        number = self.table.meeting.standing.number
        self.sit_down(Table(self.table.meeting.circle, self.records, at=at))
        assert self.table.meeting.standing.number == number + 1
        assert set(self.table.meeting.standing.open) == set(open_commitments(self.records))

    def undo_everything(self) -> None:
        """All acts taken back one by one, down to the gathering; the table is left as it is."""
        again = Table(self.table.meeting.circle)
        again.acts = list(self.table.acts)
        for state in reversed(self.states[:-1]):
            assert again.undo().meeting == state
        assert again.meeting.phase is Phase.GATHERING
        assert again.meeting.people == tuple(
            type(person)(person.id, person.name) for person in again.meeting.people
        )

    @invariant()
    def the_journal_makes_the_same_meeting(self) -> None:
        assert replayed(self.table) == self.table.meeting

    @invariant()
    def everybody_has_one_place(self) -> None:
        check_the_round(self.table.meeting)

    @invariant()
    def nobody_speaks_twice_and_nobody_in_the_round_is_skipped(self) -> None:
        spoken: list[str] = []
        state: Meeting | None = None
        for before, after in zip(self.states, self.states[1:], strict=False):
            state = after
            if before.phase is Phase.SHARE and after.phase not in {Phase.SHARE, Phase.READY}:
                assert before.turn is not None
                spoken.append(before.turn.member)
            turn = after.turn
            if turn is not None:
                assert turn.member not in after.done
        assert len(set(spoken)) == len(spoken)
        cut = any(isinstance(event, moves.events.CutShort) for event in self.table.events)
        if state is not None and state.phase is Phase.CLOSING and not cut:
            assert set(state.order) == set(state.done)

    @invariant()
    def what_is_kept_is_right(self) -> None:
        table = self.table
        if table.meeting.phase is Phase.CLOSED:
            check_the_record(table.record, self.records, table)
        else:
            assert attempt(moves.close, table.meeting, table.now) is not None

    def teardown(self) -> None:
        self.undo_everything()


TestMeetings = Meetings.TestCase
# Not shrunk: to make so long a walk shorter takes minutes, and the walk is printed either way.
TestMeetings.settings = settings(
    max_examples=100, stateful_step_count=40, phases=(Stage.explicit, Stage.generate)
)
