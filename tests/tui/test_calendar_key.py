"""The key at home that saves the dates for a calendar."""

from pathlib import Path

import vobject

from circle_tui.service.clock import ManualClock

from .app_driver import create_circle, run_app


async def test_one_key_saves_the_dates_and_says_where_and_another_time_replaces_them(
    folder: Path, clock: ManualClock, downloads: Path
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        assert "calendar" not in driver.text
        await driver.press("a")
        assert driver.flashed.endswith("harbour.ics. Open it with your calendar.")
        await driver.press("a")
        (saved,) = downloads.iterdir()
        assert vobject.readOne(saved.read_bytes().decode()).vevent.summary.value == "Harbour"
        await driver.press("question_mark")
        assert "Dates for a calendar" in driver.text
