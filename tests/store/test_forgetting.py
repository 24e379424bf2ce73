"""A forgotten member is forgotten in the whole folder; no undo and no crash brings them back."""

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
"""These letters are in all of Ben's texts, and in nobody else's."""


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
def file(tmp_path: Path, circle: Circle, record_of: RecordOf) -> CircleFile:
    """A circle in which Ben wrote much; a backup and a dropped meeting contain his words, too."""
    pod = structs.replace(circle, format="movement-pod")
    file = CircleFile.create(tmp_path / "sessions", pod)
    record = record_of(1, "feed the walrus")
    answered = tuple(structs.replace(each, got_in_the_way="the walrus") for each in record.answered)
    made = (*record.made, NewCommitment("c9", "m1", "Ana reads"))
    file.add(structs.replace(record, answered=answered, made=made))
    return file


@pytest.fixture
def service(file: CircleFile, clock: ManualClock) -> CircleService:
    service = CircleService(file, clock)
    service.execute(checkins.check_in, "m2", "The walrus is well.")
    live = service.begin()
    for move, said in (
        (commands.begin, ()),
        (commands.start, ()),
        (commands.finish, ()),
        (commands.end_responses, ()),
        (commands.promise, ("brush the walrus",)),
    ):
        live.execute(move, *said)
    service.drop()
    for tail in (".live-wal", ".dropped-wal", ".dropped-journal"):
        file.journal_path.with_suffix(tail).write_bytes(b"left of a walrus")
    return service


def files_containing(file: CircleFile, words: bytes = WORDS) -> set[str]:
    return {path.name for path in file.path.parent.iterdir() if words in path.read_bytes().lower()}


def test_no_file_in_the_folder_contains_words_of_a_forgotten_member(
    file: CircleFile, service: CircleService
) -> None:
    assert files_containing(file) == {
        "harbour.json",
        "harbour.json.bak",
        "harbour.dropped",
        "harbour.live-wal",
        "harbour.dropped-wal",
        "harbour.dropped-journal",
    }
    service.execute(membership.forget, "m2", "Ben")
    assert files_containing(file) == set()
    assert files_containing(file, b"ben") == set()
    assert files_containing(file, b"ana reads") == {"harbour.json"}
    with TinyDB(file.path) as db:
        assert [each["name"] for each in db.table("members")] == ["Ana", "Someone", "Chlo\u00e9"]
        assert db.table("sessions").all()[0]["attendance"]["m2"] == "present"


def test_the_next_write_does_not_bring_their_words_back(
    file: CircleFile, service: CircleService
) -> None:
    service.execute(membership.forget, "m2", "Ben")
    service.execute(membership.join, "Noor")
    assert (file.path.parent / "harbour.json.bak").exists()
    assert files_containing(file) == set()


def test_forgetting_cannot_be_undone_nor_can_any_change_before_it(
    file: CircleFile, service: CircleService
) -> None:
    service.execute(membership.join, "Noor")
    service.execute(membership.forget, "m2", "Ben")
    with pytest.raises(RuleError, match="nothing to undo"):
        service.undo()
    service.execute(membership.join, "Max")
    service.undo()
    with pytest.raises(RuleError, match="nothing to undo"):
        service.undo()
    assert files_containing(file) == set()


def test_no_member_can_be_forgotten_while_a_meeting_is_under_way(
    file: CircleFile, service: CircleService
) -> None:
    live = service.begin()
    live.execute(commands.begin)
    service.park()
    before = {path: path.read_bytes() for path in file.path.parent.iterdir()}
    assert "End it first" in (service.why_not(membership.forget, "m2", "Ben") or "")
    with pytest.raises(RuleError, match="End it first"):
        service.execute(membership.forget, "m2", "Ben")
    assert {path: path.read_bytes() for path in file.path.parent.iterdir()} == before


@pytest.mark.parametrize(("member", "name"), [("m2", "Ana"), ("m2", ""), ("m9", "Ben")])
def test_forgetting_needs_the_members_exact_name(
    file: CircleFile, service: CircleService, member: str, name: str
) -> None:
    before = {path: path.read_bytes() for path in file.path.parent.iterdir()}
    with pytest.raises(RuleError):
        service.execute(membership.forget, member, name)
    assert {path: path.read_bytes() for path in file.path.parent.iterdir()} == before


def test_the_reason_against_forgetting_is_known_beforehand(service: CircleService) -> None:
    assert service.why_not(membership.forget, "m2", "Ben") is None
    service.execute(membership.forget, "m2", "Ben")
    assert service.why_not(membership.forget, "m2", "Ben") == "They're forgotten already."


def test_forgetting_also_deletes_a_newer_versions_fields_about_the_member(
    file: CircleFile, service: CircleService
) -> None:
    with TinyDB(file.path) as db:
        db.table("members").update({"about": "keeps a walrus"}, doc_ids=[2])
        db.table("members").update({"about": "reads"}, doc_ids=[1])
    service.read()
    service.execute(membership.forget, "m2", "Ben")
    assert files_containing(file) == set()
    assert files_containing(file, b'reads"') == {"harbour.json"}


def test_after_a_crash_while_forgetting_the_file_is_whole_and_forgetting_can_be_repeated(
    file: CircleFile, service: CircleService, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_said: Any) -> None:
        raise OSError("the power is gone")

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "_temporary_name", crash)
        with pytest.raises(RuleError):
            service.execute(membership.forget, "m2", "Ben")
    assert files_containing(file) == {"harbour.json"}
    assert not service.state.member("m2").forgotten
    assert not file.read().member("m2").forgotten
    service.execute(membership.forget, "m2", "Ben")
    assert files_containing(file) == set()


def test_if_the_backup_cannot_be_deleted_the_member_is_not_forgotten(
    file: CircleFile, service: CircleService
) -> None:
    backup = file.path.parent / "harbour.json.bak"
    backup.unlink()
    backup.mkdir()
    with pytest.raises(RuleError):
        service.execute(membership.forget, "m2", "Ben")
    assert not file.read().member("m2").forgotten


def test_a_member_forgotten_by_another_program_is_not_brought_back_from_memory(
    file: CircleFile, clock: ManualClock, service: CircleService
) -> None:
    reading = CircleService(file, clock)
    assert reading.reading_only is not None
    service.execute(membership.forget, "m2", "Ben")
    service.close()
    reading.execute(membership.join, "Noor")
    assert files_containing(file) == set()
    assert [member.name for member in file.read().circle.members][-1] == "Noor"
    reading.close()


@pytest.mark.skipif(os.name != "posix", reason="symbolic links")
def test_forgetting_works_alike_through_a_link_to_the_file(
    tmp_path: Path, file: CircleFile, service: CircleService, clock: ManualClock
) -> None:
    service.close()
    link = tmp_path / "ours.json"
    link.symlink_to(file.path)
    other = CircleService(CircleFile(link), clock)
    other.execute(membership.forget, "m2", "Ben")
    assert files_containing(file) == set()
    assert link.is_symlink()
    other.close()


def test_only_forgetting_deletes_the_backup(file: CircleFile, circle: Circle) -> None:
    state = file.read()
    backup = file.path.parent / "harbour.json.bak"
    file.save(CircleState(circle=structs.replace(state.circle, name="Quay")))
    assert backup.exists()
    file.save_without_history(CircleState(circle=structs.replace(circle, name="Pier")))
    assert not backup.exists()
    assert file.read().circle.name == "Pier"
