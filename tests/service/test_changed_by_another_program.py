"""Another program changes the circle's file while it is open here: no change is lost."""

import shutil
from pathlib import Path

import pytest

from circle_tui.core.circle import membership, settings
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import SaveError
from circle_tui.views.after_meeting import after_meeting


def change_elsewhere(file: CircleFile, clock: ManualClock, tmp_path: Path, name: str) -> None:
    """Replace the file by a version from another machine, as a sync program would."""
    service_elsewhere = tmp_path / "elsewhere"
    service_elsewhere.mkdir(exist_ok=True)
    copy = CircleFile(Path(shutil.copy(file.path, service_elsewhere)))
    other = CircleService(copy, clock)
    other.execute(membership.join, name)
    other.close()
    copy.path.replace(file.path)


def names(file: CircleFile) -> list[str]:
    return [member.name for member in CircleFile(file.path).read().circle.members]


def test_a_command_is_executed_on_the_newer_file(
    service: CircleService, file: CircleFile, clock: ManualClock, tmp_path: Path
) -> None:
    change_elsewhere(file, clock, tmp_path, "Noor")
    service.execute(membership.join, "Yan")
    assert names(file)[-2:] == ["Noor", "Yan"]
    assert [member.name for member in service.circle.members][-2:] == ["Noor", "Yan"]


def test_a_command_that_the_newer_file_does_not_allow_is_refused_and_the_new_state_shown(
    service: CircleService, file: CircleFile, clock: ManualClock, tmp_path: Path
) -> None:
    change_elsewhere(file, clock, tmp_path, "Yan")
    with pytest.raises(RuleError, match="is taken"):
        service.execute(membership.join, "Yan")
    assert service.circle.members[-1].name == "Yan"
    assert names(file).count("Yan") == 1


@pytest.mark.parametrize("step", ["undo", "redo"])
def test_undo_and_redo_never_bring_back_an_older_circle(
    service: CircleService, file: CircleFile, clock: ManualClock, tmp_path: Path, step: str
) -> None:
    service.execute(settings.set_share, "7")
    if step == "redo":
        service.undo()
    change_elsewhere(file, clock, tmp_path, "Noor")
    with pytest.raises(RuleError, match="Another program has changed the circle"):
        getattr(service, step)()
    assert names(file)[-1] == "Noor"
    assert service.circle.members[-1].name == "Noor"
    assert not service.can_undo
    assert not service.can_redo


def test_a_member_forgotten_on_another_machine_is_not_brought_back(
    service: CircleService, file: CircleFile, clock: ManualClock, tmp_path: Path
) -> None:
    service_elsewhere = tmp_path / "elsewhere"
    service_elsewhere.mkdir()
    copy = CircleFile(Path(shutil.copy(file.path, service_elsewhere)))
    other = CircleService(copy, clock)
    other.execute(membership.forget, "m2", "Ben")
    other.close()
    copy.path.replace(file.path)
    service.execute(membership.rename, "m1", "Adele")
    assert "Ben" not in file.path.read_text()


def test_a_meetings_record_is_added_to_what_another_program_wrote_meanwhile(
    service: CircleService, file: CircleFile, clock: ManualClock, tmp_path: Path
) -> None:
    service.begin()
    service.execute(commands.begin)
    change_elsewhere(file, clock, tmp_path, "Noor")
    service.execute(closing_commands.close_as_it_stands)
    service.finish()
    assert names(file)[-1] == "Noor"
    assert service.circle.members[-1].name == "Noor"
    assert len(service.state.records) == 1


def test_a_deleted_file_is_reported(service: CircleService, file: CircleFile) -> None:
    file.path.unlink()
    with pytest.raises(RuleError, match="There's no file"):
        service.execute(membership.join, "Yan")
    assert not file.path.exists()


def test_an_older_file_restored_during_a_meeting_is_noticed_at_its_closing(
    service: CircleService, file: CircleFile, clock: ManualClock
) -> None:
    old = file.path.read_bytes()
    service.execute(membership.join, "Noor")
    service.begin()
    service.execute(commands.begin)
    service.execute(closing_commands.close_as_it_stands)
    service.finish()
    clock.moment = service.context.planned
    service.begin()
    service.execute(commands.begin)
    file.path.write_bytes(old)
    service.execute(closing_commands.close_as_it_stands)
    service.finish()
    older = service.file.missing
    assert older is not None
    said = after_meeting(service.state, service.now, older.missing, older.path.name).flash
    assert said == (
        "Meeting 2 saved. Another program put back an older file, without the meeting of 5 March "
        f"and Noor. You'll find what's missing in {older.path.name}."
    )
    assert service.circle.members[-1].name == "Noor"
    assert older.path.exists()


def service_elsewhere(file: CircleFile, clock: ManualClock, tmp_path: Path) -> CircleService:
    """The circle on another machine, where it can be changed before it is synced back."""
    folder = tmp_path / "elsewhere"
    folder.mkdir(exist_ok=True)
    return CircleService(CircleFile(Path(shutil.copy(file.path, folder))), clock)


def sync_back(other: CircleService, file: CircleFile) -> None:
    other.close()
    other.file.path.replace(file.path)


def leave_meeting(service: CircleService, *, closed: bool) -> None:
    """A meeting in which Ada made a commitment, left at its closing, or closed and not saved."""
    service.begin()
    service.execute(commands.begin)
    for command in (commands.start, commands.finish, commands.end_responses):
        service.execute(command)
    service.execute(commands.promise, "I ring the harbour master")
    service.execute(closing_commands.cut_short)
    if closed:
        service.execute(closing_commands.keep_date)
        service.execute(closing_commands.close)
    service.close()


@pytest.mark.parametrize("closed", [False, True], ids=["parked", "closed and not kept"])
def test_a_parked_meeting_is_saved_even_if_one_of_its_members_is_gone_from_the_file(
    service: CircleService, file: CircleFile, clock: ManualClock, tmp_path: Path, closed: bool
) -> None:
    without = file.path.read_bytes()
    service.execute(membership.join, "Noor")
    leave_meeting(service, closed=closed)
    file.path.write_bytes(without)
    again = CircleService(CircleFile(file.path), clock)
    if again.resume() is not None:
        again.execute(closing_commands.close_as_it_stands)
        again.finish()
    again.close()
    (record,) = CircleFile(file.path).read().records
    assert [made.text for made in record.made] == ["I ring the harbour master"]
    assert names(file)[-1] == "Noor"
    assert not file.under_way


def test_words_of_a_member_forgotten_while_a_meeting_was_parked_are_not_saved(
    service: CircleService, file: CircleFile, clock: ManualClock, tmp_path: Path
) -> None:
    leave_meeting(service, closed=False)
    other = service_elsewhere(file, clock, tmp_path)
    other.execute(membership.forget, "m1", "Ada")
    sync_back(other, file)
    again = CircleService(CircleFile(file.path), clock)
    again.resume()
    again.execute(closing_commands.close_as_it_stands)
    again.finish()
    again.close()
    assert len(CircleFile(file.path).read().records) == 1
    assert "harbour master" not in file.path.read_text()
    assert "Ada" not in file.path.read_text()


def test_a_closed_meeting_that_cannot_be_saved_is_set_aside_with_its_words(
    service: CircleService, file: CircleFile, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise SaveError("It does not fit.")

    leave_meeting(service, closed=True)
    monkeypatch.setattr(CircleFile, "add", refuse)
    again = CircleService(CircleFile(file.path), clock)
    with pytest.raises(SaveError):
        again.resume()
    assert file.under_way
    aside = again.set_aside()
    assert aside is not None
    assert b"harbour master" in aside.read_bytes()
    assert again.begin().meeting.context.number == 1
    again.close()
