"""`circle-tui checkin`: a few sentences for the next gathering."""

import os

import pytest

from . import facilitator
from .daily_commitments import make, one, won
from .sandbox import Sandbox


def test_a_check_in_is_kept_for_the_next_gathering(sandbox: Sandbox) -> None:
    file = one(sandbox)
    done = sandbox.run("checkin", "maya", "It goes\nwell. [b]Really[/b].")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1
    (written,) = file.read().checkins
    assert (written.member, written.text) == ("m1", "It goes well. [b]Really[/b].")


def test_a_check_in_can_come_through_a_pipe(sandbox: Sandbox) -> None:
    file = one(sandbox)
    said = "It is hard,\nund schön. \x1b[2J\n".encode() + b"\xff"
    done = sandbox.run("checkin", "Tom", "-", typed=said)
    assert done.returncode == 0, done.stderr
    (written,) = file.read().checkins
    assert written.text.startswith("It is hard, und schön.")
    assert "\x1b" not in written.text


@pytest.mark.parametrize("words", ["", "  ", "x" * 601])
def test_no_words_or_too_many_are_wrong_usage(sandbox: Sandbox, words: str) -> None:
    file = one(sandbox)
    done = sandbox.run_in_process("checkin", "Maya", words)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert file.read().checkins == ()


def test_check_ins_are_only_for_formats_that_have_them(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox, members="Maya, Ben")
    done = sandbox.run_in_process("checkin", "Maya", "It goes.")
    assert (done.returncode, done.stdout) == (1, "")
    assert "check-ins" in done.stderr
    file = one(sandbox)
    assert sandbox.run_in_process("checkin", "Maya", "It goes.").returncode == 0
    assert len(file.read().checkins) == 1


@pytest.mark.skipif(os.name != "posix" or os.getuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_reported(sandbox: Sandbox) -> None:
    one(sandbox)
    sandbox.sessions.chmod(0o500)
    try:
        done = sandbox.run_in_process("today", "Maya", "--yes")
    finally:
        sandbox.sessions.chmod(0o700)
    assert done.returncode == 1
    assert "read-only" in done.stderr


def test_letters_the_terminal_lacks_are_replaced(sandbox: Sandbox) -> None:
    file = make(sandbox, ("m1", "I run 読む", True))
    sandbox.environment |= {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    terminal = sandbox.start("today", "Maya")
    terminal.wait_for("I run ??")
    terminal.press("y")
    assert terminal.wait_exit() == 0
    assert won(file) == ["c1"]
