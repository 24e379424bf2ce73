"""Attendance follows its definition: a second computation by other means gives the same figures.

Circles live by the real rules while an independent ledger is kept
(`tests/core/attendance_ledger.py`). What the program reads from their files is compared with that
ledger, and with what plain TinyDB and SQL compute from the same files.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tinydb import TinyDB

from circle_tui.core.attendance import figures
from circle_tui.core.attendance.facts import Attendance, AttendanceFacts
from circle_tui.core.attendance.figures import (
    ALL_DATES,
    AttendanceCount,
    DateRange,
    Review,
    count_attendance,
    review,
)
from circle_tui.core.attendance.silence import silent_dates
from circle_tui.store import attendance_reader
from circle_tui.store.attendance_reader import LoadedFacts
from circle_tui.store.codec import file_contents
from tests.core.attendance_ledger import CircleLife, Ledger
from tests.core.meetings import circle_of, history_of, record

BY_CYCLE = """
SELECT cycle, sum(how IN ('present', 'late', 'left early')), count(how)
FROM expected WHERE day BETWEEN ? AND ? GROUP BY cycle ORDER BY cycle
"""
BY_MEETING = """
SELECT number, sum(how IN ('present', 'late', 'left early')), count(how)
FROM expected WHERE day BETWEEN ? AND ? GROUP BY number ORDER BY number
"""
EVEN = ("No meeting ", "Openings are evenly shared")


def days(within: DateRange) -> tuple[str, str]:
    """The first and last day of a range, as strings that SQL can compare."""
    return (within.start or date.min).isoformat(), (within.end or date.max).isoformat()


def rows_by_tinydb(path: Path) -> sqlite3.Connection:
    """Read the file with plain TinyDB into rows for an SQL table."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE expected (number, cycle, day, member, how)")
    with TinyDB(path, access_mode="r") as file:
        (circle,) = file.table("circle").all()
        zone = ZoneInfo(circle["zone"])
        for met in file.table("sessions").all():
            day = datetime.fromisoformat(met["started"]).astimezone(zone).date().isoformat()
            for member, how in met["attendance"].items():
                row = (met["number"], met["cycle"], day, member, how)
                db.execute("INSERT INTO expected VALUES (?, ?, ?, ?, ?)", row)
    return db


def rows_of_ledger(ledger: Ledger, zone: ZoneInfo) -> Iterator[tuple[object, ...]]:
    """The ledger as rows of the same table."""
    for number, met in enumerate(ledger.met, 1):
        day = met.started.astimezone(zone).date().isoformat()
        for member, how in met.came.items():
            yield number, met.cycle, day, member, how


def check(life: CircleLife, path: Path, within: DateRange) -> Review:
    """Check that the review of `life` agrees with the ledger and with SQL; return the review."""
    path.write_bytes(file_contents.encode(life.state).to_bytes())
    found = attendance_reader.read_facts(path)
    assert isinstance(found, LoadedFacts)
    made, ledger = review(found.facts, life.now, within), life.ledger
    zone = ZoneInfo(life.state.circle.zone)
    with closing(rows_by_tinydb(path)) as db:
        rows = sorted(db.execute("SELECT * FROM expected").fetchall())
        assert rows == sorted(rows_of_ledger(ledger, zone))
        by_cycle = db.execute(BY_CYCLE, days(within)).fetchall()
        by_meeting = db.execute(BY_MEETING, days(within)).fetchall()
    assert [(each.number, *each.attendance) for each in made.cycles if each.held] == by_cycle
    assert [
        (met.number, *count_attendance((met,))) for each in made.cycles for met in each.held
    ] == by_meeting
    for each in made.cycles:
        assert each.attendance.ratio == (
            each.attendance.attended / each.attendance.expected
            if each.attendance.expected
            else None
        )

    def day_of(moment: datetime) -> bool:
        day = moment.astimezone(zone).date().isoformat()
        return days(within)[0] <= day <= days(within)[1]

    held = [met for met in ledger.met if day_of(met.started)]
    lost = [put for put in ledger.lost_by(life.now) if day_of(put.planned)]
    # The tests of signs compute them independently, so they are taken from the review here.
    silent = [date for date in silent_dates(found.facts, life.now) if day_of(date)]
    assert (made.held, made.planned) == (len(held), len(held) + len(lost) + len(silent))
    assert [met.guests for each in made.cycles for met in each.held] == [met.guests for met in held]
    assert {(each.number, put.planned) for each in made.cycles for put in each.cancelled} >= {
        (put.cycle, put.planned) for put in lost
    }
    if within == ALL_DATES:
        assert sum(len(each.cancelled) for each in made.cycles) == ledger.all_put_off
    expected = {each.id for each in found.facts.active}
    assert expected == ledger.expected
    assert {each.id for each in made.members} == expected.union(*(met.came for met in held))
    return made


def random_range(chance: Random, ledger: Ledger) -> DateRange:
    """Days in the circle's life: mostly not a meeting's day, sometimes exactly one."""
    moments = [met.started for met in ledger.met]
    ends = [
        None
        if chance.random() < 0.2
        else (chance.choice(moments) + timedelta(days=chance.choice((0, 0, 0, -1, 1, 30)))).date()
        for _ in range(2)
    ]
    start, end = ends
    return (
        DateRange(start, end)
        if start is None or end is None or start <= end
        else DateRange(end, start)
    )


def test_attendance_agrees_with_an_independent_ledger_and_with_sql(
    tmp_path: Path, full: bool
) -> None:
    # No shrinking: it takes minutes for a whole life, and the seed is printed anyway.
    @settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=1000 if full else 15,
        phases=(Phase.explicit, Phase.generate),
    )
    @given(seed=st.integers(0, 2**32))
    def check_a_life(seed: int) -> None:
        chance = Random(seed)
        life = CircleLife(chance)
        life.hold_meetings(chance.randint(1, 12))
        path = tmp_path / "circle.json"
        made = check(life, path, ALL_DATES)
        assert made.openings.startswith(EVEN)
        for _ in range(3):
            within = check(life, path, random_range(chance, life.ledger))
            assert within.openings.startswith(EVEN)

    check_a_life()


# Who opens the round


def meetings_with_a_longer_wait(facts: AttendanceFacts) -> int:
    """How often a member who was there had waited longer than the one who opened."""
    uneven = 0
    for at, met in enumerate(facts.records):
        before = [each.opener for each in facts.records[:at]]

        def last(member: str | None, before: list[str | None] = before) -> int:
            return max((n for n, opener in enumerate(before) if opener == member), default=-1)

        stayed = [member for member, how in met.attendance.items() if how is Attendance.PRESENT]
        uneven += met.opener is not None and any(
            last(member) < last(met.opener) for member in stayed
        )
    return uneven


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["m1", "m2", "m3", None]),
            st.lists(st.sampled_from(Attendance), min_size=3, max_size=3),
        ),
        max_size=8,
    )
)
def test_openings_are_uneven_if_a_member_who_was_there_had_waited_longer(
    meetings: list[tuple[str | None, list[Attendance]]],
) -> None:
    records = [
        record(
            number,
            opener=opener,
            attendance=dict(zip(("m1", "m2", "m3"), how, strict=True)),
        )
        for number, (opener, how) in enumerate(meetings, 1)
    ]
    facts = history_of(records, circle_of(3))
    uneven = meetings_with_a_longer_wait(facts)
    said = figures.openings(facts)
    if not any(opener for opener, _ in meetings):
        assert said == "No meeting has been opened yet."
    elif not uneven:
        assert said.startswith("Openings are evenly shared: ")
    else:
        meetings_said = "one meeting" if uneven == 1 else f"{uneven} meetings"
        assert said == (
            f"Openings are not evenly shared: at {meetings_said} somebody there had waited longer."
        )


# Small examples


def test_late_and_left_early_count_as_coming_and_excused_members_count_as_expected() -> None:
    met = record(1, attendance={f"m{n}": how for n, how in enumerate(Attendance, 1)}, guests=4)
    assert count_attendance((met,)) == AttendanceCount(3, 5)
    assert count_attendance((met,)).ratio == pytest.approx(0.6)


def test_there_is_no_attendance_rate_if_nobody_was_expected() -> None:
    assert count_attendance((record(1, attendance={}, guests=2),)) == AttendanceCount(0, 0)
    assert count_attendance(()).ratio is None


def test_a_range_counts_days_in_the_circles_own_time_zone() -> None:
    # 10:00 in London is already the next day in Kiritimati.
    circle = replace(circle_of(2), zone="Pacific/Kiritimati")
    facts = history_of([record(1)], circle)
    here, there = date(2026, 3, 5), date(2026, 3, 6)
    now = record(1).ended
    assert review(facts, now, DateRange(here, here)).held == 0
    assert review(facts, now, DateRange(there, there)).held == 1
