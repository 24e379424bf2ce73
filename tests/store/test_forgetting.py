"""Who is forgotten is forgotten by the whole folder, and no undo or crash brings them back."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from tinydb import TinyDB

from circle_tui.core.circle import checkins, membership
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.record import MeetingRecord, NewCommitment
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import commands
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store import atomic
from circle_tui.store.circle_file import CircleFile

from .conftest import NOW

RecordOf = Callable[..., MeetingRecord]
WORDS = b"walrus"
"""In all that Ben ever says, and in nothing that anybody else does."""


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
def file(tmp_path: Path, circle: Circle, record_of: RecordOf) -> CircleFile:
    """A circle of a Ben who said much, with a backup and a meeting set aside that know of it."""
    pod = structs.replace(circle, format="movement-pod")
    file = CircleFile.create(tmp_path / "sessions", pod)
    record = record_of(1, "feed the walrus")
    answered = tuple(structs.replace(each, got_in_the_way="the walrus") for each in record.answered)
    made = (*record.made, NewCommitment("c9", "m1", "Ana reads"))
    file.add(structs.replace(record, answered=answered, made=made))
    return file


@pytest.fixture
def opened(file: CircleFile, clock: ManualClock) -> CircleService:
    opened = CircleService(file, clock)
    opened.execute(checkins.check_in, "m2", "The walrus is well.")
    live = opened.begin()
    for move, said in (
        (commands.begin, ()),
        (commands.start, ()),
        (commands.finish, ()),
        (commands.end_responses, ()),
        (commands.promise, ("brush the walrus",)),
    ):
        live.execute(move, *said)
    opened.drop()
    for tail in (".live-wal", ".dropped-wal", ".dropped-journal"):
        file.journal_path.with_suffix(tail).write_bytes(b"left of a walrus")
    return opened


def holding(file: CircleFile, words: bytes = WORDS) -> set[str]:
    return {path.name for path in file.path.parent.iterdir() if words in path.read_bytes().lower()}


def test_none_of_their_words_is_left_in_the_folder(file: CircleFile, opened: CircleService) -> None:
    assert holding(file) == {
        "harbour.json",
        "harbour.json.bak",
        "harbour.dropped",
        "harbour.live-wal",
        "harbour.dropped-wal",
        "harbour.dropped-journal",
    }
    opened.execute(membership.forget, "m2", "Ben")
    assert holding(file) == set()
    assert holding(file, b"ben") == set()
    assert holding(file, b"ana reads") == {"harbour.json"}
    with TinyDB(file.path) as db:
        assert [each["name"] for each in db.table("members")] == ["Ana", "Someone", "Chlo\u00e9"]
        assert db.table("sessions").all()[0]["attendance"]["m2"] == "present"


def test_the_next_write_brings_none_of_their_words_back(
    file: CircleFile, opened: CircleService
) -> None:
    opened.execute(membership.forget, "m2", "Ben")
    opened.execute(membership.join, "Noor")
    assert (file.path.parent / "harbour.json.bak").exists()
    assert holding(file) == set()


def test_forgetting_cannot_be_undone_nor_can_any_change_before_it(
    file: CircleFile, opened: CircleService
) -> None:
    opened.execute(membership.join, "Noor")
    opened.execute(membership.forget, "m2", "Ben")
    with pytest.raises(RuleError, match="nothing to undo"):
        opened.undo()
    opened.execute(membership.join, "Max")
    opened.undo()
    with pytest.raises(RuleError, match="nothing to undo"):
        opened.undo()
    assert holding(file) == set()


def test_nobody_is_forgotten_while_a_meeting_is_under_way(
    file: CircleFile, opened: CircleService
) -> None:
    live = opened.begin()
    live.execute(commands.begin)
    opened.park()
    before = {path: path.read_bytes() for path in file.path.parent.iterdir()}
    assert "End it first" in (opened.why_not(membership.forget, "m2", "Ben") or "")
    with pytest.raises(RuleError, match="End it first"):
        opened.execute(membership.forget, "m2", "Ben")
    assert {path: path.read_bytes() for path in file.path.parent.iterdir()} == before


@pytest.mark.parametrize(("member", "name"), [("m2", "Ana"), ("m2", ""), ("m9", "Ben")])
def test_a_slip_of_the_hand_deletes_nothing(
    file: CircleFile, opened: CircleService, member: str, name: str
) -> None:
    before = {path: path.read_bytes() for path in file.path.parent.iterdir()}
    with pytest.raises(RuleError):
        opened.execute(membership.forget, member, name)
    assert {path: path.read_bytes() for path in file.path.parent.iterdir()} == before


def test_whether_somebody_can_be_forgotten_is_known_beforehand(opened: CircleService) -> None:
    assert opened.why_not(membership.forget, "m2", "Ben") is None
    opened.execute(membership.forget, "m2", "Ben")
    assert opened.why_not(membership.forget, "m2", "Ben") == "They're forgotten already."


def test_what_a_newer_version_knew_of_them_goes_too(
    file: CircleFile, opened: CircleService
) -> None:
    with TinyDB(file.path) as db:
        db.table("members").update({"about": "keeps a walrus"}, doc_ids=[2])
        db.table("members").update({"about": "reads"}, doc_ids=[1])
    opened.read()
    opened.execute(membership.forget, "m2", "Ben")
    assert holding(file) == set()
    assert holding(file, b'reads"') == {"harbour.json"}


def test_a_crash_half_way_leaves_one_whole_version_and_it_can_be_done_again(
    file: CircleFile, opened: CircleService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_said: Any) -> None:
        raise OSError("the power is gone")

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "_temporary_name", crash)
        with pytest.raises(RuleError):
            opened.execute(membership.forget, "m2", "Ben")
    assert holding(file) == {"harbour.json"}
    assert not opened.state.member("m2").forgotten
    assert not file.read().member("m2").forgotten
    opened.execute(membership.forget, "m2", "Ben")
    assert holding(file) == set()


def test_a_backup_that_cannot_be_deleted_is_said_and_nobody_is_forgotten_halfway(
    file: CircleFile, opened: CircleService
) -> None:
    backup = file.path.parent / "harbour.json.bak"
    backup.unlink()
    backup.mkdir()
    with pytest.raises(RuleError):
        opened.execute(membership.forget, "m2", "Ben")
    assert not file.read().member("m2").forgotten


def test_somebody_forgotten_elsewhere_is_not_brought_back_from_memory(
    file: CircleFile, clock: ManualClock, opened: CircleService
) -> None:
    reading = CircleService(file, clock)
    assert reading.reading_only is not None
    opened.execute(membership.forget, "m2", "Ben")
    opened.close()
    reading.execute(membership.join, "Noor")
    assert holding(file) == set()
    assert [member.name for member in file.read().circle.members][-1] == "Noor"
    reading.close()


@pytest.mark.skipif(os.name != "posix", reason="symbolic links")
def test_by_another_name_of_the_file_the_same_is_forgotten(
    tmp_path: Path, file: CircleFile, opened: CircleService, clock: ManualClock
) -> None:
    opened.close()
    link = tmp_path / "ours.json"
    link.symlink_to(file.path)
    other = CircleService(CircleFile(link), clock)
    other.execute(membership.forget, "m2", "Ben")
    assert holding(file) == set()
    assert link.is_symlink()
    other.close()


def test_only_forgetting_leaves_no_earlier_version(file: CircleFile, circle: Circle) -> None:
    state = file.read()
    backup = file.path.parent / "harbour.json.bak"
    file.save(CircleState(circle=structs.replace(state.circle, name="Quay")))
    assert backup.exists()
    file.save_alone(CircleState(circle=structs.replace(circle, name="Pier")))
    assert not backup.exists()
    assert file.read().circle.name == "Pier"
