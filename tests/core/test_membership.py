"""Members join, leave and come back, and stay on their records; forgotten ones leave no words."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from circle_tui.core import text
from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import checkins, commitments, covenant, membership
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.record import CommitmentResult, NewCommitment, Outcome, Reset
from circle_tui.core.circle.state import Change, CircleState, Win
from circle_tui.core.errors import RuleError

from .meetings import START, circle_of, record

LATER = START + timedelta(days=1)


def circle(people: int = 4, format_key: str = "peer-circle") -> CircleState:
    return CircleState(circle=circle_of(people, format_key))


def names(state: CircleState) -> list[str]:
    return [member.name for member in state.circle.members]


def expected(state: CircleState) -> list[str]:
    return [member.id for member in state.active]


# Joining


def test_a_new_member_gets_the_last_seat_and_an_unused_id() -> None:
    state = membership.join(circle(3), LATER, "  Noor ")
    assert names(state) == ["Ada", "Ben", "Cleo", "Noor"]
    assert state.circle.members[-1].id == "m4"
    assert state.circle.members[-1].joined == LATER
    gone = membership.forget(state, LATER, "m4", "Noor")
    assert membership.join(gone, LATER, "Max").circle.members[-1].id == "m5"


def test_a_new_member_gets_an_unused_id_even_beside_ids_without_numbers() -> None:
    state = circle(2)
    ada, ben = state.circle.members
    for ids, new_id in ((("ada", "m2"), "m3"), (("ada", "ben"), "m1")):
        odd = tuple(replace(member, id=each) for member, each in zip((ada, ben), ids, strict=True))
        with_odd = replace(state, circle=replace(state.circle, members=odd))
        assert membership.join(with_odd, LATER, "Noor").circle.members[-1].id == new_id


@pytest.mark.parametrize("name", ["ada", " ADA\u200b", "", "\u3164", "x" * 41])
def test_an_invalid_or_used_name_is_refused(name: str) -> None:
    with pytest.raises(RuleError):
        membership.join(circle(), LATER, name)
    with pytest.raises(RuleError):
        membership.rename(circle(), LATER, "m2", name)


def test_a_name_that_is_already_used_is_refused_with_a_hint_about_initials() -> None:
    with pytest.raises(RuleError, match=r"“ben” is taken\. Add an initial"):
        membership.join(circle(), LATER, "ben")


def test_the_name_of_a_member_who_left_is_refused_with_a_hint_that_they_can_come_back() -> None:
    state = membership.leave(circle(), LATER, "m2")
    with pytest.raises(RuleError, match=r"“Ben” was a member before\. Bring them back"):
        membership.join(state, LATER, "ben")


def test_the_placeholder_for_forgotten_members_cannot_be_used_as_a_name() -> None:
    state = membership.forget(circle(), LATER, "m2", "Ben")
    state = membership.join(state, LATER, membership.FORGOTTEN)
    assert expected(state) == ["m1", "m3", "m4", "m5"]


def test_a_circle_has_at_most_twenty_members_not_counting_those_who_left() -> None:
    state = circle(2)
    for number in range(text.MEMBERS_AT_MOST - 2):
        state = membership.join(state, LATER, f"Noor {number}")
    away = membership.go_away(state, LATER, "m1")
    with pytest.raises(RuleError, match="holds 20"):
        membership.join(away, LATER, "One more")
    left = membership.leave(state, LATER, "m1")
    full = membership.join(left, LATER, "One more")
    with pytest.raises(RuleError, match="holds 20"):
        membership.come_back(full, LATER, "m1")
    assert len(membership.come_back(away, LATER, "m1").active) == text.MEMBERS_AT_MOST


# Leaving, being away, coming back


def test_a_member_who_left_stays_on_the_records_and_is_no_longer_expected() -> None:
    state = replace(circle(), records=(record(1),))
    left = membership.leave(state, LATER, "m2")
    assert left.records == state.records
    assert left.member("m2").name == "Ben"
    assert left.member("m2").left == LATER
    assert expected(left) == ["m1", "m3", "m4"]
    assert [member.id for member in meeting_context(left, LATER).members] == ["m1", "m3", "m4"]


def test_a_member_who_is_away_is_not_expected_and_keeps_seat_and_commitments() -> None:
    made = (NewCommitment("c1", "m2", "I write"),)
    state = replace(circle(), records=(record(1, made=made),))
    away = membership.go_away(state, LATER, "m2")
    assert expected(away) == ["m1", "m3", "m4"]
    assert [each.id for each in commitments.open_commitments(away)] == ["c1"]
    back = membership.come_back(away, LATER, "m2")
    assert back == state


def test_a_member_who_left_can_come_back_to_their_seat() -> None:
    state = membership.leave(membership.go_away(circle(), START, "m2"), LATER, "m2")
    assert state.member("m2").away is None
    assert membership.come_back(state, LATER, "m2") == circle()


@pytest.mark.parametrize("act", [membership.leave, membership.go_away])
def test_the_last_active_member_cannot_leave_or_go_away(act: object) -> None:
    state = membership.go_away(circle(2), LATER, "m1")
    with pytest.raises(RuleError, match="Ben is the last one here"):
        act(state, LATER, "m2")  # type: ignore[operator]
    with pytest.raises(RuleError, match="delete the circle's files"):
        membership.forget(state, LATER, "m2", "Ben")
    assert expected(membership.leave(state, LATER, "m1")) == ["m2"]
    assert expected(membership.forget(state, LATER, "m1", "Ada")) == ["m2"]


def test_a_membership_change_that_changes_nothing_is_refused() -> None:
    away = membership.go_away(circle(), LATER, "m2")
    left = membership.leave(circle(), LATER, "m2")
    for state, act, sentence in (
        (away, membership.go_away, "Ben is away already."),
        (left, membership.go_away, "Ben has left."),
        (left, membership.leave, "Ben has left already."),
        (circle(), membership.come_back, "Ben is here."),
    ):
        with pytest.raises(RuleError) as refused:
            act(state, LATER, "m2")
        assert str(refused.value) == sentence
    with pytest.raises(RuleError, match="already"):
        membership.rename(circle(), LATER, "m2", " Ben ")


def test_an_unknown_member_id_is_refused() -> None:
    for act, said in (
        (membership.leave, ()),
        (membership.go_away, ()),
        (membership.come_back, ()),
        (membership.rename, ("Max",)),
        (membership.move_seat, (1,)),
        (membership.forget, ("Max",)),
    ):
        with pytest.raises(RuleError, match="Nobody in this circle"):
            act(circle(), LATER, "m9", *said)


# Names and seats


def test_renaming_a_member_changes_the_name_on_every_record() -> None:
    state = replace(circle(), records=(record(1),))
    renamed = membership.rename(state, LATER, "m2", "Benedict")
    assert renamed.member("m2").name == "Benedict"
    assert renamed.records == state.records
    assert membership.rename(state, LATER, "m2", "BEN").member("m2").name == "BEN"


def test_seats_move_by_one_and_the_order_of_the_round_follows() -> None:
    state = membership.move_seat(circle(), LATER, "m1", 1)
    assert names(state) == ["Ben", "Ada", "Cleo", "Dev"]
    assert expected(state) == ["m2", "m1", "m3", "m4"]
    assert membership.move_seat(state, LATER, "m1", -1) == circle()
    for member, by in (("m1", -1), ("m4", 1), ("m2", 3)):
        with pytest.raises(RuleError, match="no seat beyond"):
            membership.move_seat(circle(), LATER, member, by)


# Forgetting


def circle_with_words(format_key: str = "movement-pod") -> CircleState:
    """A circle of three in which everybody has written something in every place for words."""
    state = circle(3, format_key)
    made = tuple(NewCommitment(f"c{n}", f"m{n}", f"promise of m{n}", daily=True) for n in (1, 2, 3))
    first = record(1, made=made)
    answered = tuple(
        CommitmentResult(f"c{n}", Outcome.MISSED, f"hindrance of m{n}", Reset.SMALLER, f"c{n + 3}")
        for n in (1, 2, 3)
    )
    smaller = tuple(NewCommitment(f"c{n + 3}", f"m{n}", f"smaller of m{n}") for n in (1, 2, 3))
    attendance = {"m1": Attendance.PRESENT, "m2": Attendance.LATE, "m3": Attendance.ABSENT}
    second = record(
        2, answered=answered, made=smaller, attendance=attendance, reaches_out={"m3": "m2"}
    )
    state = replace(state, records=(first, second))
    for n in (1, 2, 3):
        state = commitments.renegotiate(state, LATER, f"c{n + 3}", f"change of m{n}")
        state = checkins.check_in(state, LATER, f"m{n}", f"sentences of m{n}")
    state = replace(state, wins=tuple(Win(f"c{n}", START.date()) for n in (1, 2, 3)))
    state = covenant.set_review(covenant.write(state, START), START, "28 May 2026")
    for n in (1, 2, 3):
        state = covenant.sign(state, START, f"m{n}")
    return state


def all_texts(state: CircleState) -> str:
    return msgspec.json.encode(state).decode()


def test_forgetting_a_member_deletes_all_their_words_and_nobody_elses() -> None:
    before = circle_with_words()
    after = membership.forget(before, LATER, "m2", "Ben")
    said = all_texts(after)
    assert "of m2" not in said
    assert "Ben" not in said
    for kind in ("promise", "hindrance", "smaller", "change", "sentences"):
        assert f"{kind} of m2" in all_texts(before)
        for other in ("m1", "m3"):
            assert f"{kind} of {other}" in said
    assert all(win.commitment != "c2" for win in after.wins)
    assert len(after.wins) == 2
    assert covenant.unsigned(after) == ()
    assert set(after.covenants[0].signatures) == {"m1", "m3"}
    assert after.covenants[0].clauses == before.covenants[0].clauses


def test_a_forgotten_member_keeps_an_unnamed_seat_in_the_attendance() -> None:
    before = circle_with_words()
    after = membership.forget(before, LATER, "m2", "Ben")
    for was, now in zip(before.records, after.records, strict=True):
        assert (was.attendance, was.opener, was.order) == (now.attendance, now.opener, now.order)
        assert was.reaches_out == now.reaches_out
    person = after.member("m2")
    assert (person.name, person.left, person.forgotten) == ("Someone", LATER, True)
    assert expected(after) == ["m1", "m3"]


def test_forgetting_a_member_who_left_keeps_the_day_they_left() -> None:
    state = membership.leave(circle(), START, "m2")
    assert membership.forget(state, LATER, "m2", "Ben").member("m2").left == START


def test_forgetting_deletes_what_got_in_the_way_even_if_the_first_commitment_is_lost() -> None:
    answered = (CommitmentResult("c0", Outcome.MISSED, "my back", Reset.AGAIN, "c1"),)
    made = (NewCommitment("c1", "m2", "I walk"),)
    between = Change(commitment="c-1", at=START, outcome=Outcome.CHANGED, becomes="c0", text="run")
    state = replace(
        circle(), records=(record(1, answered=answered, made=made),), changes=(between,)
    )
    said = all_texts(membership.forget(state, LATER, "m2", "Ben"))
    assert "my back" not in said
    assert "run" not in said


def test_forgetting_deletes_releases_and_absences_between_meetings() -> None:
    state = commitments.release(
        circle_with_words(), LATER, commitments.open_commitments(circle_with_words())[1].id
    )
    assert len(state.changes) == 4
    after = membership.forget(membership.go_away(state, START, "m2"), LATER, "m2", "Ben")
    assert len(after.changes) == 2
    assert after.member("m2").away is None


def test_forgetting_deletes_a_commitment_that_a_damaged_file_contains_twice() -> None:
    answered = (CommitmentResult("c0", Outcome.MISSED, "my back", Reset.AGAIN, "c1"),)
    state = replace(
        circle(),
        records=(record(1, answered=answered, made=(NewCommitment("c1", "m2", "I walk"),)),),
        changes=tuple(
            Change(commitment="c0", at=START, outcome=Outcome.CHANGED, becomes=becomes, text="run")
            for becomes in ("c1", "c2")
        ),
    )
    said = all_texts(membership.forget(state, LATER, "m2", "Ben"))
    assert "my back" not in said
    assert "run" not in said


@pytest.mark.parametrize("typed", ["", "B", "Ada", "Someone", "m2", "Ben Ben"])
def test_forgetting_needs_the_members_name_typed(typed: str) -> None:
    with pytest.raises(RuleError, match="Type “Ben”"):
        membership.forget(circle_with_words(), LATER, "m2", typed)


def test_the_name_typed_to_forget_a_member_may_differ_in_capitals_and_spaces() -> None:
    assert membership.forget(circle_with_words(), LATER, "m2", " ben ").member("m2").forgotten


def test_a_forgotten_member_cannot_be_renamed_brought_back_or_forgotten_again() -> None:
    state = membership.forget(circle_with_words(), LATER, "m2", "Ben")
    for act, said in (
        (membership.come_back, ()),
        (membership.go_away, ()),
        (membership.leave, ()),
        (membership.rename, ("Ben",)),
        (membership.forget, ("Someone",)),
    ):
        with pytest.raises(RuleError):
            act(state, LATER, "m2", *said)


IDS = st.sampled_from(["m1", "m2", "m3", "m4", "m5"])
TYPED = st.sampled_from(["Ada", "Ben", "Cleo", "Noor", "Max", "Someone"])
ACTS = st.one_of(
    st.tuples(st.just(membership.join), TYPED),
    st.tuples(st.sampled_from([membership.leave, membership.go_away, membership.come_back]), IDS),
    st.tuples(st.sampled_from([membership.rename, membership.forget]), IDS, TYPED),
    st.tuples(st.just(membership.move_seat), IDS, st.sampled_from([-1, 1, 2])),
)


@given(acts=st.lists(ACTS, max_size=30))
def test_any_changes_of_membership_leave_a_valid_circle(acts: list[tuple]) -> None:
    state = circle_with_words()
    attendance = [each.attendance for each in state.records]
    for minute, (act, *said) in enumerate(acts):
        before = state
        try:
            state = act(state, LATER + timedelta(minutes=minute), *said)
        except RuleError:
            continue
        # An act that changes nothing must be refused, so that undo always has something to undo.
        assert state != before
        seen = {member.id for member in before.circle.members}
        assert seen <= {member.id for member in state.circle.members}
    members = state.circle.members
    assert len({member.id for member in members}) == len(members)
    known = [member.name.casefold() for member in members if not member.forgotten]
    assert len(set(known)) == len(known)
    assert state.active
    assert [each.attendance for each in state.records] == attendance
    said = all_texts(state)
    for n in (1, 2, 3):
        assert (f"of m{n}" in said) is not state.member(f"m{n}").forgotten
    context = meeting_context(state, LATER + timedelta(hours=1))
    assert [member.id for member in context.members] == expected(state)


# A pair


def test_a_pair_that_has_met_is_told_once_that_three_is_safer() -> None:
    pair = circle(2)
    assert not membership.to_be_told_of_three(pair)
    met = replace(pair, records=(record(1),))
    assert membership.to_be_told_of_three(met)
    told = membership.tell_of_three(met, START)
    assert not membership.to_be_told_of_three(told)
    with pytest.raises(RuleError):
        membership.tell_of_three(told, START)


@pytest.mark.parametrize(("people", "format_key"), [(3, "peer-circle"), (2, "trading-pair")])
def test_other_circles_are_not_told_that_three_is_safer(people: int, format_key: str) -> None:
    met = replace(circle(people, format_key), records=(record(1),))
    assert not membership.to_be_told_of_three(met)
