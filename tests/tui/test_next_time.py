"""Whole meetings by keys, one after the other: what is carried over, and to whom."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from circle_tui.core.circle.record import Outcome
from circle_tui.core.meeting.meeting import ClosingStep, Phase
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

from .sitting import MINUTE, Sitting, make, sit

FORTNIGHT = timedelta(weeks=2)


async def turn(sitting: Sitting, *keys: str) -> str:
    """One whole turn: the share, no responses, `keys` among the commitments. Who had it."""
    who = sitting.speaker
    await sitting.press("enter")
    sitting.clock.move(6 * MINUTE)
    await sitting.press("n", "n")
    for key in keys:
        await (sitting.type(key[1:]) if key.startswith(".") else sitting.press(key))
    await sitting.press("enter")
    return who


async def test_the_second_meeting_has_the_right_opener_number_and_commitments(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock, "Maya, Tom, Priya")
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter")
        order = [await turn(sitting, "n", f".promise {at}", "enter") for at in range(3)]
        assert order == ["Maya", "Tom", "Priya"]
        await sitting.press("enter", "enter")
        assert "Cycle 1, meeting 2" in sitting.headline
        assert all(f"promise {at}" in sitting.text for at in range(3))
        await sitting.press("q")
    clock.move(FORTNIGHT - MINUTE * 30)
    async with sit(folder, clock) as sitting:
        assert "Cycle 1, meeting 2" in sitting.headline
        assert "Tom" in sitting.text
        await sitting.press("enter", "enter")
        assert [await turn(sitting, key) for key in "kpx"] == ["Tom", "Priya", "Maya"]
        outcomes = {each.id: each.outcome for each in sitting.meeting.answered}
        assert outcomes == {"c2": Outcome.KEPT, "c3": Outcome.PARTLY, "c1": Outcome.RELEASED}
        await sitting.press("enter", "enter")
    first, second = CircleFile(folder / "harbour.json").read().records
    assert (first.number, second.number) == (1, 2)
    assert (first.opener, second.opener) == ("m1", "m2")
    # The same wall time in London, on the other side of the change of clocks.
    assert first.next == datetime(2026, 3, 19, 10, 0, tzinfo=UTC)
    assert second.next == datetime(2026, 4, 2, 9, 0, tzinfo=UTC)


async def test_who_missed_their_opening_has_not_lost_it(folder: Path, clock: ManualClock) -> None:
    make(folder, clock, "Maya, Tom, Priya")
    openers = []
    for away in ("", "2", "", ""):
        async with sit(folder, clock) as sitting:
            await sitting.press("enter")
            if away:
                await sitting.press(away, "space", "space")
            await sitting.press("enter", "enter")
            openers.append(sitting.speaker)
            for _ in range(20):
                if sitting.phase is Phase.CLOSING:
                    break
                await sitting.press("p" if sitting.phase is Phase.READY else "n")
                if sitting.at == "Commitments":
                    await sitting.press("enter")
            for _ in range(8):
                if sitting.at == "Closing":
                    asked = sitting.meeting.closing_step is ClosingStep.VITALITY
                    await sitting.press("y" if asked else "enter")
            assert sitting.at == "Home"
            await sitting.press("q")
        clock.move(FORTNIGHT)
    assert openers == ["Maya", "Priya", "Tom", "Maya"]


async def test_the_seventh_meeting_begins_the_second_cycle(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock, "Maya, Tom", cycle=2)
    for expected in ((1, 1, 1), (2, 1, 2), (3, 2, 1)):
        async with sit(folder, clock) as sitting:
            await sitting.press("enter", "enter")
            context = sitting.meeting.context
            assert (context.number, context.cycle, context.number_in_cycle) == expected
            await sitting.press("p", "p", "p", "p")
            if context.choices:
                await sitting.press("enter", "enter", "r")
            await sitting.press("enter", "enter", "q")
        clock.move(FORTNIGHT)


async def test_a_commitment_that_was_reset_comes_up_as_its_new_self_alone(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock, "Maya, Tom")
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter")
        await turn(sitting, "n", ".I run daily", "enter")
        await sitting.press("p", "p", "enter", "enter", "q")
    clock.move(FORTNIGHT)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "p")
        await turn(sitting, "m", "enter", "s", ".!", "enter")
        await sitting.press("p", "enter", "enter")
        assert "I run daily!" in sitting.text
        assert sitting.text.count("I run daily") == 1
        await sitting.press("q")
    clock.move(FORTNIGHT)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter")
        assert [each.text for each in sitting.meeting.open_commitments_of("m1")] == ["I run daily!"]
