"""A monkey at the keys: what it may press, and what must hold however it does.

Invariant: everything the monkey does comes out of its seed, so a walk that failed can be walked
again. Before each key is handed on, what the key before it has made is looked at; on the disk, in
memory and on the screen it is the same meeting.
"""

import random
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from textual.events import Event, Key
from textual.screen import Screen

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.events import from_json
from circle_tui.core.meeting.meeting import Meeting, Phase
from circle_tui.core.meeting.replay import replay
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.tui.app import CircleApp
from circle_tui.tui.routes import screen_of
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.screens.meeting import MeetingScreen
from circle_tui.tui.screens.resume import ResumeScreen
from circle_tui.views.action_table import TABLE, Place
from tests.core.invariants import check_meeting, check_state

from .app_driver import (
    AppDriver,
    create_circle,
    execute_all,
    folder_contents,
    meeting_under_way,
    run_app,
)
from .contract_states import CONTRACT_STATES
from .past_meetings import circle_that_met, park_at_closing
from .review_driver import run_review
from .screen_states import SCREEN_STATES, create_folder_for

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDJKQXZ0123456789 +-?:,;./[]{}%$#@!é漢\U0001f600\u200d\u202e"
NAMED = ("enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "home", "end",
         "pageup", "pagedown", "backspace", "delete", "insert", "space")  # fmt: skip
CONTROL = (*(f"ctrl+{letter}" for letter in "abcdefghijklnoprstuvwxyz"), "ctrl+left", "ctrl+right")
FUNCTION = tuple(f"f{number}" for number in range(1, 13))
LEAVING = {"q", "ctrl+q", "ctrl+c"}
WORDS = (
    "I call the client", "2 April 18:00", "20 March", "2027-01-07 10:30", "every 10 days", "12",
    "Asia/Kathmandu", "Maya", "Ada, Ben, Cy", "", "[red]Zoë[/]", "\x1b[31mred", "0", "-5", "99999",
    "12/5", "3/4 18:00", "7.30", "Smith, Ann",
)  # fmt: skip
PASTES = (
    "Ann, Bob; Cy\nDee", "x" * 100_000, "\x1b]0;title\x07\x9b31m\x00", "[/] [@click=app.quit]q[/]",
    "\u202egnirts\u2066", "a\u0301" * 5_000, "\ud800", "pnq\n" * 1_000, "next Thursday", "\n",
)  # fmt: skip
JUMPS = tuple(
    timedelta(seconds=seconds)
    for seconds in (1, 5, 9, 30, 61, 480, 481, 3_600, 86_400, 14 * 86_400, 400 * 86_400)
)
BACK = tuple(-timedelta(seconds=seconds) for seconds in (1, 60, 3_600, 86_400))


class Start(NamedTuple):
    """Where a walk begins: what lies in the folder, and the keys from there."""

    create_folder: Callable[[Path, ManualClock], Any]
    keys: tuple[str, ...] = ()


def _twenty(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock, ", ".join(f"Person {number}" for number in range(1, 21)))


def _pod(folder: Path, clock: ManualClock) -> None:
    circle_that_met(folder, clock, 3, format_key="pod", members="Maya, Tom", cycle=4)


def _movement_pod(folder: Path, clock: ManualClock) -> None:
    circle_that_met(
        folder, clock, 1, format_key="movement-pod", members="Ana, Ben, Caz, Dee", cycle=2
    )


def _trading_pair(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock, "Maya, Tom", format_key="trading-pair")


def _end_of_a_cycle(folder: Path, clock: ManualClock) -> None:
    park_at_closing(circle_that_met(folder, clock, 5, members="Maya, Tom"), clock)


def _two_closings(folder: Path, clock: ManualClock) -> None:
    park_at_closing(
        create_circle(folder, clock, cycle=1), clock, (commands.mark, "m3", Attendance.ABSENT)
    )


def _questions(folder: Path, clock: ManualClock) -> None:
    park_at_closing(circle_that_met(folder, clock, 3, members="Maya, Tom"), clock)


def _two_circles(folder: Path, clock: ManualClock) -> None:
    circle_that_met(folder, clock, 3)
    circle_that_met(folder, clock, 1, name="Quay", members="Maya, Tom")
    (folder / "broken.json").write_text("{")


STARTS: dict[str, Start] = {
    **{
        scene: Start(
            lambda folder, clock, scene=scene: create_folder_for(folder, clock, scene), keys
        )
        for scene, (_, keys, _) in SCREEN_STATES.items()
    },
    **{
        scene: Start(
            lambda folder, clock, scene=scene: create_folder_for(folder, clock, scene), state.keys
        )
        for scene, state in CONTRACT_STATES.items()
    },
    **{
        f"home {key}": Start(lambda folder, clock: create_folder_for(folder, clock, "home"), (key,))
        for key in (spec.keys[0] for spec in TABLE[Place.HOME])
    },
    "twenty people": Start(_twenty),
    "pod": Start(_pod),
    "movement pod": Start(_movement_pod),
    "check-ins": Start(_movement_pod, ("i",)),
    "trading pair": Start(_trading_pair),
    "trades": Start(_trading_pair, ("t",)),
    "end of a cycle": Start(_end_of_a_cycle),
    "look back": Start(_two_closings, ("enter", "enter", "enter", "enter")),
    "questions": Start(_questions),
    "review": Start(_two_circles),
    "correction": Start(lambda folder, clock: circle_that_met(folder, clock, 2), ("r", "e")),
    "watch": Start(lambda folder, clock: create_folder_for(folder, clock, "home")),
    "demo": Start(lambda folder, clock: create_folder_for(folder, clock, "first run"), ("d",)),
}


_HARMLESS = str.maketrans("", "", "\u200d\u00a0")
"""What Python does not call printable: the zero-width joiner, and a space that does not break."""


class Monkey:
    """One walk over one folder. `pressed` is what it did, last things last."""

    def __init__(self, seed: str, start: Start, folder: Path, clock: ManualClock) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        start.create_folder(folder, clock)
        self.folder = folder
        self.clock = clock
        self._first = start.keys
        self.keys = 0
        self.pressed: list[str] = []
        self.seen: set[str] = set()
        self._read: dict[Path, tuple[Any, Meeting | None]] = {}
        self._files: dict[Path, Any] = {}

    async def walk(self, keys: int) -> None:
        """Press so many keys, starting the app again as often as it is left or killed."""
        until = self.keys + keys
        while self.keys < until:
            async with self._sit() as driver:
                while self.keys < until and not driver.exited:
                    if self.chance.random() < 0.002:
                        self.pressed.append("kill -9")
                        self._let_time_pass(JUMPS + BACK)
                        break
                    await self._act(driver)

    @asynccontextmanager
    async def _sit(self) -> AsyncIterator[AppDriver]:
        try:
            async with self._sitting() as driver:
                self._look_before_each_key(driver)
                first, self._first = self._first, ()
                await driver.press(*first)
                self._look(driver)
                yield driver
        except Exception as error:
            error.add_note(f"seed {self.seed!r}, after {self.keys} keys: {self.pressed[-60:]}")
            raise

    def _sitting(self) -> AbstractAsyncContextManager[AppDriver]:
        return run_app(self.folder, self.clock)

    # Hands

    async def _act(self, driver: AppDriver) -> None:
        """One thing or a few, and then everything is looked at."""
        self.clock.move(timedelta(milliseconds=1))
        what = self.chance.random()
        if what < 0.03:
            size = self.chance.choice(((1, 1), (4, 2), (20, 5), (40, 12), (80, 24), (110, 34)))
            if self.chance.random() < 0.3:
                size = self.chance.randint(1, 300), self.chance.randint(1, 100)
            self.pressed.append(f"{size[0]}x{size[1]}")
            await driver.resize(*size)
        elif what < 0.10:
            self._let_time_pass(JUMPS)
            if self.chance.random() < 0.7 and isinstance(driver.app, CircleApp):
                driver.app.pulse()
        elif what < 0.12:
            await self._paste(driver)
        elif what < 0.20:
            self._type(driver)
        else:
            for _ in range(self.chance.choice((1, 2, 4, 8, 16, 32))):
                self._press(driver, self._some_key(driver))
        await driver.settle()
        if not driver.exited and self.chance.random() < 0.3:
            await driver.make_ahead()
        if not driver.exited:
            self._look(driver)
            self._look_closely(driver)

    def _let_time_pass(self, by: tuple[timedelta, ...]) -> None:
        # Many small steps, few large ones: mostly a meeting goes on.
        jump = by[min(int(self.chance.expovariate(0.4)), len(by) - 1)]
        self.pressed.append(f"{jump} later")
        self.clock.move(jump)

    async def _paste(self, driver: AppDriver) -> None:
        pasted = self.chance.choice(PASTES)
        self.pressed.append(f"paste {pasted[:20]!r}")
        self.keys += 1
        await driver.paste(pasted)

    def _type(self, driver: AppDriver) -> None:
        for character in self.chance.choice(WORDS):
            self._press(driver, character)
        self._press(driver, "enter")

    def _press(self, driver: AppDriver, key: str) -> None:
        self.keys += 1
        driver.send(key)

    def _some_key(self, driver: AppDriver) -> str:
        what = self.chance.random()
        if what < 0.5:
            key = self.chance.choice(_bound(driver.app.screen))
        elif what < 0.7:
            key = self.chance.choice(LETTERS)
        elif what < 0.9:
            key = self.chance.choice(NAMED)
        elif what < 0.97:
            key = self.chance.choice(CONTROL)
        else:
            key = self.chance.choice(FUNCTION)
        # Leaving is a key like any other, but what comes after it takes long to begin.
        return "enter" if key in LEAVING and self.chance.random() < 0.9 else key

    # Eyes

    def _look_before_each_key(self, driver: AppDriver) -> None:
        deliver: Callable[[Event], Awaitable[None]] = driver.app._key_queue._deliver

        async def looked(event: Event) -> None:
            if isinstance(event, Key):
                self._look(driver)
                self.pressed.append(event.key)
            await deliver(event)

        driver.app._key_queue._deliver = looked  # type: ignore[method-assign]

    def _look(self, driver: AppDriver) -> None:
        """What holds between any two keys."""
        app = driver.app
        self.seen.add(type(app.screen).__name__.removesuffix("Screen"))
        self._look_at_the_meeting(app)
        self._look_at_the_file(app)

    def _look_at_the_meeting(self, app: CircleApp) -> None:
        live = app.live
        shown = next(
            (each for each in app.screen_stack if isinstance(each, MeetingScreen)),
            None,
        )
        assert (live is None) is (shown is None)
        if live is None or shown is None:
            return
        assert live.trouble is None
        assert shown.meeting == live.meeting
        if live.meeting.phase is not Phase.CLOSED:
            assert type(shown) in {ResumeScreen, screen_of(live.meeting.phase)}
        assert app.service is not None
        assert self._on_disk(app.service.file.journal_path, live.meeting) == live.meeting
        self.seen.add(live.meeting.phase.value)
        if live.meeting.phase is Phase.CLOSING:
            self.seen.add(live.meeting.closing_step.value)
        check_meeting(live.meeting, live.now)

    def _on_disk(self, journal: Path, meeting: Meeting) -> Meeting | None:
        """The meeting that the journal makes; not read again while nothing was written."""
        stamp = [
            (found.st_ino, found.st_size, found.st_mtime_ns)
            for tail in ("", "-wal")
            if (path := Path(f"{journal}{tail}")).exists() and (found := path.stat())
        ]
        before = self._read.get(journal)
        if before is None or before[0] != (stamp, meeting):
            with closing(sqlite3.connect(journal)) as db:
                rows = db.execute("SELECT event FROM events ORDER BY act, place").fetchall()
            before = ((stamp, meeting), replay(from_json(event) for (event,) in rows))
            self._read[journal] = before
        return before[1]

    def _look_at_the_file(self, app: CircleApp) -> None:
        service = app.service
        if service is None:
            return
        found = service.file.path.stat()
        stamp = (found.st_ino, found.st_size, found.st_mtime_ns, service.state)
        before = self._files.get(service.file.path)
        if before is None or before[0] != stamp:
            before = (stamp, service.file.read())
            self._files[service.file.path] = before
            check_state(service.state, app.clock.now())
        assert before[1] == service.state
        if isinstance(app.screen, CircleScreen):
            assert app.screen.service is service

    def _look_closely(self, driver: AppDriver) -> None:
        """What is drawn can be drawn, fits, and is harmless."""
        lines = driver.text.split("\n")
        assert len(lines) == driver.app.size.height
        assert all(line.translate(_HARMLESS).isprintable() for line in lines)


class ReviewingMonkey(Monkey):
    """One that only looks: at the review of every circle in its folder."""

    def _sitting(self) -> AbstractAsyncContextManager[AppDriver]:
        return run_review(*sorted(self.folder.glob("*.json")), clock=self.clock)

    def _look(self, driver: AppDriver) -> None:
        """Looking changes nothing."""
        self.seen.add(driver.screen_name)
        before = self._files.setdefault(self.folder, folder_contents(self.folder))
        assert folder_contents(self.folder) == before


class WatchingMonkey(Monkey):
    """One at a second terminal, while somebody shares at the first."""

    async def walk(self, keys: int) -> None:
        file = CircleFile(self.folder / "harbour.json")
        with meeting_under_way(file, self.clock) as self._watched:
            execute_all(self._watched, commands.begin, commands.start)
            await super().walk(keys)

    def _look(self, driver: AppDriver) -> None:
        """Nothing of the first terminal's meeting changes."""
        super()._look(driver)
        meeting = self._watched.meeting
        assert self._on_disk(self.folder / "harbour.live", meeting) == meeting


_KEYS: dict[type[Screen[Any]], tuple[str, ...]] = {}


def _bound(screen: Screen[Any]) -> tuple[str, ...]:
    """The keys that this kind of screen has some use for."""
    kind = type(screen)
    if kind not in _KEYS:
        _KEYS[kind] = tuple(
            key for key, _ in screen._bindings if not key.startswith(("ctrl+", "super+"))
        ) or ("enter",)
    return _KEYS[kind]
