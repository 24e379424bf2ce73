"""A trading pair marks what was sent and received each week, and is described only as a pair."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import product

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from circle_tui.core.attendance.facts import Trade
from circle_tui.core.circle import membership, trades
from circle_tui.core.circle.circle import check_meets, make_circle
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.store.codec.file_contents import decode, encode

from .meetings import START, circle_of

NOW = START  # A Thursday.
MONDAY = date(2026, 3, 2)
WEEK = timedelta(weeks=1)


def pair_of(**changes: object) -> CircleState:
    return CircleState(circle=circle_of(2, "trading-pair", **changes))


def with_notes(state: CircleState, now: datetime, *notes: str) -> CircleState:
    """Marks as in "1s", "2r": the partner and what they marked."""
    for note in notes:
        one_sided: trades.Half = "sent" if note[1] == "s" else "received"
        state = trades.toggle(state, now, f"m{note[0]}", one_sided)
    return state


def weekly(*weeks: str) -> tuple[CircleState, datetime]:
    """A state from one string of marks per week, and a moment in the last week."""
    state, now = pair_of(), NOW
    for at, notes in enumerate(weeks):
        now = NOW + at * WEEK
        state = with_notes(state, now, *notes.split())
    return state, now


@pytest.mark.parametrize("names", ["Ada, Ben, Cleo", ", ".join("ABCDEFG")])
def test_a_trading_pair_is_made_of_exactly_two(names: str) -> None:
    with pytest.raises(RuleError, match=r"^A trading pair is two people, and you named .*\.$"):
        make_circle("Letters", names, "trading-pair", zone="UTC", now=NOW)
    with pytest.raises(RuleError, match="at least two"):
        make_circle("Letters", "Ada", "trading-pair", zone="UTC", now=NOW)
    assert len(make_circle("Letters", "A, B", "trading-pair", zone="UTC", now=NOW).members) == 2


def test_a_third_person_cannot_join_a_pair_but_a_new_partner_can() -> None:
    pair = pair_of()
    with pytest.raises(RuleError, match="two people"):
        membership.join(pair, NOW, "Cleo")
    alone = membership.leave(pair, NOW, "m2")
    again = membership.join(alone, NOW, "Cleo")
    assert [each.name for each in again.active] == ["Ada", "Cleo"]


def test_only_a_trading_pair_holds_no_meetings() -> None:
    with pytest.raises(RuleError, match=r"^A trading pair doesn't meet\. .*\.$"):
        check_meets(pair_of().circle)
    for key in ("peer-circle", "pod", "movement-pod"):
        check_meets(circle_of(3, key))


def test_only_the_partners_of_a_pair_can_mark_trades() -> None:
    with pytest.raises(RuleError, match="Only a trading pair"):
        trades.toggle(CircleState(circle=circle_of(2, "pod")), NOW, "m1", "sent")
    with pytest.raises(RuleError, match="Only the two partners"):
        trades.toggle(pair_of(), NOW, "m3", "sent")
    with pytest.raises(RuleError, match="Only the two partners"):
        trades.toggle(membership.leave(pair_of(), NOW, "m2"), NOW, "m2", "sent")


def test_sent_and_received_are_marked_separately_and_cleared_by_the_same_key() -> None:
    one = with_notes(pair_of(), NOW, "1s")
    assert one.trades == (Trade(week=MONDAY, member="m1", sent=True),)
    both = with_notes(one, NOW, "1r")
    assert both.trades == (Trade(week=MONDAY, member="m1", sent=True, received=True),)
    assert with_notes(both, NOW, "1s").trades == (Trade(week=MONDAY, member="m1", received=True),)


def test_a_cleared_mark_leaves_nothing_behind() -> None:
    assert with_notes(pair_of(), NOW, "1s", "1s") == pair_of()


def test_a_trade_stores_only_the_week_the_partner_and_the_two_marks() -> None:
    kept = json.loads(encode(with_notes(pair_of(), NOW, "1s", "2r")).to_bytes())["trades"]
    assert [set(each) for each in kept.values()] == [{"week", "member", "sent", "received"}] * 2
    assert set(msgspec.to_builtins(Trade(week=MONDAY, member="m1"))) == set(kept["1"])


@pytest.mark.parametrize(
    ("moment", "zone", "monday"),
    [
        (datetime(2026, 3, 8, 23, 59, tzinfo=UTC), "UTC", date(2026, 3, 2)),
        (datetime(2026, 3, 9, 4, 0, tzinfo=UTC), "UTC", date(2026, 3, 9)),
        (datetime(2026, 3, 8, 23, 59, tzinfo=UTC), "Asia/Tokyo", date(2026, 3, 9)),
        (datetime(2026, 3, 9, 3, 0, tzinfo=UTC), "America/New_York", date(2026, 3, 2)),
    ],
)
def test_a_week_begins_on_monday_in_the_pairs_time_zone(
    moment: datetime, zone: str, monday: date
) -> None:
    assert trades.week_of(pair_of(zone=zone), moment) == monday


def test_the_weeks_are_listed_from_this_one_back_to_the_first_trade() -> None:
    state, now = weekly("1s", "", "", "2r")
    found = trades.weeks(state, now)
    assert [week.monday for week in found] == [MONDAY + n * WEEK for n in (3, 2, 1, 0)]
    assert found[0].trades == (
        Trade(week=MONDAY + 3 * WEEK, member="m1"),
        Trade(week=MONDAY + 3 * WEEK, member="m2", received=True),
    )
    assert found[1].trades == tuple(
        Trade(week=MONDAY + 2 * WEEK, member=member) for member in ("m1", "m2")
    )


def test_before_the_first_trade_only_this_week_is_listed() -> None:
    assert [week.monday for week in trades.weeks(pair_of(), NOW)] == [MONDAY]


def test_at_most_a_cycle_of_earlier_weeks_is_listed() -> None:
    state, now = weekly("1s", *[""] * 60)
    assert len(trades.weeks(state, now)) == 1 + state.circle.cycle


@pytest.mark.parametrize("notes", list(product("01", repeat=4)))
def test_a_week_counts_as_traded_if_something_went_both_ways(
    notes: tuple[str, ...],
) -> None:
    said = [
        note for note, is_on in zip(("1s", "1r", "2s", "2r"), notes, strict=True) if is_on > "0"
    ]
    there = "1s" in said or "2r" in said
    back = "2s" in said or "1r" in said
    (week,) = trades.weeks(with_notes(pair_of(), NOW, *said), NOW)
    assert week.traded is (there and back)


@pytest.mark.parametrize(
    ("weeks", "sentence"),
    [
        ([""], "The first week is under way."),
        (["1s"], "The first week is under way."),
        (["1s 1r"], "Traded in the first week."),
        (["1s 2s", ""], "Traded in the first week."),
        (["1s", ""], "This week is open for a first trade."),
        (["1s", "", "1s"], "No trade went both ways in the last 2 weeks; this one is open."),
        (["1s 2s", "1s 2s", ""], "Traded in each of the last 2 weeks."),
        (["1s 2s", "1r 1s"], "Traded in each of the last 2 weeks."),
        (["1s 2s"] * 3 + ["1s"] + ["2r 1r"] * 2 + [""], "Traded in 5 of the last 6 weeks."),
        (["1s 2s"] * 3 + ["2s"] + ["2r 1r"] * 2 + ["1s"], "Traded in 5 of the last 6 weeks."),
    ],
)
def test_continuity_is_one_sentence_and_includes_this_week_once_both_have_traded(
    weeks: list[str], sentence: str
) -> None:
    assert trades.trading_regularity(*weekly(*weeks)) == sentence


@given(st.lists(st.lists(st.sampled_from(["1s", "1r", "2s", "2r"])), max_size=8), st.integers(0, 3))
def test_continuity_names_nobody_and_is_the_same_if_the_partners_are_swapped(
    weeks: list[list[str]], later: int
) -> None:
    state, now = weekly(*map(" ".join, weeks))
    now += later * WEEK
    sentence = trades.trading_regularity(state, now)
    assert "Ada" not in sentence
    assert "Ben" not in sentence
    other = {"m1": "m2", "m2": "m1"}
    mirrored = tuple(replace(each, member=other[each.member]) for each in state.trades)
    assert trades.trading_regularity(replace(state, trades=mirrored), now) == sentence


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["1s", "1r", "2s", "2r"]))))
def test_any_marks_can_be_saved_and_read_again(notes: list[tuple[int, str]]) -> None:
    state = pair_of()
    context = encode(state)
    for week, note in notes:
        state = with_notes(state, NOW + week * WEEK, note)
        context = encode(state, context)
        read = decode(context.to_bytes()).state
        assert set(read.trades) == set(state.trades)
        assert replace(read, trades=()) == replace(state, trades=())
        assert len({(each.week, each.member) for each in state.trades}) == len(state.trades)


def test_a_partner_who_left_stays_in_the_earlier_weeks() -> None:
    state, now = weekly("1s 2s", "1s")
    state = membership.join(membership.leave(state, now, "m2"), now, "Cleo")
    assert [each.name for each in trades.trading_partners(state)] == ["Ada", "Ben", "Cleo"]
    assert trades.weeks(state, now)[1].traded


def test_a_traded_week_still_counts_after_a_partner_without_marks_leaves() -> None:
    state, now = weekly("1s 1r")
    state = membership.leave(state, now, "m2")
    assert [each.name for each in trades.trading_partners(state)] == ["Ada"]
    assert trades.weeks(state, now)[0].traded
    assert not trades.weeks(with_notes(state, now, "1s"), now)[0].traded


@pytest.mark.parametrize(
    ("hour", "week"), [(0.5, MONDAY), (3.9, MONDAY), (4, MONDAY + WEEK), (22, MONDAY + WEEK)]
)
def test_a_trade_marked_after_midnight_on_sunday_counts_for_the_ending_week(
    hour: float, week: date
) -> None:
    monday = datetime(2026, 3, 9, tzinfo=UTC) + timedelta(hours=hour)
    assert trades.week_of(pair_of(), monday) == week
    assert with_notes(pair_of(), monday, "1s").trades == (Trade(week=week, member="m1", sent=True),)
