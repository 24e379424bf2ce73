"""In which weeks a trading pair traded, as its lead sees it."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.attendance.facts import AttendanceFacts, Trade
from circle_tui.core.attendance.figures import ALL_DATES, DateRange, review
from circle_tui.core.attendance.summary import no_meeting, summary, week_sentence
from circle_tui.core.attendance.trading import trading_weeks
from circle_tui.core.circle.circle import Circle, make_circle

MONDAY = date(2026, 3, 2)
WEEK = timedelta(weeks=1)


def pair(format_key: str = "trading-pair") -> Circle:
    return make_circle("Pair", "Ana, Ben", format_key, zone="UTC", now=moment(0))


def moment(weeks: int, days: int = 2) -> datetime:
    """A Wednesday so many weeks later."""
    return datetime(2026, 3, 2, 10, tzinfo=UTC) + weeks * WEEK + timedelta(days=days)


def trade(weeks: int, member: str, *, sent: bool = False, received: bool = False) -> Trade:
    return Trade(week=MONDAY + weeks * WEEK, member=member, sent=sent, received=received)


def both(weeks: int) -> tuple[Trade, Trade]:
    return trade(weeks, "m1", sent=True), trade(weeks, "m2", sent=True)


def traded(
    *trades: Trade, now: datetime, within: DateRange = ALL_DATES, format_key: str = "trading-pair"
) -> list[bool]:
    facts = AttendanceFacts(circle=pair(format_key), trades=trades)
    return [week.traded for week in trading_weeks(facts, now, within)]


def test_a_week_counts_where_recordings_went_both_ways() -> None:
    one_way = trade(1, "m1", sent=True)
    assert traded(*both(0), one_way, *both(3), now=moment(4)) == [True, False, False, True]
    by_the_other = trade(1, "m1", sent=True, received=True)
    assert traded(by_the_other, now=moment(2)) == [True]


def test_the_present_week_counts_only_once_it_was_traded_in() -> None:
    assert traded(*both(0), now=moment(1)) == [True]
    assert traded(*both(0), trade(1, "m1", sent=True), now=moment(1)) == [True]
    assert traded(*both(0), *both(1), now=moment(1)) == [True, True]


def test_days_limit_it_by_the_weeks_mondays() -> None:
    trades = (*both(0), *both(1), *both(2))
    within = DateRange(MONDAY + WEEK, MONDAY + WEEK)
    assert traded(*trades, now=moment(3), within=within) == [True]


def test_a_circle_that_meets_has_none_and_a_wrong_date_makes_no_million() -> None:
    assert traded(*both(0), now=moment(3), format_key="pod") == []
    old = Trade(week=date(1, 1, 2), member="m1", sent=True)
    assert len(traded(old, now=moment(0))) < 1001
    later = trade(50, "m1", sent=True, received=True)
    assert traded(later, now=moment(0)) == []


@pytest.mark.parametrize("seed", range(20))
def test_trading_weeks_are_what_a_plain_count_gives(seed: int) -> None:
    chance = random.Random(seed)
    notes = {
        (week, member, half): chance.random() < 0.4
        for week in range(9)
        for member in ("m1", "m2")
        for half in ("sent", "received")
    }
    trades = [
        trade(
            week, member, sent=notes[week, member, "sent"], received=notes[week, member, "received"]
        )
        for week in range(9)
        for member in ("m1", "m2")
    ]
    chance.shuffle(trades)
    expected = [
        (
            (notes[week, "m1", "sent"] or notes[week, "m2", "received"])
            and (notes[week, "m2", "sent"] or notes[week, "m1", "received"])
        )
        or any(notes[week, who, "sent"] and notes[week, who, "received"] for who in ("m1", "m2"))
        for week in range(9)
    ]
    assert traded(*trades, now=moment(9)) == expected


def test_sentences_are_about_the_pair() -> None:
    facts = AttendanceFacts(circle=pair(), trades=(*both(0), trade(1, "m2", sent=True), *both(2)))
    found = review(facts, moment(3))
    assert list(summary(found))[-1] == "Traded in 2 of 3 weeks."
    assert no_meeting(found) == ("Week by week since 2 March 2026 (● traded, ○ not traded): ● ○ ●")
    assert week_sentence(found.weeks[1]) == "The week from 9 March 2026: not traded."
    said = " ".join([*summary(found), no_meeting(found)])
    assert "Ana" not in said
    assert "Ben" not in said
    one = review(replace(facts, trades=both(0)), moment(1))
    assert "Traded in 1 of 1 week." in list(summary(one))
    elsewhere = review(facts, moment(3), DateRange(date(2030, 1, 1), None))
    assert list(summary(elsewhere))[-1] == "There's no week of theirs in these days."
