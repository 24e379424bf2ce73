"""A start: one screen, keys that wait for it, and everything else after its first picture."""

from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen

from circle_tui.flow.app_flow import AppFlow
from circle_tui.flow.replies import Reply
from circle_tui.service.clock import ManualClock
from circle_tui.tui.app import CircleApp
from circle_tui.tui.routes import later_imports
from circle_tui.tui.screens.gathering import GatheringScreen

from .app_driver import AppDriver, create_circle, run_app


async def test_the_first_screen_has_no_other_below_it(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        assert [type(each).__name__ for each in driver.app.screen_stack] == ["HomeScreen"]


async def test_keys_that_come_before_the_first_screen_is_painted_wait_for_it(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_circle(folder, clock)
    seen: list[str] = []
    start = CircleApp.after_first_paint

    async def type_ahead(app: CircleApp) -> None:
        for key in ("enter", "2"):
            await app.on_event(events.Key(key, None))
        seen.append(type(app.screen).__name__)
        await start(app)

    monkeypatch.setattr(CircleApp, "after_first_paint", type_ahead)
    async with run_app(folder, clock) as driver:
        assert seen == ["HomeScreen"]
        assert driver.screen_name == "Gathering"
        assert "› ● 2 Tom" in driver.text


async def test_the_lock_is_taken_before_a_key_is_done(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_circle(folder, clock)
    waiting: list[int] = []
    take, start = AppFlow.claim, CircleApp.after_first_paint
    apps: list[CircleApp] = []

    async def type_ahead(app: CircleApp) -> None:
        apps.append(app)
        await app.on_event(events.Key("enter", None))
        await start(app)

    def claim(flow: AppFlow) -> Reply:
        waiting.append(len(apps[0]._key_queue._waiting))
        return take(flow)

    monkeypatch.setattr(CircleApp, "after_first_paint", type_ahead)
    monkeypatch.setattr(AppFlow, "claim", claim)
    async with run_app(folder, clock) as driver:
        assert waiting == [1]
        assert driver.screen_name == "Gathering"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of style files, as they are read."""
    names: list[str] = []
    read = Stylesheet.read

    def noted(sheet: Stylesheet, path: Any) -> None:
        names.append(Path(path).name)
        read(sheet, path)

    monkeypatch.setattr(Stylesheet, "read", noted)
    return names


def import_all(driver: AppDriver) -> None:
    """As the timer does after the start of a program that has a terminal."""
    app = driver.app
    app._importing = app.set_interval(1000, lambda: None)
    app._not_imported = app.later_imports()
    for _ in later_imports():
        app._import_next()


async def test_a_screen_that_was_imported_ahead_has_its_styles(
    folder: Path, clock: ManualClock, parsed: list[str]
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        assert "gathering.tcss" not in parsed
        import_all(driver)
        assert "gathering.tcss" in parsed
        parsed.clear()
        for key in ("enter", "enter", "enter", "n", "enter"):
            await driver.press(key)
        assert driver.screen_name == "Commitments"
        assert parsed == []


async def test_a_screen_that_comes_before_its_import_is_shown_with_its_styles(
    folder: Path, clock: ManualClock, parsed: list[str]
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        assert parsed.count("gathering.tcss") == 1
        assert driver.app.screen.query_one("#people").styles.width is not None
        await driver.press("escape", "q")
        assert parsed.count("gathering.tcss") == 1


async def test_a_new_screen_is_styled_once(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Textual styles it twice more: when it comes to the front, and for the terminal's size."""
    create_circle(folder, clock)
    async with run_app(folder, clock, (110, 34)) as driver:
        styled: list[type] = []
        update = CircleApp.update_styles

        def noted(app: CircleApp, node: Any, **more: Any) -> None:
            styled.append(type(node))
            update(app, node, **more)

        monkeypatch.setattr(CircleApp, "update_styles", noted)
        await driver.press("enter")
        assert isinstance(driver.app.screen, GatheringScreen)
        assert not [each for each in styled if issubclass(each, Screen)]
