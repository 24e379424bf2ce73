"""What a facilitator does, in keys, and the words by which they see that it was done.

Invariant: every word of a screen that these tests look for stands here once, and is as short as
can be.
"""

import re

from .machine import Machine
from .terminal import Terminal

NAME = "Four Winds"
SLUG = "four-winds"
MEMBERS = ("Ana", "Ben", "Caz", "Dee")

MEMBERS_NEXT = "on to the format"
FORMAT_NEXT = "enter creates"
BEGINS = "Begin the meeting"
GATHERED = "1 Ana"
WHAT_GOT_IN_THE_WAY = "got in the way"
HOW_IT_GOES_ON = "a again"
HELD = "Held"
GAP = "Nobody was here for"
OPEN_ELSEWHERE = "open in another terminal"
LEFT = re.compile(r"(\w+) was speaking, with (\d+):(\d\d) left")


def speaking(name: str) -> str:
    """The sign that somebody's clock runs."""
    return f"{name} is speaking"


def make_circle(machine: Machine, name: str = NAME, members: str = ", ".join(MEMBERS)) -> None:
    """A circle, without a screen."""
    made = machine.run("new", name, "--members", members)
    assert made.returncode == 0, made.stderr


def begin(terminal: Terminal) -> None:
    """From home to the gathering."""
    terminal.wait_for(BEGINS)
    terminal.press("enter")
    terminal.wait_for(GATHERED)


def first_turn(terminal: Terminal, name: str = "Ana") -> None:
    """From the gathering to the first turn."""
    terminal.press("enter")
    terminal.wait_for(f"{name}, when")


def start_share(terminal: Terminal, name: str) -> None:
    """From a turn about to begin to its share."""
    terminal.wait_for(f"{name}, when")
    terminal.press("enter")
    terminal.wait_for(speaking(name))


def end_share(terminal: Terminal, name: str) -> None:
    """From a running share to the speaker's commitments, with the responses left out."""
    terminal.press("enter")
    terminal.wait_for(f"to {name}")
    terminal.press("enter")
    terminal.wait_for(f"{name}, ")


def promise(terminal: Terminal, words: str) -> None:
    """A new commitment."""
    terminal.press("n")
    terminal.type(words)
    terminal.wait_for(words)
    terminal.press("enter")
    terminal.wait_for(f"+ {words}")


def begin_a_share(machine: Machine) -> Terminal:
    """A circle in its first share, from nothing."""
    make_circle(machine)
    terminal = machine.start()
    begin(terminal)
    first_turn(terminal)
    start_share(terminal, "Ana")
    return terminal


def resume_in_the_share(machine: Machine, name: str = "Ana") -> Terminal:
    """Start again after a share was left, go on, and let the clock run: the same person speaks."""
    terminal = machine.start()
    terminal.wait_for(GAP)
    assert seconds_left(terminal, name) > 0
    terminal.press("enter")
    terminal.wait_for(HELD)
    terminal.press("space")
    terminal.wait_for(speaking(name))
    return terminal


def seconds_left(terminal: Terminal, name: str) -> int:
    """What the question about the gap says is left of `name`'s share."""
    found = LEFT.search(terminal.text)
    assert found is not None, terminal.text
    assert found[1] == name
    return 60 * int(found[2]) + int(found[3])
