"""The code shown at the closing is the code in the circle's file afterwards."""

from circle_tui.core.circle import continuity
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import ClosingStep
from circle_tui.views import sheet

from .circle_reader import CircleReader
from .reader import press, read, snapshot


def code_shown(reader: CircleReader) -> str | None:
    """The code that the closing shows; None if it shows none."""
    spans = reader.closing().code
    return spans[-1].text if spans else None


def to_the_last_step(reader: CircleReader) -> None:
    while snapshot(reader.service).meeting.closing_step is not ClosingStep.CLOSE:
        press(reader.service, reader.closing(), "enter")


def test_the_code_is_shown_once_everything_is_settled_and_is_the_one_saved(
    reader: CircleReader,
) -> None:
    for closings in (1, 2):
        reader.run_to_closing()
        assert code_shown(reader) is None
        to_the_last_step(reader)
        shown = code_shown(reader)
        assert shown is not None
        assert shown in read(reader.closing())
        reader.close()
        assert continuity.latest_code(reader.service.state) == shown
        assert len(reader.service.state.continuity) == closings


def test_the_code_includes_last_minute_arrivals_and_departures(reader: CircleReader) -> None:
    reader.clock.moment = max(reader.clock.moment, reader.service.context.planned)
    reader.service.begin()
    for _ in range(3):
        reader.service.execute(commands.mark_next, "m5")
    reader.service.execute(commands.begin)
    while snapshot(reader.service).meeting.turn is not None:
        reader.service.execute(commands.pass_turn)
    to_the_last_step(reader)
    before = code_shown(reader)
    reader.service.execute(commands.arrive, "m5")
    assert code_shown(reader) not in {before, None}
    shown = code_shown(reader)
    reader.close()
    assert continuity.latest_code(reader.service.state) == shown


def test_a_reopened_meeting_keeps_its_code_unless_its_attendance_changes(
    reader: CircleReader,
) -> None:
    reader.run_to_closing()
    reader.close()
    code = continuity.latest_code(reader.service.state)
    reader.service.reopen()
    assert code_shown(reader) == code
    reader.close()
    assert continuity.latest_code(reader.service.state) == code
    reader.service.reopen()
    reader.service.execute(commands.leave, "m5")
    other = code_shown(reader)
    reader.close()
    # A member who leaves early was there.
    assert continuity.codes(reader.service.state) == (code,)
    assert other == code


def test_the_code_is_on_a_members_own_sheet(reader: CircleReader) -> None:
    maya = reader.service.circle.members[0]
    assert "code" not in read(sheet.member_sheet(reader.service.snapshot, maya))  # type: ignore[arg-type]
    reader.run_to_closing()
    reader.close()
    code = continuity.latest_code(reader.service.state)
    said = read(sheet.member_sheet(reader.service.snapshot, maya))  # type: ignore[arg-type]
    assert f"Your circle's code so far: {code}" in said
