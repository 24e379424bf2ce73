"""Only one program at a time writes to a circle."""

import errno
import fcntl
import os
import platform
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from circle_tui.store.errors import SaveError
from circle_tui.store.lock import CircleLock, LockedError, holder_of, is_gone
from tests.hostile_text import is_one_sentence

HOLDS = """
import sys
from pathlib import Path
from circle_tui.store.lock import CircleLock
lock = CircleLock(Path(sys.argv[1]), "Harbour")
lock.acquire()
print("held", flush=True)
sys.stdin.readline()
lock.release()
print("released", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "harbour.lock"


@pytest.fixture
def holder(path: Path, start_python: Callable[..., subprocess.Popen[str]]) -> subprocess.Popen[str]:
    process = start_python(HOLDS, path)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_program_is_told_who_has_the_circle_open(
    path: Path, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = CircleLock(path, "Harbour")
    with pytest.raises(LockedError) as refused:
        lock.acquire()
    found = refused.value.holder
    assert found is not None
    assert found.process == holder.pid
    assert found.since.utcoffset() is not None
    assert str(refused.value) == (
        f"Harbour is open in another terminal (process {holder.pid} on {os.uname().nodename}, "
        f"since {found.since.astimezone():%A %H:%M}): close it there first."
    )
    lock.release()


def test_the_lock_is_free_as_soon_as_its_holder_is_killed(
    path: Path, holder: subprocess.Popen[str]
) -> None:
    file = path.stat().st_ino
    holder.kill()
    holder.wait()
    lock = CircleLock(path)
    lock.acquire()
    assert path.stat().st_ino == file
    lock.release()


def test_a_program_that_takes_the_lock_after_a_kill_is_named_as_its_holder(
    path: Path, holder: subprocess.Popen[str]
) -> None:
    holder.kill()
    holder.wait()
    left = holder_of(path)
    assert left is not None
    assert is_gone(left)
    lock = CircleLock(path)
    lock.acquire()
    ours = holder_of(path)
    assert ours is not None
    assert ours.process == os.getpid()
    assert not is_gone(ours)
    lock.release()


def test_the_lock_is_free_when_its_holder_releases_it(
    path: Path, holder: subprocess.Popen[str]
) -> None:
    assert holder.stdin is not None
    assert holder.stdout is not None
    holder.stdin.write("\n")
    holder.stdin.flush()
    assert holder.stdout.readline() == "released\n"
    lock = CircleLock(path)
    lock.acquire()
    lock.release()


def test_a_failed_attempt_does_not_change_the_holders_note(
    path: Path, holder: subprocess.Popen[str]
) -> None:
    before = path.read_bytes()
    for _ in range(3):
        with pytest.raises(LockedError, match=str(holder.pid)):
            CircleLock(path).acquire()
    assert path.read_bytes() == before


def test_the_lock_file_remains_and_only_its_owner_can_read_it(path: Path) -> None:
    before = os.umask(0)
    try:
        lock = CircleLock(path)
        lock.acquire()
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    lock.release()
    assert path.read_bytes() == b""


def test_taking_and_releasing_twice_is_harmless(path: Path) -> None:
    lock, other = CircleLock(path, "Harbour"), CircleLock(path, "Harbour")
    lock.release()
    lock.acquire()
    lock.acquire()
    with pytest.raises(LockedError):
        other.acquire()
    lock.release()
    lock.release()
    other.acquire()
    other.release()


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"{",
        b"\xff" * 9,
        b'{"process": "4711"}',
        b"x" * 10_000,
        b'{"process":1,"host":"a","since":"0001-01-01T00:00:00+12:00"}',
    ],
)
def test_an_invalid_note_names_no_holder(path: Path, note: bytes) -> None:
    lock = CircleLock(path, "Harbour")
    lock.acquire()
    path.write_bytes(note)
    with pytest.raises(LockedError) as refused:
        CircleLock(path, "Harbour").acquire()
    assert str(refused.value) == "Harbour is open in another terminal: close it there first."
    lock.release()


def test_control_characters_in_a_host_name_are_not_printed(path: Path) -> None:
    lock = CircleLock(path)
    lock.acquire()
    path.write_bytes(b'{"process":7,"host":"a\\u001b[2Jb","since":"2026-03-05T10:02:00Z"}')
    with pytest.raises(LockedError, match=r"^harbour is open .*process 7 on a\[2Jb, since"):
        CircleLock(path).acquire()
    lock.release()


def test_the_lock_can_be_taken_on_a_full_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    lock = CircleLock(path)
    lock.acquire()
    with pytest.raises(LockedError):
        CircleLock(path).acquire()
    lock.release()


def test_a_folder_that_allows_no_lock_is_reported(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SaveError, match="isn't a folder"):
        CircleLock(tmp_path / "file" / "harbour.lock").acquire()
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SaveError):
        CircleLock(path).acquire()
    path.unlink()

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(SaveError, match=r"^The folder .* is read-only: "):
        CircleLock(path).acquire()


@pytest.mark.parametrize(
    "number", [errno.ENOSYS, errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP], ids=os.strerror
)
def test_a_disk_whose_locks_do_not_work_is_reported_with_advice(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(SaveError) as refused:
        CircleLock(path).acquire()
    said = str(refused.value)
    assert f"The disk that {path.parent} is on can't lock files" in said
    assert "move the circle to another disk, or choose another folder with --sessions" in said
    assert is_one_sentence(said)


def test_a_disk_that_gives_one_lock_to_several_programs_is_reported_with_advice(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fcntl, "flock", lambda *_: None)
    lock = CircleLock(path)
    with pytest.raises(SaveError, match=r"can't lock files.* move the circle to another disk"):
        lock.acquire()
    assert not lock.held
    assert path.read_bytes() == b""


def note_from(host: str) -> bytes:
    return b'{"process":7,"host":"%s","since":"2026-03-05T10:02:00Z"}' % host.encode()


def test_a_free_lock_that_names_another_computer_is_taken_with_a_warning(path: Path) -> None:
    path.write_bytes(note_from("miras-laptop"))
    lock = CircleLock(path, "Harbour")
    lock.acquire()
    assert lock.held
    said = lock.open_elsewhere
    assert said is not None
    assert said.startswith("Harbour seems to be open on miras-laptop too, since Thursday 5 March")
    assert is_one_sentence(said)
    lock.release()
    lock.acquire()
    assert lock.open_elsewhere is None
    lock.release()


@pytest.mark.parametrize("note", [b"", b"{", note_from(platform.node())])
def test_a_note_from_this_computer_does_not_count_as_another_computers(
    path: Path, note: bytes
) -> None:
    path.write_bytes(note)
    lock = CircleLock(path, "Harbour")
    lock.acquire()
    assert lock.open_elsewhere is None
    lock.release()


def test_a_holder_on_another_computer_is_named_with_that_computer(path: Path) -> None:
    lock = CircleLock(path, "Harbour")
    lock.acquire()
    path.write_bytes(note_from("miras-laptop"))
    with pytest.raises(LockedError, match=r"open on another computer .process 7 on miras-laptop"):
        CircleLock(path, "Harbour").acquire()
    lock.release()
