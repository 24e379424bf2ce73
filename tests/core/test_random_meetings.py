"""Random commands in and between whole meetings, and what must always hold."""

import re
from datetime import timedelta

from hypothesis import Phase as Stage
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import rebooking
from circle_tui.core.circle.circle import FORMATS
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.record import NewCommitment
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.events import from_json, to_json
from circle_tui.core.meeting.meeting import ROUND, Meeting, Phase
from circle_tui.core.meeting.replay import replay

from .invariants import check_kept_record, check_round
from .meetings import START, MeetingRunner, attempt, circle_of, history_of, record
from .random_meetings import (
    COMMANDS_THAT_END,
    WAITS,
    CommandCall,
    allowed_calls,
    draw_call,
    execute_random_circle_commands,
    execute_random_commands,
    possible_calls,
)

COMMANDS_TO_THE_NEXT_STEP = {
    commands.begin,
    commands.start,
    commands.finish,
    commands.respond,
    commands.end_responses,
    commands.answer,
    commands.renegotiate,
    commands.reset,
    commands.promise,
    commands.end_turn,
    closing_commands.look_back,
    closing_commands.choose,
    closing_commands.answer_question,
    closing_commands.keep_date,
    closing_commands.settle_reach_out,
    closing_commands.close,
}
DAYS = st.sampled_from([0, 0, 1, 5, 40])


def read_from_journal(runner: MeetingRunner) -> Meeting:
    """The meeting read from its journal."""
    return replay(from_json(to_json(event)) for event in runner.events)


def state_at_next_meeting(
    draw: st.DrawFn, before: CircleState, runner: MeetingRunner, days: int
) -> CircleState:
    """The circle's state `days` after `runner` closed, with random changes in between."""
    last, now = runner.record, runner.now + timedelta(days=days, seconds=1)
    state = replace(before, records=(*before.records, last))
    over = meeting_context(state, now)
    assert over.number == last.number + 1
    assert over.resting is (last.next is None)
    if last.looked_back is not None:
        assert (over.cycle, over.number_in_cycle) == (last.cycle + 1, 1)
    if last.vitality is not None:
        assert meeting_context(state, last.ended).check is None
    runner.now = now
    state = execute_random_circle_commands(draw, state, now, 6)
    woken = attempt(rebooking.wake, state, now)
    return woken if isinstance(woken, CircleState) else state


def next_meeting(state: CircleState, last: MeetingRunner) -> MeetingRunner:
    """The next meeting, begun at its planned time."""
    context = meeting_context(state, last.now)
    assert not context.resting
    assert context.number == last.meeting.context.number + 1
    runner = MeetingRunner(state=state, at=max(context.planned, last.now))
    assert [each.id for each in runner.meeting.people] == [each.id for each in state.active]
    return runner


class Meetings(RuleBasedStateMachine):
    """A circle that meets again and again while random commands are tried."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = MeetingRunner()
        self.state = history_of()
        self.states: list[Meeting] = []

    @initialize(
        people=st.integers(2, 7),
        key=st.sampled_from(sorted(key for key in FORMATS if FORMATS[key].meets)),
        cycle=st.integers(1, 3),
        carried=st.lists(
            st.tuples(
                st.integers(1, 7),
                st.sampled_from(["next", "2026-03-05", "2026-03-12", "2026-05-01"]),
                st.booleans(),
            ),
            max_size=8,
        ),
        came=st.lists(st.sampled_from(["present", "late", "absent", "excused"]), max_size=7),
    )
    def open_meeting(
        self,
        people: int,
        key: str,
        cycle: int,
        carried: list[tuple[int, str, bool]],
        came: list[str],
    ) -> None:
        made = tuple(
            NewCommitment(f"c{at}", f"m{number}", f"Promise {number}", due, daily)
            for at, (number, due, daily) in enumerate(carried, 1)
            if number <= people
        )
        start = START - timedelta(weeks=2)
        first = record(1, made=made, opener="m2", started=start, ended=start + timedelta(hours=1))
        self.state = history_of([first] if made else [], circle_of(people, key, cycle=cycle))
        self.start_meeting(MeetingRunner(state=self.state))
        for number, how in enumerate(came[:people], 1):
            self.try_call((commands.mark, (f"m{number}", Attendance(how))))

    def start_meeting(self, runner: MeetingRunner) -> None:
        self.runner = runner
        self.states = [runner.meeting]

    def try_call(self, act: CommandCall) -> None:
        """Try a command: if it is refused, nothing changed and there is one sentence."""
        runner, (command, said) = self.runner, act
        before, acts = runner.meeting, len(runner.acts)
        refused = attempt(runner.do, command, *said)
        if isinstance(refused, RuleError):
            assert runner.meeting is before
            assert len(runner.acts) == acts
            assert re.fullmatch(r"[A-Z“].*\w.*[.?]", str(refused))
            assert str(refused).isprintable()
        else:
            assert len(runner.acts) == acts + 1
            self.states.append(runner.meeting)

    @rule(data=st.data(), minutes=WAITS)
    @precondition(lambda self: self.runner.meeting.phase is not Phase.CLOSED)
    def execute_something(self, data: st.DataObject, minutes: float) -> None:
        self.runner.wait(minutes)
        self.try_call(draw_call(data.draw, allowed_calls(self.runner, endings=False)))

    def _do_next_step(self, data: st.DataObject, minutes: float) -> None:
        self.runner.wait(minutes)
        acts = {
            command: said
            for command, said in allowed_calls(self.runner).items()
            if command in COMMANDS_TO_THE_NEXT_STEP
        }
        if acts:
            self.try_call(draw_call(data.draw, acts))

    @rule(data=st.data(), minutes=WAITS)
    @precondition(lambda self: self.runner.meeting.phase is not Phase.CLOSED)
    def do_next_step(self, data: st.DataObject, minutes: float) -> None:
        if len(self.runner.meeting.here) > 1 or self.runner.meeting.phase is not Phase.GATHERING:
            self._do_next_step(data, minutes)
            self._do_next_step(data, 0)

    @rule(data=st.data(), minutes=WAITS)
    @precondition(lambda self: self.runner.meeting.phase in ROUND)
    def finish_turn(self, data: st.DataObject, minutes: float) -> None:
        member = self.runner.speaker
        while self.runner.speaker == member and self.runner.meeting.phase in ROUND:
            self._do_next_step(data, minutes)

    @rule(data=st.data())
    @precondition(lambda self: self.runner.meeting.phase is not Phase.GATHERING)
    def try_anything(self, data: st.DataObject) -> None:
        command, said = draw_call(data.draw, possible_calls(self.runner))
        if command not in COMMANDS_THAT_END:
            self.try_call((command, said))

    @rule(data=st.data())
    @precondition(lambda self: len(self.states) < 4)
    def try_anything_early(self, data: st.DataObject) -> None:
        self.try_call(draw_call(data.draw, possible_calls(self.runner)))

    @rule(data=st.data())
    @precondition(lambda self: len(self.states) > 10)
    def end_early(self, data: st.DataObject) -> None:
        self.try_call(
            (
                data.draw(
                    st.sampled_from(
                        [closing_commands.cut_short, closing_commands.close_as_it_stands]
                    )
                ),
                (),
            )
        )

    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _ in range(min(times, len(self.states) - 1)):
            self.runner.undo()
            self.states.pop()
            assert self.runner.meeting == self.states[-1]

    @rule(data=st.data(), minutes=WAITS)
    @precondition(lambda self: len(self.states) > 8 and self.runner.meeting.phase in ROUND)
    def finish_round(self, data: st.DataObject, minutes: float) -> None:
        self.undo_everything()
        before = len(self.runner.acts)
        self.runner.wait(minutes).rest_of_round()
        self.replay_all()
        assert len(self.states) > before
        self.finish_closing(data, minutes)

    @rule(data=st.data(), minutes=WAITS)
    @precondition(lambda self: self.runner.meeting.phase is Phase.CLOSING)
    def finish_closing(self, data: st.DataObject, minutes: float) -> None:
        while self.runner.meeting.phase is not Phase.CLOSED:
            before = len(self.runner.acts)
            self._do_next_step(data, minutes)
            if len(self.runner.acts) == before:
                # The date on the screen has passed meanwhile.
                self.try_call((closing_commands.propose_date, ("2 April 2028",)))
                if len(self.runner.acts) == before:
                    self.try_call((closing_commands.close_as_it_stands, ()))

    def replay_all(self) -> None:
        """The states after each command, for commands that the runner executed itself."""
        acts = self.runner.acts
        self.states = [
            replay(event for act in acts[:n] for event in act) for n in range(1, len(acts) + 1)
        ]

    @rule(data=st.data(), days=DAYS)
    @precondition(lambda self: self.runner.meeting.phase is Phase.CLOSED)
    def meet_again(self, data: st.DataObject, days: int) -> None:
        self.undo_everything()
        self.state = state_at_next_meeting(data.draw, self.state, self.runner, days)
        self.start_meeting(next_meeting(self.state, self.runner))

    def undo_everything(self) -> None:
        """Undo all commands, back to the gathering, on a copy of the runner."""
        again = MeetingRunner(self.runner.meeting.circle)
        again.acts = list(self.runner.acts)
        for earlier in reversed(self.states[:-1]):
            assert again.undo().meeting == earlier
        assert again.meeting.phase is Phase.GATHERING
        assert again.meeting.people == tuple(
            type(person)(person.id, person.name) for person in again.meeting.people
        )

    @invariant()
    def the_journal_gives_the_same_meeting(self) -> None:
        assert read_from_journal(self.runner) == self.runner.meeting

    @invariant()
    def everybody_is_in_one_place(self) -> None:
        check_round(self.runner.meeting)

    @invariant()
    def nobody_speaks_twice_and_nobody_in_the_round_is_skipped(self) -> None:
        spoken: list[str] = []
        earlier: Meeting | None = None
        for before, after in zip(self.states, self.states[1:], strict=False):
            earlier = after
            if before.phase is Phase.SHARE and after.phase not in {Phase.SHARE, Phase.READY}:
                assert before.turn is not None
                spoken.append(before.turn.member)
            turn = after.turn
            if turn is not None:
                assert turn.member not in after.finished
        assert len(set(spoken)) == len(spoken)
        cut = any(isinstance(event, commands.events.CutShort) for event in self.runner.events)
        if earlier is not None and earlier.phase is Phase.CLOSING and not cut:
            assert set(earlier.order) == set(earlier.finished)

    @invariant()
    def the_record_is_right(self) -> None:
        runner = self.runner
        if runner.meeting.phase is Phase.CLOSED:
            check_kept_record(runner.record, self.state, runner)
        else:
            assert attempt(closing_commands.close, runner.meeting, runner.now) is not None

    def teardown(self) -> None:
        self.undo_everything()


TestMeetings = Meetings.TestCase
# No shrinking: it takes minutes for so many steps, and the steps are printed anyway.
TestMeetings.settings = settings(stateful_step_count=40, phases=(Stage.explicit, Stage.generate))


# Through the months


def do_next_step(draw: st.DrawFn, runner: MeetingRunner) -> None:
    """Execute one of the commands that lead to the next step."""
    acts = {
        command: said
        for command, said in allowed_calls(runner).items()
        if command in COMMANDS_TO_THE_NEXT_STEP
    }
    if not acts:
        acts = {closing_commands.propose_date: [(closing_commands.propose_date, ("2 April 2028",))]}
    command, said = draw_call(draw, acts)
    runner.do(command, *said)


def run_meeting(draw: st.DrawFn, runner: MeetingRunner) -> MeetingRunner:
    """Run a whole meeting, with some turns in full; some meetings are closed as they stand."""
    runner.begin()
    execute_random_commands(draw, runner, 6)
    for _ in range(draw(st.integers(0, 25))):
        if runner.meeting.phase in ROUND:
            runner.wait(draw(WAITS))
            do_next_step(draw, runner)
    runner.rest_of_round()
    while runner.meeting.phase is not Phase.CLOSED:
        if runner.meeting.context.number % 4 == 0 and draw(st.integers(0, 5)) == 0:
            runner.do(closing_commands.close_as_it_stands)
        else:
            do_next_step(draw, runner)
    return runner


@given(st.data(), st.integers(2, 6), st.integers(1, 3), st.integers(3, 7))
def test_after_months_of_meetings_the_records_are_right_and_everything_can_be_undone(
    data: st.DataObject, people: int, cycle: int, meetings: int
) -> None:
    draw = data.draw
    key = draw(st.sampled_from(sorted(key for key in FORMATS if FORMATS[key].meets)))
    state = history_of(circle=circle_of(people, key, cycle=cycle))
    runner = MeetingRunner(state=state)
    for number in range(1, meetings + 1):
        if len(runner.meeting.here) < 2:
            return
        gathering = runner.meeting
        run_meeting(draw, runner)
        check_kept_record(runner.record, state, runner)
        assert runner.record.number == number
        assert read_from_journal(runner) == runner.meeting
        again = MeetingRunner(state=state)
        again.acts = list(runner.acts)
        for _ in runner.acts[1:]:
            again.undo()
        assert again.meeting == gathering
        state = state_at_next_meeting(draw, state, runner, draw(DAYS))
        runner = next_meeting(state, runner)
