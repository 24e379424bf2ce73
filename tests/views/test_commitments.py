"""What the view of the speaker's commitments says and offers."""

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


def meeting_before() -> MeetingRecord:
    """A meeting that left three commitments of Ben's, who opens next, and one of Ada's."""
    return record(1, made=commitments_of(*(("m2", words) for words in MINE), ("m1", THEIRS)))


def at_bens_commitments() -> MeetingRunner:
    """At Ben's commitments, when Ada speaks next."""
    runner = MeetingRunner(circle_of(2), [meeting_before()], START + timedelta(weeks=2))
    runner.begin().to_commitments()
    assert runner.speaker == "m2"
    return runner


def missed(*, words: str | None = None) -> MeetingRunner:
    runner = at_bens_commitments().do(commands.answer, "c1", Outcome.MISSED)
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


def test_only_the_speakers_own_commitments_come_up() -> None:
    runner = at_bens_commitments()
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
def test_a_key_answers_the_commitment_at_the_cursor(action: str, outcome: Outcome) -> None:
    assert does(look(at_bens_commitments(), cursor=1), action) == Execute(
        commands.answer, ("c2", outcome)
    )


def test_an_answered_commitment_stays_in_the_list_and_the_cursor_moves_on() -> None:
    view = look(at_bens_commitments().do(commands.answer, "c1", Outcome.PARTLY))
    assert (view.current, view.cursor, view.open_count) == (MINE[1], 0, 2)
    assert view.title == "Ben, last time: 1 of 2"
    assert [(row.glyph, row.text, row.state, row.dim) for row in view.others] == [
        ("○", MINE[2], "still open", False),
        ("◐", MINE[0], "partly", True),
    ]


def test_a_cursor_beyond_the_last_row_is_on_the_last() -> None:
    assert look(at_bens_commitments(), cursor=7).current == MINE[2]


def test_after_a_miss_the_question_what_got_in_the_way_comes_at_once() -> None:
    view = look(missed())
    assert view.title == "Ben, what got in the way?"
    assert view.current == MINE[0]
    assert view.asks == does(view, "say_why")
    assert view.asks is not None
    assert view.asks.command is commands.say_what_got_in_the_way
    assert ids(view) == {"say_why"}


def test_esc_at_what_got_in_the_way_undoes_the_miss() -> None:
    view = look(missed(), asking=True)
    assert view.status == "No need to explain. Enter to continue, Esc to undo."
    assert {each.spec.id: each.does for each in view.actions} == {"back": Local.UNDO}


def test_after_a_miss_only_its_reset_is_offered_and_the_cursor_stays() -> None:
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
def test_a_smaller_commitment_starts_from_the_old_words_and_a_different_one_empty(
    action: str, how: Reset, value: str
) -> None:
    asks = does(look(missed(words="")), action)
    assert isinstance(asks, Ask)
    assert (asks.command, asks.args, asks.value) == (commands.reset, (how,), value)


def test_the_heading_of_answered_commitments_appears_once_no_question_is_open() -> None:
    runner = at_bens_commitments()
    assert look(runner).others_title == "Also"
    for commitment in ("c1", "c2", "c3"):
        runner.do(commands.answer, commitment, Outcome.KEPT)
    assert look(runner).others_title == "From last time"


def test_a_reset_commitment_is_shown_with_its_outcome_and_its_successor() -> None:
    view = look(missed(words="").do(commands.reset, Reset.AGAIN))
    assert [(row.glyph, row.text, row.state) for row in view.others] == [
        ("○", MINE[2], "still open"),
        ("↻", MINE[0], "starting again"),
    ]
    assert [(row.glyph, row.text) for row in view.made] == [("+", MINE[0])]


def test_changing_a_commitment_starts_from_its_words() -> None:
    asks = does(look(at_bens_commitments(), cursor=1), "changed")
    assert isinstance(asks, Ask)
    assert (asks.command, asks.args, asks.value) == (commands.renegotiate, ("c2",), MINE[1])


def test_while_typing_only_esc_is_an_action() -> None:
    view = look(at_bens_commitments(), asking=True)
    assert view.status == "Enter saves · Esc cancels"
    assert {each.spec.id: each.does for each in view.actions} == {"back": Local.BACK}


def test_once_all_commitments_are_answered_no_answer_is_offered() -> None:
    runner = at_bens_commitments()
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


def test_the_last_turn_of_the_round_leads_to_the_closing() -> None:
    runner = (
        at_bens_commitments()
        .do(commands.end_turn)
        .to_commitments()
        .do(commands.answer, "c4", Outcome.KEPT)
    )
    assert look(runner).status == "n to add one · Enter to close the meeting"


def test_a_daily_commitment_shows_the_days_of_the_week_on_which_it_was_kept() -> None:
    made = replace(commitments_of(("m2", MINE[0]))[0], daily=True)
    state = replace(
        history_of([record(1, made=(made,))], circle_of(2)),
        wins=(Win("c1", date(2026, 3, 17)),),
    )
    runner = MeetingRunner(at=START + timedelta(weeks=2), state=state)
    runner.begin().to_commitments()
    assert look(runner).wins == "● this week: Tuesday"
    assert look(at_bens_commitments()).wins == ""


def test_skipped_commitments_are_reported_as_left_open() -> None:
    end = does(look(at_bens_commitments()), "end")
    assert isinstance(end, Execute)
    assert end.flash == "3 commitments are left open. u goes back to them."


@pytest.mark.parametrize(
    "runner",
    [at_bens_commitments(), missed(), missed(words="ill")],
    ids=["open", "missed", "resetting"],
)
def test_no_key_has_two_meanings_at_once(runner: MeetingRunner) -> None:
    keys = [key for action in look(runner).actions for key in action.spec.keys]
    assert len(keys) == len(set(keys))
