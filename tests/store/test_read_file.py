"""What is found out about a path before it is read."""

from pathlib import Path

from circle_tui.store.read_file import is_missing


def test_a_path_is_missing_only_if_that_is_sure(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert is_missing(tmp_path / "nothing")
    assert not is_missing(tmp_path)
    assert not is_missing(tmp_path / "file")
    # Neither can be looked at: a file has nothing in it, and no path has such a character.
    assert not is_missing(tmp_path / "file" / "inside")
    assert not is_missing(tmp_path / "\0")
