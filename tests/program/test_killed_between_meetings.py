"""kill -9 between two meetings, at a terminal: what was shown as done is in the file.

The ordinary run tries a sample; `pytest tests/program/test_killed_between_meetings.py --full` kills
the program 300 times.
"""

import signal
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from circle_tui.core.circle.state import CircleState
from circle_tui.store.circle_file import CircleFile

from . import facilitator
from .between_meetings import Act, kept, new_circle, some_act
from .processes import ForkingServer
from .sandbox import Sandbox
from .terminal import Terminal

LIVES = 30
"""How often one circle's program is killed before another circle is begun."""

KILLS, KILLS_OF_A_SAMPLE = 300, 2
ACTS_AT_MOST = 3
UNDOES = 0.15
"""How likely an act is undone again."""


class _Life:
    """One run of the program, from its start to its death."""

    def __init__(self, sandbox: Sandbox, file: CircleFile, chance: Random) -> None:
        self.file = file
        self._chance = chance
        self._sandbox = sandbox
        self.state = file.read()
        """What was acknowledged so far."""
        self.may_be: CircleState | None = None
        """What may be there as well: its keys were pressed, and nothing was acknowledged."""
        self.done: list[str] = []

    def live_and_die(self) -> None:
        """Do a few acts, wait until each is acknowledged, and die at the next, or before it."""
        terminal = self._sandbox.start()
        if self._chance.random() < 0.1:
            # While it starts.
            with suppress(AssertionError):
                terminal.let_pass(self._chance.uniform(0, 0.5))
        else:
            terminal.wait_for(facilitator.BEGIN_KEY)
            for _ in range(self._chance.randint(0, ACTS_AT_MOST)):
                self._act(terminal)
            if self._chance.random() < 0.7:
                act = self._press(terminal)
                self.may_be = act.after
                terminal.let_pass(self._chance.uniform(0, 0.1))
        terminal.kill(signal.SIGKILL)
        terminal.clear_away()

    def _press(self, terminal: Terminal) -> Act:
        act = some_act(self.state, self._chance)
        self.done.append(act.name)
        terminal.type(act.keys)
        return act

    def _act(self, terminal: Terminal) -> None:
        act = self._press(terminal)
        terminal.wait_for(lambda: act.shown(terminal.text))
        before, self.state = self.state, act.after
        if self._chance.random() < UNDOES:
            self.done.append("undo")
            terminal.press("u")
            terminal.wait_for("Undone: ")
            self.state = before
        terminal.type(act.keys_home)
        terminal.wait_for(facilitator.BEGIN_KEY)

    @property
    def wrong(self) -> str | None:
        """What is not in the file, or what is there and nobody did."""
        found = kept(CircleFile(self.file.path).read())
        expected = [kept(each) for each in (self.state, self.may_be) if each is not None]
        if found in expected:
            return None
        differs = [
            f"{what}: {found[what]} instead of {expected[0][what]}"
            for what in found
            if found[what] != expected[0][what]
        ]
        return f"after {', '.join(self.done)}: {'; '.join(differs)}"


def _circle(sandbox: Sandbox) -> CircleFile:
    state = new_circle()
    file = CircleFile.create(sandbox.sessions, state.circle)
    file.save(state)
    return file


def test_a_program_killed_between_meetings_loses_nothing_acknowledged_and_doubles_nothing(
    tmp_path: Path, full: bool, request: pytest.FixtureRequest, forking_server: ForkingServer
) -> None:
    kills = KILLS if full else KILLS_OF_A_SAMPLE
    wrong = []
    for killed in range(kills):
        if killed % LIVES == 0:
            root = tmp_path / str(killed)
            root.mkdir()
            sandbox = Sandbox(root, forking_server)
            request.addfinalizer(sandbox.clear_away)
            file = _circle(sandbox)
        life = _Life(sandbox, file, Random(f"kill {killed}"))
        try:
            life.live_and_die()
        except AssertionError as error:
            error.add_note(f"kill {killed}, after {life.done}")
            raise
        if life.wrong is not None:
            wrong.append(f"kill {killed}: {life.wrong}")
    assert wrong == []
