"""Nothing that was said gets onto the screens of a review."""

from pathlib import Path

from circle_tui.service.clock import ManualClock
from tests.reports.canaries import CANARY, NOW, fill

from .reviewing import look


async def test_neither_the_list_nor_a_circle_shows_it(tmp_path: Path) -> None:
    fill(tmp_path)
    async with look(tmp_path, clock=ManualClock(NOW), size=(120, 60)) as sitting:
        shown = [sitting.text, sitting.app.export_screenshot()]
        assert "Harbour" in sitting.text
        await sitting.press("enter")
        assert "Ana" in sitting.text
        shown += [sitting.text, sitting.app.export_screenshot()]
    assert CANARY not in " ".join(shown).casefold()
