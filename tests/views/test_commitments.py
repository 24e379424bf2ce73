"""What is said and offered among the speaker's commitments."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.circle.record import MeetingRecord, Outcome, Reset
from circle_tui.core.circle.state import Win
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views.commitments import CommitmentsView, commitments_view
from circle_tui.views.view import Ask, Execute, Local
from tests.core.meetings import START, MeetingRunner, circle_of, commitments_of, history_of, record

MINE = ("I call the client", "I write the plan", "I rest on Sunday")
THEIRS = "I read the book"


def earlier() -> MeetingRecord:
    """A meeting that left three commitments of Ben's, who opens next, and one of Ada's."""
    return record(1, made=commitments_of(*(("m2", words) for words in MINE), ("m1", THEIRS)))


def bens() -> MeetingRunner:
    """Among Ben's commitments; Ada speaks next."""
    runner = MeetingRunner(circle_of(2), [earlier()], START + timedelta(weeks=2))
    runner.begin().to_commitments()
    assert runner.speaker == "m2"
    return runner


def missed(*, words: str | None = None) -> MeetingRunner:
    runner = bens().do(commands.answer, "c1", Outcome.MISSED)
    return runner if words is None else runner.do(commands.say_what_got_in_the_way, words)


def look(runner: MeetingRunner, *, cursor: int = 0, asking: bool = False) -> CommitmentsView:
    snapshot = MeetingSnapshot(runner.meeting, runner.now)
    return commitments_view(snapshot, cursor=cursor, asking=asking)


def ids(view: CommitmentsView) -> set[str]:
    return {action.spec.id for action in view.actions if not action.disabled_reason}


def does(view: CommitmentsView, action_id: str) -> object:
    action = view.action(action_id)
    assert action is not None
    return action.does


def test_only_ones_own_come_up_in_ones_own_turn() -> None:
    runner = bens()
    view = look(runner)
    assert (view.title, view.current) == ("Ben, last time: 1 of 3", MINE[0])
    assert [(row.glyph, row.text, row.state) for row in view.others] == [
        ("○", words, "still open") for words in MINE[1:]
    ]
    assert view.made == ()
    runner.do(commands.end_turn).to_commitments()
    view = look(runner)
    assert (view.title, view.current, view.others) == ("Ada, last time", THEIRS, ())


@pytest.mark.parametrize(
    ("action", "outcome"),
    [
        ("kept", Outcome.KEPT),
        ("partly", Outcome.PARTLY),
        ("missed", Outcome.MISSED),
        ("released", Outcome.RELEASED),
    ],
)
def test_a_key_answers_the_one_that_the_cursor_is_on(action: str, outcome: Outcome) -> None:
    assert does(look(bens(), cursor=1), action) == Execute(commands.answer, ("c2", outcome))


def test_an_answered_one_stays_in_the_list_and_the_cursor_goes_on() -> None:
    view = look(bens().do(commands.answer, "c1", Outcome.PARTLY))
    assert (view.current, view.cursor, view.open_count) == (MINE[1], 0, 2)
    assert view.title == "Ben, last time: 1 of 2"
    assert [(row.glyph, row.text, row.state, row.dim) for row in view.others] == [
        ("○", MINE[2], "still open", False),
        ("◐", MINE[0], "partly", True),
    ]


def test_a_cursor_beyond_the_last_is_on_the_last() -> None:
    assert look(bens(), cursor=7).current == MINE[2]


def test_a_missed_one_asks_at_once_what_got_in_the_way() -> None:
    view = look(missed())
    assert view.title == "Ben, what got in the way?"
    assert view.current == MINE[0]
    assert view.asks == does(view, "say_why")
    assert view.asks is not None
    assert view.asks.command is commands.say_what_got_in_the_way
    assert ids(view) == {"say_why"}


def test_esc_from_what_got_in_the_way_takes_the_m_back() -> None:
    view = look(missed(), asking=True)
    assert view.status == "No need to explain. Enter to continue, Esc to undo."
    assert {each.spec.id: each.does for each in view.actions} == {"back": Local.UNDO}


def test_a_missed_one_leaves_only_its_reset_and_keeps_the_cursor() -> None:
    view = look(missed(words="ill"), cursor=2)
    assert view.current == MINE[0]
    assert view.title == "What would you like to do with it?"
    assert view.asks is None
    assert ids(view) == {"again", "smaller", "different", "let_go"}
    assert does(view, "again") == Execute(commands.reset, (Reset.AGAIN,))
    assert does(view, "let_go") == Execute(commands.reset, (Reset.LET_GO,))


@pytest.mark.parametrize(
    ("action", "how", "value"),
    [("smaller", Reset.SMALLER, MINE[0]), ("different", Reset.DIFFERENT, "")],
)
def test_a_smaller_one_begins_with_its_words_and_a_different_one_with_none(
    action: str, how: Reset, value: str
) -> None:
    asks = does(look(missed(words="")), action)
    assert isinstance(asks, Ask)
    assert (asks.command, asks.args, asks.value) == (commands.reset, (how,), value)


def test_what_is_answered_is_headed_by_where_it_comes_from_once_nothing_is_asked() -> None:
    runner = bens()
    assert look(runner).others_title == "Also"
    for commitment in ("c1", "c2", "c3"):
        runner.do(commands.answer, commitment, Outcome.KEPT)
    assert look(runner).others_title == "From last time"


def test_a_reset_stands_with_how_it_ended_and_what_it_becomes() -> None:
    view = look(missed(words="").do(commands.reset, Reset.AGAIN))
    assert [(row.glyph, row.text, row.state) for row in view.others] == [
        ("○", MINE[2], "still open"),
        ("↻", MINE[0], "starting again"),
    ]
    assert [(row.glyph, row.text) for row in view.made] == [("+", MINE[0])]


def test_a_changed_one_begins_with_its_words() -> None:
    asks = does(look(bens(), cursor=1), "changed")
    assert isinstance(asks, Ask)
    assert (asks.command, asks.args, asks.value) == (commands.change, ("c2",), MINE[1])


def test_while_something_is_typed_esc_alone_is_offered() -> None:
    view = look(bens(), asking=True)
    assert view.status == "Enter saves · Esc cancels"
    assert {each.spec.id: each.does for each in view.actions} == {"back": Local.BACK}


def test_once_all_are_answered_nothing_is_left_to_answer() -> None:
    runner = bens()
    for commitment in ("c1", "c2", "c3"):
        runner.do(commands.answer, commitment, Outcome.KEPT)
    view = look(runner)
    assert view.title == "Ben, what will you do before next time?"
    assert view.status == "n to add one · Enter for Ada's turn"
    assert (view.current, view.cursor, view.open_count) == ("", None, 0)
    assert ids(view) == {"promise", "end", "arrivals", "rule"}
    runner.do(commands.promise, "I ask for help")
    view = look(runner)
    assert view.title == "Ben, your commitments for next time"
    assert [(row.glyph, row.text) for row in view.made] == [("+", "I ask for help")]
    assert [row.text for row in view.others] == list(MINE)


def test_the_last_of_the_round_goes_on_to_the_closing() -> None:
    runner = bens().do(commands.end_turn).to_commitments().do(commands.answer, "c4", Outcome.KEPT)
    assert look(runner).status == "n to add one · Enter to close the meeting"


def test_a_daily_one_shows_the_days_of_the_week_on_which_it_was_kept() -> None:
    made = replace(commitments_of(("m2", MINE[0]))[0], daily=True)
    state = replace(
        history_of([record(1, made=(made,))], circle_of(2)),
        wins=(Win("c1", date(2026, 3, 17)),),
    )
    runner = MeetingRunner(at=START + timedelta(weeks=2), state=state)
    runner.begin().to_commitments()
    assert look(runner).wins == "● this week: Tuesday"
    assert look(bens()).wins == ""


def test_several_passed_over_are_said_to_be_left_open() -> None:
    end = does(look(bens()), "end")
    assert isinstance(end, Execute)
    assert end.flash == "3 commitments are left open. u goes back to them."


@pytest.mark.parametrize(
    "runner", [bens(), missed(), missed(words="ill")], ids=["open", "missed", "resetting"]
)
def test_no_key_means_two_things_at_a_time(runner: MeetingRunner) -> None:
    keys = [key for action in look(runner).actions for key in action.spec.keys]
    assert len(keys) == len(set(keys))
