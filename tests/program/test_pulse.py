"""The second that passes while a screen is only just coming."""

import sys

from . import steps
from .machine import Machine

# The program as it is, but that its seconds pass faster: one falls into every change of screens.
HASTY = (
    "from pathlib import Path; from circle_tui.tui.app import CircleApp; "
    "app = CircleApp(Path({folder!r}), pulse_every=0.005); app.run(); "
    "raise SystemExit(app.return_code or 0)"
)


def test_a_second_that_passes_while_screens_change_harms_nothing(machine: Machine) -> None:
    steps.make_circle(machine, members="Ana, Ben")
    terminal = machine.start_command(
        sys.executable, "-c", HASTY.format(folder=str(machine.sessions))
    )
    steps.begin(terminal)
    steps.first_turn(terminal)
    for name in ("Ana", "Ben"):
        steps.start_share(terminal, name)
        steps.end_share(terminal, name)
        steps.promise(terminal, f"{name} calls the printer")
        terminal.press("enter")
    terminal.wait_for("Everybody was here")
    terminal.press("q")
    assert terminal.wait_exit() == 0
