"""However a program is ended in the middle of a share, the share is there again afterwards."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from . import facilitator
from .sandbox import Sandbox
from .terminal import SOON, Terminal

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


@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["q", "ctrl+c"])
def test_a_key_that_leaves_ends_the_program_and_parks_the_share(sandbox: Sandbox, key: str) -> None:
    terminal = facilitator.begin_a_share(sandbox)
    terminal.press(key)
    terminal.wait_for("again to quit")
    terminal.press(key)
    assert terminal.wait_exit(SOON) == 0
    the_terminal_is_as_it_was(terminal)
    facilitator.resume_in_the_share(sandbox)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "number",
    [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT],
    ids=lambda each: each.name,
)
def test_a_signal_ends_the_program_and_parks_the_share(
    sandbox: Sandbox, number: signal.Signals
) -> None:
    terminal = facilitator.begin_a_share(sandbox)
    terminal.kill(number)
    assert terminal.wait_exit(SOON) == 128 + number
    the_terminal_is_as_it_was(terminal)
    facilitator.resume_in_the_share(sandbox)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT], ids=lambda each: each.name)
def test_a_signal_while_the_program_takes_the_terminal_leaves_it_as_it_was(
    sandbox: Sandbox, number: signal.Signals
) -> None:
    facilitator.make_circle(sandbox)
    terminal = sandbox.start()
    terminal.wait_for(lambda: b"\x1b[?1049h" in terminal.raw)
    terminal.kill(number)
    assert terminal.wait_exit(SOON) == 128 + number
    the_terminal_is_as_it_was(terminal)


def test_a_signal_while_the_program_is_imported_is_no_traceback(sandbox: Sandbox) -> None:
    interrupted = (
        "import os, signal, sys; from importlib import abc; from circle_tui.cli.main import main\n"
        "class Interrupt(abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == 'textual': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupt()); sys.argv[1:] = []; main()"
    )
    terminal = sandbox.start_command(sys.executable, "-c", interrupted)
    assert terminal.wait_exit(SOON) == -signal.SIGINT
    assert terminal.flags == terminal.flags_before
    assert bytes(terminal.raw) == b""


def test_a_closed_window_ends_the_program_and_parks_the_share(sandbox: Sandbox) -> None:
    terminal = facilitator.begin_a_share(sandbox)
    terminal.hang_up()
    # 120 is what Python itself says when nobody takes its last output.
    assert terminal.wait_exit(SOON) in {0, 120, 128 + signal.SIGHUP}
    facilitator.resume_in_the_share(sandbox)


def test_a_program_that_does_not_hear_of_its_terminals_end_ends_all_the_same(
    sandbox: Sandbox,
) -> None:
    facilitator.make_circle(sandbox)
    master, slave = os.openpty()
    # A session of its own, that the terminal does not belong to: nobody sends it SIGHUP.
    program = subprocess.Popen(
        (sys.executable, "-m", "circle_tui"),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=sandbox.environment,
        cwd=sandbox.home,
        start_new_session=True,
    )
    os.close(slave)
    drawn = b""
    while b"Next meeting" not in drawn:
        drawn += os.read(master, 1 << 16)
    os.close(master)
    assert program.wait(4 * SOON) in {0, 120, 128 + signal.SIGHUP}


def test_a_terminal_that_nobody_reads_does_not_keep_the_program_alive(sandbox: Sandbox) -> None:
    terminal = facilitator.begin_a_share(sandbox)
    terminal.block()
    terminal.kill(signal.SIGTERM)
    assert terminal.process.wait(SOON) == 128 + signal.SIGTERM
    facilitator.resume_in_the_share(sandbox)


def test_a_share_goes_on_after_kill_9_with_no_act_lost(sandbox: Sandbox) -> None:
    terminal = facilitator.begin_a_share(sandbox)
    before = sandbox.files()[f"{facilitator.SLUG}.json"]
    terminal.kill(signal.SIGKILL)
    again = facilitator.resume_in_the_share(sandbox)
    # Each act can still be taken back, to the gathering: going on, hold, start, begin.
    again.press("u", "u", "u", "u")
    again.wait_for(facilitator.FIRST_SEAT)
    assert sandbox.files()[f"{facilitator.SLUG}.json"] == before


@pytest.mark.full
def test_a_gap_that_counts_has_run_on(sandbox: Sandbox) -> None:
    terminal = facilitator.begin_a_share(sandbox)
    terminal.kill(signal.SIGKILL)
    again = sandbox.start()
    again.wait_for(facilitator.GAP_NOTICE)
    again.press("u")
    again.wait_for(facilitator.speaking("Ana"))


# Ordinarily ctrl+z is tried, after which a shell continues it in the same way.
@pytest.mark.full
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs to see that it stands")
def test_a_program_that_was_stopped_and_continued_answers_keys_once_and_leaves_well(
    sandbox: Sandbox, full: bool
) -> None:
    terminal = facilitator.begin_a_share(sandbox)
    threads = Path(f"/proc/{terminal.pid}/task")
    before = len(list(threads.iterdir()))
    for _ in range(3 if full else 1):
        stop_and_go_on(terminal)
    # One more would read keys beside the first.
    assert len(list(threads.iterdir())) == before
    terminal.press("q", "q")
    assert terminal.wait_exit(SOON) == 0
    the_terminal_is_as_it_was(terminal)


def stop_and_go_on(terminal: Terminal) -> None:
    """As a debugger or a frozen container does, and two keys that show it is there again."""
    terminal.kill(signal.SIGSTOP)
    terminal.wait_for(lambda: state(terminal) == "T")
    terminal.kill(signal.SIGCONT)
    terminal.press("space")
    terminal.wait_for(facilitator.PAUSED)
    terminal.press("u")
    terminal.wait_for(facilitator.speaking("Ana"))


def state(terminal: Terminal) -> str:
    """R runs, S waits, T was stopped."""
    return Path(f"/proc/{terminal.pid}/stat").read_text().rpartition(") ")[2][0]


def test_ctrl_z_gives_the_shell_its_terminal_and_fg_brings_the_share_back(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox)
    # A shell with jobs of its own, without which nobody can be put into the background.
    shell = sandbox.start_command("/bin/sh", "-i", "-m")
    shell.type(f"PS1='her''e '; '{sys.executable}' -m circle_tui\n")
    facilitator.begin(shell)
    facilitator.begin_round(shell)
    facilitator.start_share(shell, "Ana")
    shell.press("\x1a")
    shell.wait_for("here")
    shell.type("echo one''word; fg\n")
    shell.wait_for(facilitator.speaking("Ana"))
    assert b"oneword" in shell.raw
    shell.press("space")
    shell.wait_for(facilitator.PAUSED)
    shell.press("q")
    shell.wait_for("here")
    shell.type("exit\n")
    assert shell.wait_exit(SOON) == 0
