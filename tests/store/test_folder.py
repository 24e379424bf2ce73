"""Circles are found in their folder, including those that cannot be read."""

import json
import os
import re
from pathlib import Path

import platformdirs
import pytest
from msgspec import structs

from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.state import CircleState
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError
from circle_tui.store.folder import circles, list_circles, sessions_folder
from tests.counted_reads import sizes_read
from tests.hostile_text import is_one_sentence


def test_the_folder_is_taken_from_option_environment_current_folder_or_user_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        platformdirs, "user_data_path", lambda name, appauthor: tmp_path / "data" / name
    )
    chosen, named = tmp_path / "chosen", {"CIRCLE_SESSIONS": str(tmp_path / "named")}
    users = tmp_path / "data" / "circle-tui"
    assert sessions_folder(None, {}, tmp_path) == users
    assert sessions_folder(None, {"CIRCLE_SESSIONS": ""}, tmp_path) == users
    (tmp_path / "sessions").touch()
    assert sessions_folder(None, {}, tmp_path) == users
    (tmp_path / "sessions").unlink()
    (tmp_path / "sessions").mkdir()
    assert sessions_folder(None, {}, tmp_path) == tmp_path / "sessions"
    assert sessions_folder(None, named, tmp_path) == tmp_path / "named"
    assert sessions_folder(chosen, named, tmp_path) == chosen
    assert [path.name for path in tmp_path.iterdir()] == ["sessions"]


def test_circles_are_listed_by_name(tmp_path: Path, circle: Circle) -> None:
    for name in ("beach", "Zebra", "Alps", "alps"):
        CircleFile.create(tmp_path, structs.replace(circle, name=name, id=""))
    found = circles(tmp_path)
    assert [each.contents.circle.name for each in found if each.contents] == [
        "Alps",
        "alps",
        "beach",
        "Zebra",
    ]
    assert [each.file.slug for each in found] == ["alps", "alps-2", "beach", "zebra"]
    assert not any(each.trouble for each in found)


def test_other_files_are_not_listed(tmp_path: Path, circle: Circle) -> None:
    file = CircleFile.create(tmp_path, circle)
    for name in ("harbour.json.bak", ".harbour.json.0a.tmp", ".hidden.json", "harbour.live", "a"):
        (tmp_path / name).write_bytes(file.path.read_bytes())
    assert [each.file.path.name for each in circles(tmp_path)] == ["harbour.json"]


def create_non_file(path: Path, kind: str) -> None:
    """Create something other than a file at this path."""
    match kind:
        case "a folder":
            path.mkdir()
        case "a pipe":
            os.mkfifo(path)
        case "a link to nothing":
            path.symlink_to("gone")
        case "a link to itself":
            path.symlink_to(path)
        case "a meeting without its file":
            path.with_suffix(".live").write_bytes(b"meeting")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("a folder", "isn't a file: move it away"),
        ("a pipe", "isn't a file: move it away"),
        ("a link to nothing", "is a link that leads nowhere: bring back what it led to"),
        ("a link to itself", "is a link that leads nowhere"),
        ("a meeting without its file", "is gone, and its meeting in .*harbour.live is still there"),
    ],
)
def test_a_non_file_is_listed_with_the_problem(tmp_path: Path, kind: str, said: str) -> None:
    create_non_file(tmp_path / "harbour.json", kind)
    (listed,) = list_circles(tmp_path)
    assert listed.trouble is not None
    assert re.search(said, listed.trouble)
    assert is_one_sentence(listed.trouble)
    (found,) = circles(tmp_path)
    assert found.trouble == listed.trouble


def test_a_missing_circle_file_is_restored_from_its_backup(tmp_path: Path, circle: Circle) -> None:
    file = CircleFile.create(tmp_path, circle)
    file.save(CircleState(circle=structs.replace(file.read().circle, bell=True)))
    file.path.unlink()
    assert circles(tmp_path) == ()
    file.journal_path.write_bytes(b"meeting")
    (found,) = circles(tmp_path)
    assert found.trouble is not None
    assert found.trouble.endswith(
        "copy harbour.json.bak over it: that's the previous version, and it's fine."
    )


def test_a_journal_beside_the_target_of_a_link_belongs_to_that_circle(
    tmp_path: Path, circle: Circle
) -> None:
    file = CircleFile.create(tmp_path, circle)
    real = file.path.rename(tmp_path / "team.v1")
    file.path.symlink_to(real)
    (tmp_path / "team.v1.live").touch()
    (found,) = circles(tmp_path)
    assert found.file.path == file.path
    assert found.file.under_way


def test_an_unreadable_circle_is_listed_with_the_problem(tmp_path: Path, circle: Circle) -> None:
    CircleFile.create(tmp_path, circle)
    (tmp_path / "broken.json").write_text("{")
    broken, harbour = circles(tmp_path)
    assert broken.contents is None
    assert broken.trouble is not None
    assert "broken.json is damaged" in broken.trouble
    assert harbour.trouble is None


def test_listing_circles_changes_nothing_on_the_disk(tmp_path: Path, circle: Circle) -> None:
    assert circles(tmp_path / "gone") == ()
    assert not (tmp_path / "gone").exists()
    CircleFile.create(tmp_path, circle)
    before = tmp_path.stat().st_mtime_ns
    circles(tmp_path)
    assert tmp_path.stat().st_mtime_ns == before


def test_a_folder_that_cannot_be_read_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LoadError, match="file isn't a folder"):
        circles(tmp_path / "file")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(LoadError, match="can't be read"):
        circles(tmp_path)


# The list to choose from


def some_circles(folder: Path, full_state: CircleState) -> None:
    """Create circles in every layout, and files that are not circles."""
    for name in ("Beach", "Alps"):
        circle = structs.replace(full_state.circle, name=name, id=f"{name:x>32}")
        file = CircleFile.create(folder, circle)
        file.save(structs.replace(full_state, circle=circle))

    def raw(name: str) -> bytes:
        return file.path.read_bytes().replace(circle.id.encode(), f"{name:x>32}".encode())

    (folder / "line.json").write_text(json.dumps(json.loads(raw("line"))))
    (folder / "turned.json").write_text(
        json.dumps(dict(reversed(json.loads(raw("turned")).items())))
    )
    (folder / "windows.json").write_bytes(raw("windows").replace(b"\n", b"\r\n"))
    (folder / "broken.json").write_text("{")
    (folder / "foreign.json").write_text("[]")
    (folder / "newer.json").write_bytes(raw("newer").replace(b'"schema": 1', b'"schema": 7'))
    (folder / "nobody.json").write_bytes(raw("nobody").replace(b'"m1"', b'""'))


def test_the_quick_list_agrees_with_reading_whole_files(
    tmp_path: Path, full_state: CircleState
) -> None:
    some_circles(tmp_path, full_state)
    listed = {each.file.slug: each for each in list_circles(tmp_path)}
    assert list(listed) == sorted(listed)
    found = {each.file.slug: each for each in circles(tmp_path)}
    assert listed.keys() == found.keys()
    for slug, each in found.items():
        assert listed[slug].trouble == each.trouble
        if each.contents is not None:
            circle, shown = each.contents.circle, listed[slug]
            said = (shown.name, shown.people, shown.sample, shown.circle_id)
            assert said == (circle.name, len(each.contents.active), circle.sample, circle.id)
    assert sum(each.trouble is not None for each in listed.values()) == 4


def test_listing_a_long_file_reads_only_its_beginning(
    tmp_path: Path, full_state: CircleState, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_circles(tmp_path, full_state)
    read = sizes_read(monkeypatch)
    next(iter(list_circles(tmp_path)))
    assert len(read) == 1
    assert read[0] < 20_000


def test_a_circle_is_listed_even_if_its_members_do_not_fit_into_the_beginning_of_its_file(
    tmp_path: Path, circle: Circle
) -> None:
    ana = circle.members[0]
    members = tuple(structs.replace(ana, id=f"n{n}", left=ana.joined) for n in range(400))
    file = CircleFile.create(tmp_path, structs.replace(circle, members=(*members, ana)))
    assert next(iter(list_circles(tmp_path))).people == 1
    assert file.path.stat().st_size > 20_000
