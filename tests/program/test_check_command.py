"""`circle-tui check`: what is damaged is said, and mended when it is asked for."""

import errno
import shutil
from pathlib import Path

import pytest

from .sandbox import Sandbox


def test_a_check_says_what_is_damaged_and_mends_it_only_when_asked(
    sandbox: Sandbox, harbour: Path
) -> None:
    done = sandbox.run_in_process("check")
    assert done.returncode == 0
    assert "harbour.json is fine: 0 meetings" in done.stdout
    assert done.stdout.endswith("Everything is fine.\n")
    whole = harbour.read_bytes()
    backup = harbour.with_name("harbour.json.bak")
    backup.write_bytes(whole)
    backup.chmod(0o600)
    harbour.write_bytes(whole[:99])
    done = sandbox.run_in_process("check")
    assert done.returncode == 1
    assert "check --repair" in done.stdout
    assert harbour.read_bytes() == whole[:99]
    done = sandbox.run_in_process("check", "--repair")
    assert done.returncode == 0
    assert "The damaged file is in harbour.json.damaged." in done.stdout
    assert harbour.read_bytes() == whole
    assert harbour.with_name("harbour.json.damaged").read_bytes() == whole[:99]


def test_a_check_of_another_folder_looks_there(sandbox: Sandbox, harbour: Path) -> None:
    other = sandbox.home / "other"
    other.mkdir()
    assert sandbox.run_in_process("check", "other").returncode == 1
    shutil.copy(harbour, other / "north.json")
    assert "north.json is fine" in sandbox.run_in_process("check", "other").stdout
    done = sandbox.run_in_process("check", str(harbour))
    assert done.returncode == 1
    assert "isn't a folder" in done.stderr


def test_a_folder_in_which_nothing_can_be_written_is_reported(
    sandbox: Sandbox, harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = harbour.read_bytes()
    harbour.with_name("harbour.json.bak").write_bytes(whole)
    harbour.write_bytes(b"{")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("circle_tui.store.inspection.atomic.replace_file", refuse)
    done = sandbox.run_in_process("check", "--repair")
    assert done.returncode == 1
    assert "The disk is full" in done.stderr
    assert harbour.read_bytes() == b"{"
