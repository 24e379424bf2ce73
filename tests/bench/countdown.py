"""A running countdown: its processor time, what it writes, and how right it is."""

import asyncio
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from circle_tui.service.clock import SystemClock
from circle_tui.tui import double_press
from circle_tui.tui.app import CircleApp
from circle_tui.tui.widgets.ring import Ring
from tests.bench import circles
from tests.bench.figures import Figure
from tests.bench.growth import GATHERED, READY, SHARING
from tests.bench.pty import BARE, Watched
from tests.bench.start import HOME

ROUNDS, SECONDS = 3, 60.0
"""Sampled at real speed; an hour is sixty times a minute of it."""

STALLED_SHARE = timedelta(seconds=60)
LOOK_EVERY = 0.02
LONGEST_STALL = 2.0


def measure() -> Iterator[Figure]:
    ours, idle, sizes, bursts = [], [], [], []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "sessions"
        circles.make(folder, 26)
        for _ in range(ROUNDS):
            # Both at the same time: they are idle almost always, and the machine is the same.
            with (
                Watched("-m", "circle_tui", "--sessions", str(folder)) as program,
                Watched("-c", BARE) as smallest,
            ):
                program.until(HOME)
                program.through(GATHERED, READY, SHARING)
                smallest.until("ready")
                for each in (program, smallest):
                    each.rest()
                before = program.cpu_seconds, smallest.cpu_seconds
                size, times = program.listen(SECONDS)
                ours.append((program.cpu_seconds - before[0]) / SECONDS)
                idle.append((smallest.cpu_seconds - before[1]) / SECONDS)
                sizes.append(size / SECONDS)
                bursts.append(times / SECONDS)
            for each_file in folder.glob("*.live*"):
                each_file.unlink()
    what = f"processor, a countdown ÷ an idle bare app, {SECONDS:g} s at real speed"
    yield Figure(what, min(ours) / min(idle))
    yield Figure("the same, as seconds an hour", min(ours) * 3600, unit=" s")
    yield Figure("repaints a second, outside the last minute", min(bursts), 1.05)
    yield Figure("bytes a second while the ring drains, 110×34", max(sizes), 700)


def measure_error() -> Iterator[Figure]:
    """The real screen of a share of a minute, in digits, on a loop that stalls now and then."""
    worst, late = asyncio.run(_error())
    what = f"the shown time is off by, at most, in {STALLED_SHARE.seconds} s with stalls"
    yield Figure(what, worst, 1.1, " s")
    yield Figure("the same, when the time is up", late, 1.1, " s")


async def _error() -> tuple[float, float]:
    """How far what is shown is from what is left, in seconds: at most, and at last.

    While the loop stalls nothing can be shown, and when it goes on it first has to; so there is a
    look only where there was none of that since the look before.
    """
    chance = random.Random(5)
    with tempfile.TemporaryDirectory() as place:
        file = circles.make(Path(place), 0)
        state = file.read()
        file.save(replace(state, circle=replace(state.circle, share=STALLED_SHARE, digits=True)))
        app = CircleApp(Path(place), SystemClock())
        async with app.run_test(size=(110, 34)) as pilot:
            for _ in range(3):
                await pilot.press("enter")
                # The same key again in a moment counts as one press.
                await asyncio.sleep(2 * double_press.WITHIN)
            ring, live = app.screen.query_one(Ring), app.live
            assert live is not None
            assert live.running
            off, worst = 0.0, 0.0
            while (countdown := live.meeting.countdown) is not None:
                left = countdown.remaining(live.now).total_seconds()
                if left <= 0:
                    break
                if ring.digits:
                    minutes, seconds = map(int, ring.digits.split(":"))
                    off = abs(minutes * 60 + seconds - left)
                    worst = max(worst, off)
                if chance.random() < LOOK_EVERY / 6:
                    time.sleep(chance.random() * LONGEST_STALL)
                    await asyncio.sleep(LOOK_EVERY)
                await asyncio.sleep(LOOK_EVERY)
            return worst, off
