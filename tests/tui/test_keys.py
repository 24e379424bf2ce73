"""The keys: those that are shown do something, no key breaks anything, and letters are letters."""

from datetime import timedelta
from pathlib import Path

import pytest

from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock
from circle_tui.tui.screens.help import HelpScreen
from circle_tui.tui.widgets.footer import Footer

from .monkey import STARTS
from .scenes import MAIN, enact, lay_out
from .sitting import Sitting, everything, make, sit

SPECIAL = (
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "shift+tab",
    "backspace", "delete", "insert", "enter", "escape", "f1", "f2", "f12", "ctrl+a", "ctrl+b",
    "ctrl+d", "ctrl+k", "ctrl+o", "ctrl+s", "ctrl+u", "ctrl+v", "ctrl+x", "shift+up", "ctrl+left",
)  # fmt: skip
SOME = "abdehjkwxzAQ059#,;[=é漢\U0001f600"


@pytest.mark.parametrize("scene", MAIN)
async def test_no_key_breaks_anything(folder: Path, clock: ManualClock, scene: str) -> None:
    lay_out(folder, clock, scene)
    async with sit(folder, clock) as sitting:
        await enact(sitting, scene)
        bound = set(sitting.app.screen.active_bindings)
        for key in SPECIAL:
            if key not in bound:
                await sitting.press(key)
        assert not sitting.ended
        live = sitting.app.live
        before = live.meeting if live else None
        for key in SOME:
            if key in bound or key in "+-:?" or scene == "first run":
                continue
            await sitting.burst(key)
            assert key in sitting.said
        assert (sitting.app.live.meeting if sitting.app.live else None) == before


@pytest.mark.parametrize("scene", ["gathering", "share", "responses", "commitments", "reach out"])
async def test_any_two_keys_in_a_row_break_nothing(
    folder: Path, clock: ManualClock, scene: str
) -> None:
    lay_out(folder, clock, scene)
    async with sit(folder, clock) as sitting:
        await enact(sitting, scene)
        for key in ("a", "l", "question_mark", "escape", "t", "w", "k", "s", "escape", "escape"):
            await sitting.press(key)
            await sitting.burst(key[0] * 2)
            if sitting.ended:
                break


def listed(sitting: Sitting) -> list[tuple[str, str]]:
    assert isinstance(sitting.app.screen, HelpScreen)
    return [(line.sign, line.means) for line in sitting.app.screen.view.sections[0].lines]


def state(sitting: Sitting) -> tuple[object, ...]:
    """Everything that a key could change."""
    live = sitting.app.live
    screen = sitting.app.screen
    return (
        sitting.at,
        live.meeting if live else None,
        sitting.app.focused,
        sitting.text,
        sitting.ended,
        sitting.app.opened,
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


@pytest.mark.parametrize("scene", MAIN)
async def test_help_lists_keys_that_each_do_something_now(
    folder: Path, clock: ManualClock, scene: str, full: bool
) -> None:
    """A sample tries every third of them."""
    lay_out(folder, clock, scene)
    async with sit(folder, clock) as sitting:
        await enact(sitting, scene)
        before = state(sitting)
        await sitting.press("question_mark")
        assert sitting.at == "Help"
        offered = [key for shown, _ in listed(sitting) for key in keys_of(shown)]
        await sitting.press("escape")
        assert state(sitting)[:3] == before[:3]
        assert len(offered) == len(set(offered))
        assert {"q", "question_mark"} <= set(offered)
    everywhere = {"u", "q", "question_mark", "f1", "colon", "ctrl+p", "ctrl+c", "ctrl+q"}
    for key in offered[0 if full else len(scene) % 3 :: 1 if full else 3]:
        # Suspending needs a terminal; what is the same everywhere is tried once.
        if key == "ctrl+z" or (key in everywhere and scene != "share"):
            continue
        own = folder.parent / f"again-{offered.index(key)}"
        own.mkdir()
        again = ManualClock(clock.moment)
        if scene.startswith("resume"):
            again.moment -= timedelta(hours=2 if scene == "resume late" else 0, minutes=5)
        lay_out(own, again, scene)
        async with sit(own, again) as sitting:
            await enact(sitting, scene)
            was = state(sitting)
            await sitting.press(key)
            assert sitting.ended or state(sitting) != was, key
            if not sitting.ended and sitting.at != "CommandPalette":
                assert "does nothing" not in sitting.text, key


@pytest.mark.parametrize("start", STARTS)
async def test_each_key_in_the_footer_does_something_or_says_why_not(
    folder: Path, clock: ManualClock, start: str, full: bool
) -> None:
    """Also the greyed ones; a sample tries one key of each footer."""
    at, keys = 0, 1
    while at < keys:
        own, again = folder.parent / f"again-{at}", ManualClock(clock.moment)
        own.mkdir()
        STARTS[start].lay_out(own, again)
        async with sit(own, again) as sitting:
            await sitting.press(*STARTS[start].keys)
            shown = [key.key for footer in sitting.app.screen.query(Footer) for key in footer.keys]
            if not shown:
                return
            keys = len(shown) if full else 1
            key = shown[at if full else sum(map(ord, start)) % len(shown)]
            was = state(sitting)
            await sitting.press(key)
            assert sitting.ended or state(sitting) != was, key
        at += 1


@pytest.mark.parametrize(
    ("scene", "key"), [("home", "question_mark"), ("share", "f1"), ("missed", "question_mark")]
)
async def test_help_is_left_by_its_own_key_enter_q_or_escape(
    folder: Path, clock: ManualClock, scene: str, key: str
) -> None:
    lay_out(folder, clock, scene)
    async with sit(folder, clock) as sitting:
        await enact(sitting, scene)
        at = sitting.at
        for back in (key, "enter", "q", "escape"):
            await sitting.press(key)
            assert sitting.at == "Help"
            await sitting.press(back)
            assert sitting.at == at


@pytest.mark.parametrize(
    ("scene", "key"),
    [*((scene, "ctrl+p") for scene in MAIN), ("home", "colon"), ("share", "colon")],
)
async def test_the_palette_opens_everywhere(
    folder: Path, clock: ManualClock, scene: str, key: str
) -> None:
    lay_out(folder, clock, scene)
    async with sit(folder, clock) as sitting:
        await enact(sitting, scene)
        at = sitting.at
        await sitting.press(key)
        assert sitting.at == "CommandPalette"
        await sitting.press("escape")
        assert sitting.at == at


@pytest.mark.parametrize("key", ["pagedown", "pageup"])
async def test_a_page_key_right_behind_the_palettes_own_does_not_break_it(
    folder: Path, clock: ManualClock, key: str
) -> None:
    lay_out(folder, clock, "closing")
    async with sit(folder, clock) as sitting:
        for each in ("ctrl+p", key, "pagedown"):
            sitting.send(each)
        await sitting.settle()
        assert sitting.at == "CommandPalette"
        await sitting.press("escape")
        assert sitting.at == "Closing"


async def test_the_palette_changes_the_look(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        looks = {
            command.title: command.callback
            for command in sitting.app.get_system_commands(sitting.app.screen)
        }
        assert sitting.app.theme == "circle-dark"
        with sitting.app._context():
            next(call for title, call in looks.items() if "light" in title)()
        await sitting.settle()
        assert sitting.app.theme == "circle-light"


@pytest.mark.parametrize("scene", [each for each in MAIN if each not in {"first run", "choose"}])
async def test_ctrl_c_leaves_and_parks_wherever_one_is(
    folder: Path, clock: ManualClock, scene: str
) -> None:
    lay_out(folder, clock, scene)
    async with sit(folder, clock) as sitting:
        await enact(sitting, scene)
        live = sitting.app.live
        before = live.meeting if live else None
        touched = live is not None and not live.untouched
        await sitting.press("ctrl+c")
        assert sitting.ended
    assert (folder / "harbour.live").exists() == touched
    if touched:
        async with sit(folder, clock) as sitting:
            assert sitting.at == "Share" or sitting.app.live is not None
            assert before is not None
            assert sitting.meeting.finished == before.finished
            assert sitting.phase is before.phase


@pytest.mark.parametrize("over", ["question_mark", "l", "colon"])
async def test_ctrl_c_leaves_from_a_screen_over_the_meeting_too(
    folder: Path, clock: ManualClock, over: str
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "enter", over, "ctrl+c")
        assert sitting.ended
    async with sit(folder, clock) as sitting:
        assert sitting.phase is Phase.SHARE


async def test_ctrl_c_leaves_a_field_with_nothing_of_it_kept(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "enter", "n", "n", "n")
        await sitting.type("half a promi")
        await sitting.press("ctrl+c")
        assert sitting.ended
    assert not any(b"promi" in content for content in everything(folder).values())


async def test_q_in_a_field_is_a_letter_and_escape_then_q_leaves(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "enter", "n", "n", "n")
        await sitting.type("qu?:")
        assert sitting.typed == "qu?:"
        assert not sitting.ended
        await sitting.press("escape", "q")
        assert sitting.ended


async def test_tab_moves_nothing_where_there_is_no_field(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "enter", "tab", "shift+tab", "tab")
        assert sitting.app.focused is None
        await sitting.press("space")
        assert sitting.countdown.held


async def test_what_is_pasted_at_a_meeting_is_not_taken_for_keys(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        for keys in ((), ("enter",), ("enter",), ("enter",), ("n",), ("n",)):
            await sitting.press(*keys)
            before = state(sitting)[:3]
            await sitting.paste("pnqx\nkkk")
            assert state(sitting)[:3] == before
