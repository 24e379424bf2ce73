"""Attendance out of many files: our typed reading of the facts, and plain TinyDB on the same."""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from tinydb import Query, TinyDB

from circle_tui.core.attendance import figures
from circle_tui.core.attendance.figures import AttendanceCount
from circle_tui.store import attendance_reader
from circle_tui.store.attendance_reader import LoadedFacts
from circle_tui.store.export_key import create_key
from tests.bench import circles
from tests.bench.figures import Figure, least, timed
from tests.bench.pty import BARE
from tests.bench.start import first_frame

AT_A_TIME = 25
_ID = re.compile(rb'"id": "[0-9a-f]+"')
CAME = ("present", "late", "left early")

PEAK = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from circle_tui.service.reviews import reviews
for each in reviews([Path(sys.argv[1])], datetime.now(UTC)):
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""

INTO = """
import sys, time
from pathlib import Path
from circle_tui.reports.command import Export, export_into
from circle_tui.service.clock import SystemClock
key = Path(sys.argv[3])
assert export_into([Path(sys.argv[1])], Path(sys.argv[2]), SystemClock(), Export(key=key)) == 0
print(time.process_time())
"""

COMPARED = """
import sys
from pathlib import Path
from tests.bench.attendance import compared
print(*compared(Path(sys.argv[1])))
"""


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as place:
        yield from _one_circle(Path(place) / "one")
        yield from _many_circles(Path(place) / "many")


def _one_circle(folder: Path) -> Iterator[Figure]:
    path = circles.make(folder, 260).path
    assert _by_member(_facts(path)) == _by_query(path)
    theirs, ours = least(timed(lambda: _by_query(path)), timed(lambda: _by_member(_facts(path))))
    what = "one circle of 260 meetings: TinyDB, a query per member ÷ ours"
    yield Figure(what, theirs / ours, 10, at_least=True)


def _many_circles(folder: Path) -> Iterator[Figure]:
    made = [circles.make(folder, 52, name=f"Circle {seed}", seed=seed).path for seed in range(8)]
    # Enough of them to read, without an hour of making them.
    paths = [folder / f"copy-{number}.json" for number in range(1000 - len(made))]
    for number, path in enumerate(paths):
        # With an id of its own, or it would be left out as a copy.
        raw = made[number % len(made)].read_bytes()
        path.write_bytes(_ID.sub(b'"id": "%032x"' % number, raw, count=1))
    paths += made
    assert _by_cycle(made) == _by_loop(made)
    theirs, ours = _in_a_fresh_process(COMPARED, folder)
    what = "1,000 circles of 52 meetings: TinyDB's `.all()` and a loop ÷ ours"
    yield Figure(what, theirs / ours, 4, at_least=True)
    few = folder.parent / "few"
    few.mkdir()
    for number, path in enumerate(paths[:100]):
        (few / f"{number}.json").write_bytes(path.read_bytes())
    small, large = (_in_a_fresh_process(PEAK, each)[0] for each in (few, folder))
    yield Figure("memory for the reviews of 1,000 circles ÷ of 100", large / small, 1.1)
    first, again = _into_parts(folder, paths[0])
    what = "a folder of parts for 1,000 circles, after a change in one ÷ the first time"
    yield Figure(what, again / first, 0.1)
    for path in paths[200:]:
        path.unlink()
    review, bare = least(
        lambda: first_frame("Circle", "-m", "circle_tui", "review", str(folder)),
        lambda: first_frame("ready", "-c", BARE),
    )
    yield Figure("first screen of the review of 200 circles ÷ bare app", review / bare, 1.5)


def _into_parts(folder: Path, changed: Path) -> tuple[float, float]:
    """The processor seconds of the first time, and of the next after one circle has changed."""
    parts = folder.parent / "parts"
    key = folder.parent / "shared.key"
    create_key(key)
    (first,) = _in_a_fresh_process(INTO, folder, parts, key)
    # Files that were written just now would all be read again.
    time.sleep(3)
    changed.write_bytes(changed.read_bytes().replace(b'"present"', b'"excused"', 1))
    (again,) = _in_a_fresh_process(INTO, folder, parts, key)
    return first, again


def compared(folder: Path) -> tuple[float, float]:
    """The seconds that TinyDB's loop and ours take for all circles in a folder."""
    paths = sorted(folder.glob("*.json"))
    # A few at a time, by turns: no machine leaves anybody alone for as long as a thousand take.
    several = [paths[at : at + AT_A_TIME] for at in range(0, len(paths), AT_A_TIME)]
    pairs = [
        least(
            timed(lambda some=some: _by_loop(some)),  # type: ignore[misc]
            timed(lambda some=some: _by_cycle(some)),  # type: ignore[misc]
            rounds=5,
        )
        for some in several
    ]
    theirs, ours = map(sum, zip(*pairs, strict=True))
    return theirs, ours


def _facts(path: Path) -> LoadedFacts:
    found = attendance_reader.read_facts(path)
    assert isinstance(found, LoadedFacts)
    return found


def _by_member(found: LoadedFacts) -> dict[tuple[str, int], AttendanceCount]:
    """Who came, of each member and cycle."""
    came: dict[tuple[str, int], list[int]] = {}
    for meeting in found.facts.records:
        for member, how in meeting.attendance.items():
            counted = came.setdefault((member, meeting.cycle), [0, 0])
            counted[0] += how.attended
            counted[1] += 1
    return {each: AttendanceCount(*counted) for each, counted in came.items()}


def _by_query(path: Path) -> dict[tuple[str, int], AttendanceCount]:
    came: dict[tuple[str, int], list[int]] = {}
    with TinyDB(path, access_mode="r") as db:
        for member in db.table("members").all():
            expected = Query().attendance[member["id"]].exists()
            for meeting in db.table("sessions").search(expected):
                counted = came.setdefault((member["id"], meeting["cycle"]), [0, 0])
                counted[0] += meeting["attendance"][member["id"]] in CAME
                counted[1] += 1
    return {each: AttendanceCount(*counted) for each, counted in came.items()}


def _by_cycle(paths: list[Path]) -> list[tuple[int, AttendanceCount]]:
    """Who came, of each circle and cycle, one circle at a time."""
    found = []
    for each in attendance_reader.read_all(paths):
        assert isinstance(each, LoadedFacts)
        cycles = groupby(each.facts.records, attrgetter("cycle"))
        found += [(cycle, figures.count_attendance(meetings)) for cycle, meetings in cycles]
    return found


def _by_loop(paths: list[Path]) -> list[tuple[int, AttendanceCount]]:
    found = []
    for path in paths:
        cycles: dict[int, list[int]] = {}
        with TinyDB(path, access_mode="r") as db:
            for meeting in db.table("sessions").all():
                counted = cycles.setdefault(meeting["cycle"], [0, 0])
                for how in meeting["attendance"].values():
                    counted[0] += how in CAME
                    counted[1] += 1
        found += [(cycle, AttendanceCount(*counted)) for cycle, counted in sorted(cycles.items())]
    return found


def _in_a_fresh_process(program: str, *folders: Path) -> list[float]:
    """The numbers it prints. What was done before would have made its memory another."""
    command = (sys.executable, "-c", program, *map(str, folders))
    return [float(each) for each in subprocess.check_output(command).split()]
