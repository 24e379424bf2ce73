"""Check-ins: two or three sentences between two meetings."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.circle import checkins, membership
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.state import CheckIn, CircleState
from circle_tui.core.errors import RuleError

from .meetings import START, circle_of, record

DAY = timedelta(days=1)


def pod() -> CircleState:
    """A movement pod that has met once."""
    return CircleState(circle=circle_of(3, "movement-pod"), records=(record(1),))


def words(state: CircleState) -> list[tuple[str, str]]:
    return [(each.member, each.text) for each in checkins.since_last_meeting(state)]


def test_a_check_in_is_stored_cleaned_with_its_writer_and_day() -> None:
    state = checkins.check_in(pod(), START + DAY, "m2", " It goes\n well.\x1b ")
    (written,) = state.checkins
    assert written == CheckIn(id="i1", member="m2", at=START + DAY, text="It goes well.")


def test_check_ins_are_shown_at_the_next_gathering_only() -> None:
    state = checkins.check_in(pod(), START + DAY, "m2", "It goes well.")
    state = checkins.check_in(state, START + 2 * DAY, "m1", "It is hard.")
    assert [each.text for each in meeting_context(state, START + 3 * DAY).checkins] == [
        "It goes well.",
        "It is hard.",
    ]
    state = replace(state, records=(*state.records, record(2)))
    assert words(state) == []


def test_check_ins_can_be_written_before_the_first_meeting() -> None:
    state = checkins.check_in(replace(pod(), records=()), START - DAY, "m1", "I look forward.")
    assert words(state) == [("m1", "I look forward.")]


def test_a_check_in_written_while_a_meeting_is_parked_is_for_the_next_gathering() -> None:
    under_way = record(1).started + timedelta(minutes=5)
    assert words(checkins.check_in(pod(), under_way, "m1", "It goes.")) == [("m1", "It goes.")]


def test_a_member_can_write_several_check_ins() -> None:
    state = pod()
    for text in ("One.", "Two.", "One."):
        state = checkins.check_in(state, START + DAY, "m1", text)
    assert words(state) == [("m1", "One."), ("m1", "Two."), ("m1", "One.")]
    assert len({each.id for each in state.checkins}) == 3


def test_a_new_check_in_gets_a_free_id_even_beside_ids_of_another_program() -> None:
    other_program = CheckIn(id="from-elsewhere", member="m1", at=START, text="Hello")
    state = checkins.check_in(replace(pod(), checkins=(other_program,)), START + DAY, "m1", "Hi")
    assert len({each.id for each in state.checkins}) == 2


@pytest.mark.parametrize("text", ["", " \n ", "x" * 601])
def test_no_words_or_too_many_are_refused(text: str) -> None:
    with pytest.raises(RuleError):
        checkins.check_in(pod(), START + DAY, "m1", text)


def test_a_check_in_can_have_600_characters() -> None:
    assert words(checkins.check_in(pod(), START + DAY, "m1", "x" * 600)) == [("m1", "x" * 600)]


def test_a_format_without_check_ins_refuses_them() -> None:
    with pytest.raises(RuleError, match="no check-ins"):
        checkins.check_in(CircleState(circle=circle_of(3)), START, "m1", "It goes.")


def test_a_member_who_is_away_can_write_but_one_who_left_cannot() -> None:
    state = membership.go_away(pod(), START + DAY, "m1")
    state = membership.leave(state, START + DAY, "m2")
    assert words(checkins.check_in(state, START + DAY, "m1", "Far off.")) == [("m1", "Far off.")]
    for nobody in ("m2", "m9"):
        with pytest.raises(RuleError, match="Only members"):
            checkins.check_in(state, START + DAY, nobody, "Hello.")
