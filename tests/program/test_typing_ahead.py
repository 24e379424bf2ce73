"""Keys that come faster than screens change: a quick hand, a paste, a slow machine.

Invariant: keys are taken one after the other, each by what the one before it has made of the
screen.
"""

import pytest

from circle_tui.store.circle_file import CircleFile

from . import facilitator
from .between_meetings import new_circle
from .sandbox import Sandbox
from .terminal import KEYS, Terminal

ENTER = KEYS["enter"]


def in_one_go(terminal: Terminal, keys: str) -> None:
    """So that all of them are there before the first is looked at."""
    terminal.type(keys)


def among_commitments(sandbox: Sandbox) -> Terminal:
    terminal = facilitator.begin_a_share(sandbox)
    facilitator.end_share(terminal, "Ana")
    return terminal


def test_a_circle_can_be_typed_in_one_go(sandbox: Sandbox) -> None:
    terminal = sandbox.start()
    terminal.wait_for("Welcome")
    in_one_go(
        terminal, f"{facilitator.NAME}{ENTER}{', '.join(facilitator.MEMBERS)}{KEYS['tab']}{ENTER}"
    )
    terminal.wait_for(facilitator.FIRST_SEAT)


@pytest.mark.full
def test_enter_twice_after_a_commitment_makes_it_once_and_ends_the_turn(sandbox: Sandbox) -> None:
    terminal = among_commitments(sandbox)
    in_one_go(terminal, f"nI call the printer{ENTER}{ENTER}")
    terminal.wait_for(facilitator.about_to_speak("Ben"))
    terminal.press("u")
    terminal.wait_for("+ I call the printer")
    assert terminal.text.count("I call the printer") == 1


def test_a_missed_commitment_is_reset_by_three_quick_keys(sandbox: Sandbox) -> None:
    met_once = new_circle()
    CircleFile.create(sandbox.sessions, met_once.circle).save(met_once)
    terminal = sandbox.start()
    terminal.wait_for(facilitator.BEGIN_KEY)
    terminal.press("enter")
    terminal.wait_for("1 Maya")
    facilitator.begin_round(terminal, "Marc")
    facilitator.start_share(terminal, "Marc")
    facilitator.end_share(terminal, "Marc")
    terminal.press("m")
    terminal.wait_for(facilitator.WHAT_GOT_IN_THE_WAY)
    in_one_go(terminal, f"{ENTER}a")
    terminal.wait_for("starting again")


def test_a_share_can_be_started_held_and_taken_on_in_one_go(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox)
    terminal = sandbox.start()
    facilitator.begin(terminal)
    facilitator.begin_round(terminal)
    # Enter was pressed just before: whether a second one counts would depend on the machine.
    in_one_go(terminal, " b ")
    terminal.wait_for(facilitator.PAUSED)
    in_one_go(terminal, " ++-bu")
    terminal.wait_for(facilitator.speaking("Ana"))
