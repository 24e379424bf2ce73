"""Sitting at the terminal: keys go in one by one, and what the screen says can be read.

A sitting waits, after every key, until no message is under way any more; so nothing here sleeps
and nothing depends on how fast the machine is.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from msgspec.structs import replace
from textual import events
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen

from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.countdown import Countdown
from circle_tui.core.meeting.meeting import Meeting, Phase, Turn
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.service.live_meeting import LiveMeeting
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.memory_journal import MemoryJournal
from circle_tui.tui.app import CircleApp
from circle_tui.tui.screens.share import ShareScreen
from circle_tui.tui.widgets.large_text import LargeText
from circle_tui.tui.widgets.lines import Headline, StatusLine
from circle_tui.tui.widgets.listening_rule import ListeningRule
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.ring import Ring

FIVE = "Maya, Tom, Priya, Lena, Sam"
SIZES = ((80, 24), (110, 34), (40, 12))
ANY_SIZE = (
    (110, 34),
    (40, 12),
    (1, 1),
    # As all other tests have it.
    pytest.param((80, 24), marks=pytest.mark.full),
    # Laid out as 40 by 12, and as 1 by 1.
    pytest.param((20, 6), marks=pytest.mark.full),
    pytest.param((3, 2), marks=pytest.mark.full),
)
"""For a test of one screen: each way in which screens are laid out; with `--full` more sizes."""
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)

_NAMES = {
    " ": "space",
    "+": "plus",
    "-": "minus",
    "?": "question_mark",
    "/": "slash",
    ":": "colon",
    "\r": "enter",
    "\t": "tab",
    "\x1b": "escape",
}
_CHARACTERS = {name: character for character, name in _NAMES.items()}


class AppDriver:
    """One run of the app, with hands on its keys and eyes on its screen."""

    def __init__(self, app: CircleApp, pilot: Pilot[None], clock: ManualClock) -> None:
        self.app = app
        self.pilot = pilot
        self.clock = clock
        self.moment = 0.0
        """When the next key arrives, in seconds, on the clock of who presses them."""

    # Hands

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, with time to read what each has done."""
        for key in keys:
            self.moment += 1
            self.send(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type a text: a first letter, which may open a field, and then the rest."""
        await self.type_without_waiting(text[:1])
        await self.type_without_waiting(text[1:])

    async def type_without_waiting(self, text: str) -> None:
        """Letters that all arrive before any of them has been looked at."""
        self.moment += 1
        for character in text:
            self._send(_NAMES.get(character, character), character)
        await self.settle()

    def send(self, key: str) -> None:
        """Press a key, and do not wait for what it does."""
        self._send(key, _CHARACTERS.get(key, key if len(key) == 1 else None))

    def _send(self, key: str, character: str | None) -> None:
        driver = self.app._driver
        assert driver is not None
        event = events.Key(key, character)
        event.set_sender(self.app)
        event.time = self.moment
        driver.send_message(event)

    async def paste(self, text: str) -> None:
        """Paste a text at once."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def advance(self, by: timedelta, *, pulse: bool = True) -> None:
        """Let time pass and the screen notice, as the app's own pulse would."""
        self.clock.move(by)
        if pulse:
            self.app.pulse()
        if isinstance(self.app.screen, ShareScreen):
            self.app.screen.paint()
        await self.settle()

    async def advance_in_small_steps(self, by: timedelta) -> None:
        """Let time pass in steps so small that the machine does not seem to have slept."""
        until = self.clock.now() + by
        while self.clock.now() < until:
            self.clock.move(min(9 * SECOND, until - self.clock.now()))
            self.app.pulse()
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Make the terminal another size."""
        await self.pilot.resize_terminal(width, height)
        self.app._check_resize()
        await self.settle()

    async def make_ahead(self) -> None:
        """Read the screen for so long that the next ones are made meanwhile."""
        while await self.app.make_ahead():
            await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is under way any more."""
        loop: Any = asyncio.get_running_loop()
        painted = False
        for _ in range(10_000):
            if self.exited:
                return
            # What is done in another thread ends in its own time.
            await asyncio.sleep(0.001 if self.app.working else 0)
            if self.app.working:
                painted = False
                continue
            # While anything is ready to run, nobody need be asked whether they are idle.
            if loop._ready or not self._idle():
                painted = False
            elif painted:
                return
            else:
                self.app.screen._on_timer_update()  # What is painted at 60 Hz is painted now.
                painted = True
        raise AssertionError("the app does not come to rest")

    def _idle(self) -> bool:
        # What shows through below a card above it is laid out anew as well.
        for screen in (*self.app._background_screens, self.app.screen):
            if screen._layout_required or screen._callbacks:
                screen._on_timer_update()
                return False
        pumps: tuple[MessagePump, ...] = (self.app, *self.app._registry)
        return all(
            pump._message_queue.empty()
            and pump._pending_message is None
            and not pump._next_callbacks
            for pump in pumps
        )

    # Eyes

    @property
    def exited(self) -> bool:
        """Whether the app has come to its end."""
        return self.app.return_code is not None

    @property
    def screen_name(self) -> str:
        """Which screen is shown: "Share", "Home"."""
        return type(self.app.screen).__name__.removesuffix("Screen")

    @property
    def text(self) -> str:
        """Everything on the screen, as text."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    def text_of(self, selector: str) -> str:
        """What is seen of one widget of the screen, as text."""
        screen = self.app.screen
        seen = screen.find_widget(screen.query_one(selector)).visible_region
        rows = screen._compositor.render_strips()[seen.y : seen.bottom]
        return "\n".join(row.crop(seen.x, seen.right).text for row in rows)

    @property
    def flashed(self) -> str:
        """The sentence just said above the keys; empty while nothing is."""
        return self.app.screen.query_one(StatusLine)._said or ""

    @property
    def status(self) -> str:
        """What stands above the keys now."""
        return str(self.app.screen.query_one(StatusLine).render())

    @property
    def headline(self) -> tuple[str, ...]:
        """The parts of the top row."""
        return self.app.screen.query_one(Headline)._parts

    @property
    def ring(self) -> Ring:
        """The ring of a share."""
        return self.app.screen.query_one(Ring)

    @property
    def listening_rule_shown(self) -> bool:
        """Whether the listening rule covers the screen."""
        return bool(self.app.screen.query(ListeningRule))

    @property
    def prompt_open(self) -> bool:
        """Whether words are being asked for."""
        return self.app.screen.query_one(Prompt).open

    @property
    def prompt_value(self) -> str:
        """What is in the field that words are typed into."""
        return self.app.screen.query_one(Prompt).field.value

    @property
    def live(self) -> LiveMeeting:
        """The meeting under way, with its journal."""
        assert self.app.live is not None
        return self.app.live

    @property
    def meeting(self) -> Meeting:
        """The meeting under way."""
        return self.live.meeting

    @property
    def phase(self) -> Phase:
        """Where the meeting is."""
        return self.meeting.phase

    @property
    def turn(self) -> Turn:
        """The turn under way."""
        assert self.meeting.turn is not None
        return self.meeting.turn

    @property
    def countdown(self) -> Countdown:
        """The clock of the share under way."""
        assert self.meeting.countdown is not None
        return self.meeting.countdown

    @property
    def remaining(self) -> timedelta:
        """How much of the share is left."""
        return self.countdown.remaining(self.clock.now())

    @property
    def speaker(self) -> str:
        """The name of whoever has the turn."""
        return self.meeting.person(self.turn.member).name


def unpainted() -> AbstractContextManager[object]:
    """What nobody looks at is not painted; `AppDriver.text` and the pictures render all anew."""
    return patch.object(Screen, "_compositor_refresh", lambda _screen: None)


@asynccontextmanager
async def run_app(
    folder: Path, clock: ManualClock, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[AppDriver]:
    """Start the app on `folder` and sit down at it.

    Getting up without `q` is what kill -9 would be: nothing is parked, and the lock is free.
    """
    app = CircleApp(folder, clock, pulse_every=None)
    # Textual's palette holds back painting for a moment of real time when it is left.
    unwaited = patch.object(CircleApp, "delay_update", lambda _app: None)
    try:
        with unpainted(), unwaited:
            async with app.run_test(size=size) as pilot:
                driver = AppDriver(app, pilot, clock)
                await driver.settle()
                yield driver
    finally:
        if app.live is not None:
            app.live._journal.close()
        if app.service is not None:
            app.service.close()


def assert_large(driver: AppDriver, text: str) -> None:
    """See that one of the screen's large texts is this one, with all its rows on the screen."""
    shown = [each for each in driver.app.screen.query(LargeText) if each.text == text]
    assert shown, text
    rows = [line.plain.rstrip() for line in shown[0].render().split("\n")]
    lines = driver.text.splitlines()
    assert any(
        all(row in line for row, line in zip(rows, lines[at:], strict=False))
        for at in range(len(lines) - len(rows) + 1)
    ), text


def create_circle(
    folder: Path,
    clock: ManualClock,
    members: str = FIVE,
    name: str = "Harbour",
    format_key: str = "peer-circle",
    **changes: Any,
) -> CircleFile:
    """A circle's file, its first meeting due now; `changes` are fields of the circle."""
    # The code of a meeting depends on the circle's id, and is the same in each run.
    circle = make_circle(
        name,
        members,
        format_key,
        zone="Europe/London",
        now=clock.now(),
        circle_id=name.encode().hex(),
    )
    return CircleFile.create(folder, replace(circle, **changes))


def add_first_meeting(
    file: CircleFile, *promised: str, by_name: Mapping[str, tuple[str, ...]] | None = None
) -> None:
    """A first meeting, on the day, in which everybody spoke and promised so much.

    `by_name` is what some promised besides.
    """
    circle = file.read().circle
    # A little earlier than a meeting that a test begins then: the moment is a meeting's id.
    clock = ManualClock(circle.first.replace(tzinfo=UTC) - SECOND)
    live = LiveMeeting.begin(
        meeting_context(file.read(), clock.now()), MemoryJournal(), clock, file.add
    )
    execute_all(live, commands.begin)
    while live.meeting.phase is Phase.READY:
        execute_all(live, commands.start, commands.finish, commands.end_responses)
        assert live.meeting.turn is not None
        speaker = live.meeting.person(live.meeting.turn.member).name
        own = (*promised, *(by_name or {}).get(speaker, ()))
        execute_all(live, *((commands.promise, words) for words in own), commands.end_turn)
    execute_all(live, closing_commands.keep_date, closing_commands.close)
    live.finish()


@contextmanager
def meeting_under_way(file: CircleFile, clock: ManualClock) -> Iterator[LiveMeeting]:
    """A meeting that moves are made in without a screen, and that is parked afterwards."""
    service = CircleService(file, clock)
    live = service.begin()
    try:
        yield live
    finally:
        service.close()


TO_RESPONSES = (commands.start, commands.finish)
TO_COMMITMENTS = (*TO_RESPONSES, commands.end_responses)


def begin_round(file: CircleFile, clock: ManualClock, *moves: Any) -> None:
    """Leave a new meeting as its first turn is about to begin, or after more moves.

    The program opens on that screen, without having drawn those before it.
    """
    with meeting_under_way(file, clock) as live:
        execute_all(live, commands.begin, *moves)


def folder_contents(folder: Path) -> dict[str, bytes]:
    """What lies in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".lock"}


def execute_all(live: LiveMeeting, *made: Any) -> None:
    """Make moves that need no further word, or tuples of a move and what it needs."""
    for each in made:
        move, *said = each if isinstance(each, tuple) else (each,)
        live.execute(move, *said)
