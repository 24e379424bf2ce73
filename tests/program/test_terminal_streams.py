"""Standard streams that are closed or lead elsewhere, and bytes that nobody expects."""

import os
import sys

import pytest

from . import facilitator
from .sandbox import MAIN, Sandbox
from .terminal import SOON, Terminal


def start_in_shell(sandbox: Sandbox, redirection: str, *arguments: str) -> Terminal:
    command = f"exec '{sys.executable}' -m circle_tui {' '.join(arguments)} {redirection}"
    return sandbox.start_command("/bin/sh", "-c", command)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("redirection", ["2>err.log", "2>&-", "2>/dev/full"])
def test_the_screen_is_drawn_on_the_terminal_wherever_stderr_leads(
    sandbox: Sandbox, redirection: str
) -> None:
    facilitator.make_circle(sandbox)
    terminal = start_in_shell(sandbox, redirection)
    facilitator.begin(terminal)
    terminal.press("q")
    assert terminal.wait_exit(SOON) == 0
    assert terminal.flags == terminal.flags_before
    log = sandbox.home / "err.log"
    assert not log.exists() or log.read_bytes() == b""


@pytest.mark.sampled(2)
@pytest.mark.parametrize("redirection", ["<&-", ">&-", "<&- >&- 2>&-", "</dev/null", ">out.txt"])
def test_without_a_terminal_to_read_or_draw_on_it_refuses_in_one_sentence(
    sandbox: Sandbox, redirection: str
) -> None:
    facilitator.make_circle(sandbox)
    terminal = start_in_shell(sandbox, redirection)
    assert terminal.wait_exit(SOON) == 2
    assert terminal.flags == terminal.flags_before
    said = terminal.said_after_leaving
    assert said.count("\n") == 0
    assert said.startswith("circle-tui: ") or "2>&-" in redirection


@pytest.mark.sampled(1)
@pytest.mark.parametrize("redirection", ["<&-", "2>&-", "<&- 2>&-"])
def test_a_closed_stream_never_becomes_the_number_of_the_circles_file(
    sandbox: Sandbox, redirection: str
) -> None:
    terminal = start_in_shell(sandbox, redirection, "new", "Dock", "--members", "'Ann, Bob, Cy'")
    assert terminal.wait_exit(SOON) == 0
    assert len(sandbox.table("dock", "circle")) == 1


def test_bytes_of_no_encoding_are_question_marks_in_a_field_and_end_nothing(
    sandbox: Sandbox,
) -> None:
    terminal = facilitator.begin_a_share(sandbox)
    os.write(terminal.master, b"\xfc\x1b[M \xe9\xe9\x1b[1;1:1B\x1b[1;1:3B\x1b[?62c")
    terminal.wait_for("“?” does nothing here")
    facilitator.end_share(terminal, "Ana")
    terminal.press("n")
    os.write(terminal.master, b"I call M\xfcller\x1b[32;2usoon\x1b[110;1:1;110u\x1b[127;2u")
    terminal.wait_for("I call M?ller soon")
    os.write(terminal.master, b"\n")
    terminal.wait_for("+ I call M?ller soon")


def test_letters_of_another_encoding_are_those_of_the_terminals(sandbox: Sandbox) -> None:
    latin = (
        "import sys\nfor each in (sys.stdin, sys.stdout): each.reconfigure(encoding='iso-8859-1')\n"
    )
    terminal = sandbox.start_code(latin + MAIN)
    terminal.wait_for("Welcome")
    os.write(terminal.master, b"M\xfchle\r")
    os.write(terminal.master, b"Ann, Bob, Cy\t\r")
    terminal.wait_for("1 Ann")
    terminal.press("q")
    assert terminal.wait_exit(SOON) == 0
    assert sandbox.table("muhle", "circle")[0]["name"] == "Mühle"


def test_an_error_in_the_thread_that_reads_keys_is_one_sentence_and_a_status(
    sandbox: Sandbox,
) -> None:
    facilitator.make_circle(sandbox)
    broken = (
        "import sys; from circle_tui.cli.main import main\n"
        "from circle_tui.tui.terminal_input import TerminalInput\n"
        "def feed(reader, data, now): raise ValueError('what somebody typed')\n"
        "TerminalInput.feed = feed; sys.argv[1:] = []; main()"
    )
    terminal = sandbox.start_code(broken)
    terminal.wait_for(facilitator.BEGIN_KEY)
    terminal.press("x")
    assert terminal.wait_exit(SOON) == 1
    assert terminal.flags == terminal.flags_before
    assert "hit a bug and stopped" in terminal.said_after_leaving
    (report,) = sandbox.home.rglob("crash.txt")
    assert "in feed" in report.read_text()
    assert "what somebody typed" not in report.read_text()
    assert b"what somebody typed" not in terminal.raw
