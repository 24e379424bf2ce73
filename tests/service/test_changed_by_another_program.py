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
    said = after_meeting(service.state, older.missing, older.path.name).flash
    assert said == (
        "Meeting 2 is kept. An older file was put back meanwhile, without the meeting of "
        f"5 March and Noor: {older.path.name} has them."
    )
    assert service.circle.members[-1].name == "Noor"
    assert older.path.exists()
