"""The second that passes while a screen is only just coming."""

from . import facilitator
from .sandbox import Sandbox

# The program as it is, but that its seconds pass faster: one falls into every change of screens.
HASTY = (
    "from pathlib import Path; from circle_tui.tui.app import CircleApp; "
    "app = CircleApp(Path({folder!r}), pulse_every=0.005); app.run(); "
    "raise SystemExit(app.return_code or 0)"
)


def test_a_second_that_passes_while_screens_change_harms_nothing(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox, members="Ana, Ben")
    terminal = sandbox.start_code(HASTY.format(folder=str(sandbox.sessions)))
    facilitator.begin(terminal)
    facilitator.begin_round(terminal)
    facilitator.start_share(terminal, "Ana")
    facilitator.end_share(terminal, "Ana")
    facilitator.add_commitment(terminal, "Ana calls the printer")
    terminal.press("enter")
    terminal.wait_for(facilitator.about_to_speak("Ben"))
    terminal.press("q")
    assert terminal.wait_exit() == 0
