"""Members come and go, and stay on the records they are part of; who is forgotten says nothing."""

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


def test_somebody_new_sits_last_with_a_number_nobody_had() -> None:
    state = membership.join(circle(3), LATER, "  Noor ")
    assert names(state) == ["Ada", "Ben", "Cleo", "Noor"]
    assert state.circle.members[-1].id == "m4"
    assert state.circle.members[-1].joined == LATER
    gone = membership.forget(state, LATER, "m4", "Noor")
    assert membership.join(gone, LATER, "Max").circle.members[-1].id == "m5"


def test_somebody_new_has_a_number_also_where_others_have_none() -> None:
    state = circle(2)
    ada, ben = state.circle.members
    for ids, fresh in ((("ada", "m2"), "m3"), (("ada", "ben"), "m1")):
        odd = tuple(replace(member, id=each) for member, each in zip((ada, ben), ids, strict=True))
        with_odd = replace(state, circle=replace(state.circle, members=odd))
        assert membership.join(with_odd, LATER, "Noor").circle.members[-1].id == fresh


@pytest.mark.parametrize("name", ["ada", " ADA\u200b", "", "\u3164", "x" * 41])
def test_a_name_has_to_be_one_and_nobody_elses(name: str) -> None:
    with pytest.raises(RuleError):
        membership.join(circle(), LATER, name)
    with pytest.raises(RuleError):
        membership.rename(circle(), LATER, "m2", name)


def test_the_name_of_somebody_who_is_there_asks_for_an_initial() -> None:
    with pytest.raises(RuleError, match=r"“ben” is taken\. Add an initial"):
        membership.join(circle(), LATER, "ben")


def test_the_name_of_somebody_who_left_says_that_they_can_come_back() -> None:
    state = membership.leave(circle(), LATER, "m2")
    with pytest.raises(RuleError, match=r"“Ben” was a member before\. Bring them back"):
        membership.join(state, LATER, "ben")


def test_the_word_for_somebody_forgotten_is_nobodys_name() -> None:
    state = membership.forget(circle(), LATER, "m2", "Ben")
    state = membership.join(state, LATER, membership.FORGOTTEN)
    assert expected(state) == ["m1", "m3", "m4", "m5"]


def test_a_circle_is_full_with_twenty_who_have_not_left() -> None:
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


def test_who_has_left_stays_on_the_records_by_name_and_meetings_do_not_count_on_them() -> None:
    state = replace(circle(), records=(record(1),))
    left = membership.leave(state, LATER, "m2")
    assert left.records == state.records
    assert left.member("m2").name == "Ben"
    assert left.member("m2").left == LATER
    assert expected(left) == ["m1", "m3", "m4"]
    assert [member.id for member in meeting_context(left, LATER).members] == ["m1", "m3", "m4"]


def test_who_is_away_is_not_expected_and_keeps_seat_and_promises() -> None:
    made = (NewCommitment("c1", "m2", "I write"),)
    state = replace(circle(), records=(record(1, made=made),))
    away = membership.go_away(state, LATER, "m2")
    assert expected(away) == ["m1", "m3", "m4"]
    assert [each.id for each in commitments.open_commitments(away)] == ["c1"]
    back = membership.come_back(away, LATER, "m2")
    assert back == state


def test_who_had_left_can_come_back_into_their_seat() -> None:
    state = membership.leave(membership.go_away(circle(), START, "m2"), LATER, "m2")
    assert state.member("m2").away is None
    assert membership.come_back(state, LATER, "m2") == circle()


@pytest.mark.parametrize("act", [membership.leave, membership.go_away])
def test_the_last_one_here_stays(act: object) -> None:
    state = membership.go_away(circle(2), LATER, "m1")
    with pytest.raises(RuleError, match="Ben is the last one here"):
        act(state, LATER, "m2")  # type: ignore[operator]
    with pytest.raises(RuleError, match="delete the circle's files"):
        membership.forget(state, LATER, "m2", "Ben")
    assert expected(membership.leave(state, LATER, "m1")) == ["m2"]
    assert expected(membership.forget(state, LATER, "m1", "Ada")) == ["m2"]


def test_what_is_so_already_is_not_done_again() -> None:
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


def test_nobody_in_no_seat_is_anybody() -> None:
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


def test_a_new_name_is_the_name_on_every_record() -> None:
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


def lived(format_key: str = "movement-pod") -> CircleState:
    """A circle of three in which everybody has said something everywhere words can be said."""
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
        state = commitments.change(state, LATER, f"c{n + 3}", f"change of m{n}")
        state = checkins.check_in(state, LATER, f"m{n}", f"sentences of m{n}")
    state = replace(state, wins=tuple(Win(f"c{n}", START.date()) for n in (1, 2, 3)))
    state = covenant.set_review(covenant.write(state, START), START, "28 May 2026")
    for n in (1, 2, 3):
        state = covenant.sign(state, START, f"m{n}")
    return state


def everything_said(state: CircleState) -> str:
    return msgspec.json.encode(state).decode()


def test_every_word_of_somebody_forgotten_is_gone_and_everybody_elses_stays() -> None:
    before = lived()
    after = membership.forget(before, LATER, "m2", "Ben")
    said = everything_said(after)
    assert "of m2" not in said
    assert "Ben" not in said
    for kind in ("promise", "hindrance", "smaller", "change", "sentences"):
        assert f"{kind} of m2" in everything_said(before)
        for other in ("m1", "m3"):
            assert f"{kind} of {other}" in said
    assert all(win.commitment != "c2" for win in after.wins)
    assert len(after.wins) == 2
    assert covenant.unsigned(after) == ()
    assert set(after.covenants[0].signatures) == {"m1", "m3"}
    assert after.covenants[0].clauses == before.covenants[0].clauses


def test_somebody_forgotten_keeps_a_seat_without_a_name_in_the_attendance() -> None:
    before = lived()
    after = membership.forget(before, LATER, "m2", "Ben")
    for was, now in zip(before.records, after.records, strict=True):
        assert (was.attendance, was.opener, was.order) == (now.attendance, now.opener, now.order)
        assert was.reaches_out == now.reaches_out
    person = after.member("m2")
    assert (person.name, person.left, person.forgotten) == ("Someone", LATER, True)
    assert expected(after) == ["m1", "m3"]


def test_somebody_who_had_left_is_forgotten_with_the_day_they_left() -> None:
    state = membership.leave(circle(), START, "m2")
    assert membership.forget(state, LATER, "m2", "Ben").member("m2").left == START


def test_a_hindrance_goes_even_where_its_promise_is_known_only_by_what_it_became() -> None:
    answered = (CommitmentResult("c0", Outcome.MISSED, "my back", Reset.AGAIN, "c1"),)
    made = (NewCommitment("c1", "m2", "I walk"),)
    between = Change(commitment="c-1", at=START, outcome=Outcome.CHANGED, becomes="c0", text="run")
    state = replace(
        circle(), records=(record(1, answered=answered, made=made),), changes=(between,)
    )
    said = everything_said(membership.forget(state, LATER, "m2", "Ben"))
    assert "my back" not in said
    assert "run" not in said


def test_of_somebody_forgotten_nothing_tells_what_they_released_or_that_they_were_away() -> None:
    state = commitments.release(lived(), LATER, commitments.open_commitments(lived())[1].id)
    assert len(state.changes) == 4
    after = membership.forget(membership.go_away(state, START, "m2"), LATER, "m2", "Ben")
    assert len(after.changes) == 2
    assert after.member("m2").away is None


def test_a_promise_that_a_damaged_file_tells_of_twice_is_forgotten_both_times() -> None:
    answered = (CommitmentResult("c0", Outcome.MISSED, "my back", Reset.AGAIN, "c1"),)
    state = replace(
        circle(),
        records=(record(1, answered=answered, made=(NewCommitment("c1", "m2", "I walk"),)),),
        changes=tuple(
            Change(commitment="c0", at=START, outcome=Outcome.CHANGED, becomes=becomes, text="run")
            for becomes in ("c1", "c2")
        ),
    )
    said = everything_said(membership.forget(state, LATER, "m2", "Ben"))
    assert "my back" not in said
    assert "run" not in said


@pytest.mark.parametrize("typed", ["", "B", "Ada", "Someone", "m2", "Ben Ben"])
def test_nobody_is_forgotten_without_their_name(typed: str) -> None:
    with pytest.raises(RuleError, match="Type “Ben”"):
        membership.forget(lived(), LATER, "m2", typed)


def test_the_name_may_be_typed_as_people_type() -> None:
    assert membership.forget(lived(), LATER, "m2", " ben ").member("m2").forgotten


def test_somebody_forgotten_is_neither_renamed_brought_back_nor_forgotten_again() -> None:
    state = membership.forget(lived(), LATER, "m2", "Ben")
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
def test_however_people_come_and_go_the_circle_stays_whole(acts: list[tuple]) -> None:
    state = lived()
    attendance = [each.attendance for each in state.records]
    for minute, (act, *said) in enumerate(acts):
        before = state
        try:
            state = act(state, LATER + timedelta(minutes=minute), *said)
        except RuleError:
            continue
        # Every act does something, so that undo always takes something back.
        assert state != before
        seen = {member.id for member in before.circle.members}
        assert seen <= {member.id for member in state.circle.members}
    members = state.circle.members
    assert len({member.id for member in members}) == len(members)
    known = [member.name.casefold() for member in members if not member.forgotten]
    assert len(set(known)) == len(known)
    assert state.active
    assert [each.attendance for each in state.records] == attendance
    said = everything_said(state)
    for n in (1, 2, 3):
        assert (f"of m{n}" in said) is not state.member(f"m{n}").forgotten
    context = meeting_context(state, LATER + timedelta(hours=1))
    assert [member.id for member in context.members] == expected(state)


# A pair


def test_a_pair_that_has_met_is_told_of_three_once() -> None:
    pair = circle(2)
    assert not membership.to_be_told_of_three(pair)
    met = replace(pair, records=(record(1),))
    assert membership.to_be_told_of_three(met)
    told = membership.tell_of_three(met, START)
    assert not membership.to_be_told_of_three(told)
    with pytest.raises(RuleError):
        membership.tell_of_three(told, START)


@pytest.mark.parametrize(("people", "format_key"), [(3, "peer-circle"), (2, "trading-pair")])
def test_nobody_else_is_told_of_three(people: int, format_key: str) -> None:
    met = replace(circle(people, format_key), records=(record(1),))
    assert not membership.to_be_told_of_three(met)
