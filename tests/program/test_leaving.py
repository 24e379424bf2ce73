"""However a program is ended in the middle of a share, the share is there again afterwards."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from . import steps
from .machine import Machine
from .terminal import Terminal

SOON = 8.0
"""Seconds in which a program that is told to end has ended, on a slow machine."""

NOT_BY_DEFAULT = {"1", "1000", "1002", "1003", "1004", "1006", "1015", "1049", "2004", "2026"}


def the_terminal_is_as_it_was(terminal: Terminal) -> None:
    assert terminal.flags == terminal.flags_before
    assert terminal.modes & NOT_BY_DEFAULT == set()
    assert bytes(terminal.raw).rfind(b"\x1b[?25h") > bytes(terminal.raw).rfind(b"\x1b[?25l")
    assert b"\x1b[?1049l" in terminal.raw
    # The keyboard protocol is put back as often as it was asked for.
    pushed = len(re.findall(rb"\x1b\[>\d+u", terminal.raw))
    assert len(re.findall(rb"\x1b\[<\d*u", terminal.raw)) >= pushed
    assert terminal.said_after_leaving == ""


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
def test_a_key_that_leaves_ends_the_program_and_parks_the_share(machine: Machine, key: str) -> None:
    terminal = steps.begin_a_share(machine)
    terminal.press(key)
    assert terminal.wait_exit(SOON) == 0
    the_terminal_is_as_it_was(terminal)
    steps.resume_in_the_share(machine)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda each: each.name)
def test_a_signal_ends_the_program_and_parks_the_share(
    machine: Machine, number: signal.Signals
) -> None:
    terminal = steps.begin_a_share(machine)
    terminal.kill(number)
    assert terminal.wait_exit(SOON) in {0, 128 + number}
    the_terminal_is_as_it_was(terminal)
    steps.resume_in_the_share(machine)


def test_a_closed_window_ends_the_program_and_parks_the_share(machine: Machine) -> None:
    terminal = steps.begin_a_share(machine)
    terminal.hang_up()
    # 120 is what Python itself says when nobody takes its last output.
    assert terminal.wait_exit(SOON) in {0, 120, 128 + signal.SIGHUP}
    steps.resume_in_the_share(machine)


def test_a_program_that_does_not_hear_of_its_terminals_end_ends_all_the_same(
    machine: Machine,
) -> None:
    steps.make_circle(machine)
    master, slave = os.openpty()
    # A session of its own, that the terminal does not belong to: nobody sends it SIGHUP.
    program = subprocess.Popen(
        (sys.executable, "-m", "circle_tui"),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=machine.environment,
        cwd=machine.home,
        start_new_session=True,
    )
    os.close(slave)
    drawn = b""
    while b"Next meeting" not in drawn:
        drawn += os.read(master, 1 << 16)
    os.close(master)
    assert program.wait(4 * SOON) in {0, 120, 128 + signal.SIGHUP}


def test_a_terminal_that_nobody_reads_does_not_keep_the_program_alive(machine: Machine) -> None:
    terminal = steps.begin_a_share(machine)
    terminal.block()
    terminal.kill(signal.SIGTERM)
    assert terminal.process.wait(SOON) == 128 + signal.SIGTERM
    steps.resume_in_the_share(machine)


def test_a_share_goes_on_after_kill_9_with_no_act_lost(machine: Machine) -> None:
    terminal = steps.begin_a_share(machine)
    before = machine.files()[f"{steps.SLUG}.json"]
    terminal.kill(signal.SIGKILL)
    again = steps.resume_in_the_share(machine)
    # Each act can still be taken back, to the gathering: going on, hold, start, begin.
    again.press("u", "u", "u", "u")
    again.wait_for(steps.GATHERED)
    assert machine.files()[f"{steps.SLUG}.json"] == before


def test_a_gap_that_counts_has_run_on(machine: Machine) -> None:
    terminal = steps.begin_a_share(machine)
    terminal.kill(signal.SIGKILL)
    again = machine.start()
    again.wait_for(steps.GAP)
    again.press("c")
    again.wait_for(steps.speaking("Ana"))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs to see that it stands")
def test_a_program_that_was_stopped_and_continued_still_answers_keys(machine: Machine) -> None:
    terminal = steps.begin_a_share(machine)
    for _ in range(3):
        stop_and_go_on(terminal)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs to see that it stands")
def test_a_program_that_was_stopped_and_continued_still_leaves_well(machine: Machine) -> None:
    terminal = steps.begin_a_share(machine)
    stop_and_go_on(terminal)
    terminal.press("q")
    assert terminal.wait_exit(SOON) == 0
    the_terminal_is_as_it_was(terminal)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs to count threads")
def test_a_program_that_was_stopped_and_continued_reads_its_keys_once(machine: Machine) -> None:
    terminal = steps.begin_a_share(machine)
    tasks = Path(f"/proc/{terminal.pid}/task")
    before = len(list(tasks.iterdir()))
    stop_and_go_on(terminal)
    assert len(list(tasks.iterdir())) == before


def stop_and_go_on(terminal: Terminal) -> None:
    """As a debugger or a frozen container does, and two keys that show it is there again."""
    terminal.kill(signal.SIGSTOP)
    terminal.wait_for(lambda: state(terminal) == "T")
    terminal.kill(signal.SIGCONT)
    terminal.press("space")
    terminal.wait_for(steps.HELD)
    terminal.press("space")
    terminal.wait_for(steps.speaking("Ana"))


def state(terminal: Terminal) -> str:
    """R runs, S waits, T was stopped."""
    return Path(f"/proc/{terminal.pid}/stat").read_text().rpartition(") ")[2][0]


def test_ctrl_z_gives_the_shell_its_terminal_and_fg_brings_the_share_back(machine: Machine) -> None:
    steps.make_circle(machine)
    # A shell with jobs of its own, without which nobody can be put into the background.
    shell = machine.start_command("/bin/sh", "-i", "-m")
    shell.type(f"PS1='her''e '; '{sys.executable}' -m circle_tui\n")
    steps.begin(shell)
    steps.first_turn(shell)
    steps.start_share(shell, "Ana")
    shell.press("\x1a")
    shell.wait_for("here")
    shell.type("echo one''word; fg\n")
    shell.wait_for(steps.speaking("Ana"))
    assert b"oneword" in shell.raw
    shell.press("space")
    shell.wait_for(steps.HELD)
    shell.press("q")
    shell.wait_for("here")
    shell.type("exit\n")
    assert shell.wait_exit(SOON) == 0
