"""An output file is complete or absent, and never replaces a circle's file."""

import errno
import os
import stat
from pathlib import Path

import pytest

from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.state import CircleState
from circle_tui.store import atomic
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import SaveError
from circle_tui.store.journal import SQLiteJournal
from circle_tui.store.output_file import output_file, refuse_input


def write(path: Path, *parts: bytes) -> None:
    with output_file(path) as file:
        for part in parts:
            file.write(part)


def refusal_of_write(path: Path) -> str:
    with pytest.raises(SaveError) as refused:
        write(path, b"new")
    assert len(str(refused.value).splitlines()) == 1
    return str(refused.value)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_an_output_file_is_complete_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write(path, b"a", b"b")
    assert path.read_bytes() == b"ab"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert names(tmp_path) == ["out.csv"]


def test_an_output_file_replaces_the_old_one_only_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    with output_file(path) as file:
        file.write(b"n" * 100_000)
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"n" * 100_000


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), SaveError("x"), BrokenPipeError()], ids=repr)
def test_any_error_leaves_the_old_output_file(tmp_path: Path, stop: BaseException) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")

    def write_and_stop() -> None:
        with output_file(path) as file:
            file.write(b"new")
            raise stop

    with pytest.raises(type(stop)):
        write_and_stop()
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["out.csv"]


def test_a_full_disk_is_reported_in_one_sentence_and_leaves_the_old_output_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    assert refusal_of_write(path) == "The disk is full: free some space, then try again."
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["out.csv"]


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    assert refusal_of_write(missing / "out.csv") == (
        f"There's no folder {missing}: make it first, or choose another."
    )
    (tmp_path / "file").touch()
    assert "There's no folder" in refusal_of_write(tmp_path / "file" / "out.csv")


def test_a_folder_that_may_not_be_written_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An administrator may write to every folder, so the refusal is simulated.
    def refuse(*_arguments: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(atomic, "_temporary_name", refuse)
    assert refusal_of_write(tmp_path / "out.csv") == (
        f"You aren't allowed to write to {tmp_path}: choose another folder."
    )


def test_something_other_than_a_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert "isn't a file that can be replaced" in refusal_of_write(tmp_path / "folder")
    assert names(tmp_path) == ["folder"]


def test_output_can_be_written_to_a_pipe_or_a_device(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    # The reader has the pipe open already, so writing does not wait.
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with output_file(pipe) as file:
            file.write(b"who came")
        assert os.read(reader, 100) == b"who came"
    finally:
        os.close(reader)
    with output_file(Path(os.devnull)) as file:
        file.write(b"who came")
    assert names(tmp_path) == ["pipe"]


def test_a_planted_link_is_not_written_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other_file = tmp_path / "victim"
    other_file.write_bytes(b"theirs")
    guesses = iter(["guessed", "free"])
    monkeypatch.setattr(atomic, "_random_part", lambda: next(guesses))
    (tmp_path / ".out.csv.guessed.tmp").symlink_to(other_file)
    write(tmp_path / "out.csv", b"mine")
    assert other_file.read_bytes() == b"theirs"
    assert (tmp_path / "out.csv").read_bytes() == b"mine"


def test_an_output_link_is_followed_one_step(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out.csv").symlink_to("elsewhere/real.csv")
    write(tmp_path / "out.csv", b"new")
    assert (tmp_path / "out.csv").is_symlink()
    assert names(tmp_path / "elsewhere") == ["real.csv"]


def test_a_circles_own_file_is_never_replaced(tmp_path: Path, circle: Circle) -> None:
    file = CircleFile.create(tmp_path / "circles", circle)
    whole = file.path.read_bytes()
    copy = tmp_path / "copy of it"
    copy.write_bytes(whole)
    link = tmp_path / "link.csv"
    link.symlink_to(file.path)
    for path in (file.path, copy, link):
        assert refusal_of_write(path) == f"{path} is a circle's own file: choose another name."
    assert file.path.read_bytes() == copy.read_bytes() == whole


@pytest.mark.parametrize(
    "name",
    ["a.json.bak", "a.live", "a.live-wal", "a.live-shm", "a.lock", "a.dropped", "a.dropped-wal"],
)
def test_the_other_files_of_a_circle_are_never_replaced(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"theirs")
    assert "is a circle's own file" in refusal_of_write(tmp_path / name)
    assert (tmp_path / name).read_bytes() == b"theirs"


def test_a_damaged_input_file_is_not_replaced(tmp_path: Path) -> None:
    torn = tmp_path / "torn.json"
    torn.write_bytes(b'{"circle"')
    (tmp_path / "link").symlink_to(torn)
    with pytest.raises(SaveError, match="circle's own file"):
        refuse_input(tmp_path / "link", torn)
    refuse_input(tmp_path / "other", torn)
    refuse_input(torn, tmp_path / "gone")


def test_an_output_file_may_have_the_longest_possible_name(tmp_path: Path) -> None:
    path = tmp_path / ("é" * 125 + ".csv")
    write(path, b"one")
    write(path, b"two")
    assert path.read_bytes() == b"two"
    assert names(tmp_path) == [path.name]


# Files that only look like a circle's


def newer(raw: bytes) -> bytes:
    return raw.replace(b'"schema": 1', b'"schema": 9')


DAMAGES = {
    "of a newer version": newer,
    "torn": lambda raw: raw[:40],
    "with a byte that is no text": lambda raw: raw.replace(b"Harbour", b"Harb\xff"),
    "with its beginning gone": lambda raw: bytes(2000) + raw[20:],
    "in another encoding": lambda raw: raw.decode().encode("utf-16"),
    "on one line": lambda raw: raw.replace(b"\n", b"").replace(b" ", b""),
    "with an invalid member": lambda raw: raw.replace(b'"m1"', b'""'),
}


@pytest.mark.parametrize("name", ["harbour.json", "copy", "report.csv"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_an_unreadable_circle_is_never_replaced(
    tmp_path: Path, full_state: CircleState, name: str, damage: str
) -> None:
    file = CircleFile.create(tmp_path / "made", full_state.circle)
    file.save(full_state)
    damaged = DAMAGES[damage](file.path.read_bytes())
    path = tmp_path / name
    path.write_bytes(damaged)
    assert refusal_of_write(path) == f"{path} is a circle's own file: choose another name."
    assert path.read_bytes() == damaged


@pytest.mark.parametrize("tail", [".json.bak", ".json.missing", ".live", ".lock", ".dropped"])
@pytest.mark.parametrize("content", [None, b"", b"\0" * 500])
def test_a_file_that_has_a_circles_other_files_beside_it_is_never_replaced(
    tmp_path: Path, tail: str, content: bytes | None
) -> None:
    (tmp_path / f"harbour{tail}").write_bytes(b"")
    path = tmp_path / "harbour.json"
    if content is not None:
        path.write_bytes(content)
    assert "is a circle's own file" in refusal_of_write(path)
    assert (path.read_bytes() if content is not None else None) == content


def test_a_journal_is_never_replaced_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "evening.csv"
    journal = SQLiteJournal(path)
    journal.write(0, [("an act",)])
    journal.close()
    assert "is a circle's own file" in refusal_of_write(path)
    assert journal.load()[0] == (("an act",),)
    journal.close()


def test_a_file_without_read_permission_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(b"something")

    def refuse(*_arguments: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refuse)
        assert "is a circle's own file" in refusal_of_write(path)
    assert path.read_bytes() == b"something"


def test_a_circle_that_another_program_creates_meanwhile_is_not_replaced(
    tmp_path: Path, circle: Circle
) -> None:
    whole = CircleFile.create(tmp_path / "made", circle).path.read_bytes()
    path = tmp_path / "out.csv"

    def write_slowly() -> None:
        with output_file(path) as file:
            file.write(b"new")
            path.write_bytes(whole)

    with pytest.raises(SaveError, match="circle's own file"):
        write_slowly()
    assert path.read_bytes() == whole
    assert names(tmp_path) == ["made", "out.csv"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"range": {}, "circles": [{"name": "circle", "members": []}], "unreadable": []}',
        b"circle,member,attendance\r\n",
        b"PAR1\0\0circle",
        b"<svg><!-- circle --></svg>",
    ],
)
@pytest.mark.parametrize("name", ["report.json", "report.csv"])
def test_an_earlier_report_is_replaced(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    write(path, b"new")
    assert path.read_bytes() == b"new"
