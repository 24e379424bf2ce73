"""The real program line by line: in a terminal that can't draw, and through a pipe."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from . import facilitator
from .sandbox import PROGRAM, Sandbox
from .terminal import PATIENCE, SOON, Terminal

MODE = "circle, line by line."


def pipe(sandbox: Sandbox, typed: bytes) -> subprocess.CompletedProcess[str]:
    """The program with all of its input there at once."""
    return sandbox.run("--plain", typed=typed)


def share(sandbox: Sandbox) -> Terminal:
    """A terminal line by line, in which the first share runs."""
    facilitator.make_circle(sandbox)
    sandbox.environment["TERM"] = "dumb"
    terminal = sandbox.start()
    terminal.wait_for("Enter begins the meeting")
    for typed, said in (("begin", "Who is here"), ("begin", "'s turn"), ("start", "speaks: ")):
        terminal.type(typed)
        terminal.press("enter")
        terminal.wait_for(said)
    return terminal


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "asked",
    [{"TERM": "dumb"}, {"TERM": None}, {"TERM": ""}, {"CIRCLE_PLAIN": "1"}, {"ACCESSIBLE": "1"}],
    ids=str,
)
def test_a_terminal_that_cannot_draw_or_asks_for_it_gets_lines(
    sandbox: Sandbox, asked: dict[str, str | None]
) -> None:
    for name, value in asked.items():
        sandbox.environment.pop(name, None)
        if value is not None:
            sandbox.environment[name] = value
    terminal = sandbox.start()
    terminal.wait_for(MODE)
    terminal.press("\x04")
    assert terminal.wait_exit(SOON) == 0
    assert b"\x1b" not in terminal.raw
    assert b"Saved. Bye." in terminal.raw


def test_zero_does_not_ask_for_lines(sandbox: Sandbox) -> None:
    sandbox.environment["CIRCLE_PLAIN"] = "0"
    done = sandbox.run_in_process()
    assert (done.returncode, done.stdout) == (2, "")
    assert "--plain" in done.stderr


def test_a_whole_evening_goes_through_a_pipe(sandbox: Sandbox) -> None:
    typed = ["Harbour", "Ana, Ben", "1", "take it", "enter", "begin"]
    for _ in range(2):
        typed += ["start", "finish", "t", "n", "I call", "end"]
    typed += ["that date", "save and close", "q"]
    done = pipe(sandbox, "\n".join(typed).encode())
    said = done.stdout
    assert (done.returncode, done.stderr) == (0, ""), said
    assert said.startswith(MODE)
    assert "Meeting 1 saved." in said
    assert sandbox.table("harbour", "sessions")
    assert not re.search(r"[^\n -~éè“”’…·]", said.replace("\N{NO-BREAK SPACE}", " "))


def test_empty_lines_that_are_there_at_once_begin_nothing(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox)
    done = pipe(sandbox, b"\n" * 30)
    assert done.returncode == 0
    assert "speaks" not in done.stdout
    assert "Who is here" not in done.stdout


def test_bytes_that_are_no_text_end_nothing(sandbox: Sandbox) -> None:
    done = pipe(sandbox, b"\xff\xfe\x00\nHarbour\nAna, Ben\n\xc3\nenter\nq\n")
    assert done.returncode == 0
    assert done.stdout.count("wasn't text") == 2
    assert "harbour.json" in sandbox.files()


def test_nobody_who_reads_is_no_traceback(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox)
    command = f"{sys.executable} -m circle_tui --plain 2>err | true"
    subprocess.run(
        ["/bin/sh", "-c", f"(sleep 0.2; echo '?'; echo q) | {command}"],
        env=sandbox.environment, cwd=sandbox.home, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert (sandbox.home / "err").read_text() == ""


@pytest.mark.full
def test_after_kill_9_the_share_goes_on(sandbox: Sandbox) -> None:
    first = share(sandbox)
    first.kill(signal.SIGKILL)
    second = sandbox.start()
    second.wait_for(re.compile(r"On hold|was speaking"))
    second.type("time")
    second.press("enter")
    second.wait_for("It's ")
    second.type("q")
    second.press("enter")
    assert second.wait_exit(SOON) == 0
    assert "The meeting waits for you right here." in second.text


@pytest.mark.full
def test_what_was_left_line_by_line_goes_on_on_a_screen(sandbox: Sandbox) -> None:
    first = share(sandbox)
    first.press("\x04")
    assert first.wait_exit(SOON) == 0
    sandbox.environment["TERM"] = "xterm-256color"
    facilitator.resume_in_the_share(sandbox)


@pytest.mark.full
@pytest.mark.parametrize(
    "number",
    [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT],
    ids=lambda each: each.name,
)
def test_a_signal_parks_the_share(sandbox: Sandbox, number: signal.Signals) -> None:
    terminal = share(sandbox)
    terminal.kill(number)
    assert terminal.wait_exit(SOON) == 128 + number
    assert b"Traceback" not in terminal.raw
    sandbox.environment["TERM"] = "xterm-256color"
    facilitator.resume_in_the_share(sandbox)


def test_ctrl_c_leaves_as_safely_as_q(sandbox: Sandbox) -> None:
    terminal = share(sandbox)
    terminal.press("ctrl+c")
    assert terminal.wait_exit(SOON) == 128 + signal.SIGINT
    assert "The meeting waits for you right here." in terminal.text


@pytest.mark.full
def test_a_circle_that_meets_elsewhere_is_followed(sandbox: Sandbox) -> None:
    first = share(sandbox)
    done = pipe(sandbox, b"begin\nenter\nq\n")
    assert done.returncode == 0
    assert "Ana speaks: " in done.stdout
    assert str(first.pid) in done.stdout
    assert done.stdout.endswith("\nBye.\n")


def test_watching_goes_line_by_line_where_the_terminal_cannot_draw(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox)
    sandbox.environment["TERM"] = "dumb"
    done = sandbox.run("watch", facilitator.SLUG)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(MODE)
    assert "No meeting yet." in done.stdout


def test_a_damaged_file_is_one_sentence(sandbox: Sandbox) -> None:
    sandbox.sessions.mkdir(parents=True)
    (sandbox.sessions / "harbour.json").write_text('{"circle": [')
    done = pipe(sandbox, b"enter\nq\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "is damaged" in " ".join(done.stdout.split("\n"))


@pytest.mark.full
def test_the_demo_a_record_and_the_review_go_line_by_line_too(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    demo = subprocess.run(
        (*PROGRAM, "demo", "--plain"), input=b"?\nq\n", capture_output=True,
        env=sandbox.environment, cwd=sandbox.home, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert demo.returncode == 0
    assert b"enter: Begin the meeting" in demo.stdout
    assert not list(sandbox.temporary.iterdir())
    facilitator.make_circle(sandbox)
    record = subprocess.run(
        (*PROGRAM, "record", "--plain"), input=b"?\nq\n", capture_output=True,
        env=sandbox.environment, cwd=sandbox.home, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert record.returncode == 0
    assert b"Who came:\n2 " in record.stdout
    review = sandbox.run("review", "--plain")
    assert review.returncode == 0
    assert review.stdout.startswith("Who came.")
