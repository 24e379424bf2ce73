"""The key for anonymous ids is made once, only its owner can read it, and it is never replaced."""

import os
import stat
from pathlib import Path

import platformdirs
import pytest

from circle_tui.store import export_key as room
from circle_tui.store.errors import LoadError, SaveError
from circle_tui.store.export_key import export_key


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's data, which does not exist yet."""
    monkeypatch.setattr(
        platformdirs, "user_data_path", lambda name, appauthor: tmp_path / "data" / name
    )
    return tmp_path / "data" / "circle-tui"


def test_the_key_is_made_once_and_nobody_else_can_read_it(folder: Path) -> None:
    key = export_key()
    assert len(key) == 32
    assert export_key() == key
    assert [path.name for path in folder.iterdir()] == ["export.key"]
    assert stat.S_IMODE((folder / "export.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_each_machine_has_a_different_key(folder: Path) -> None:
    key = export_key()
    (folder / "export.key").unlink()
    assert export_key() != key


def test_two_programs_that_make_the_key_at_once_both_use_the_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def later(source: Path, goal: Path) -> None:
        goal.write_text("ab" * 32)
        link(source, goal)

    monkeypatch.setattr(os, "link", later)
    assert export_key() == b"\xab" * 32
    assert [path.name for path in folder.iterdir()] == ["export.key"]


def test_the_key_is_also_made_where_hard_links_do_not_work(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(source: Path, goal: Path) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", no_links)
    assert export_key() == export_key()
    assert [path.name for path in folder.iterdir()] == ["export.key"]


@pytest.mark.parametrize("damage", ["", "ab" * 31, "é" * 32, "no key at all" * 5])
def test_a_damaged_key_is_reported_in_one_sentence_and_not_changed(
    folder: Path, damage: str
) -> None:
    folder.mkdir(parents=True)
    (folder / room.NAME).write_text(damage, encoding="utf-8")
    with pytest.raises(LoadError, match="isn't a key: set it aside, and new ids"):
        export_key()
    assert (folder / room.NAME).read_text(encoding="utf-8") == damage


def test_a_key_that_cannot_be_read_is_reported_in_one_sentence(folder: Path) -> None:
    (folder / room.NAME).mkdir(parents=True)
    with pytest.raises(LoadError, match=r"export\.key"):
        export_key()


def test_a_key_that_cannot_be_made_is_reported_with_an_alternative(
    tmp_path: Path, folder: Path
) -> None:
    (tmp_path / "data").write_text("a file in the way")
    with pytest.raises(SaveError, match="name everybody with --names"):
        export_key()
