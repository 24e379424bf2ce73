"""Copies that another program left beside a circle's file count as one circle in every list."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs

from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.state import CircleState
from circle_tui.service.reviews import CircleReview, reviews
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec.file_contents import encode
from circle_tui.store.copies import OlderCopy
from circle_tui.store.folder import circles, list_circles, without_copies
from circle_tui.store.review_files import ReviewFiles
from circle_tui.store.scratch import scratch_database
from tests.hostile_text import is_one_sentence

from .conftest import NOW

RecordOf = Callable[..., MeetingRecord]
NAMES = (
    "harbour.sync-conflict-20260401-101112-ABCDEFG.json",
    "harbour (Priya's conflicted copy 2026-04-01).json",
    "harbour (1).json",
)


def write_copy(path: Path, hours: int) -> Path:
    """Write the circle's file, dated `hours` hours after the beginning."""
    moment = NOW.timestamp() + hours * 3600
    os.utime(path, (moment, moment))
    return path


def left_out(*paths: Path) -> list[Path]:
    """The copies among `paths`."""
    with scratch_database() as db:
        return [each.path for each in ReviewFiles(db, paths) if isinstance(each, OlderCopy)]


def listed_everywhere(folder: Path) -> tuple[list[Path], list[str]]:
    """The circles in the lists, and the sentences about copies; checks that all lists agree."""
    listed = without_copies(list_circles(folder))
    found = circles(folder)
    reviewed = list(reviews([folder], NOW))
    paths = [each.path for each in reviewed if isinstance(each, CircleReview)]
    assert sorted(each.file.path for each in listed) == sorted(paths)
    assert sorted(each.file.path for each in found) == sorted(paths)
    said = sorted(sentence for each in listed for sentence in each.copies)
    assert sorted(sentence for each in found for sentence in each.copies) == said
    copies = sorted(each.path.name for each in reviewed if isinstance(each, OlderCopy))
    assert [sentence.split(" is a copy, ")[0] for sentence in said] == copies
    assert all(map(is_one_sentence, said))
    return paths, said


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("with_id", [True, False])
def test_an_older_copy_is_not_listed_but_mentioned(
    tmp_path: Path, circle: Circle, record_of: RecordOf, name: str, with_id: bool
) -> None:
    file = CircleFile.create(tmp_path, circle)
    copy = tmp_path / name
    copy.write_bytes(file.path.read_bytes())
    file.add(record_of(1))
    if not with_id:
        raw = copy.read_bytes()
        copy.write_bytes(raw.replace(f'"id": "{circle.id}", '.encode(), b"", 1))
        assert copy.read_bytes() != raw
    write_copy(copy, 5)
    paths, said = listed_everywhere(tmp_path)
    assert paths == [file.path]
    assert said == [
        f"{name} is a copy, saved on 5 March 2026 at 15:00, without the meeting of 19 March 2026."
    ]


def test_a_copy_with_more_meetings_counts_as_the_circle(
    tmp_path: Path, circle: Circle, record_of: RecordOf
) -> None:
    file = CircleFile.create(tmp_path, circle)
    copy = CircleFile(tmp_path / NAMES[0])
    copy.path.write_bytes(file.path.read_bytes())
    copy.add(record_of(1))
    write_copy(file.path, 9)
    write_copy(copy.path, 1)
    paths, said = listed_everywhere(tmp_path)
    assert paths == [copy.path]
    assert said[0].startswith("harbour.json is a copy, saved on 5 March 2026 at 19:00, without the")
    (reviewed,) = (each for each in reviews([tmp_path], NOW) if isinstance(each, CircleReview))
    assert reviewed.slug == "harbour"


def test_of_identical_copies_the_one_with_the_plainest_name_counts(
    tmp_path: Path, circle: Circle
) -> None:
    file = CircleFile.create(tmp_path, circle)
    for at, name in enumerate(NAMES):
        (tmp_path / name).write_bytes(file.path.read_bytes())
        write_copy(tmp_path / name, at)
    write_copy(file.path, 1)
    paths, said = listed_everywhere(tmp_path)
    assert paths == [file.path]
    assert len(said) == 3
    assert all(each.endswith("with the same meetings and members.") for each in said)


def test_a_meeting_under_way_decides_which_file_is_opened(
    tmp_path: Path, circle: Circle, record_of: RecordOf
) -> None:
    file = CircleFile.create(tmp_path, circle)
    copy = CircleFile(tmp_path / NAMES[2])
    copy.path.write_bytes(file.path.read_bytes())
    copy.add(record_of(1))
    file.journal_path.touch()
    (listed,) = without_copies(list_circles(tmp_path))
    assert listed.file.path == file.path


@pytest.mark.parametrize("with_id", [False, True])
def test_two_circles_alike_in_all_but_their_first_meeting_are_two(
    tmp_path: Path, circle: Circle, record_of: RecordOf, with_id: bool
) -> None:
    """Of the same name and people, begun in the same second, as a script may begin them."""
    others = [structs.replace(circle, id=each if with_id else "") for each in ("one", "two")]
    for number, each in enumerate(others):
        path = tmp_path / f"harbour-{number}.json"
        met = structs.replace(record_of(1), id=f"meeting of {number}")
        path.write_bytes(encode(CircleState(circle=each, records=(met,))).to_bytes())
        if not with_id:
            raw = path.read_bytes()
            path.write_bytes(raw.replace(b'"id": "", ', b"", 1))
    # What has not met may be anybody's; and a copy is of the one that it has the meeting of.
    copy = tmp_path / "harbour-1 (1).json"
    copy.write_bytes((tmp_path / "harbour-1.json").read_bytes())
    paths, said = listed_everywhere(tmp_path)
    assert len(paths) == 2
    assert len(said) == 1


def test_a_damaged_copy_and_another_circle_do_not_count_as_copies(
    tmp_path: Path, circle: Circle
) -> None:
    CircleFile.create(tmp_path, circle)
    CircleFile.create(tmp_path, structs.replace(circle, id="another"))
    (tmp_path / NAMES[0]).write_text("{")
    listed = without_copies(list_circles(tmp_path))
    assert [each.file.slug for each in listed] == [
        "harbour",
        "harbour-2",
        NAMES[0].removesuffix(".json"),
    ]
    assert not any(each.copies for each in listed)
    assert left_out(*sorted(tmp_path.iterdir())) == []


def test_an_id_is_read_from_the_beginning_of_a_file_or_else_from_the_whole_file(
    tmp_path: Path, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = CircleFile.create(tmp_path, circle)
    CircleFile.create(tmp_path, structs.replace(circle, id="another"))
    read: list[Path] = []
    monkeypatch.setattr("circle_tui.store.attendance_reader.read_facts", read.append)
    assert left_out(*sorted(tmp_path.iterdir())) == []
    assert read == []
    monkeypatch.undo()
    other = tmp_path / "edited.json"
    other.write_text(file.path.read_text().replace("\n", "\r\n"))
    assert left_out(file.path, other) != []
