"""A program reads a circle at once and locks it when there is time, or at the first act."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.errors import RuleError
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

CLOCK = ManualClock(datetime(2026, 3, 5, 10, tzinfo=UTC))


@pytest.fixture
def file(tmp_path: Path, circle: Circle) -> CircleFile:
    return CircleFile.create(tmp_path / "sessions", circle)


def rename(file: CircleFile, name: str) -> None:
    """Rename a circle as another program would that opens it, renames it and closes it."""
    other = CircleService(file, CLOCK)
    other.execute(
        CircleCommand(lambda state, _now: replace(state, circle=replace(state.circle, name=name)))
    )
    other.close()


def test_reading_a_circle_leaves_its_lock_free(file: CircleFile) -> None:
    reader = CircleService(file, CLOCK, claim=False)
    rename(file, "Lighthouse")
    assert reader.reading_only is None
    reader.close()


def test_locking_reads_what_another_program_wrote_since_the_first_read(file: CircleFile) -> None:
    reader = CircleService(file, CLOCK, claim=False)
    rename(file, "Lighthouse")
    reader.claim()
    assert reader.circle.name == "Lighthouse"
    reader.close()


def test_locking_does_not_read_an_unchanged_file_again(
    file: CircleFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = CircleService(file, CLOCK, claim=False)
    before = reader.state
    monkeypatch.setattr(CircleFile, "read", lambda _file: pytest.fail("read again"))
    reader.claim()
    assert reader.state is before
    reader.close()


def test_the_first_act_locks_a_circle_that_was_only_read(file: CircleFile) -> None:
    reader = CircleService(file, CLOCK, claim=False)
    rename(file, "Lighthouse")
    reader.execute(CircleCommand(lambda state, _now: replace(state, wins=())))
    assert file.read().circle.name == "Lighthouse"
    other = CircleService(file, CLOCK)
    assert other.reading_only is not None
    reader.close()
    other.claim()
    assert other.reading_only is None
    other.close()


def test_a_program_that_finds_the_circle_locked_can_only_read_it(file: CircleFile) -> None:
    reader = CircleService(file, CLOCK, claim=False)
    other = CircleService(file, CLOCK)
    reader.claim()
    assert reader.reading_only is not None
    with pytest.raises(RuleError, match="open in another terminal"):
        reader.execute(CircleCommand(lambda state, _now: state))
    other.close()
