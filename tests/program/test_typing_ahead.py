"""Keys that come faster than screens change: a quick hand, a paste, a slow machine.

Invariant: keys are taken one after the other, each by what the one before it has made of the
screen.
"""

from . import steps
from .machine import Machine
from .terminal import KEYS, Terminal

ENTER = KEYS["enter"]


def in_one_go(terminal: Terminal, keys: str) -> None:
    """So that all of them are there before the first is looked at."""
    terminal.type(keys)


def among_commitments(machine: Machine) -> Terminal:
    terminal = steps.begin_a_share(machine)
    steps.end_share(terminal, "Ana")
    return terminal


def test_a_circle_can_be_typed_in_one_go(machine: Machine) -> None:
    terminal = machine.start()
    terminal.wait_for("Welcome")
    in_one_go(terminal, f"{steps.NAME}{ENTER}{', '.join(steps.MEMBERS)}{KEYS['tab']}{ENTER}")
    terminal.wait_for(steps.GATHERED)


def test_enter_twice_after_a_commitment_makes_it_once_and_ends_the_turn(machine: Machine) -> None:
    terminal = among_commitments(machine)
    in_one_go(terminal, f"nI call the printer{ENTER}{ENTER}")
    terminal.wait_for("Ben, when")
    terminal.press("u")
    terminal.wait_for("+ I call the printer")
    assert terminal.text.count("I call the printer") == 1


def test_a_missed_commitment_is_reset_by_three_quick_keys(machine: Machine) -> None:
    steps.make_circle(machine, members="Ana, Ben")
    terminal = machine.start()
    steps.begin(terminal)
    steps.first_turn(terminal)
    for name in ("Ana", "Ben"):
        steps.start_share(terminal, name)
        steps.end_share(terminal, name)
        steps.promise(terminal, f"{name} calls the printer")
        terminal.press("enter")
    terminal.wait_for("Everybody was here")
    terminal.press("enter")
    terminal.wait_for("We meet again")
    terminal.press("enter")
    terminal.wait_for("Meeting 1 is kept")
    steps.begin(terminal)
    steps.first_turn(terminal, "Ben")
    steps.start_share(terminal, "Ben")
    steps.end_share(terminal, "Ben")
    terminal.press("m")
    terminal.wait_for(steps.WHAT_GOT_IN_THE_WAY)
    in_one_go(terminal, f"{ENTER}a")
    terminal.wait_for("missed, again")


def test_a_share_can_be_started_held_and_taken_on_in_one_go(machine: Machine) -> None:
    steps.make_circle(machine)
    terminal = machine.start()
    steps.begin(terminal)
    steps.first_turn(terminal)
    in_one_go(terminal, f"{ENTER}   ")
    terminal.wait_for(steps.HELD)
    in_one_go(terminal, " ++-bu")
    terminal.wait_for(steps.speaking("Ana"))
