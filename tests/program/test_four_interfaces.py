"""One meeting on a screen, line by line, in a second terminal and on a page, which all agree.

The same script goes through twice at once: a screen carries one circle's meeting, and somebody line
by line carries another's. Whatever follows must tell each step as whoever carries it does.
"""

import re
import signal
from collections.abc import Iterator

import pytest

from . import facilitator
from .interfaces import LinesInterface, PageInterface, ScreenInterface, Step
from .processes import ForkingServer
from .sandbox import Sandbox
from .served_page import ServedPage

CANARY = "kanarienvogel"
AWAY = "Not here: Dee."

ROUND = (
    Step(
        "begin", ("enter",), ("begin",), "▶●●●", ("opens",),
        ("Opens: Ana.", "Here: Ben, Caz and Dee."),
    ),
    Step(
        "Dee is late", ("4", "space"), ("4 space",), "▶●●·", ("opens",),
        ("Opens: Ana.", "Here: Ben and Caz.", AWAY),
    ),
    Step(
        "the round", ("enter",), ("begin",), "▶○○·", ("turn 1 of 4",),
        ("Has the turn: Ana.", "Next: Ben.", "Then: Caz.", AWAY),
    ),
    Step(
        "start", ("space",), ("start",), "▶○○·", ("turn 1 of 4", "next: Ben"),
        ("Speaks: Ana.", "Next: Ben.", "Then: Caz.", AWAY),
    ),
    Step(
        "hold", ("space",), ("hold",), "▶○○·", ("turn 1 of 4",),
        ("On hold: Ana.", "Next: Ben.", "Then: Caz.", AWAY), hold=True,
    ),
    Step(
        "resume", ("space",), ("resume",), "▶○○·", ("turn 1 of 4", "next: Ben"),
        ("Speaks: Ana.", "Next: Ben.", "Then: Caz.", AWAY),
    ),
    Step(
        "finish", ("n",), ("finish",), "▶◎○·", ("to Ana",),
        ("Has spoken: Ana.", "Responds now: Ben.", "Responds after that: Caz.", AWAY),
    ),
    Step(
        "a response", ("t",), ("t",), "▶●◎·", ("to Ana",),
        ("Has spoken: Ana.", "Responds now: Caz.", "Has responded: Ben.", AWAY),
    ),
    Step(
        "commitments", ("enter",), ("skip",), "▶○○·", ("commitments",),
        ("Names commitments: Ana.", "Next: Ben.", "Then: Caz.", AWAY),
    ),
    Step(
        "a commitment", ("n", f"I call the {CANARY}", "enter"), ("n", f"I call the {CANARY}"),
        "▶○○·", ("commitments",),
        ("Names commitments: Ana.", "Next: Ben.", "Then: Caz.", AWAY),
    ),
    Step(
        "Ben's turn", ("enter",), ("done",), "●▶○·", ("turn 2 of 4",),
        ("Has the turn: Ben.", "Next: Caz.", "Had their turn: Ana.", AWAY),
    ),
    Step(
        "a pass", ("p",), ("p",), "●◌▶·", ("turn 3 of 4",),
        ("Has the turn: Caz.", "Next: Dee.", "Asked again: Ben.", "Had their turn: Ana."),
    ),
    Step(
        "undo", ("u",), ("u",), "●▶○·", ("turn 2 of 4",),
        ("Has the turn: Ben.", "Next: Caz.", "Had their turn: Ana.", AWAY),
    ),
    Step(
        "redo", ("U",), ("U",), "●◌▶·", ("turn 3 of 4",),
        ("Has the turn: Caz.", "Next: Dee.", "Asked again: Ben.", "Had their turn: Ana."),
    ),
)  # fmt: skip

REST = (
    Step(
        "Caz starts", ("space",), ("start",), "●◌▶·", ("turn 3 of 4", "next: Dee"),
        ("Speaks: Caz.", "Next: Dee.", "Asked again: Ben.", "Had their turn: Ana."),
    ),
    Step(
        "Caz ends", ("n",), ("finish",), "◎○▶·", ("to Caz",),
        ("Has spoken: Caz.", "Responds now: Ana.", "Responds after that: Ben.", AWAY),
    ),
    Step(
        "Caz's commitments", ("enter",), ("skip",), "●◌▶·", ("commitments",),
        ("Names commitments: Caz.", "Next: Dee.", "Asked again: Ben.", "Had their turn: Ana."),
    ),
    Step(
        "Dee's turn", ("enter",), ("done",), "●◌●▶", ("turn 4 of 4",),
        ("Has the turn: Dee.", "Next: Ben.", "Had their turn: Ana and Caz."),
    ),
    Step(
        "Dee is here", ("space",), ("start",), "●◌●▶", ("turn 4 of 4",),
        ("Speaks: Dee.", "Next: Ben.", "Had their turn: Ana and Caz."),
    ),
    Step(
        "Dee ends", ("n",), ("finish",), "◎○○▶", ("to Dee",),
        ("Has spoken: Dee.", "Responds now: Ana.", "Responds after that: Ben and Caz."),
    ),
    Step(
        "Dee's commitments", ("enter",), ("skip",), "●◌●▶", ("commitments",),
        ("Names commitments: Dee.", "Next: Ben.", "Had their turn: Ana and Caz."),
    ),
    Step(
        "Ben again", ("enter",), ("done",), "●▶●●", ("passed earlier",),
        ("Has the turn: Ben.", "Had their turn: Ana, Caz and Dee."),
    ),
    Step(
        "Ben passes again", ("p",), ("p",), "●●●●", ("next date",),
        ("Had their turn: Ana, Ben, Caz and Dee.",),
    ),
    Step("the date", ("enter",), ("that date",), "●●●●", ("ee you",)),
    Step("saved", ("enter",), ("save and close",), "○▶○○", ("meeting 2",)),
)  # fmt: skip
"""To the end of the meeting."""


@pytest.fixture
def other_sandbox(
    tmp_path_factory: pytest.TempPathFactory, forking_server: ForkingServer
) -> Iterator[Sandbox]:
    made = Sandbox(tmp_path_factory.mktemp("o"), forking_server)
    yield made
    made.clear_away()


def test_a_screen_lines_a_second_terminal_and_a_page_agree_at_every_step(
    sandbox: Sandbox, other_sandbox: Sandbox, full: bool
) -> None:
    for each in (sandbox, other_sandbox):
        facilitator.make_circle(each)
    screen = ScreenInterface(sandbox.start())
    lines = LinesInterface(other_sandbox.start("--plain", rows=60))
    with ServedPage(sandbox) as page, ServedPage(other_sandbox) as other_page:
        pages = [PageInterface(page), PageInterface(other_page)]
        followers = [
            ScreenInterface(sandbox.start("watch")),
            ScreenInterface(other_sandbox.start("watch")),
            LinesInterface(sandbox.start("watch", "--plain")),
            LinesInterface(other_sandbox.start("watch", "--plain")),
        ]
        screen.terminal.wait_for(facilitator.BEGIN_KEY)
        lines.terminal.wait_for("Enter begins the meeting")
        for step in (*ROUND, *(REST if full else ())):
            for driver in (screen, lines):
                driver.do(step)
            for interface in (screen, lines, *followers, *pages):
                interface.wait_for(step)
        for follower in followers:
            assert CANARY.encode() not in follower.terminal.raw
        for each in pages:
            assert CANARY.encode() not in each.seen
            each.asker.close()


GONE = "The other terminal is gone"


@pytest.mark.full
def test_kill_9_of_any_of_them_harms_no_other(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox)
    first = ScreenInterface(sandbox.start())
    with ServedPage(sandbox) as page, ServedPage(sandbox) as doomed_page:
        second = ScreenInterface(sandbox.start("watch"))
        third = LinesInterface(sandbox.start("watch", "--plain"))
        reader = PageInterface(page)
        doomed = sandbox.start("watch"), sandbox.start("watch", "--plain")
        first.terminal.wait_for(facilitator.BEGIN_KEY)
        steps = {step.name: step for step in ROUND}
        for name in ("begin", "Dee is late", "the round", "start"):
            first.do(steps[name])
            first.wait_for(steps[name])
        for each in doomed:
            each.wait_for(facilitator.WATCHING)

        # Those that follow.
        for each in doomed:
            each.kill(signal.SIGKILL)
        doomed_page.send(signal.SIGKILL)
        first.do(steps["hold"])
        for interface in (first, second, third, reader):
            interface.wait_for(steps["hold"])

        # The screen; somebody goes on line by line.
        first.terminal.kill(signal.SIGKILL)
        for interface in (second, third):
            interface.terminal.wait_for(GONE)
        again = LinesInterface(sandbox.start("--plain"))
        again.terminal.wait_for(re.compile("On hold|was speaking"))
        again.do(steps["resume"])
        for interface in (again, second, third, reader):
            interface.wait_for(steps["resume"])

        # Whoever goes line by line; a screen goes on.
        again.terminal.kill(signal.SIGKILL)
        for interface in (second, third):
            interface.terminal.wait_for(GONE)
        last = ScreenInterface(sandbox.start())
        last.terminal.wait_for(facilitator.GAP_NOTICE)
        last.do(steps["resume"])
        for interface in (last, second, third, reader):
            interface.wait_for(steps["resume"])
        reader.asker.close()
