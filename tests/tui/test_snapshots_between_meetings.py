"""Every screen between two meetings as a picture, of a circle that has met for two cycles."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion

from circle_tui.core.circle import checkins, commitments, trades
from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.schedule import planned
from circle_tui.core.circle.state import CircleState
from circle_tui.service import demo
from circle_tui.service.clock import ManualClock
from circle_tui.service.handing_over import FactsFile
from circle_tui.store.circle_file import CircleFile

from .app_driver import SIZES, run_app


def harbour(folder: Path, clock: ManualClock) -> CircleFile:
    """The sample, as a circle of one's own, when its next meeting is due."""
    file = demo.write_sample(folder)
    own = folder / "harbour.json"
    file.path.rename(own)
    mine = CircleFile(own)
    state = mine.read()
    mine.save(replace(state, circle=replace(state.circle, sample=False)))
    clock.moment = planned(state)
    return mine


def amend(file: CircleFile, act: Callable[[CircleState], CircleState]) -> None:
    file.save(act(file.read()))


PLACES = {
    "home": (),
    "commitments": ("c",),
    "chain": ("c", "enter"),
    "kept": ("c", "tab"),
    "covenant": ("v",),
    "people": ("p",),
    "forget": ("p", "f"),
    "settings": ("s",),
    "rebooking": ("b",),
    "cancelled": ("b", "x"),
    "gathering": ("enter",),
    "opening": ("enter", "enter"),
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("place", PLACES)
async def test_place(
    folder: Path, clock: ManualClock, snapshot: SnapshotAssertion, place: str
) -> None:
    harbour(folder, clock)
    await pictured(folder, clock, snapshot, *PLACES[place])


async def pictured(
    folder: Path, clock: ManualClock, snapshot: SnapshotAssertion, *keys: str
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press(*keys)
        for width, height in SIZES:
            await driver.resize(width, height)
            assert driver.app.export_screenshot() == snapshot(name=f"{width}x{height}")


def begun(clock: ManualClock, format_key: str, members: str) -> CircleState:
    """A circle of that format that has not met yet."""
    first = datetime(2026, 3, 5, 10, 0)  # noqa: DTZ001 - the circle's own wall time
    circle = make_circle(
        "Harbour", members, format_key, zone="Europe/London", first=first, now=clock.now()
    )
    return CircleState(circle=circle)


@pytest.mark.full
async def test_checkins(folder: Path, clock: ManualClock, snapshot: SnapshotAssertion) -> None:
    file = CircleFile.create(folder, begun(clock, "movement-pod", "Maya, Tom, Priya, Lena").circle)
    words = "I opened two meetings with what is hard. The third I closed too early."
    amend(file, lambda state: checkins.check_in(state, clock.now(), "m1", words))
    await pictured(folder, clock, snapshot, "i")


@pytest.mark.full
async def test_trades(folder: Path, clock: ManualClock, snapshot: SnapshotAssertion) -> None:
    file = CircleFile.create(folder, begun(clock, "trading-pair", "Maya, Tom").circle)
    amend(file, lambda each: trades.toggle(each, clock.now(), "m1", "sent"))
    await pictured(folder, clock, snapshot, "t")


@pytest.mark.full
async def test_facts_for_a_lead(
    folder: Path, clock: ManualClock, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    harbour(folder, clock)
    goal = Path("/home/maya/harbour-2026-03-05.facts.json")
    monkeypatch.setattr(FactsFile, "find", lambda self, _: setattr(self, "path", goal))
    await pictured(folder, clock, snapshot, "f")


@pytest.mark.full
async def test_wins(folder: Path, clock: ManualClock, snapshot: SnapshotAssertion) -> None:
    file = harbour(folder, clock)
    mine = next(each for each in commitments.open_commitments(file.read()) if each.member == "m4")
    amend(file, lambda each: commitments.set_daily(each, clock.now(), mine.id))
    amend(file, lambda each: commitments.record_win(each, clock.now(), mine.id, True))
    await pictured(folder, clock, snapshot, "enter", "enter", "enter", "n", "n")


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "keys", [(), ("enter", "enter"), ("enter", "enter", "z")], ids=["worked", "choice", "rest"]
)
async def test_the_end_of_a_cycle(
    folder: Path, clock: ManualClock, snapshot: SnapshotAssertion, keys: tuple[str, ...]
) -> None:
    circle = begun(clock, "peer-circle", "Maya, Tom, Priya").circle
    # The code of a meeting depends on the circle's id.
    CircleFile.create(folder, replace(circle, cycle=1, id="1f"))
    await pictured(folder, clock, snapshot, "enter", "enter", *"pppppp", *keys)


@pytest.mark.full
async def test_a_question_to_the_circle(
    folder: Path, clock: ManualClock, snapshot: SnapshotAssertion
) -> None:
    harbour(folder, clock)
    clock.move(timedelta(weeks=2))
    await pictured(folder, clock, snapshot, "enter", "enter", *"pppppppppp")


@pytest.mark.full
async def test_too_few_came(folder: Path, clock: ManualClock, snapshot: SnapshotAssertion) -> None:
    harbour(folder, clock)
    away = [key for seat in "2345" for key in (seat, "space", "space", "space")]
    await pictured(folder, clock, snapshot, "enter", *away)
