"""A share, by keys: the clock, whoever speaks, and everything that interrupts them."""

from datetime import timedelta
from pathlib import Path

import pytest
from textual.screen import Screen

from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock
from circle_tui.views.share import LAST_MINUTE

from .sitting import FIVE, MINUTE, SECOND, Sitting, make, sit

PRINTABLE = [chr(code) for code in range(33, 127)]


async def offer(sitting: Sitting) -> None:
    """From home to the first turn on offer."""
    await sitting.press("enter", "enter")
    assert sitting.phase is Phase.READY


async def speak(sitting: Sitting) -> None:
    """From home into the first share."""
    await offer(sitting)
    await sitting.press("enter")
    assert sitting.phase is Phase.SHARE


def end(sitting: Sitting) -> str:
    """The end that the headline promises, "10:54"."""
    return sitting.headline[-1].split()[-1]


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_the_clock_starts_with_a_key_and_not_before(
    folder: Path, clock: ManualClock, key: str
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await offer(sitting)
        await sitting.later(3 * MINUTE)
        assert sitting.phase is Phase.READY
        await sitting.press(key)
        assert sitting.left == 8 * MINUTE
        await sitting.later(3 * SECOND)
        assert sitting.left == 8 * MINUTE - 3 * SECOND
        assert sitting.ring.remaining == pytest.approx(477 / 480)


async def test_space_holds_and_goes_on_and_nothing_runs_meanwhile(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        await sitting.later(2 * MINUTE, pulse=False)
        await sitting.press("space")
        assert sitting.countdown.held
        shown = sitting.ring.remaining, sitting.ring.digits
        for _ in range(3):
            await sitting.later(5 * MINUTE)
            assert (sitting.ring.remaining, sitting.ring.digits) == shown
        await sitting.press("space")
        assert not sitting.countdown.held
        assert sitting.left == 6 * MINUTE


@pytest.mark.parametrize("key", ["enter", "n"])
async def test_a_key_ends_the_share(folder: Path, clock: ManualClock, key: str) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        await sitting.press(key)
        assert sitting.phase is Phase.RESPONSES


async def test_a_key_that_moves_nothing_on_the_screen_lays_nothing_out_and_paints_in_part(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(folder, clock)
    async with sit(folder, clock, (110, 34)) as sitting:
        await speak(sitting)
        await sitting.press("space", "space")
        screen = sitting.app.screen
        laid_out: list[object] = []
        monkeypatch.setattr(Screen, "_refresh_layout", laid_out.append)
        screen._compositor._dirty_regions.clear()
        await sitting.press("space", "space")
        painted = screen._compositor._dirty_regions
        assert painted
        assert screen.size.region not in painted
        assert not laid_out


async def test_who_passes_is_offered_again_and_a_second_pass_is_listening(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock, "Maya, Tom")
    async with sit(folder, clock) as sitting:
        await offer(sitting)
        await sitting.press("p")
        assert sitting.speaker == "Tom"
        await sitting.press("enter", "enter", "enter", "enter")
        assert sitting.speaker == "Maya"
        assert sitting.turn.offered_again
        await sitting.press("p")
        assert sitting.at == "Closing"
        assert sitting.meeting.finished == ("m2", "m1")


async def test_passing_in_the_middle_of_a_share_is_passing_too(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        await sitting.press("p")
        assert sitting.speaker == "Tom"
        assert sitting.phase is Phase.READY
        assert sitting.meeting.waiting_again == ("m1",)


async def test_a_minute_more_and_a_minute_less(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        await sitting.press("plus", "plus", "minus")
        assert sitting.left == 9 * MINUTE
        await sitting.press(*["minus"] * 12)
        assert sitting.left == MINUTE
        assert sitting.said


async def test_b_before_a_share_starts_it_as_of_a_minute_ago(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await offer(sitting)
        await sitting.press("b")
        assert sitting.phase is Phase.SHARE
        assert sitting.left == 7 * MINUTE


async def test_b_during_a_share_takes_a_minute_back_and_never_more_than_there_is(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        await sitting.press("b")
        assert sitting.left == 7 * MINUTE
        await sitting.press(*["b"] * 9)
        assert timedelta() <= sitting.left <= MINUTE
        assert sitting.said


async def test_digits_are_shown_in_the_last_minute_alone(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        assert sitting.ring.digits == ""
        await sitting.later(7 * MINUTE - SECOND, pulse=False)
        assert sitting.ring.digits == ""
        await sitting.later(SECOND, pulse=False)
        assert sitting.left == LAST_MINUTE
        assert sitting.ring.digits == "1:00"
        await sitting.later(59 * SECOND, pulse=False)
        assert sitting.ring.digits == "0:01"


async def test_d_switches_the_digits_on_and_off(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        before = sitting.meeting
        await sitting.press("d")
        assert sitting.ring.digits == "8:00"
        await sitting.later(2 * SECOND)
        assert sitting.ring.digits == "7:58"
        await sitting.press("d")
        assert sitting.ring.digits == ""
        assert sitting.meeting == before


async def test_a_circle_that_wants_digits_has_them(folder: Path, clock: ManualClock) -> None:
    make(folder, clock, digits=True)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        assert sitting.ring.digits == "8:00"


@pytest.mark.parametrize(("bell", "times"), [(False, 0), (True, 1)])
async def test_when_time_is_up_all_is_calm(
    folder: Path, clock: ManualClock, bells: list[str], bell: bool, times: int
) -> None:
    make(folder, clock, bell=bell)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        caption = sitting.ring.caption
        await sitting.later(8 * MINUTE - SECOND, pulse=False)
        assert not bells
        await sitting.later(SECOND, pulse=False)
        assert sitting.phase is Phase.SHARE
        assert sitting.ring.remaining == 0
        assert sitting.ring.digits == ""
        assert sitting.ring.caption != caption
        for _ in range(5):
            await sitting.later(9 * SECOND, pulse=False)
            assert sitting.ring.digits == ""
        assert len(bells) == times
        await sitting.press("plus")
        assert sitting.left == MINUTE
        assert sitting.ring.digits == "1:00"


async def test_overtime_is_counted_for_a_circle_that_wants_it(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock, overtime=True)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        await sitting.later(8 * MINUTE + 5 * SECOND, pulse=False)
        assert sitting.ring.digits == "-0:05"


async def test_the_bell_rings_once_even_where_the_end_was_slept_through(
    folder: Path, clock: ManualClock, bells: list[str]
) -> None:
    make(folder, clock, bell=True)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        await sitting.later(7 * MINUTE, pulse=False)
        await sitting.press("space")
        await sitting.later(9 * MINUTE, pulse=False)
        assert not bells
        await sitting.press("space")
        await sitting.later(MINUTE + SECOND, pulse=False)
        assert bells == ["bell"]


async def test_a_pods_share_walks_through_its_three_steps(folder: Path, clock: ManualClock) -> None:
    make(folder, clock, "Maya, Tom", format_key="pod")
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        for step, words in enumerate(sitting.meeting.steps):
            assert sitting.phase is Phase.SHARE
            assert sitting.turn.step == step
            assert words in sitting.text
            await sitting.press("enter")
        assert sitting.phase is Phase.RESPONSES


async def test_n_ends_a_pods_share_at_any_step(folder: Path, clock: ManualClock) -> None:
    make(folder, clock, "Maya, Tom", format_key="pod")
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        await sitting.press("enter", "n")
        assert sitting.phase is Phase.RESPONSES


@pytest.mark.parametrize("again", ["escape", "a"])
async def test_the_rule_is_shown_to_everybody_and_put_away(
    folder: Path, clock: ManualClock, again: str
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        before = sitting.meeting
        assert not sitting.rule_shown
        await sitting.press("a")
        assert sitting.rule_shown
        assert "No advice" in sitting.text
        assert not any(name in sitting.text.splitlines()[8:16] for name in FIVE.split(", "))
        await sitting.later(2 * SECOND)
        assert sitting.rule_shown
        await sitting.press(again)
        assert not sitting.rule_shown
        assert sitting.meeting == before


async def test_an_act_puts_the_rule_away(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        await sitting.press("a", "space")
        assert sitting.countdown.held
        assert not sitting.rule_shown


async def test_nothing_can_be_typed_during_a_share(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        allowed = set("+-abdlnpqu:?U")
        for key in PRINTABLE:
            if key in allowed:
                continue
            before = sitting.meeting
            await sitting.burst(key)
            assert sitting.app.focused is None, key
            assert sitting.meeting == before, key
            assert key in sitting.said, key
        await sitting.paste("a commitment\nwith n and p in it")
        assert sitting.meeting == before


async def test_escape_does_not_leave_a_share(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        await sitting.press("escape")
        assert sitting.at == "Share"
        assert sitting.said


async def test_the_end_in_the_headline_is_true_after_each_key(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock, (110, 34)) as sitting:
        await sitting.press("enter")
        assert end(sitting) == "10:54"
        # The breath before the first share is five minutes of the plan, and not needed.
        await sitting.press("enter")
        assert end(sitting) == "10:54"
        await sitting.press("enter")
        assert end(sitting) == "10:49"
        await sitting.press("plus")
        assert end(sitting) == "10:50"
        await sitting.press("minus")
        assert end(sitting) == "10:49"
        await sitting.press("b")
        assert end(sitting) == "10:48"
        await sitting.press("space")
        await sitting.later(10 * MINUTE)
        assert end(sitting) == "10:58"
        await sitting.press("space")
        assert end(sitting) == "10:58"
        await sitting.press("p")
        assert end(sitting) == "10:59"
        await sitting.press("u")
        assert end(sitting) == "10:58"
        await sitting.press("enter")
        assert end(sitting) == "10:51"
        await sitting.press("enter", "enter")
        # 10:10, four turns of nine minutes, and four minutes to close.
        assert end(sitting) == "10:50"


async def test_what_is_left_shown_is_never_more_than_there_is(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock, digits=True)
    async with sit(folder, clock) as sitting:
        await speak(sitting)
        await sitting.later(timedelta(milliseconds=400))
        assert sitting.ring.digits == "8:00"
        await sitting.later(timedelta(milliseconds=600))
        assert sitting.ring.digits == "7:59"
