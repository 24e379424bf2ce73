"""A circle, its records, its file, and child processes that can be killed."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import circle_tui
from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle.circle import Circle, make_circle
from circle_tui.core.circle.record import (
    CommitmentResult,
    MeetingRecord,
    NewCommitment,
    Outcome,
    Reset,
)
from circle_tui.core.circle.state import CircleState
from circle_tui.store.circle_file import CircleFile

NOW = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)
CIRCLE_ID = "0f" * 16


@pytest.fixture
def circle() -> Circle:
    return make_circle(
        "Harbour",
        "Ana, Ben, Chloé",
        "peer-circle",
        first=datetime(2026, 3, 5, 10, 0),  # noqa: DTZ001 - wall time
        zone="Europe/London",
        now=NOW,
        circle_id=CIRCLE_ID,
    )


@pytest.fixture
def record_of() -> Callable[..., MeetingRecord]:
    def record_of(number: int, words: str = "I review within a working day") -> MeetingRecord:
        started = NOW + timedelta(weeks=2 * number, seconds=4)
        return MeetingRecord(
            id=f"meeting-{number}",
            number=number,
            cycle=1,
            started=started,
            ended=started + timedelta(minutes=57),
            opener="m2",
            order=("m2", "m3", "m1"),
            attendance={
                "m1": Attendance.LATE,
                "m2": Attendance.PRESENT,
                "m3": Attendance.LEFT_EARLY,
            },
            guests=0,
            made=(NewCommitment(f"c{number}", "m2", words),),
            answered=(
                CommitmentResult(
                    f"c{number - 1}",
                    Outcome.MISSED,
                    got_in_the_way="a release",
                    reset=Reset.AGAIN,
                    becomes=f"c{number}",
                ),
            ),
            next=started + timedelta(weeks=2),
            reaches_out={"m1": "m3"},
        )

    return record_of


@pytest.fixture
def memory_folder(tmp_path: Path) -> Iterator[Path]:
    """An empty folder, in memory where possible: for tests that need no real disk."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as made:
        yield Path(made)


@pytest.fixture
def start_python() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a Python program as a process; if it still runs after the test, it is killed."""
    started: list[subprocess.Popen[str]] = []

    def start_python(program: str, *arguments: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", program, *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": str(Path(circle_tui.__file__).parents[1])},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start_python
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def full_state(circle: Circle, record_of: Callable[..., MeetingRecord]) -> CircleState:
    """A state with two of everything."""
    from .full_state import full_history

    return full_history(circle, record_of)


@pytest.fixture
def file(tmp_path: Path, circle: Circle, full_state: CircleState) -> CircleFile:
    """The file of a circle that has saved `full_state`."""
    made = CircleFile.create(tmp_path / "sessions", circle)
    made.save(full_state)
    return made
