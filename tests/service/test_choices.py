"""The circles of a folder to choose from: what is listed, and how often their files are opened."""

import os
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from msgspec import structs

from circle_tui.service import demo
from circle_tui.service.choices import FolderChoices, OnlyCircle
from circle_tui.service.clock import ManualClock
from circle_tui.store.choices import Choice
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.folder import list_circles, without_copies
from circle_tui.views.choose import summary_of
from circle_tui.views.presenters.choose import ChoosePresenter
from circle_tui.views.view import Local
from tests.core.meetings import record
from tests.counted_reads import sizes_read


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each file is opened, by name."""
    counted: Counter[str] = Counter()
    os_open = os.open

    def counting(path: str | os.PathLike[str], *arguments: int, **others: int) -> int:
        counted[Path(path).name] += 1
        return os_open(path, *arguments, **others)

    monkeypatch.setattr(os, "open", counting)
    return counted


def another(file: CircleFile, name: str, *meetings: int) -> CircleFile:
    """Another circle in the same folder."""
    circle = structs.replace(file.read().circle, name=name, id="")
    made = CircleFile.create(file.path.parent, circle)
    for number in meetings:
        made.add(record(number))
    return made


def copy_of(file: CircleFile, name: str) -> Path:
    path = file.path.with_name(name)
    path.write_bytes(file.path.read_bytes())
    return path


def folded(found: list[Choice]) -> dict[str, Choice]:
    """What is listed in the end, by the file's name."""
    listed: dict[str, Choice] = {}
    for each in found:
        for gone in each.instead_of:
            del listed[gone.name]
        listed[each.path.name] = each
    return listed


def test_a_start_with_a_choice_opens_each_file_once(file: CircleFile, opened: Counter[str]) -> None:
    another(file, "Pier", 1, 2)
    another(file, "Quay")
    copy_of(file, "harbour (1).json")
    file.path.with_name("broken.json").write_text("{")
    file.path.with_name("fruit.json").write_text('{"fruit": {"1": {"name": "apple"}}}')
    opened.clear()
    reading = FolderChoices(file.path.parent)
    assert reading.only_circle() == 2
    assert len(folded(list(reading))) == 5
    # A damaged file's backup is looked at, to say whether it helps.
    names = [*(path.name for path in file.path.parent.glob("*.json")), "broken.json.bak"]
    assert opened == dict.fromkeys(names, 1)


def test_choosing_another_circle_opens_each_file_once(
    file: CircleFile, opened: Counter[str]
) -> None:
    another(file, "Pier", 1)
    opened.clear()
    assert list(folded(list(FolderChoices(file.path.parent)))) == ["harbour.json", "pier.json"]
    assert opened == {"harbour.json": 1, "pier.json": 1}


def test_beside_the_sample_the_only_circle_is_found_with_each_file_opened_once(
    file: CircleFile, opened: Counter[str]
) -> None:
    demo.write_sample(file.path.parent)
    opened.clear()
    only = FolderChoices(file.path.parent).only_circle()
    assert opened == {"harbour.json": 1, "sample.json": 1}
    assert isinstance(only, OnlyCircle)
    assert (only.file.path, only.copies) == (file.path, ())


def test_beside_its_copy_the_only_circle_is_found_with_each_file_opened_once(
    file: CircleFile, opened: Counter[str]
) -> None:
    copy_of(file, "older.json")
    file.add(record(1))
    opened.clear()
    only = FolderChoices(file.path.parent).only_circle()
    assert opened == {"harbour.json": 1, "older.json": 1}
    assert isinstance(only, OnlyCircle)
    assert only.file.path == file.path
    (copy,) = only.copies
    assert copy.startswith("older.json is a copy, ")


def test_only_the_beginning_is_read_where_there_is_one_circle(
    file: CircleFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.add(record(1))
    read = sizes_read(monkeypatch)
    only = FolderChoices(file.path.parent).only_circle()
    assert isinstance(only, OnlyCircle)
    assert read == [1 << 14]


def test_a_row_is_there_as_soon_as_its_file_is_read(file: CircleFile, opened: Counter[str]) -> None:
    another(file, "Pier")
    another(file, "Quay")
    opened.clear()
    coming = iter(FolderChoices(file.path.parent))
    assert next(coming).slug == "harbour"
    assert opened == {"harbour.json": 1}


def test_a_copy_is_named_and_not_listed_whichever_is_read_first(file: CircleFile) -> None:
    another(file, "Pier")
    copy_of(file, "a.json")
    copy_of(file, "z.json")
    file.add(record(1))
    listed = folded(list(FolderChoices(file.path.parent)))
    assert set(listed) == {"harbour.json", "pier.json"}
    named = [sentence.split(" is a copy, ")[0] for sentence in listed["harbour.json"].copies]
    assert named == ["a.json", "z.json"]


def test_two_circles_alike_in_all_but_their_first_meeting_are_both_listed(
    file: CircleFile,
) -> None:
    raw = file.path.read_bytes().replace(f'"id": "{file.read().circle.id}", '.encode(), b"", 1)
    for name, meeting in (("one.json", "first"), ("two.json", "another")):
        path = file.path.with_name(name)
        path.write_bytes(raw)
        met = structs.replace(record(1), id=meeting)
        CircleFile(path).add(met)
        path.write_bytes(path.read_bytes().replace(b'"id": "', b'"was": "', 1))
    file.path.unlink()
    listed = folded(list(FolderChoices(file.path.parent)))
    assert set(listed) == {"one.json", "two.json"}
    assert not any(each.copies for each in listed.values())


def test_why_a_file_cannot_be_read_is_reported_as_it_is_when_it_is_opened(file: CircleFile) -> None:
    another(file, "Pier")
    file.add(record(1))
    file.path.write_bytes(file.path.read_bytes()[:-20])
    listed = folded(list(FolderChoices(file.path.parent)))
    trouble = listed["harbour.json"].trouble
    assert trouble is not None
    assert "copy harbour.json.bak over it" in trouble
    assert listed["pier.json"].trouble is None


def test_the_sample_is_no_choice(file: CircleFile) -> None:
    demo.write_sample(file.path.parent)
    only = FolderChoices(file.path.parent).only_circle()
    assert isinstance(only, OnlyCircle)
    assert only.file.path == file.path


def test_enter_on_a_copy_opens_the_newest_file_once_all_are_read(
    file: CircleFile, clock: ManualClock
) -> None:
    copy_of(file, "a.json")
    another(file, "Pier")
    file.add(record(1))
    coming = iter(FolderChoices(file.path.parent))
    choosing = ChoosePresenter(str(file.path.parent))

    def read(*found: Choice, all_read: bool) -> None:
        now = clock.now()
        choosing.add([(str(each.path), summary_of(each, now)) for each in found], all_read=all_read)

    read(next(coming), all_read=False)
    assert Path(choosing.chosen).name == "a.json"
    assert choosing.local(Local.SELECT) is None
    assert choosing.view().status == "Harbour opens as soon as all files are read."
    read(*coming, all_read=True)
    assert choosing.waiting
    assert Path(choosing.chosen).name == "harbour.json"
    assert [Path(path).name for path, _ in choosing.circles] == ["harbour.json", "pier.json"]
    assert choosing.local(Local.SELECT) is Local.SELECT


@pytest.mark.parametrize("seed", range(12))
def test_what_is_listed_in_the_end_is_what_all_other_lists_say(file: CircleFile, seed: int) -> None:
    chance = Random(seed)
    folder, raw = file.path.parent, file.path.read_bytes()
    own = f'"id": "{file.read().circle.id}", '.encode()
    file.path.unlink()
    for _ in range(chance.randint(4, 9)):
        path = folder / f"{chance.choice('abcdefgh')}{chance.randint(1, 99)}.json"
        circle_id = chance.choice((b"", b"", b'"id": "one", ', b'"id": "two", '))
        name = chance.choice((b"Harbour", b"Harbour", b"Pier"))
        path.write_bytes(raw.replace(own, circle_id, 1).replace(b"Harbour", name, 1))
        for number in range(1, chance.randint(1, 3)):
            met = structs.replace(record(number), id=f"{chance.choice('xy')}-{number}")
            CircleFile(path).add(met)
        if not circle_id:
            written = CircleFile(path).read().circle.id
            without = path.read_bytes().replace(f'"id": "{written}", '.encode(), b"", 1)
            path.write_bytes(without)
    elsewhere = {each.file.path.name: each.copies for each in without_copies(list_circles(folder))}
    listed = folded(list(FolderChoices(folder)))
    assert {name: each.copies for name, each in listed.items()} == elsewhere
