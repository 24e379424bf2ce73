"""The footer: it shows what keys do now, and a click on one presses it."""

from pathlib import Path

from circle_tui.service.clock import ManualClock
from circle_tui.tui.widgets.footer import Footer

from .sitting import Sitting, make, sit


def footer(sitting: Sitting) -> str:
    return sitting.text.splitlines()[-1]


async def click(sitting: Sitting, words: str, height: int = 24) -> None:
    """On the first letter of `words`, in the footer."""
    await sitting.pilot.mouse_down(offset=(footer(sitting).index(words), height - 1))
    await sitting.settle()


async def test_a_key_that_is_clicked_is_pressed(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await click(sitting, "Covenant")
        assert sitting.at == "Covenant"


async def test_the_place_to_the_right_of_the_keys_is_none_of_them(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock, (110, 34)) as sitting:
        assert footer(sitting).endswith("Leave" + " " * 32)
        await sitting.pilot.mouse_down(offset=(109, 33))
        await sitting.settle()
        assert not sitting.ended
        assert sitting.at == "Home"


async def test_a_greyed_key_rings_when_it_is_clicked_and_does_nothing(
    folder: Path, clock: ManualClock, bells: list[str]
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter")
        before = sitting.meeting
        await click(sitting, "Undo")
        assert bells == ["bell"]
        assert sitting.meeting == before


async def test_what_has_no_room_is_scrolled_to(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock, (30, 12)) as sitting:
        assert "Leave" not in footer(sitting)
        shown = sitting.app.screen.query_one(Footer)
        for _ in range(4):
            shown.on_mouse_scroll_down()
            await sitting.settle()
        assert "Leave" in footer(sitting)
        await click(sitting, "Leave", 12)
        assert sitting.ended


async def test_the_key_under_the_pointer_stands_out(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)

    def grounds(sitting: Sitting) -> list[str]:
        """The words of the footer that stand on a ground of their own."""
        segments = sitting.app.screen.query_one(Footer).render_line(0)
        first, *_ = segments
        return [
            text.strip()
            for text, style, _ in segments
            if style and first.style and style.bgcolor != first.style.bgcolor
        ]

    async with sit(folder, clock) as sitting:
        assert grounds(sitting) == []
        await sitting.pilot.hover(offset=(footer(sitting).index("People"), 23))
        await sitting.settle()
        assert grounds(sitting) == ["p", "People"]
        await sitting.pilot.hover(offset=(3, 3))
        await sitting.settle()
        assert grounds(sitting) == []


async def test_it_is_drawn_anew_only_where_it_says_something_else(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "2")
        before = sitting.app.screen.query_one(Footer).keys
        await sitting.press("down")
        sitting.app.screen.refresh_bindings()
        await sitting.settle()
        assert sitting.app.screen.query_one(Footer).keys is before
        await sitting.press("space")
        now = {key.does: key.enabled for key in sitting.app.screen.query_one(Footer).keys}
        assert now["Undo"]
        assert not {key.does: key.enabled for key in before}["Undo"]


async def test_keys_of_a_screen_that_lies_below_another_are_not_shown(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter")
        below = sitting.app.screen.query_one(Footer)
        before = below.keys
        for over in ("l", "question_mark", "colon"):
            await sitting.press(over)
            assert below.keys == ()
            await sitting.press("escape")
            assert below.keys == before
