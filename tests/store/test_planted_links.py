"""Links that somebody else planted where we write are never followed; those in the way are
reported.
"""

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from circle_tui.core.circle import covenant
from circle_tui.core.circle.circle import Circle
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import commands
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store import crash_report
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError, SaveError
from circle_tui.store.lock import CircleLock
from tests.hostile_text import is_one_sentence

if os.name != "posix":
    pytest.skip("links are planted where anybody may make some", allow_module_level=True)

CLOCK = ManualClock(datetime(2026, 3, 5, 10, 0, tzinfo=UTC))
PRECIOUS = b"not ours to write\n"
TAILS = (
    ".json.bak", ".live", ".live-wal", ".live-shm", ".live-journal", ".lock", ".dropped",
    ".dropped-wal",
)  # fmt: skip


def everything_that_writes(file: CircleFile) -> list[str]:
    """Do everything that writes for a circle; return the sentences about what failed."""
    said: list[str] = []

    def attempt(act: Callable[[], object]) -> None:
        try:
            act()
        except (SaveError, LoadError, RuleError) as trouble:
            said.append(str(trouble))

    opened = CircleService(file, CLOCK)
    if opened.reading_only is not None:
        said.append(opened.reading_only)
    attempt(lambda: opened.execute(covenant.write))
    attempt(opened.undo)
    for _ in range(2):
        with suppress(SaveError, LoadError, RuleError):
            live = opened.begin()
            attempt(lambda live=live: live.execute(commands.begin))  # type: ignore[misc]
            live.pulse()
            if live.trouble is not None:
                said.append(live.trouble)
            opened.park()
        attempt(opened.resume)
        attempt(opened.set_aside)
    attempt(opened.begin)
    opened.close()
    return said


@pytest.mark.parametrize("link_target", [True, False], ids=["to a file", "to nothing"])
@pytest.mark.parametrize("tail", TAILS)
def test_nothing_is_written_through_a_planted_link(
    tmp_path: Path, circle: Circle, tail: str, link_target: bool
) -> None:
    file = CircleFile.create(tmp_path / "sessions", circle)
    before = file.read()
    precious = tmp_path / "precious"
    if link_target:
        precious.write_bytes(PRECIOUS)
        precious.chmod(0o644)
    file.path.with_name(f"{file.slug}{tail}").symlink_to(precious)
    said = everything_that_writes(file)
    assert all(map(is_one_sentence, said)), said
    assert precious.exists() is link_target
    if link_target:
        assert precious.read_bytes() == PRECIOUS
        assert stat.S_IMODE(precious.stat().st_mode) == 0o644
    assert file.read() == before


def test_a_link_to_an_empty_file_is_not_taken_for_a_journal(tmp_path: Path, circle: Circle) -> None:
    file = CircleFile.create(tmp_path / "sessions", circle)
    precious = tmp_path / "precious"
    precious.touch()
    file.journal_path.symlink_to(precious)
    assert any("a link to somewhere else" in each for each in everything_that_writes(file))
    assert precious.read_bytes() == b""


def test_a_dangling_link_in_the_journals_place_is_reported(tmp_path: Path, circle: Circle) -> None:
    file = CircleFile.create(tmp_path / "sessions", circle)
    assert not file.under_way
    file.journal_path.symlink_to(tmp_path / "nothing")
    assert file.under_way


def test_releasing_a_lock_that_was_replaced_by_a_link_does_not_empty_the_target(
    tmp_path: Path,
) -> None:
    lock, precious = CircleLock(tmp_path / "harbour.lock"), tmp_path / "precious"
    precious.write_bytes(PRECIOUS)
    lock.acquire()
    lock.path.unlink()
    lock.path.symlink_to(precious)
    lock.release()
    assert precious.read_bytes() == PRECIOUS


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that crash reports are written to."""
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: tmp_path / "log")
    return tmp_path / "log"


def test_only_the_owner_can_read_a_crash_report(log: Path) -> None:
    before = os.umask(0)
    try:
        path = crash_report.keep_crash("somewhere")
    finally:
        os.umask(before)
    assert path is not None
    assert path.read_text() == "somewhere"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.stat().st_mode) == 0o700


def test_a_crash_report_is_not_written_through_a_link_or_into_a_file_others_can_read(
    log: Path, tmp_path: Path
) -> None:
    log.mkdir()
    precious = tmp_path / "precious"
    precious.write_bytes(PRECIOUS)
    (log / "crash.txt").symlink_to(precious)
    path = crash_report.keep_crash("somewhere")
    assert path is not None
    assert precious.read_bytes() == PRECIOUS
    path.chmod(0o644)
    crash_report.keep_crash("elsewhere")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_crash_report_contains_no_words_of_members() -> None:
    words = "I told nobody"

    def looking_up(promise: str) -> None:
        try:
            {}[promise]
        except KeyError as error:
            raise ValueError(f"no {promise}") from error

    with pytest.raises(ValueError, match=words) as caught:
        looking_up(words)
    report = crash_report.traceback_without_messages(caught.value)
    assert "words" in report
    assert words not in report
    assert "looking_up" in report
    assert "builtins.KeyError" in report
    assert report.rstrip().endswith("builtins.ValueError")


def test_a_repeated_crash_is_recognised(log: Path) -> None:
    assert not crash_report.is_last_crash("somewhere")
    crash_report.keep_crash("somewhere")
    assert crash_report.is_last_crash("somewhere")
    assert not crash_report.is_last_crash("elsewhere")
    assert log.is_dir()
