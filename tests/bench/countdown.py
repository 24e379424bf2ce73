"""An hour of running countdown: its processor time, what it writes, and how right it is."""

import random
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from circle_tui.core.meeting.countdown import Countdown
from circle_tui.service.clock import ManualClock
from circle_tui.views.meeting_words import clock_face
from tests.bench import circles
from tests.bench.figures import Figure
from tests.bench.pty import BARE, Watched
from tests.bench.start import HOME

SPEED = 20
"""The program's clock runs so much faster, and so do its repaints: one for each of its seconds."""

ROUNDS, SECONDS = 5, 12.0

FASTER = """
import sys
from pathlib import Path
from circle_tui.service.clock import SystemClock
from circle_tui.tui.app import CircleApp
CircleApp(Path(sys.argv[1]), SystemClock({speed}), pulse_every=1 / {speed}).run()
"""


def measure() -> Iterator[Figure]:
    ours, idle, sizes, bursts = [], [], [], []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "sessions"
        circles.make(folder, 26)
        for _ in range(ROUNDS):
            with Watched("-c", FASTER.format(speed=SPEED), str(folder)) as program:
                program.until(HOME)
                program.key("\r", "Ana")
                program.key("\r", "when")
                program.key("\r", "speaking")
                before = program.processor
                size, times = program.listen(SECONDS)
                ours.append((program.processor - before) / (SECONDS * SPEED))
                sizes.append(size / (SECONDS * SPEED))
                bursts.append(times / (SECONDS * SPEED))
            for each in folder.glob("*.live*"):
                each.unlink()
            with Watched("-c", BARE) as smallest:
                smallest.until("ready")
                smallest.rest()
                before = smallest.processor
                smallest.listen(SECONDS)
                idle.append((smallest.processor - before) / SECONDS)
    yield Figure(
        "processor, an hour of countdown ÷ an hour of an idle bare app", min(ours) / min(idle)
    )
    yield Figure("the same, in seconds an hour", min(ours) * 3600, unit=" s")
    yield Figure("repaints a second, outside the last minute", min(bursts), 1.05)
    yield Figure("bytes a second while the ring drains, 110×34", max(sizes), 300)


def measure_error() -> Iterator[Figure]:
    """An hour of countdown on a loop that stalls for up to two seconds now and then.

    The face is painted when the timer for the next full second comes due, or when the loop goes
    on after a stall; how far what is shown is from the truth is looked at every tenth of a second.
    """
    chance = random.Random(5)
    clock = ManualClock(datetime(2026, 3, 5, 10, tzinfo=UTC))
    length = timedelta(hours=1)
    countdown = Countdown(length=length, began=clock.now())
    tenth, second = timedelta(milliseconds=100), timedelta(seconds=1)
    due = stalled_until = clock.now()
    shown, worst, late = clock_face(length), timedelta(), timedelta()
    while countdown.remaining(clock.now()) > timedelta():
        now = clock.now()
        if chance.random() < 0.01:
            stalled_until = now + chance.random() * 2 * second
        if now >= due and now >= stalled_until:
            shown = clock_face(countdown.remaining(now))
            due = now + (countdown.remaining(now) % second or second)
        if now >= stalled_until:
            minutes, seconds = map(int, shown.split(":"))
            off = abs(timedelta(minutes=minutes, seconds=seconds) - countdown.remaining(now))
            worst = max(worst, off)
            late = off
        clock.move(tenth)
    yield Figure(
        "the shown time is off by, at most, in an hour with stalls", worst / second, 1.1, " s"
    )
    yield Figure("the same, at its end", late / second, 1.1, " s")
