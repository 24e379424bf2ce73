"""What a facilitator does: the keys of each step, and the words on the screen that follow it.

Invariant: words of a screen that several tests wait for stand here once, as short as they can be.
"""

import re

from circle_tui.core.meeting import commands
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import SystemClock
from circle_tui.store.circle_file import CircleFile

from .sandbox import MAIN, Sandbox
from .terminal import Terminal

NAME = "Four Winds"
SLUG = "four-winds"
MEMBERS = ("Ana", "Ben", "Caz", "Dee")

MEMBERS_NEXT = "Tab continues"
FORMAT_NEXT = "Enter creates the circle"
BEGIN_KEY = "Begin the meeting"
FIRST_SEAT = "1 Ana"
WHAT_GOT_IN_THE_WAY = "got in the way"
RESET_KEYS = "a Again"
PAUSED = "space Resume"
GAP_NOTICE = "Back after"
DATE_QUESTION = "Shall we meet on"
LAST_WORD = "One word each around"
OPEN_ELSEWHERE = "open in another terminal"
WATCHING = "You're watching"
TIME_LEFT = re.compile(r"on hold with (\d+):(\d\d) left")


def about_to_speak(name: str) -> re.Pattern[str]:
    """What a screen says before somebody's share; the name in its middle is drawn in blocks."""
    return re.compile(rf"(?s)(?=.*▶ {re.escape(name)})(?=.*when you're ready)")


def speaking(name: str) -> re.Pattern[str]:
    """What a screen says while somebody's share runs."""
    return re.compile(rf"(?s)(?=.*▶ {re.escape(name)})(?=.*space Hold)")


def make_circle(sandbox: Sandbox, name: str = NAME, members: str = ", ".join(MEMBERS)) -> None:
    """Create a circle without a screen."""
    made = sandbox.run_in_process("new", name, "--members", members)
    assert made.returncode == 0, made.stderr


def begin(terminal: Terminal) -> None:
    """Go from home to the gathering."""
    terminal.wait_for(BEGIN_KEY)
    terminal.press("enter")
    terminal.wait_for(FIRST_SEAT)


def begin_round(terminal: Terminal, name: str = "Ana") -> None:
    """Go from the gathering to the first turn."""
    terminal.press("enter")
    terminal.wait_for(about_to_speak(name))


def start_share(terminal: Terminal, name: str) -> None:
    """Start the share of a turn that is about to begin."""
    terminal.wait_for(about_to_speak(name))
    terminal.press("space")
    terminal.wait_for(speaking(name))


def end_share(terminal: Terminal, name: str) -> None:
    """Go from a running share to the speaker's commitments; the responses are skipped."""
    terminal.press("n")
    terminal.wait_for(f"to {name}")
    terminal.press("enter")
    terminal.wait_for(f"{name}, ")


def add_commitment(terminal: Terminal, words: str) -> None:
    """Type a new commitment."""
    terminal.press("n")
    terminal.type(words)
    terminal.wait_for(words)
    terminal.press("enter")
    terminal.wait_for(f"+ {words}")


def begin_a_share(sandbox: Sandbox, changed: str | None = None) -> Terminal:
    """Start the first share of a new circle, in a program that code may change before.

    The meeting has been left before its first share; to begin it takes two screens, and with them a
    press of enter that has to wait for another.
    """
    make_circle(sandbox)
    service = CircleService(CircleFile(sandbox.sessions / f"{SLUG}.json"), SystemClock())
    service.begin().execute(commands.begin)
    service.close()
    terminal = sandbox.start() if changed is None else sandbox.start_code(changed + MAIN)
    start_share(terminal, "Ana")
    return terminal


def resume_in_the_share(sandbox: Sandbox, name: str = "Ana") -> Terminal:
    """Start the program again after a share was left, and continue the share."""
    terminal = sandbox.start()
    terminal.wait_for(GAP_NOTICE)
    assert seconds_left(terminal) > 0
    terminal.press("space")
    terminal.wait_for(speaking(name))
    return terminal


def seconds_left(terminal: Terminal) -> int:
    """The seconds left of the share, as the line about the gap says."""
    found = TIME_LEFT.search(terminal.text)
    assert found is not None, terminal.text
    return 60 * int(found[1]) + int(found[2])


def wait_for_lock(sandbox: Sandbox, terminal: Terminal) -> None:
    """Wait until the terminal has signed the lock: it does so after its first screen is painted."""
    terminal.wait_for(
        lambda: any(
            content.endswith(b"}")
            for name, content in sandbox.files().items()
            if name.endswith(".lock")
        )
    )
