"""Dates in a calendar file, read by programs that have nothing to do with the one that wrote it."""

import re
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject
from msgspec.structs import replace

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.calendar import DAY_BEFORE, Calendar, CalendarEvent
from circle_tui.core.circle import membership, rebooking
from circle_tui.core.circle.record import Retrospective
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.reports.calendar_file import as_icalendar
from circle_tui.views.calendar import circle_calendar
from tests.core.meetings import START, circle_of, record

HOUR = timedelta(hours=1)
NAMES = (
    "Harbour, Pier; and \\ “Quay”: the 2nd",
    "Émile’s Круг 🌊👩‍👩‍👧 " * 8,
    "מעגל הנמל: דנה",
    "BEGIN:VALARM",
)


def written(state: CircleState, saved: datetime = START) -> bytes:
    return as_icalendar(circle_calendar(CircleSnapshot(state, START), saved))


def read(content: bytes) -> list[Any]:
    """The events, as vobject reads them."""
    return list(vobject.readOne(content.decode()).vevent_list)


def one(**changes: object) -> Calendar:
    """A calendar of one event."""
    event = CalendarEvent("u@circle-tui", "Pier", "Meeting 1.", START, START + HOUR)
    return Calendar("Pier", START, (event._replace(**changes),))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_arrives_whole_and_no_line_is_too_long(name: str) -> None:
    content = as_icalendar(one(summary=name, description=f"If everyone comes, {name} opens."))
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    (event,) = read(content)
    assert event.summary.value == name
    assert event.description.value == f"If everyone comes, {name} opens."
    assert not hasattr(event, "valarm")


def test_a_meeting_is_private_in_utc_and_has_its_alarms() -> None:
    first, *_ = read(written(CircleState(circle=circle_of(3))))
    assert first.dtstart.value == START
    assert first.dtend.value == START + HOUR
    assert b"DTSTART:20260305T100000Z" in written(CircleState(circle=circle_of(3)))
    assert first.contents["class"][0].value == "PRIVATE"
    triggers = [alarm.trigger.value for alarm in first.valarm_list]
    assert triggers == [timedelta(days=-1), timedelta(minutes=-10)]
    assert vobject.readOne(written(CircleState(circle=circle_of(3))).decode()).method.value == (
        "PUBLISH"
    )


def test_across_a_change_of_the_clocks_a_meeting_keeps_the_circles_own_time() -> None:
    events = read(written(CircleState(circle=circle_of(3))))
    hours = {event.dtstart.value.astimezone(circle_of().tz).hour for event in events}
    assert hours == {10}
    # It is another hour in UTC.
    assert {event.dtstart.value.astimezone(UTC).hour for event in events} == {9, 10}


def test_a_whole_day_has_no_time_and_its_alarm_is_not_at_midnight() -> None:
    day = date(2026, 4, 2)
    content = as_icalendar(
        one(starts=day, ends=day + timedelta(days=1), alarms=(timedelta(hours=15),))
    )
    (event,) = read(content)
    assert (event.dtstart.value, event.dtend.value) == (day, date(2026, 4, 3))
    assert event.valarm.trigger.value == timedelta(hours=-15)


def test_the_same_circle_gives_the_same_bytes_and_each_change_a_higher_sequence() -> None:
    state = CircleState(circle=circle_of(3))
    assert written(state) == written(state)
    numbers = [
        int(read(written(state, START + later))[0].sequence.value)
        for later in (timedelta(), timedelta(seconds=1), timedelta(days=9000))
    ]
    assert numbers == sorted(set(numbers))
    assert numbers[-1] < 2**31


def test_a_file_that_a_copy_made_older_does_not_lower_the_sequence_below_its_last_meeting() -> None:
    met = CircleState(circle=circle_of(3), records=(record(1),))
    (event, *_) = read(written(met, START - timedelta(days=300)))
    assert event.dtstamp.value == record(1).ended


# Khal's own database


class Khal:
    """A calendar program of its own, with an empty calendar."""

    def __init__(self, program: str, home: Path) -> None:
        self._program, self._home = program, home
        self.calendar = home / "calendar"
        self.calendar.mkdir()
        (home / "config").write_text(
            f"[calendars]\n[[circle]]\npath = {self.calendar}\n[sqlite]\npath = {home / 'db'}\n"
            "[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\ntimeformat = %H:%M\n"
            "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\n"
            "longdatetimeformat = %Y-%m-%d %H:%M\n"
        )

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            (self._program, "-c", str(self._home / "config"), *arguments),
            capture_output=True,
            encoding="utf-8",
            check=True,
            timeout=60,
            env={"HOME": str(self._home), "LANG": "C.UTF-8", "TZ": "UTC"},
        )
        return done.stdout

    def take(self, content: bytes) -> None:
        path = self._home / "circle.ics"
        path.write_bytes(content)
        self.run("import", "--batch", "-a", "circle", str(path))

    def starts(self) -> dict[str, str]:
        """When each event starts, and its status, by the number of its meeting."""
        listed = self.run("list", "--format", "{uid}|{start}|{status}", "2026-01-01", "400d")
        found = re.findall(r"meeting-(\d+)@circle-tui\|(.*?)\|(.*)", listed)
        assert len(found) == len({number for number, *_ in found}), "an event came twice"
        return {number: f"{start} {status}".strip() for number, start, status in found}


@pytest.fixture
def khal(tmp_path: Path) -> Khal:
    program = shutil.which("khal")
    if program is None:
        pytest.skip("khal is not installed")
    return Khal(program, tmp_path)


def test_in_khal_a_moved_a_held_and_a_rested_meeting_are_updated_and_none_doubles(
    khal: Khal,
) -> None:
    state = CircleState(circle=circle_of(3, cycle=3))
    khal.take(written(state))
    before = khal.starts()
    assert set(before) == {"1", "2", "3"}
    assert before["2"].startswith("2026-03-19 10:00")
    khal.take(written(state))
    assert khal.starts() == before

    moved = rebooking.rebook(state, START - DAY_BEFORE, "2026-03-07 18:00")
    khal.take(written(moved, START + timedelta(minutes=1)))
    after = khal.starts()
    assert after["1"].startswith("2026-03-07 18:00")
    assert set(after) == set(before)

    rested = replace(
        state,
        records=(
            record(1),
            record(2),
            record(3, looked_back=Retrospective(choice=CycleChoice.REST, worked="", change="")),
        ),
    )
    khal.take(written(rested, START + timedelta(minutes=2)))
    after = khal.starts()
    assert after["1"].startswith("2026-03-05 10:00")
    assert all(after[number].endswith("CANCELLED") for number in ("4", "5", "6"))


def test_in_khal_the_one_who_opens_is_another_once_somebody_is_away(khal: Khal) -> None:
    state = CircleState(circle=circle_of(4, cycle=2))
    khal.take(written(state))
    assert "Ada opens" in khal.run("list", "--format", "{description}", "2026-03-05", "1d")
    away = membership.go_away(state, START, "m1")
    khal.take(written(away, START + timedelta(minutes=1)))
    said = khal.run("list", "--format", "{description}", "2026-03-05", "1d")
    assert "Ben opens" in said
    assert "Ada" not in said
