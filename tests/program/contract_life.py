"""One contract in the real program, whose clock a test sets ahead; killed, and started again.

Invariant: the program is as it is, but for its clock. What state a contract is in is read from the
file by the rules, never from the screen of the program that is being killed.
"""

import re
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import lookup
from circle_tui.core.contracts.contract import Contract
from circle_tui.core.contracts.standing import ContractSnapshot, State, standing
from circle_tui.store.circle_file import CircleFile

from . import facilitator
from .sandbox import Sandbox
from .terminal import PATIENCE, Condition, Terminal

MEMBERS = "Maya, Tom, Priya, Lena, Sam"
PAGE = re.compile(r"·  version \d")
"""The headline of a contract's own page."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

_PROGRAM = """
import sys
from datetime import timedelta
from circle_tui.cli.main import main
from circle_tui.service import clock

now = clock.SystemClock.now
clock.SystemClock.now = lambda self: now(self) + timedelta(seconds={ahead})
sys.argv = ["circle-tui"]
main()
"""


class ContractLife:
    """A circle of five, and the newest of its contracts, from one run of the program to the next.

    `kills` is whether the program is killed in each state; otherwise only where time passes.
    """

    def __init__(self, sandbox: Sandbox, *, kills: bool, members: str = MEMBERS) -> None:
        self.sandbox = sandbox
        self.kills = kills
        self.killed_in: set[State] = set()
        """The states in which the program was killed."""
        # Noon: no test comes to another day by itself.
        began = datetime.now(UTC)
        self._ahead = began.replace(hour=12, minute=0, second=0, microsecond=0) - began
        circle = make_circle("Harbour", members, "peer-circle", zone="UTC", now=self.now)
        self.file = CircleFile.create(sandbox.sessions, circle)
        self.terminal = self._start()

    @property
    def now(self) -> datetime:
        """The moment by the program's clock."""
        return datetime.now(UTC) + self._ahead

    # What is in the file

    @property
    def state(self) -> CircleState:
        """What the file says."""
        return CircleFile(self.file.path).read()

    @property
    def found(self) -> ContractSnapshot:
        """Where the newest contract stands, by the file."""
        state = self.state
        return standing(state, lookup.contract_ids(state)[-1], self.now)

    @property
    def contract(self) -> Contract:
        """Its newest version."""
        return self.found.newest

    # The program

    def _start(self) -> Terminal:
        program = _PROGRAM.format(ahead=self._ahead.total_seconds())
        terminal = self.sandbox.start_code(program)
        terminal.wait_for(facilitator.BEGIN_KEY)
        return terminal

    def wait(self, length: timedelta) -> None:
        """Let time pass while the program is killed."""
        self.kill()
        self._ahead += length
        self.terminal = self._start()

    def kill(self) -> None:
        """Kill the program; whatever it had acknowledged is in the file, and nothing else."""
        before = self.sandbox.files()["harbour.json"]
        self.terminal.kill(signal.SIGKILL)
        self.terminal.clear_away()
        assert self.sandbox.files()["harbour.json"] == before

    def reaches(self, where: State) -> None:
        """Wait until the contract is in a state, be killed there, and open it again."""
        self.wait_until(lambda: self.found.state is where)
        if self.kills:
            self.killed_in.add(where)
            self.wait(timedelta())
        self.open()

    def wait_until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds of the file."""
        self.terminal.wait_for(holds, PATIENCE)

    def due(self, length: timedelta) -> None:
        """Let time pass until the contract is due; be killed there, too."""
        self.wait(length)
        self.reaches(State.DUE)

    # The keys

    def home(self) -> None:
        """Back to home, from wherever."""
        terminal = self.terminal
        while not terminal.shows(facilitator.BEGIN_KEY):
            shown = terminal.text
            terminal.press("esc")
            terminal.wait_for(lambda shown=shown: terminal.text != shown)
            terminal.rest(0.3)

    def open(self) -> None:
        """Open the contract that the list begins with, from wherever; an ended one has no key."""
        self.home()
        self.press("h", "·  contracts")
        if self.found.state is not State.ENDED:
            self.press("enter", PAGE)

    def press(self, keys: str, *shown: Condition) -> None:
        """Press keys with spaces between them, and wait until the screen says something."""
        self.terminal.press(*keys.split())
        for words in shown:
            self.terminal.wait_for(words)

    def type(self, words: str) -> None:
        """Type words into the field that is open, and save them."""
        self.terminal.type("\x1b[F\x15" + words)
        self.terminal.wait_for(words.split()[0])
        self.press("enter")

    def sign(self, *seats: int) -> None:
        """Sign the newest version on these seats, or accept to judge it, each by their own key."""
        for seat in seats:
            self.press(str(seat), "Are you")
            before = self._signed()
            self.press("s")
            self.wait_until(lambda before=before: self._signed() > before)

    def _signed(self) -> int:
        return len(self.contract.signatures) + len(self.contract.accepted)

    def judged(self) -> int:
        """How many steps of judging there are."""
        return len(self.state.judgings)

    def step(self, keys: str, **typed: str) -> None:
        """Press keys, and type what is asked then, until one more step of judging is in the file.

        `typed` are words by a word of their question.
        """
        before = self.judged()
        self.press(keys)
        for question, words in typed.items():
            self.terminal.wait_for(question)
            self.type(words)
        self.wait_until(lambda: self.judged() > before)
