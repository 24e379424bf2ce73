"""The chain of meetings: what its codes prove, and which changes leave them as they are."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.attendance.figures import DateRange
from circle_tui.core.circle import continuity, correction, membership, paper_meeting
from circle_tui.core.circle.adding_record import add_record
from circle_tui.core.circle.certificate import (
    AttendedMeeting,
    certificate,
    compare,
    recompute,
    recompute_circle,
)
from circle_tui.core.circle.paper_meeting import PaperMeeting
from circle_tui.core.circle.state import CircleState, ContinuityLink
from circle_tui.core.errors import RuleError

from .meetings import START, circle_of, commitments_of, history_of, record

ID = "0123456789abcdef"
WEEKS = timedelta(weeks=2)
PEOPLE = ("m1", "m2", "m3")
LATER = START + 50 * WEEKS


def circle_with(*absent: tuple[str, ...]) -> CircleState:
    """A circle of three with one closed meeting for each argument, which names who was absent."""
    state = history_of([], circle_of(3, id=ID))
    for number, missing in enumerate(absent, 1):
        came = {
            member: Attendance.ABSENT if member in missing else Attendance.PRESENT
            for member in PEOPLE
        }
        made = commitments_of(("m2", f"walrus {number}"), first=number)
        opener = next(member for member in PEOPLE if member not in missing)
        state = add_record(state, record(number, attendance=came, opener=opener, made=made))
    return state


FIVE = ((), ("m2",), (), ("m1", "m3"), ("m3",))

absences = st.lists(
    st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True).map(tuple), min_size=1, max_size=7
)


def with_another_value(link: ContinuityLink, draw: Any) -> ContinuityLink:
    """The link with another value in one of its fields."""
    how = draw(st.integers(0, 4))
    stranger = continuity.member_digest(draw(st.text(max_size=5)), "another")
    present = [
        (*link.present, stranger),
        link.present[1:],
        (stranger, *link.present[1:]),
    ]
    match how:
        case 3:
            return replace(link, day=link.day + timedelta(days=draw(st.integers(1, 99))))
        case 4:
            return replace(link, number=link.number + draw(st.integers(1, 9)))
        case _:
            return replace(link, present=present[how])


@settings(deadline=None)
@given(absences, st.data())
def test_any_change_to_any_meeting_breaks_its_code_and_every_later_one(
    season: list[tuple[str, ...]], data: st.DataObject
) -> None:
    state = circle_with(*season)
    at = data.draw(st.integers(0, len(season) - 1))
    links = list(state.continuity)
    links[at] = with_another_value(links[at], data.draw)
    before = continuity.codes(state)
    after = continuity.codes(replace(state, continuity=tuple(links)))
    assert after[:at] == before[:at]
    assert all(one != other for one, other in zip(after[at:], before[at:], strict=True))


@settings(deadline=None)
@given(absences, st.data())
def test_leaving_out_a_meeting_or_swapping_two_breaks_every_later_code(
    season: list[tuple[str, ...]], data: st.DataObject
) -> None:
    state = circle_with(*season, ())
    at = data.draw(st.integers(0, len(season) - 1))
    links = list(state.continuity)
    left_out = [*links[:at], *links[at + 1 :]]
    swapped = [*links[:at], links[at + 1], links[at], *links[at + 2 :]]
    before = continuity.codes(state)
    for other in (left_out, swapped):
        after = continuity.codes(replace(state, continuity=tuple(other)))
        assert after[:at] == before[:at]
        assert not set(after[at:]) & set(before[at:])


@pytest.mark.parametrize("member", PEOPLE)
def test_forgetting_a_member_changes_no_code(member: str) -> None:
    state = circle_with(*FIVE)
    name = state.member(member).name
    after = membership.forget(state, LATER, member, name)
    assert continuity.codes(after) == continuity.codes(state)
    assert after.continuity == state.continuity
    assert recompute_circle(after).broken is None


def test_new_names_and_seats_change_no_code() -> None:
    state = circle_with(*FIVE)
    after = membership.rename(state, LATER, "m1", "Adele")
    after = membership.move_seat(after, LATER, "m1", 1)
    assert continuity.extended(after).continuity == state.continuity


def test_the_chain_contains_neither_words_nor_names() -> None:
    said = repr(circle_with(*FIVE).continuity)
    for word in ("walrus", "Ada", "Ben", "Cleo", *(f"'{member}'" for member in PEOPLE), ID):
        assert word not in said


def test_each_closing_adds_one_link_and_closing_the_same_meeting_again_adds_none() -> None:
    state = circle_with(*FIVE)
    assert [link.number for link in state.continuity] == [1, 2, 3, 4, 5]
    assert add_record(state, state.records[-1]).continuity == state.continuity


def test_two_circles_with_the_same_people_and_days_have_different_codes() -> None:
    one = circle_with(())
    other = replace(one, circle=replace(one.circle, id="another"), continuity=())
    assert not set(continuity.codes(one)) & set(continuity.codes(continuity.extended(other)))


def test_a_correction_adds_a_link_and_leaves_the_codes_that_people_hold() -> None:
    state = circle_with(*FIVE)
    after = correction.correct_attendance(state, LATER, "meeting-2", "m2", Attendance.LATE)
    assert continuity.codes(after)[:5] == continuity.codes(state)
    (added,) = after.continuity[5:]
    assert (added.number, added.corrected, len(added.present)) == (2, True, 3)
    assert recompute_circle(after).broken is None


def test_changing_present_to_late_does_not_change_the_chain() -> None:
    state = circle_with(*FIVE)
    after = correction.correct_attendance(state, LATER, "meeting-1", "m2", Attendance.LATE)
    assert after.continuity == state.continuity


def test_a_meeting_recorded_later_adds_a_link_and_changes_no_other() -> None:
    state = circle_with(*FIVE)
    on_paper = PaperMeeting(
        started=START + timedelta(weeks=1), attendance={"m1": Attendance.PRESENT}
    )
    after = paper_meeting.record(state, LATER, on_paper)
    assert [each.number for each in after.records] == [1, 2, 3, 4, 5, 6]
    assert after.continuity[:5] == state.continuity
    assert after.continuity[5].day == date(2026, 3, 12)
    assert after.continuity[5].number == 2
    assert recompute_circle(after).broken is None


def test_a_circle_from_before_the_chain_gets_its_history_with_its_next_closing() -> None:
    before = replace(circle_with(*FIVE), continuity=())
    after = add_record(before, record(6))
    assert [link.number for link in after.continuity] == [1, 2, 3, 4, 5, 6]
    assert continuity.head_now(before) == continuity.head_now(circle_with(*FIVE))


def test_a_circle_that_was_never_saved_has_no_chain() -> None:
    state = add_record(history_of([], circle_of(3)), record(1))
    assert state.continuity == ()
    assert continuity.latest_code(state) is None


def test_a_record_that_was_changed_without_its_link_is_noticed() -> None:
    state = circle_with(*FIVE)
    came = {**state.records[2].attendance, "m1": Attendance.ABSENT}
    records = (*state.records[:2], replace(state.records[2], attendance=came), *state.records[3:])
    assert recompute_circle(replace(state, records=records)).broken == 2
    assert recompute_circle(replace(state, records=state.records[1:])).broken == 0


# Codes


def test_a_code_is_eight_letters_that_cannot_be_confused() -> None:
    for code in continuity.codes(circle_with(*FIVE * 6)):
        assert len(code) == 9
        assert code[4] == "-"
        assert not set(code) & set("ILOUilou")
        assert continuity.read_code(code) == code


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("7f3k92qd", "7F3K-92QD"),
        (" 7F3K – 92QD ", "7F3K-92QD"),
        ("oil0-1LI0", "0110-1110"),
    ],
)
def test_a_code_is_read_as_people_write_it(written: str, read: str) -> None:
    assert continuity.read_code(written) == read


@pytest.mark.parametrize("written", ["", "7F3K-92Q", "7F3K-92QDD", "7F3K-92Q?", "ÄÖÜ1-2345"])
def test_an_invalid_code_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(RuleError, match="eight letters and digits, as in 7F3K-92QD"):
        continuity.read_code(written)


# Certificates


def test_a_certificate_lists_only_the_meetings_the_member_came_to() -> None:
    state = circle_with(*FIVE)
    made = certificate(state, LATER, state.member("m1"))
    assert [each.number for each in made.check_ins] == [1, 2, 3, 5]
    assert [each.others for each in made.check_ins] == [2, 1, 2, 1]
    assert not isinstance(made.chain[3], AttendedMeeting)
    assert recompute(made).codes == continuity.codes(state)
    assert recompute(made).broken is None


def test_a_correction_to_absent_removes_the_meeting_from_the_certificate() -> None:
    state = circle_with(*FIVE)
    state = correction.correct_attendance(state, LATER, "meeting-1", "m3", Attendance.ABSENT)
    made = certificate(state, LATER, state.member("m3"))
    assert [each.number for each in made.check_ins] == [2, 3]
    others = certificate(state, LATER, state.member("m2"))
    assert [(each.number, each.others, each.corrected) for each in others.check_ins] == [
        (1, 1, True),
        (3, 2, False),
        (4, 0, False),
        (5, 1, False),
    ]


def test_a_certificate_that_cannot_be_made_is_refused() -> None:
    empty = history_of([], circle_of(3, id=ID))
    with pytest.raises(RuleError, match="begins when a meeting closes"):
        certificate(empty, LATER, empty.member("m1"))
    pair = history_of([], circle_of(2, "trading-pair", id=ID))
    with pytest.raises(RuleError, match="doesn't meet"):
        certificate(pair, LATER, pair.member("m1"))
    state = circle_with(("m2",))
    with pytest.raises(RuleError, match="no meeting at which Ben was"):
        certificate(state, LATER, state.member("m2"))
    with pytest.raises(RuleError, match="no meeting on those days at which Ada was"):
        certificate(state, LATER, state.member("m1"), DateRange(end=date(2020, 1, 1)))


def test_codes_match_up_to_a_changed_meeting_and_not_after_it() -> None:
    state = circle_with(*FIVE)
    codes = continuity.codes(state)
    links = list(state.continuity)
    links[2] = replace(links[2], present=links[2].present[1:])
    proof = recompute_circle(replace(state, continuity=tuple(links)))
    answer = compare(proof, [codes[0], codes[1], codes[3]])
    assert answer.fitting == (0, 1, None)
    assert answer.last == 1
    assert not answer.all_fit
    assert proof.broken == 2
