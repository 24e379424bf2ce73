"""The keys: those that are shown do something, no key breaks anything, and letters are letters."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from textual.command import CommandList, DiscoveryHit, Hits

from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock
from circle_tui.tui.palette import CommandsInOneLine
from circle_tui.tui.screens.help import HelpScreen
from circle_tui.tui.widgets.footer import Footer
from circle_tui.views.keyboard import other_readings

from .app_driver import (
    TO_COMMITMENTS,
    AppDriver,
    begin_round,
    create_circle,
    folder_contents,
    run_app,
)
from .monkey import STARTS
from .screen_states import MAIN_STATES, create_folder_for, go_to_state

SPECIAL = (
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab",
    "backspace", "delete", "insert", "enter", "escape", "f1", "f2", "f12", "ctrl+a", "ctrl+b",
    "ctrl+d", "ctrl+k", "ctrl+o", "ctrl+s", "ctrl+u", "ctrl+v", "ctrl+x", "shift+up", "ctrl+left",
)  # fmt: skip
SOME = "abdehjkwxzAQ059#,;[=é漢\U0001f600"


@pytest.mark.sampled(2)
@pytest.mark.parametrize("scene", MAIN_STATES)
async def test_no_key_breaks_anything(folder: Path, clock: ManualClock, scene: str) -> None:
    create_folder_for(folder, clock, scene)
    async with run_app(folder, clock) as driver:
        await go_to_state(driver, scene)
        bound = set(driver.app.screen.active_bindings)
        for key in SPECIAL:
            if key not in bound:
                await driver.press(key)
        assert not driver.exited
        live = driver.app.live
        before = live.meeting if live else None
        for key in SOME:
            if key in bound or key in "+-:?" or scene == "first run":
                continue
            if bound.intersection(other_readings(key)):
                continue
            await driver.type_without_waiting(key)
            assert key in driver.flashed
        assert (driver.app.live.meeting if driver.app.live else None) == before


@pytest.mark.sampled(2)
@pytest.mark.parametrize("scene", ["gathering", "share", "responses", "commitments", "reach out"])
async def test_any_two_keys_in_a_row_break_nothing(
    folder: Path, clock: ManualClock, scene: str
) -> None:
    create_folder_for(folder, clock, scene)
    async with run_app(folder, clock) as driver:
        await go_to_state(driver, scene)
        for key in ("a", "l", "question_mark", "escape", "t", "w", "k", "s", "escape", "escape"):
            await driver.press(key)
            await driver.type_without_waiting(key[0] * 2)
            if driver.exited:
                break


def listed(driver: AppDriver) -> list[tuple[str, str]]:
    assert isinstance(driver.app.screen, HelpScreen)
    return [(line.sign, line.means) for line in driver.app.screen.help_view.sections[0].lines]


def state(driver: AppDriver) -> tuple[object, ...]:
    """Everything that a key could change."""
    live = driver.app.live
    screen = driver.app.screen
    return (
        driver.screen_name,
        live.meeting if live else None,
        driver.app.focused,
        driver.text,
        driver.exited,
        driver.app.service,
        screen,
    )


_NAMED = {
    "esc": "escape",
    "+": "plus",
    "-": "minus",
    "?": "question_mark",
    ":": "colon",
    "↑": "up",
    "↓": "down",
}


def keys_of(shown: str) -> list[str]:
    """The keys that a line of the help means: "enter n", "↑↓", "1…9".

    Of the seats it is the second: the cursor may be on the first already.
    """
    keys = []
    for word in shown.split():
        parts = list(word) if set(word) <= set("↑↓") else [word.replace("1…9", "2")]
        keys += [_NAMED.get(part, part.replace("^", "ctrl+")) for part in parts]
    return keys


@pytest.mark.sampled(1)
@pytest.mark.parametrize("scene", MAIN_STATES)
async def test_help_lists_keys_that_each_do_something_now(
    folder: Path, clock: ManualClock, scene: str, full: bool
) -> None:
    """A sample tries every fifth of them."""
    create_folder_for(folder, clock, scene)
    async with run_app(folder, clock) as driver:
        await go_to_state(driver, scene)
        before = state(driver)
        # Where a field has the focus, a question mark is typed.
        await driver.press("f1")
        assert driver.screen_name == "Help"
        offered = [key for shown, _ in listed(driver) for key in keys_of(shown)]
        await driver.press("escape")
        assert state(driver)[:3] == before[:3]
        assert len(offered) == len(set(offered))
        assert {"ctrl+c", "f1"} <= set(offered)
    everywhere = {"u", "q", "question_mark", "f1", "colon", "ctrl+p", "ctrl+c", "ctrl+q"}
    for key in offered[0 if full else len(scene) % 5 :: 1 if full else 5]:
        # Suspending needs a terminal; what is the same everywhere is tried once.
        if key == "ctrl+z" or (key in everywhere and scene != "share"):
            continue
        own = folder.parent / f"again-{offered.index(key)}"
        own.mkdir()
        again = ManualClock(clock.moment)
        if scene.startswith("resume"):
            again.moment -= timedelta(hours=2 if scene == "resume late" else 0, minutes=5)
        create_folder_for(own, again, scene)
        async with run_app(own, again) as driver:
            await go_to_state(driver, scene)
            was = state(driver)
            await driver.press(key)
            assert driver.exited or state(driver) != was, key
            if not driver.exited and driver.screen_name != "CommandPalette":
                assert "does nothing" not in driver.text, key


CHOSEN_ALREADY = {
    ("on paper", "o"),
    ("trades", "1"),
    ("reviewing", "n"),
    ("reviewing", "minus"),
    # The only row.
    ("earlier contracts", "down"),
    ("home o", "down"),
    # Only a background moves.
    ("palette", "down"),
}
"""Keys that would choose what is chosen: all stays as it is, and is seen to be."""


@pytest.mark.sampled(4)
@pytest.mark.parametrize("start", STARTS)
async def test_each_key_in_the_footer_does_something_or_says_why_not(
    folder: Path, clock: ManualClock, start: str, full: bool
) -> None:
    """Also the greyed ones; a sample tries one key of each footer."""
    at, keys = 0, 1
    while at < keys:
        own, again = folder.parent / f"again-{at}", ManualClock(clock.moment)
        own.mkdir()
        STARTS[start].create_folder(own, again)
        async with run_app(own, again) as driver:
            await driver.press(*STARTS[start].keys)
            shown = [key.key for footer in driver.app.screen.query(Footer) for key in footer.keys]
            if not shown:
                return
            keys = len(shown) if full else 1
            key = shown[at if full else sum(map(ord, start)) % len(shown)]
            was = state(driver)
            await driver.press(key)
            as_it_was = (start, key) in CHOSEN_ALREADY
            assert driver.exited or (state(driver) == was) == as_it_was, key
        at += 1


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("scene", "key"), [("home", "question_mark"), ("share", "f1"), ("missed", "question_mark")]
)
async def test_help_is_left_by_its_own_key_enter_or_escape(
    folder: Path, clock: ManualClock, scene: str, key: str
) -> None:
    create_folder_for(folder, clock, scene)
    async with run_app(folder, clock) as driver:
        await go_to_state(driver, scene)
        at = driver.screen_name
        for back in (key, "enter", "escape"):
            await driver.press(key)
            assert driver.screen_name == "Help"
            await driver.press(back)
            assert driver.screen_name == at


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("scene", "key"),
    [*((scene, "ctrl+p") for scene in MAIN_STATES), ("home", "colon"), ("share", "colon")],
)
async def test_the_palette_opens_everywhere(
    folder: Path, clock: ManualClock, scene: str, key: str
) -> None:
    create_folder_for(folder, clock, scene)
    async with run_app(folder, clock) as driver:
        await go_to_state(driver, scene)
        at = driver.screen_name
        await driver.press(key)
        assert driver.screen_name == "CommandPalette"
        await driver.press("escape")
        assert driver.screen_name == at


@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["pagedown", "pageup"])
async def test_a_page_key_right_behind_the_palettes_own_does_not_break_it(
    folder: Path, clock: ManualClock, key: str
) -> None:
    create_folder_for(folder, clock, "closing")
    async with run_app(folder, clock) as driver:
        for each in ("ctrl+p", key, "pagedown"):
            driver.send(each)
        await driver.settle()
        assert driver.screen_name == "CommandPalette"
        await driver.press("escape")
        assert driver.screen_name == "Closing"


@pytest.mark.sampled(3)
@pytest.mark.parametrize("turns", range(8))
async def test_a_palette_that_opens_while_the_program_ends_breaks_nothing(
    folder: Path, clock: ManualClock, turns: int
) -> None:
    """However far it has come, in turns of the event loop."""
    create_folder_for(folder, clock, "home")
    async with run_app(folder, clock) as driver:
        driver.send("ctrl+p")
        for _ in range(turns):
            await asyncio.sleep(0)
        driver.app.exit()
    assert driver.app.return_code == 0


@pytest.mark.parametrize("way", ["f1", "a smaller terminal"])
async def test_a_palette_that_goes_gathers_no_more_commands_for_its_list(
    folder: Path, clock: ManualClock, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its list is removed before its workers are, which would look for it."""
    create_folder_for(folder, clock, "home")

    async def for_ever(_provider: CommandsInOneLine) -> Hits:
        await asyncio.Event().wait()
        yield DiscoveryHit("never", print)

    monkeypatch.setattr(CommandsInOneLine, "discover", for_ever)
    async with run_app(folder, clock) as driver:
        await driver.press("ctrl+p")
        palette = driver.app.screen
        gathering = [each for each in driver.app.workers if each.node is palette]
        assert gathering
        if way == "f1":
            palette.dismiss()
        else:
            driver.app.pop_screen()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        assert palette.query(CommandList)
        assert all(each.is_cancelled for each in gathering)


async def test_the_palette_changes_the_look(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        looks = {
            command.title: command.callback
            for command in driver.app.get_system_commands(driver.app.screen)
        }
        assert driver.app.theme == "circle-dark"
        with driver.app._context():
            next(call for title, call in looks.items() if "light" in title)()
        await driver.settle()
        assert driver.app.theme == "circle-light"


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "scene", [each for each in MAIN_STATES if each not in {"first run", "choose"}]
)
async def test_ctrl_c_leaves_and_parks_wherever_one_is(
    folder: Path, clock: ManualClock, scene: str
) -> None:
    create_folder_for(folder, clock, scene)
    async with run_app(folder, clock) as driver:
        await go_to_state(driver, scene)
        live = driver.app.live
        before = live.meeting if live else None
        touched = live is not None and not live.untouched
        await driver.press("ctrl+c")
        if live is not None and live.running:
            # A share that runs is left with the second key.
            assert not driver.exited
            await driver.press("ctrl+c")
        assert driver.exited
    assert (folder / "harbour.live").exists() == touched
    if touched:
        async with run_app(folder, clock) as driver:
            assert driver.screen_name == "Share" or driver.app.live is not None
            assert before is not None
            assert driver.meeting.finished == before.finished
            assert driver.phase is before.phase


@pytest.mark.sampled(1)
@pytest.mark.parametrize("over", ["question_mark", "l", "colon"])
async def test_ctrl_c_leaves_from_a_screen_over_the_meeting_too(
    folder: Path, clock: ManualClock, over: str
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", over, "ctrl+c")
        assert not driver.exited
        assert "Maya is speaking" in driver.flashed
        await driver.press("ctrl+c")
        assert driver.exited
    async with run_app(folder, clock) as driver:
        assert driver.phase is Phase.SHARE


async def test_ctrl_c_leaves_a_field_first_and_then_the_program_with_nothing_of_it_kept(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock, *TO_COMMITMENTS)
    async with run_app(folder, clock) as driver:
        await driver.press("n")
        await driver.type("half a promi")
        await driver.press("ctrl+c")
        assert not driver.exited
        assert not driver.prompt_open
        await driver.press("n")
        assert driver.prompt_value == "half a promi"
        await driver.press("ctrl+c", "ctrl+c")
        assert driver.exited
    assert not any(b"promi" in content for content in folder_contents(folder).values())


async def test_q_in_a_field_is_a_letter_and_escape_then_q_leaves(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock, *TO_COMMITMENTS)
    async with run_app(folder, clock) as driver:
        await driver.press("n")
        await driver.type("qu?:")
        assert driver.prompt_value == "qu?:"
        assert not driver.exited
        await driver.press("escape", "q")
        assert driver.exited


async def test_tab_moves_nothing_where_there_is_no_field(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "tab", "shift+tab", "tab")
        assert driver.app.focused is None
        await driver.press("space")
        assert driver.countdown.is_paused


async def test_what_is_pasted_at_a_meeting_is_not_taken_for_keys(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        for keys in ((), ("enter",), ("enter",), ("enter",), ("n",), ("n",)):
            await driver.press(*keys)
            before = state(driver)[:3]
            await driver.paste("pnqx\nkkk")
            assert state(driver)[:3] == before
