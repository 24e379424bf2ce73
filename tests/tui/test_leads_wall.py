"""Nothing that was said gets onto the screens of a review."""

from pathlib import Path

from circle_tui.service.clock import ManualClock
from tests.reports.canaries import CANARY, NOW, fill_folder

from .review_driver import run_review


async def test_neither_the_list_nor_a_circle_shows_it(tmp_path: Path) -> None:
    # A twentieth of the damage: it differs by what is shown of it, not by which it is.
    fill_folder(tmp_path, every=20)
    async with run_review(tmp_path, clock=ManualClock(NOW), size=(120, 60)) as driver:
        shown = [driver.text, driver.app.export_screenshot()]
        assert "Harbour" in driver.text
        await driver.press("enter")
        assert "Ana" in driver.text
        shown += [driver.text, driver.app.export_screenshot()]
    assert CANARY not in " ".join(shown).casefold()
