"""Hostile text at the real program's doors: arguments, the terminal, a folder's and a file's name.

What it writes to a terminal is looked at byte by byte: nothing of what was given to it may be
there as anything but letters.
"""

import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.hostile_text import TEXTS, is_harmless

from . import facilitator
from .sandbox import Sandbox
from .terminal import Terminal

PASTE = "\x1b[200~{}\x1b[201~"
"""As a terminal brackets what is pasted."""

_OURS = re.compile(r"\x1b(\[[0-9;:<>=?]*[ -/]*[A-Za-z~$]|\]22;[a-z]*(?:\x07|\x1b\\)|[=>78])")
FITTING = {which: raw for which, raw in TEXTS.items() if len(raw.encode(errors="replace")) < 50_000}
"""An argument has room for so much."""


def argument(raw: str) -> str:
    """As much of it as a command line can hold: no nothing, and what is no text as bytes."""
    return os.fsdecode(
        raw.replace("\x00", "").encode(errors="surrogateescape" if _bytes(raw) else "replace")
    )


def _bytes(raw: str) -> bool:
    return all(
        not 0xD800 <= ord(each) < 0xDC80 and ord(each) not in range(0xDD00, 0xE000) for each in raw
    )


def only_letters(terminal: Terminal) -> None:
    """Everything it wrote is text, and sequences of the kinds that draw a screen."""
    written = bytes(terminal.raw).decode(errors="replace")
    assert "OWNED" not in terminal.titles
    left = _OURS.sub("", written)
    assert "\x1b" not in left, left[left.index("\x1b") :][:60]
    for each in left:
        assert each in "\r\n\b\x07\x0f\u200d" or unicodedata.category(each) not in {
            "Cc",
            "Cf",
            "Co",
            "Cn",
        }, f"{each!r} in {left[max(0, left.index(each) - 30) :][:60]!r}"
    # No bell that nobody turned on, and nothing asked of a clipboard or for an answer.
    assert "\x07" not in left


@pytest.mark.sampled(1)
@pytest.mark.parametrize("which", FITTING)
def test_arguments_are_taken_clean_or_refused_with_a_sentence(sandbox: Sandbox, which: str) -> None:
    raw = argument(TEXTS[which])
    for at, arguments in enumerate(
        (
            ("new", raw, "--members", "Ana, Ben"),
            ("new", "Circle", "--members", f"Ana, {raw}"),
            ("new", "Circle", "--members", "Ana, Ben", "--format", raw),
            ("new", "Circle", "--members", "Ana, Ben", "--zone", raw),
            ("new", "Circle", "--members", "Ana, Ben", "--first", raw),
            ("new", "Circle", "--members", "Ana, Ben", "--length", raw),
            ("new", "Circle", "--members", "Ana, Ben", raw),
            (raw,),
            ("today", raw, "--yes"),
            ("today", "Ana", "--yes", "--circle", raw),
            ("checkin", "Ana", raw),
            ("checkin", raw, "It rains"),
        )
    ):
        # Two of them at the real program: that is where arguments are decoded.
        run = sandbox.run if at in {0, 10} else sandbox.run_in_process
        done = run(*arguments)
        said = (done.stderr if done.returncode else "") + ("" if at > 7 else done.stdout)
        assert done.returncode in {0, 1, 2}, (arguments, done.stderr)
        assert "Traceback" not in done.stderr
        assert is_harmless(said.replace("\n", " ")), (arguments, said)
    for name, content in sandbox.files().items():
        assert re.fullmatch(r"[a-z0-9-]+\.(json|lock)", name)
        assert name.endswith(".lock") or json.loads(content)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("which", FITTING)
def test_what_is_pasted_and_typed_in_a_terminal_comes_out_as_letters(
    sandbox: Sandbox, which: str
) -> None:
    # What a terminal sends holds no half characters, and no end of a paste within one.
    raw = TEXTS[which].encode(errors="replace").decode()
    terminal = facilitator.begin_a_share(sandbox)
    facilitator.end_share(terminal, "Ana")
    terminal.press("n")
    terminal.wait_for("Esc cancels")
    terminal.type(PASTE.format(raw))
    terminal.type("ends here")
    terminal.press("enter")
    terminal.wait_for(lambda: terminal.shows("n to add one") or terminal.shows("shorten it"))
    only_letters(terminal)
    if terminal.shows("shorten it"):
        terminal.press("ctrl+c")  # It leaves the field first.
        terminal.wait_for("n to add one")
    terminal.press("ctrl+c")
    assert terminal.wait_exit() == 0
    only_letters(terminal)


@pytest.mark.full
def test_what_is_pasted_without_end_is_refused_and_the_program_goes_on(
    sandbox: Sandbox, full: bool
) -> None:
    terminal = facilitator.begin_a_share(sandbox)
    facilitator.end_share(terminal, "Ana")
    terminal.press("n")
    terminal.type(PASTE.format("x" * (1_000_000 if full else 50_000)))
    terminal.press("enter")
    terminal.wait_for("shorten it")
    terminal.press("esc")
    terminal.wait_for("n to add one")
    # It is there again, and ctrl+u empties the field.
    terminal.press("n", "\x15")
    terminal.type("I call the printer")
    terminal.press("enter")
    terminal.wait_for("+ I call the printer")


def test_a_folder_and_a_file_of_any_name_are_named_in_letters(sandbox: Sandbox) -> None:
    folder = sandbox.home / "a\x1b]0;OWNED\x07b\x1b[31m\u202e"
    folder.mkdir()
    (folder / "\x1b[2J\x1b]0;OWNED\x07.json").write_text("{")
    terminal = sandbox.start("--sessions", str(folder))
    terminal.wait_for("can't be read")
    terminal.press("enter")
    terminal.wait_for("is damaged")
    terminal.press("q")
    assert terminal.wait_exit() == 0
    only_letters(terminal)
    for arguments in (("today", "Ana", "--yes"), ("checkin", "Ana", "It rains")):
        done = sandbox.run_in_process("--sessions", str(folder), *arguments)
        assert done.returncode == 1
        assert is_harmless(done.stderr)
        assert "damaged" in done.stderr
    in_a_terminal = sandbox.start("--sessions", str(folder), "new", "Quay", "--members", "A, B")
    assert in_a_terminal.wait_exit() == 0
    only_letters(in_a_terminal)
    assert (folder / "quay.json").exists()


def test_the_path_of_a_new_circle_goes_on_byte_for_byte(sandbox: Sandbox) -> None:
    folder = os.fsdecode(os.fsencode(sandbox.home) + b"/\xff \xc3\xa4\x1b[31m")
    done = subprocess.run(
        (sys.executable, "-m", "circle_tui", "--sessions", folder, "new", "Q", "--members", "A, B"),
        capture_output=True,
        env=sandbox.environment,
        cwd=sandbox.home,
        check=True,
    )
    assert done.stdout == os.fsencode(Path(folder) / "q.json") + b"\n"


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("new", "\u6f22" * 50, "--members", "A, B"), ("today", "\u6f22"), ("\u6f22",)],
    ids=lambda each: each[0],
)
def test_a_machine_that_lacks_the_letters_shows_others_in_their_place(
    sandbox: Sandbox, arguments: tuple[str, ...]
) -> None:
    sandbox.environment |= {"PYTHONIOENCODING": "ascii"}
    done = sandbox.run(*arguments)
    assert "Traceback" not in done.stderr
    assert (done.stdout + done.stderr).isascii()
    assert done.returncode == (0 if arguments == ("--help",) else 2)
