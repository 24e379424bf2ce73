"""Files are found in any folder, once each; what cannot be looked through is reported in a line."""

import errno
import inspect
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from circle_tui.store import circle_paths


def names_and_lines(*paths: Path) -> list[str]:
    """The names of the files found, and a line for each that cannot be read."""
    return [
        each.name if isinstance(each, Path) else f"{each.path.name}: {each.reason}"
        for each in circle_paths.files(paths)
    ]


def test_folders_are_read_at_any_depth_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.json", "a/z.json", "a/deep/er/c.json", "c.json.bak", "x.txt", ".hid.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "d.json").touch()
    assert names_and_lines(tmp_path) == ["c.json", "z.json", "b.json"]


def test_a_file_that_is_named_is_read_whatever_its_name_is(tmp_path: Path) -> None:
    path = tmp_path / ".harbour.json.bak"
    path.touch()
    assert names_and_lines(path) == [".harbour.json.bak"]


def test_a_file_reached_by_two_paths_is_read_once(tmp_path: Path) -> None:
    inside = tmp_path / "a"
    inside.mkdir()
    (inside / "one.json").touch()
    (tmp_path / "b.json").symlink_to(inside / "one.json")
    os.link(inside / "one.json", tmp_path / "c.json")
    (tmp_path / "d").symlink_to(inside)
    assert names_and_lines(tmp_path, inside, inside / "one.json") == ["one.json"]
    assert names_and_lines(tmp_path / "b.json", tmp_path) == ["b.json"]


def test_a_folder_with_a_link_to_itself_is_reported_in_one_line(tmp_path: Path) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    (inside / "one.json").touch()
    (inside / "up").symlink_to(tmp_path)
    assert names_and_lines(tmp_path) == ["one.json", "up: it leads back into itself"]


def test_a_link_to_itself_is_reported_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "round.json").symlink_to("round.json")
    (tmp_path / "whole.json").touch()
    assert names_and_lines(tmp_path) == [
        "round.json: it's a link that leads back to itself",
        "whole.json",
    ]


def test_a_folder_that_may_not_be_read_is_reported_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("closed", "open"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"in-{name}.json").touch()
    as_it_is = os.listdir

    def listdir(path: str) -> Any:
        if path.endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return as_it_is(path)

    monkeypatch.setattr(os, "listdir", listdir)
    assert names_and_lines(tmp_path) == ["closed: you aren't allowed to read it", "in-open.json"]


def test_folders_nested_deeper_than_the_recursion_limit_are_read(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*(["d"] * 300))
    deep.mkdir(parents=True)
    (deep / "deep.json").touch()
    calls = sys.getrecursionlimit()
    # A limit low enough to reach, but high enough for pytest to delete the folders.
    sys.setrecursionlimit(len(inspect.stack()) + 150)
    try:
        assert names_and_lines(tmp_path) == ["deep.json"]
    finally:
        sys.setrecursionlimit(calls)
