"""What a facilitator does, in keys, and the words by which they see that it was done.

Invariant: every word of a screen that these tests look for stands here once, and is as short as
can be.
"""

import re

from .sandbox import Sandbox
from .terminal import Terminal

NAME = "Four Winds"
SLUG = "four-winds"
MEMBERS = ("Ana", "Ben", "Caz", "Dee")

MEMBERS_NEXT = "on to the format"
FORMAT_NEXT = "enter creates"
BEGIN_KEY = "Begin the meeting"
FIRST_SEAT = "1 Ana"
WHAT_GOT_IN_THE_WAY = "got in the way"
RESET_KEYS = "a again"
PAUSED = "Held"
GAP_QUESTION = "Nobody was here for"
OPEN_ELSEWHERE = "open in another terminal"
TIME_LEFT = re.compile(r"(\w+) was speaking, with (\d+):(\d\d) left")


def speaking(name: str) -> str:
    """The sign that somebody's clock runs."""
    return f"{name} is speaking"


def make_circle(sandbox: Sandbox, name: str = NAME, members: str = ", ".join(MEMBERS)) -> None:
    """A circle, without a screen."""
    made = sandbox.run("new", name, "--members", members)
    assert made.returncode == 0, made.stderr


def begin(terminal: Terminal) -> None:
    """From home to the gathering."""
    terminal.wait_for(BEGIN_KEY)
    terminal.press("enter")
    terminal.wait_for(FIRST_SEAT)


def begin_round(terminal: Terminal, name: str = "Ana") -> None:
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


def add_commitment(terminal: Terminal, words: str) -> None:
    """A new commitment."""
    terminal.press("n")
    terminal.type(words)
    terminal.wait_for(words)
    terminal.press("enter")
    terminal.wait_for(f"+ {words}")


def begin_a_share(sandbox: Sandbox) -> Terminal:
    """A circle in its first share, from nothing."""
    make_circle(sandbox)
    terminal = sandbox.start()
    begin(terminal)
    begin_round(terminal)
    start_share(terminal, "Ana")
    return terminal


def resume_in_the_share(sandbox: Sandbox, name: str = "Ana") -> Terminal:
    """Start again after a share was left, go on, and let the clock run: the same person speaks."""
    terminal = sandbox.start()
    terminal.wait_for(GAP_QUESTION)
    assert seconds_left(terminal, name) > 0
    terminal.press("enter")
    terminal.wait_for(PAUSED)
    terminal.press("space")
    terminal.wait_for(speaking(name))
    return terminal


def seconds_left(terminal: Terminal, name: str) -> int:
    """What the question about the gap says is left of `name`'s share."""
    found = TIME_LEFT.search(terminal.text)
    assert found is not None, terminal.text
    assert found[1] == name
    return 60 * int(found[2]) + int(found[3])
