"""Attendance is what its definition says, reckoned a second time by other means.

Circles live by the real rules while a ledger of its own is kept (`tests/core/ledger.py`). What
the program makes of their files is compared with that ledger, and with what plain TinyDB and SQL
make of the same files.
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
from circle_tui.store.attendance_reader import Read
from circle_tui.store.codec import file_contents
from tests.core.ledger import Ledger, Life
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
    """A range as SQL compares it."""
    return (within.start or date.min).isoformat(), (within.end or date.max).isoformat()


def plainly(path: Path) -> sqlite3.Connection:
    """The file as a stranger would read it: plain TinyDB, into a table for SQL."""
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


def written_down(ledger: Ledger, zone: ZoneInfo) -> Iterator[tuple[object, ...]]:
    """The ledger as rows of the same table."""
    for number, met in enumerate(ledger.met, 1):
        day = met.started.astimezone(zone).date().isoformat()
        for member, how in met.came.items():
            yield number, met.cycle, day, member, how


def check(life: Life, path: Path, within: DateRange) -> Review:
    """The review of what `life` left says what the ledger and SQL say; it is handed back."""
    path.write_bytes(file_contents.encode(life.state).to_bytes())
    found = attendance_reader.read(path)
    assert isinstance(found, Read)
    made, ledger = review(found.facts, life.now, within), life.ledger
    zone = ZoneInfo(life.state.circle.zone)
    with closing(plainly(path)) as db:
        rows = sorted(db.execute("SELECT * FROM expected").fetchall())
        assert rows == sorted(written_down(ledger, zone))
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

    def falls(moment: datetime) -> bool:
        day = moment.astimezone(zone).date().isoformat()
        return days(within)[0] <= day <= days(within)[1]

    held = [met for met in ledger.met if falls(met.started)]
    lost = [put for put in ledger.lost_by(life.now) if falls(put.planned)]
    # Which these are is reckoned a second time in the tests of signs.
    silent = [date for date in silent_dates(found.facts, life.now) if falls(date)]
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


def some_range(chance: Random, ledger: Ledger) -> DateRange:
    """Days somewhere in the circle's life; mostly not where a meeting is, sometimes just there."""
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


def test_attendance_is_what_a_ledger_of_its_own_says(tmp_path: Path, full: bool) -> None:
    # Not shrunk: to make a whole life shorter takes minutes, and its seed is printed either way.
    @settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=1000 if full else 25,
        phases=(Phase.explicit, Phase.generate),
    )
    @given(seed=st.integers(0, 2**32))
    def check_a_life(seed: int) -> None:
        chance = Random(seed)
        life = Life(chance)
        life.live(chance.randint(1, 12))
        path = tmp_path / "circle.json"
        made = check(life, path, ALL_DATES)
        assert made.openings.startswith(EVEN)
        for _ in range(3):
            within = check(life, path, some_range(chance, life.ledger))
            assert within.openings.startswith(EVEN)

    check_a_life()


# Who opens


def waited_longer(facts: AttendanceFacts) -> int:
    """At how many meetings somebody there all along had waited longer than whoever opened."""
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
def test_openings_are_uneven_where_somebody_there_had_waited_longer(
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
    uneven = waited_longer(facts)
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


# By hand


def test_late_and_left_early_have_come_and_the_excused_are_expected() -> None:
    met = record(1, attendance={f"m{n}": how for n, how in enumerate(Attendance, 1)}, guests=4)
    assert count_attendance((met,)) == AttendanceCount(3, 5)
    assert count_attendance((met,)).ratio == pytest.approx(0.6)


def test_where_nobody_was_expected_there_is_no_attendance() -> None:
    assert count_attendance((record(1, attendance={}, guests=2),)) == AttendanceCount(0, 0)
    assert count_attendance(()).ratio is None


def test_a_range_is_of_days_on_the_circles_own_calendar() -> None:
    # 10:00 in London is the next day in Kiritimati already.
    circle = replace(circle_of(2), zone="Pacific/Kiritimati")
    facts = history_of([record(1)], circle)
    here, there = date(2026, 3, 5), date(2026, 3, 6)
    now = record(1).ended
    assert review(facts, now, DateRange(here, here)).held == 0
    assert review(facts, now, DateRange(there, there)).held == 1
