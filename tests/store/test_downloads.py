"""Files that a key saves into the user's folder for downloads."""

import stat
from pathlib import Path

import pytest

from circle_tui.store import user_folders
from circle_tui.store.downloads import save_download
from circle_tui.store.errors import SaveError

OURS = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//circle-tui//circle-tui//EN\r\n"


@pytest.fixture
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "Downloads"
    folder.mkdir()
    monkeypatch.setattr("circle_tui.store.downloads.user_downloads", lambda: folder)
    return folder


def test_the_programs_own_earlier_file_is_replaced_and_other_files_are_not(downloads: Path) -> None:
    assert save_download("pier.ics", OURS).name == "pier.ics"
    assert save_download("pier.ics", OURS + b"more").read_bytes() == OURS + b"more"
    foreign = b"BEGIN:VCALENDAR\r\nPRODID:-//Somebody//EN\r\n"
    (downloads / "pier.ics").write_bytes(foreign)
    (downloads / "pier-2.ics").mkdir()
    (downloads / "pier-3.ics").symlink_to(downloads / "elsewhere.ics")
    made = save_download("pier.ics", OURS)
    assert made.name == "pier-4.ics"
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert (downloads / "pier.ics").read_bytes() == foreign
    assert not (downloads / "elsewhere.ics").exists()


def test_a_folder_that_cannot_be_written_is_reported(
    downloads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = downloads / "gone"
    monkeypatch.setattr("circle_tui.store.downloads.user_downloads", lambda: gone)
    with pytest.raises(SaveError, match="There's no folder"):
        save_download("pier.ics", OURS)


def test_without_a_folder_for_downloads_the_home_folder_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert user_folders.user_downloads() == tmp_path
    (tmp_path / "Downloads").mkdir()
    assert user_folders.user_downloads() == tmp_path / "Downloads"
