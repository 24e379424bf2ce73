"""A folder of many circles: they come while the list is shown, and are chosen in it."""

import threading
from pathlib import Path

from textual import events

from circle_tui.service.clock import ManualClock
from circle_tui.tui.screens.choose import ChooseScreen
from circle_tui.views.choose import CircleSummary

from .app_driver import create_circle, run_app


class SlowReading:
    """A folder of which one circle is read at a time, when a test says so."""

    def __init__(self, folder: Path, *names: str) -> None:
        self.folder = folder
        self._may_come = threading.Semaphore(0)
        self._coming = [
            (folder / f"{name}.json", CircleSummary(slug=name, name=name)) for name in names
        ]
        self._asked = False
        self.all_read = False

    def come(self) -> None:
        """Let the next one come."""
        self._may_come.release()

    def some(self, _seconds: float, _most: int | None = None) -> list[tuple[Path, CircleSummary]]:
        if not self._asked:
            # The first drawing waits for nobody.
            self._asked = True
            return [self._coming.pop(0)]
        self._may_come.acquire(timeout=10)
        self.all_read = not self._coming
        return [self._coming.pop(0)] if self._coming else []


async def test_circles_come_while_the_list_is_shown_and_the_cursor_stays_on_its_own(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock, name="Quay")
    create_circle(folder, clock, name="Pier")
    async with run_app(folder, clock) as driver:
        reading = SlowReading(folder, "Mole", "Pier", "Bay")
        screen = ChooseScreen(reading)
        await driver.app.switch_screen(screen)
        await driver.settle()
        assert "Mole" in driver.text
        assert driver.headline[-1] == "reading…"
        await driver.press("down")
        for name in ("Pier", "Bay"):
            reading.come()
            while name not in driver.text:
                await driver.settle()
            assert "› Mole" in driver.text
        reading.come()
        await screen.workers.wait_for_complete()
        await driver.settle()
        assert driver.headline[-1] != "reading…"
        assert driver.text.index("Bay") < driver.text.index("› Mole") < driver.text.index("Pier")


async def test_enter_opens_the_circle_when_all_files_are_read(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock, name="Quay")
    create_circle(folder, clock, name="Pier")
    async with run_app(folder, clock) as driver:
        reading = SlowReading(folder, "quay")
        screen = ChooseScreen(reading)
        await driver.app.switch_screen(screen)
        await driver.settle()
        await driver.press("enter")
        assert driver.status == "quay opens as soon as all files are read."
        reading.come()
        await screen.workers.wait_for_complete()
        await driver.settle()
        assert driver.headline[0] == "Quay"


async def test_a_circle_is_chosen_by_a_click_opened_by_a_second_and_the_wheel_moves_on(
    folder: Path, clock: ManualClock
) -> None:
    for name in ("Harbour", "Pier", "Quay"):
        create_circle(folder, clock, name=name)
    async with run_app(folder, clock, (110, 34)) as driver:
        y = next(at for at, line in enumerate(driver.text.splitlines()) if "Pier" in line)
        await driver.pilot.click(offset=(62, y))
        await driver.settle()
        assert "› Pier" in driver.text
        assert driver.ring.caption == "Pier"
        wheel = events.MouseScrollDown(None, 62, y, 0, 1, 0, False, False, False)
        driver.app.screen.post_message(wheel)
        await driver.settle()
        assert "› Quay" in driver.text
        await driver.pilot.click(offset=(62, y))
        await driver.pilot.click(offset=(62, y))
        await driver.settle()
        assert driver.headline[0] == "Pier"


async def test_of_many_circles_only_what_has_room_is_shown_and_the_cursor_stays_in_sight(
    folder: Path, clock: ManualClock
) -> None:
    names = [f"Circle {number:02}" for number in range(50)]
    async with run_app(folder, clock) as driver:
        reading = SlowReading(folder, *names)
        for _ in range(len(names) + 1):
            reading.come()
        screen = ChooseScreen(reading)
        await driver.app.switch_screen(screen)
        await driver.settle()
        await screen.workers.wait_for_complete()
        await driver.settle()
        await driver.press("up")
        assert f"› {names[-1]}" in driver.text
        assert names[0] not in driver.text
        assert "╰" in driver.text


async def test_who_is_in_the_chosen_circle_stands_below_the_list(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock, "Ana, Ben", name="Allotment")
    create_circle(folder, clock, "Cleo, Dev", name="Quay")
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Choose"
        await driver.press("home", "down")
        assert driver.text_of("#explained").strip() == "Cleo and Dev"
