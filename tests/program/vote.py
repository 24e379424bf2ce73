"""A secret vote in the real program, in a terminal: the circle it is about, and its keys.

Invariant: the program is as it is, but for three things: choices stand in orders that a seed
draws, the vote is opened as soon as the program has started, and any write while a vote is taken
ends it at once.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import judging
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from tests.core.contracts.agreements import K, Runner, contract_of, panel

from .sandbox import Sandbox
from .terminal import Terminal

HAS_WRITTEN = 97
"""The exit status of a program that wrote while a vote was taken."""

SEATS = (3, 4, 5)
THINGS = ("Maya's part", "Tom's part")
PARTS = len(THINGS)

_PROGRAM = """
import os, random, sys
from pathlib import Path
from circle_tui.service import ballot_box
from circle_tui.tui import messages
from circle_tui.views.view import GoToContract
from circle_tui.tui.app import CircleApp
from circle_tui.tui.screens.contract_vote import VoteScreen

sys.dont_write_bytecode = True
ballot_box.random.SystemRandom = lambda: random.Random(7)
taken = []
Box = ballot_box.BallotBox
begin, count, close = Box.__init__, Box.count, Box.close
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = {{
    "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate",
    "os.utime", "os.chmod", "sqlite3.connect", "subprocess.Popen", "socket.connect",
}}

def watch(event, args):
    if taken and (event in CHANGES or event == "open" and args[2] & WRITES):
        os._exit({has_written})

def begun(self, *args, **kwargs):
    begin(self, *args, **kwargs)
    taken.append(self)

def counted(self):
    taken.clear()
    count(self)

def closed(self):
    taken.clear()
    close(self)

Box.__init__, Box.count, Box.close = begun, counted, closed
sys.addaudithook(watch)
started = CircleApp.after_first_paint

async def then_vote(self):
    await started(self)
    self.post_message(messages.Requested(GoToContract({contract!r}, "vote")))

CircleApp.after_first_paint = then_vote
{planted}
app = CircleApp(Path({folder!r}))
app.run()
raise SystemExit(app.return_code or 0)
"""


@CircleCommand
def _put(state: CircleState, _now: datetime, signed: CircleState) -> CircleState:
    return replace(state, contracts=signed.contracts)


def circle_with_a_vote(folder: Path) -> CircleFile:
    """A circle of five; three of them are to judge a contract of the other two, since an hour."""
    now = datetime.now(UTC).replace(microsecond=0)
    begun = now - timedelta(days=14)
    circle = make_circle(
        "Harbour", "Maya, Tom, Priya, Lena, Sam", "peer-circle", zone="UTC", now=begun
    )
    contract = contract_of(
        written=begun, starts=begun.date(), review=now.date(), judged=panel((1, 1, 1))
    )
    signed = Runner(contract, now=begun).sign_all().state
    folder.mkdir(parents=True, exist_ok=True)
    clock = ManualClock(now - timedelta(hours=1))
    # The circle's day is its own: just after midnight the contract is due an hour later.
    clock.move(max(now.replace(hour=5, minute=0) - clock.now(), timedelta()))
    file = CircleFile.create(folder, circle)
    service = CircleService(file, clock)
    service.execute(_put, signed)
    service.execute(judging.open_judging, K)
    service.close()
    return file


def start_vote(sandbox: Sandbox, planted: str = "") -> Terminal:
    """Start the program; who votes is on its screen."""
    program = _PROGRAM.format(
        folder=str(sandbox.sessions), contract=K, has_written=HAS_WRITTEN, planted=planted
    )
    terminal = sandbox.start_code(program, rows=24, columns=80)
    terminal.wait_for("Who votes?")
    return terminal


def begin(terminal: Terminal) -> None:
    """From here on nobody joins."""
    terminal.press("enter")
    terminal.wait_for("Pass the keyboard on")


def put_in(terminal: Terminal, seat: int, choice: str, things: tuple[str, ...] = THINGS) -> None:
    """One voter's ballots, each twice, wherever the choice stands then."""
    for _ in keys_of_ballots(terminal, seat, choice, things):
        pass


def keys_of_ballots(
    terminal: Terminal, seat: int, choice: str, things: tuple[str, ...] = THINGS
) -> Iterator[None]:
    """The same; each step is one key, and what it leads to has come."""
    terminal.press(str(seat))
    for thing in things:
        terminal.wait_for(thing)
        terminal.wait_for("Press a number.")
        yield
        press_choice(terminal, choice)
        terminal.wait_for("Now the same choice again")
        yield
        press_choice(terminal, choice)
    terminal.wait_for(re.compile(r"Pass the keyboard on|Everyone has voted\."))
    yield


def keys_of_vote(terminal: Terminal, choice: str) -> Iterator[None]:
    """A whole vote before its count, key by key, once nobody can join any more."""
    begin(terminal)
    yield
    for seat in SEATS:
        yield from keys_of_ballots(terminal, seat, choice)


KEYS_OF_VOTE = 1 + len(SEATS) * (1 + 2 * len(THINGS))


def press_choice(terminal: Terminal, choice: str) -> None:
    """The digit that means this choice now."""
    found = re.search(rf"│ (\d)  {choice} ", terminal.text)
    assert found is not None, terminal.text
    terminal.press(found[1])
