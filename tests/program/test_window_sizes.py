"""A window that is made larger and smaller in the middle of everything."""

import pytest

from . import facilitator
from .sandbox import Sandbox

SIZES = [(12, 40), (5, 20), (1, 1), (60, 200), (2, 300), (100, 3)]


@pytest.mark.full
def test_a_share_survives_every_size_of_its_window(sandbox: Sandbox) -> None:
    terminal = facilitator.begin_a_share(sandbox)
    for rows, columns in SIZES:
        terminal.resize(rows, columns)
        drawn = len(terminal.raw)
        terminal.wait_for(lambda drawn=drawn: len(terminal.raw) > drawn)
    terminal.resize(30, 100)
    terminal.wait_for(facilitator.speaking("Ana"))
    terminal.press("q", "q")
    assert terminal.wait_exit() == 0


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("rows", "columns"), [(12, 40), (24, 80), (1, 1)])
def test_the_program_starts_in_a_window_of_any_size(
    sandbox: Sandbox, rows: int, columns: int
) -> None:
    facilitator.make_circle(sandbox)
    terminal = sandbox.start(rows=rows, columns=columns)
    terminal.wait_for(lambda: b"\x1b[?1049h" in terminal.raw)
    if columns > 1:
        terminal.wait_for("Ana opens")
    terminal.resize(30, 100)
    facilitator.begin(terminal)
