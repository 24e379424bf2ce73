"""The covenant: signing needs a review date, and a signature counts for the version it was given
to.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from circle_tui.core import text
from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import covenant, membership
from circle_tui.core.circle.circle import FORMATS, Rhythm
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.record import Retrospective
from circle_tui.core.circle.state import CircleState, Clause, Covenant
from circle_tui.core.errors import RuleError

from .meetings import START, circle_of, record

LATER = START + timedelta(days=1)


def current(state: CircleState) -> Covenant:
    """The current version, which must exist."""
    assert state.covenant is not None
    return state.covenant


def with_covenant(people: int = 4, format_key: str = "peer-circle") -> CircleState:
    return covenant.write(CircleState(circle=circle_of(people, format_key)), START)


def with_review_date(people: int = 4) -> CircleState:
    return covenant.set_review(with_covenant(people), START, "28 May 2026")


# Writing


@pytest.mark.parametrize("format_key", FORMATS)
def test_every_formats_first_covenant_obeys_the_rules(
    format_key: str,
) -> None:
    first = current(with_covenant(2, format_key))
    assert list(first.clauses) == list(Clause)
    assert first.clauses[Clause.PURPOSE].count(".") == 2
    assert all(text.words(words) == words for words in first.clauses.values())
    assert (first.version, first.review, first.signatures) == (1, None, {})


def test_the_first_covenant_names_the_circles_rhythm() -> None:
    circle = circle_of(4, rhythm=Rhythm(10, "day"))
    rhythm = covenant.proposal(circle, START).clauses[Clause.RHYTHM]
    assert rhythm == "We meet every 10 days."
    pod = covenant.proposal(circle_of(3, "pod"), START).clauses[Clause.RHYTHM]
    assert "48 hours" in pod
    pair = covenant.proposal(circle_of(2, "trading-pair"), START).clauses
    assert pair[Clause.RHYTHM] == "We trade every week."
    assert "meeting" not in pair[Clause.MISSED]
    missed = covenant.proposal(circle, START).clauses[Clause.MISSED]
    assert missed.startswith("If you miss a meeting")


def test_a_covenant_cannot_be_written_twice() -> None:
    with pytest.raises(RuleError, match="You have a covenant already"):
        covenant.write(with_covenant(), LATER)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (covenant.change, (Clause.PURPOSE, "To be.")),
        (covenant.set_review, ("28 May 2026",)),
        (covenant.sign, ("m1",)),
    ],
)
def test_without_a_covenant_there_is_nothing_to_change_or_sign(act: object, said: tuple) -> None:
    with pytest.raises(RuleError, match="There's no covenant yet"):
        act(CircleState(circle=circle_of(3)), START, *said)  # type: ignore[operator]


def test_the_words_of_a_clause_are_cleaned_or_refused() -> None:
    state = covenant.change(with_covenant(), LATER, Clause.PURPOSE, "  To \x1b[31m listen.  ")
    assert current(state).clauses[Clause.PURPOSE] == "To [31m listen."
    with pytest.raises(RuleError, match="needs words"):
        covenant.change(state, LATER, Clause.PURPOSE, " \t ")
    with pytest.raises(RuleError, match="says already"):
        covenant.change(state, LATER, Clause.PURPOSE, "To [31m listen. ")
    with pytest.raises(RuleError, match="shorten"):
        covenant.change(state, LATER, Clause.PURPOSE, "x" * (text.WORDS_CELLS + 1))


# The review date


def test_the_review_date_is_a_day_in_the_circles_time_zone() -> None:
    tokyo = CircleState(circle=circle_of(3, zone="Asia/Tokyo"))
    evening = START + timedelta(hours=6)  # It is 6 March there.
    state = covenant.set_review(covenant.write(tokyo, evening), evening, "tomorrow")
    assert current(state).review == date(2026, 3, 7)


def test_a_review_date_with_a_time_of_day_is_refused() -> None:
    with pytest.raises(RuleError, match="Write just the day"):
        covenant.set_review(with_covenant(), START, "1 June 2026 01:00")


@pytest.mark.parametrize("typed", ["", "soon", "5 March 2026", "2020-01-01", "1 June 2031"])
def test_a_review_date_must_be_in_the_near_future(typed: str) -> None:
    with pytest.raises(RuleError):
        covenant.set_review(with_covenant(), START, typed)


def test_the_review_is_due_on_its_day() -> None:
    state = with_review_date()
    assert not covenant.review_due(state, date(2026, 5, 27))
    assert covenant.review_due(state, date(2026, 5, 28))
    assert covenant.review_due(state, date(2026, 5, 29))
    assert not covenant.review_due(with_covenant(), date(2030, 1, 1))
    assert not covenant.review_due(CircleState(circle=circle_of(3)), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("format_key", "weeks"), [("peer-circle", 12), ("movement-pod", 90 / 7), ("trading-pair", 13)]
)
def test_the_proposed_review_date_is_a_cycle_away(format_key: str, weeks: float) -> None:
    day = covenant.default_review(circle_of(2, format_key), START)
    assert day == date(2026, 3, 5) + timedelta(weeks=weeks)


def test_the_proposed_review_date_is_valid_for_any_cycle_length() -> None:
    circle = circle_of(3, rhythm=Rhythm(1000, "month"), cycle=10_000)
    usual = covenant.default_review(circle, START)
    state = covenant.write(CircleState(circle=circle), START)
    state = covenant.set_review(state, START, f"{usual.day} {usual:%B %Y}")
    assert current(state).review == usual == date(2027, 3, 5)


def test_the_proposed_review_date_is_soon_for_a_circle_that_meets_every_few_days() -> None:
    circle = circle_of(3, rhythm=Rhythm(10, "day"), cycle=6)
    assert covenant.default_review(circle, START) == date(2026, 5, 4)


# Signing


def test_a_covenant_without_a_review_date_cannot_be_signed() -> None:
    with pytest.raises(RuleError, match="Choose a review date first"):
        covenant.sign(with_covenant(), START, "m1")


def test_a_covenant_that_is_due_for_review_cannot_be_signed() -> None:
    with pytest.raises(RuleError, match="time to review"):
        covenant.sign(with_review_date(), datetime(2026, 5, 28, 9, tzinfo=UTC), "m1")


def test_each_member_signs_once_and_for_themselves() -> None:
    state = covenant.sign(with_review_date(), START, "m2")
    state = covenant.sign(state, LATER, "m1")
    assert current(state).signatures == {"m2": START, "m1": LATER}
    assert covenant.unsigned(state) == ("m3", "m4")
    with pytest.raises(RuleError, match="Ben has already signed"):
        covenant.sign(state, LATER, "m2")


def test_only_members_sign() -> None:
    state = membership.leave(with_review_date(), START, "m2")
    for nobody in ("m2", "m9", ""):
        with pytest.raises(RuleError, match="Only members"):
            covenant.sign(state, START, nobody)
    with pytest.raises(RuleError, match="Choose yourself"):
        covenant.sign(state, START, None)


def test_a_member_who_is_away_can_sign_and_counts_as_missing_until_then() -> None:
    state = membership.go_away(with_review_date(), START, "m2")
    assert "m2" in covenant.unsigned(state)
    assert "m2" not in covenant.unsigned(covenant.sign(state, START, "m2"))


def test_signatures_are_expected_of_new_members_and_not_of_those_who_left() -> None:
    state = membership.leave(with_review_date(3), START, "m2")
    state = membership.join(state, START, "Noor")
    assert covenant.unsigned(state) == ("m1", "m3", "m4")
    assert covenant.unsigned(CircleState(circle=circle_of(3))) == ()


# Changing its mind


def test_an_unsigned_covenant_is_changed_without_a_new_version() -> None:
    state = covenant.change(with_review_date(), LATER, Clause.MISSED, "We call.")
    assert [each.version for each in state.covenants] == [1]
    assert current(state).written == LATER


def test_changing_a_signed_covenant_makes_a_new_version_without_signatures() -> None:
    signed = covenant.sign(with_review_date(), START, "m1")
    state = covenant.change(signed, LATER, Clause.MISSED, "We call.")
    old, new = state.covenants
    assert old == signed.covenant
    assert (new.version, new.written, new.signatures) == (2, LATER, {})
    assert new.clauses == {**old.clauses, Clause.MISSED: "We call."}
    assert new.review == old.review
    assert covenant.unsigned(state) == ("m1", "m2", "m3", "m4")


def test_changing_the_review_date_of_a_signed_covenant_makes_a_new_version() -> None:
    signed = covenant.sign(with_review_date(), START, "m1")
    state = covenant.set_review(signed, LATER, "1 June 2026")
    assert [each.review for each in state.covenants] == [date(2026, 5, 28), date(2026, 6, 1)]
    with pytest.raises(RuleError, match="already set for that day"):
        covenant.set_review(signed, LATER, "28 May 2026")


def test_a_covenant_changed_within_a_cycle_is_used_at_the_next_meeting() -> None:
    state = covenant.sign(with_review_date(), START, "m1")
    state = covenant.change(state, LATER, Clause.PURPOSE, "To go on.")
    assert meeting_context(state, LATER).covenant[Clause.PURPOSE] == "To go on."
    assert meeting_context(CircleState(circle=circle_of(3)), LATER).covenant == {}


ACTS = st.one_of(
    st.tuples(st.just(covenant.change), st.sampled_from(Clause), st.sampled_from(["One.", "Two."])),
    st.tuples(st.just(covenant.set_review), st.sampled_from(["28 May 2026", "1 June 2026"])),
    st.tuples(st.just(covenant.sign), st.sampled_from(["m1", "m2", "m3", "m4", "m5"])),
    st.tuples(st.just(membership.leave), st.sampled_from(["m1", "m2", "m3"])),
    st.tuples(st.just(membership.join), st.sampled_from(["Noor", "Max"])),
)


@given(acts=st.lists(ACTS, max_size=25))
def test_a_signature_never_applies_to_words_the_member_did_not_sign(acts: list[tuple]) -> None:
    state = with_covenant(3)
    given_to: dict[tuple[str, datetime], tuple[object, object]] = {}
    for minute, (act, *said) in enumerate(acts):
        now = START + timedelta(minutes=minute)
        try:
            state = act(state, now, *said)
        except RuleError:
            continue
        if act is covenant.sign:
            given_to[said[0], now] = (current(state).clauses, current(state).review)
    assert [each.version for each in state.covenants] == [
        place for place, _ in enumerate(state.covenants, 1)
    ]
    context = {
        (member, at): (version.clauses, version.review)
        for version in state.covenants
        for member, at in version.signatures.items()
    }
    assert context == given_to
    assert all(review is not None for _, review in context.values())
    assert all(version.signatures for version in state.covenants[:-1])


def test_a_covenant_that_lacks_a_clause_can_still_be_changed() -> None:
    state = with_review_date()
    bare = replace(current(state), clauses={Clause.PURPOSE: "To be."})
    state = covenant.change(replace(state, covenants=(bare,)), LATER, Clause.MISSED, "We call.")
    assert current(state).clauses == {Clause.PURPOSE: "To be.", Clause.MISSED: "We call."}


@pytest.mark.parametrize("choice", CycleChoice)
def test_a_redesign_is_due_from_the_choice_until_the_covenant_is_changed(
    choice: CycleChoice,
) -> None:
    chosen = record(1, looked_back=Retrospective(choice=choice, worked="", change=""))
    redesigns = choice is CycleChoice.REDESIGN
    assert (
        covenant.redesign_is_due(CircleState(circle=circle_of(4), records=(chosen,))) is redesigns
    )
    before = replace(with_covenant(), records=(chosen,))
    assert current(before).written < chosen.ended
    assert covenant.redesign_is_due(before) is redesigns
    after = covenant.change(before, chosen.ended, Clause.PURPOSE, "To listen.")
    assert not covenant.redesign_is_due(after)


def test_a_circle_that_has_not_met_has_no_redesign_before_it() -> None:
    assert not covenant.redesign_is_due(with_covenant())
