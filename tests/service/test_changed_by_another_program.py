"""Another program changes the circle's file while it is open here: nothing of it is lost."""

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
    """As a sync program would: the file is replaced by a version from another machine."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    copy = CircleFile(Path(shutil.copy(file.path, elsewhere)))
    other = CircleService(copy, clock)
    other.execute(membership.join, name)
    other.close()
    copy.path.replace(file.path)


def names(file: CircleFile) -> list[str]:
    return [member.name for member in CircleFile(file.path).read().circle.members]


def test_a_command_is_done_on_what_is_there_now(
    service: CircleService, file: CircleFile, clock: ManualClock, tmp_path: Path
) -> None:
    change_elsewhere(file, clock, tmp_path, "Noor")
    service.execute(membership.join, "Yan")
    assert names(file)[-2:] == ["Noor", "Yan"]
    assert [member.name for member in service.circle.members][-2:] == ["Noor", "Yan"]


def test_a_command_that_no_longer_fits_is_refused_and_shows_what_there_is(
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
    with pytest.raises(RuleError, match="Another program changed the circle"):
        getattr(service, step)()
    assert names(file)[-1] == "Noor"
    assert service.circle.members[-1].name == "Noor"
    assert not service.can_undo
    assert not service.can_redo


def test_who_was_forgotten_elsewhere_is_not_brought_back(
    service: CircleService, file: CircleFile, clock: ManualClock, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    copy = CircleFile(Path(shutil.copy(file.path, elsewhere)))
    other = CircleService(copy, clock)
    other.execute(membership.forget, "m2", "Ben")
    other.close()
    copy.path.replace(file.path)
    service.execute(membership.rename, "m1", "Adele")
    assert "Ben" not in file.path.read_text()


def test_a_meetings_record_joins_what_another_program_wrote_meanwhile(
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


def test_a_file_that_was_taken_away_is_said(service: CircleService, file: CircleFile) -> None:
    file.path.unlink()
    with pytest.raises(RuleError, match="There is no file"):
        service.execute(membership.join, "Yan")
    assert not file.path.exists()


def test_an_older_file_that_was_brought_back_during_a_meeting_is_noticed_at_its_closing(
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
        "Meeting 2 saved. An older file was put back in the meantime, without the meeting of "
        f"5 March and Noor: {older.path.name} has them."
    )
    assert service.circle.members[-1].name == "Noor"
    assert older.path.exists()


def elsewhere(file: CircleFile, clock: ManualClock, tmp_path: Path) -> CircleService:
    """The circle as another machine has it, which may do something before it is synced back."""
    folder = tmp_path / "elsewhere"
    folder.mkdir(exist_ok=True)
    return CircleService(CircleFile(Path(shutil.copy(file.path, folder))), clock)


def sync_back(other: CircleService, file: CircleFile) -> None:
    other.close()
    other.file.path.replace(file.path)


def a_round_that_was_left(service: CircleService, *, closed: bool) -> None:
    """Ada promised something, and the meeting was left at its closing, or closed and not kept."""
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
def test_a_meeting_that_was_left_is_kept_though_a_member_of_it_is_gone_from_the_file(
    service: CircleService, file: CircleFile, clock: ManualClock, tmp_path: Path, closed: bool
) -> None:
    without = file.path.read_bytes()
    service.execute(membership.join, "Noor")
    a_round_that_was_left(service, closed=closed)
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


def test_words_of_who_was_forgotten_while_a_meeting_lay_parked_are_not_kept_with_it(
    service: CircleService, file: CircleFile, clock: ManualClock, tmp_path: Path
) -> None:
    a_round_that_was_left(service, closed=False)
    other = elsewhere(file, clock, tmp_path)
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


def test_a_closed_meeting_that_cannot_be_kept_is_set_aside_with_its_words(
    service: CircleService, file: CircleFile, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise SaveError("It does not fit.")

    a_round_that_was_left(service, closed=True)
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
