"""A circle's file is one complete version at every moment."""

import errno
import json
import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from circle_tui.store import atomic
from circle_tui.store.storage import AtomicJSONStorage

HOSTILE = [
    "\x1b[2J\x07",
    "a\u202eb\ud800",
    "\0\r\n\u2028",
    '"},{"',
    "👩‍👩‍👧 ﷽ Z͑ͫ̓ͪ",
    "",
    "x" * 100_000,
]


def store(path: Path, **fields: object) -> None:
    with TinyDB(path, storage=AtomicJSONStorage) as db:
        db.table("sessions").insert(fields)


def tables_by_plain_tinydb(path: Path) -> list[dict[str, object]]:
    with TinyDB(path) as db:
        return [dict(document) for document in db.table("sessions").all()]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_is_written_is_read_by_a_plain_tinydb(tmp_path: Path) -> None:
    path = tmp_path / "harbour.json"
    for text in HOSTILE:
        store(path, text=text)
    assert tables_by_plain_tinydb(path) == [{"text": text} for text in HOSTILE]


def test_the_file_is_ascii_with_one_document_per_line(tmp_path: Path) -> None:
    path = tmp_path / "harbour.json"
    store(path, text="Chloé", list=[1, {"a": None}])
    store(path, text="two\nlines")
    assert path.read_bytes().decode("ascii").splitlines() == [
        "{",
        ' "sessions": {',
        '  "1": {"text": "Chlo\\u00e9", "list": [1, {"a": null}]},',
        '  "2": {"text": "two\\nlines"}',
        " }",
        "}",
    ]


def test_plain_tinydb_reads_the_file_in_the_c_locale(
    tmp_path: Path,
    start_python: Callable[..., subprocess.Popen[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "harbour.json"
    store(path, text="Chloé 👩‍👩‍👧")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("PYTHONUTF8", "0")
    monkeypatch.setenv("PYTHONCOERCECLOCALE", "0")
    reader = start_python(
        "import locale, sys, tinydb\n"
        "assert 'UTF' not in locale.getpreferredencoding(False).upper()\n"
        "print(ascii(tinydb.TinyDB(sys.argv[1]).table('sessions').all()[0]['text']))",
        path,
    )
    assert reader.communicate()[0].strip() == ascii("Chloé 👩‍👩‍👧")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_saved_by_an_editor_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "harbour.json"
    path.write_text('{"sessions": {"1": {"text": "Chloé"}}}', encoding=encoding)
    store(path, text="more")
    assert tables_by_plain_tinydb(path) == [{"text": "Chloé"}, {"text": "more"}]


def test_an_encoding_can_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "harbour.json"
    path.write_text('{"sessions": {"1": {"text": "Chloé"}}}', encoding="cp037")
    with TinyDB(path, storage=AtomicJSONStorage, encoding="cp037") as db:
        db.table("sessions").insert({"text": "more"})
    said = json.loads(path.read_text(encoding="cp037"))
    assert [each["text"] for each in said["sessions"].values()] == ["Chloé", "more"]
    with (
        TinyDB(path, storage=AtomicJSONStorage) as db,
        pytest.raises(ValueError, match=r"codec|Expecting"),
    ):
        db.tables()


def test_each_write_leaves_the_previous_version_as_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "harbour.json"
    store(path, text="one")
    assert names(tmp_path) == ["harbour.json"]
    for text in ("two", "three"):
        before = path.read_bytes()
        store(path, text=text)
        assert (tmp_path / "harbour.json.bak").read_bytes() == before
    assert names(tmp_path) == ["harbour.json", "harbour.json.bak"]


def test_files_left_by_a_crash_between_backup_and_replacement_are_deleted_later(
    tmp_path: Path,
) -> None:
    path = tmp_path / "harbour.json"
    store(path, text="one")
    os.link(path, tmp_path / "harbour.json.bak")
    store(path, text="two")
    assert names(tmp_path) == ["harbour.json", "harbour.json.bak"]
    assert len(tables_by_plain_tinydb(path)) == 2
    assert len(tables_by_plain_tinydb(tmp_path / "harbour.json.bak")) == 1


def test_the_next_write_deletes_files_left_by_a_crash_and_no_others(tmp_path: Path) -> None:
    path = tmp_path / "harbour.json"
    (tmp_path / ".harbour.json.0a1b.tmp").write_text("half")
    (tmp_path / ".harbour-2.json.0a1b.tmp").write_text("somebody else's")
    store(path, text="one")
    assert names(tmp_path) == [".harbour-2.json.0a1b.tmp", "harbour.json"]


def test_files_left_by_a_crash_of_another_circle_are_kept_even_with_long_names(
    tmp_path: Path,
) -> None:
    path = tmp_path / ("a" * 210 + ".json")
    other = atomic._temporary_name(tmp_path / ("a" * 210 + "-2.json"))
    mine = atomic._temporary_name(path)
    for each in (other, mine):
        each.write_text("half")
    store(path, text="one")
    assert names(tmp_path) == sorted([other.name, path.name])


def test_writing_works_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no hard links")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "harbour.json"
    atomic.create_file(path, b'{"sessions": {}}')
    with pytest.raises(FileExistsError):
        atomic.create_file(path, b"over it")
    store(path, text="one")
    store(path, text="two")
    assert len(tables_by_plain_tinydb(path)) == 2
    assert len(tables_by_plain_tinydb(tmp_path / "harbour.json.bak")) == 1
    assert names(tmp_path) == ["harbour.json", "harbour.json.bak"]


def test_without_hard_links_a_crash_leaves_no_empty_circle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "not here")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="not here"):
        atomic.create_file(tmp_path / "harbour.json", b"{}")
    assert names(tmp_path) == []


def test_creating_a_folder_syncs_its_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[Path] = set()
    monkeypatch.setattr(atomic, "sync_folder", synced.add)
    atomic.make_folder(tmp_path / "a" / "b")
    assert synced == {tmp_path, tmp_path / "a"}
    synced.clear()
    atomic.make_folder(tmp_path / "a" / "b")
    assert synced == {tmp_path / "a"}


def test_only_the_owner_can_read_a_new_file_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store(tmp_path / "harbour.json", text="one")
        atomic.create_file(tmp_path / "other.json", b"{}")
    finally:
        os.umask(before)
    for name in ("harbour.json", "other.json"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_a_write_keeps_the_mode_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "harbour.json"
    store(path, text="one")
    path.chmod(0o640)
    store(path, text="two")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_symbolic_link_is_followed_rather_than_replaced(tmp_path: Path) -> None:
    target = tmp_path / "cloud" / "target.json"
    target.parent.mkdir()
    store(target, text="one")
    link = tmp_path / "harbour.json"
    link.symlink_to(target)
    store(link, text="two")
    assert link.is_symlink()
    assert len(tables_by_plain_tinydb(target)) == 2
    assert names(tmp_path) == ["cloud", "harbour.json"]


def test_writing_a_value_that_json_cannot_hold_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "harbour.json"
    store(path, text="one")
    before = path.read_bytes()
    with pytest.raises(TypeError):
        store(path, text={1, 2})
    assert path.read_bytes() == before
    assert names(tmp_path) == ["harbour.json"]


@pytest.mark.parametrize("broken", ["fsync", "link_and_copy", "replace", "write"])
def test_a_failure_at_any_step_leaves_the_old_file_and_no_other_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    path = tmp_path / "harbour.json"
    store(path, text="one")
    before = path.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        if broken == "fsync":
            patched.setattr(os, "fsync", full)
        elif broken == "link_and_copy":
            patched.setattr(os, "link", full)
            patched.setattr(Path, "read_bytes", full)
        elif broken == "replace":
            patched.setattr(Path, "replace", full)
        else:
            patched.setattr(atomic, "open", full, raising=False)
        with pytest.raises(OSError, match="No space"):
            store(path, text="two")
    assert path.read_bytes() == before
    assert names(tmp_path) == ["harbour.json"]
    store(path, text="two")
    assert len(tables_by_plain_tinydb(path)) == 2


def test_a_new_version_is_synced_before_it_replaces_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "harbour.json"
    store(path, text="one")
    done: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def noted_fsync(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def noted_replace(self: Path, target: Path) -> Path:
        done.append(target.name)
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    store(path, text="two")
    assert done == ["file", "harbour.json.bak", "harbour.json", "folder"]


def test_a_file_opened_for_reading_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "harbour.json"
    store(path, text="one")
    with (
        TinyDB(path, storage=AtomicJSONStorage, access_mode="r") as db,
        pytest.raises(OSError, match="Access mode"),
    ):
        db.table("sessions").insert({})


GROWS_AND_SHRINKS = """
import sys
from tinydb import TinyDB
from circle_tui.store.storage import AtomicJSONStorage
db = TinyDB(sys.argv[1], storage=AtomicJSONStorage)
table = db.table("sessions")
table.insert({"turn": 0, "text": ""})
turn = 0
while True:
    turn += 1
    table.update({"turn": turn, "text": "x" * (turn * 7919 % 20000)})
    print(turn, flush=True)
"""


@pytest.mark.sampled(4)
@pytest.mark.parametrize("acknowledged", [1, 2, 3, 5, 8, 13, 40, 90])
def test_after_a_kill_during_a_write_the_file_holds_what_was_acknowledged(
    tmp_path: Path, start_python: Callable[..., subprocess.Popen[str]], acknowledged: int
) -> None:
    path = tmp_path / "harbour.json"
    writer = start_python(GROWS_AND_SHRINKS, path)
    assert writer.stdout is not None
    for _ in range(acknowledged):
        line = writer.stdout.readline()
        for file in (path, tmp_path / "harbour.json.bak"):
            if file.exists():
                json.loads(file.read_bytes())
    writer.kill()
    rest = writer.communicate()[0].split()
    last = int(rest[-1]) if rest else int(line)
    (document,) = tables_by_plain_tinydb(path)
    turn = document["turn"]
    assert isinstance(turn, int)
    assert turn >= last
    assert document["text"] == "x" * (turn * 7919 % 20000)


FILLS = """
import resource, signal, sys
from tinydb import TinyDB
from circle_tui.store.storage import AtomicJSONStorage
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
db = TinyDB(sys.argv[1], storage=AtomicJSONStorage)
kept = 0
try:
    while True:
        db.table("sessions").insert({"turn": kept, "text": "x" * 3000})
        kept += 1
except OSError:
    print(kept, flush=True)
"""


def test_on_a_full_disk_the_file_holds_all_that_was_acknowledged(
    tmp_path: Path, start_python: Callable[..., subprocess.Popen[str]]
) -> None:
    path = tmp_path / "harbour.json"
    kept = int(start_python(FILLS, path).communicate()[0])
    assert kept > 10
    assert len(tables_by_plain_tinydb(path)) == kept
    assert names(tmp_path) == ["harbour.json", "harbour.json.bak"]


def test_queries_of_tinydb_work_on_it(tmp_path: Path) -> None:
    path = tmp_path / "harbour.json"
    store(path, text="one")
    with TinyDB(path, storage=AtomicJSONStorage) as db:
        db.table("sessions").update({"more": 1}, where("text") == "one")
    assert tables_by_plain_tinydb(path) == [{"text": "one", "more": 1}]
