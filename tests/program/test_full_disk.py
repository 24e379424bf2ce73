"""A disk that takes nothing more in the middle of a meeting, and takes it again later."""

import resource
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from . import facilitator
from .sandbox import PROGRAM, Sandbox
from .terminal import Terminal

NOTHING = 0
SMALL = 256 * 1024

can_limit = pytest.mark.skipif(
    not hasattr(resource, "prlimit"), reason="the system cannot limit another process's files"
)


def no_file_may_grow(terminal: Terminal) -> None:
    """From now on every write of the program fails."""
    most = resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (NOTHING, most))


def files_may_grow(terminal: Terminal) -> None:
    """As it was."""
    most = resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE)[1]
    resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (most, most))


def unsaved_acts(
    terminal: Terminal, fill: Callable[[], None], make_room: Callable[[], None], words: str
) -> None:
    """A minute more and a hold while nothing can be written; then there is room again."""
    fill()
    terminal.press("+")
    terminal.wait_for(words)
    terminal.press("space")
    terminal.wait_for(facilitator.PAUSED)
    terminal.wait_for(words)
    # It goes on in memory, and undo with it.
    terminal.press("u")
    terminal.wait_for(facilitator.speaking("Ana"))
    terminal.press("space")
    terminal.wait_for(facilitator.PAUSED)
    make_room()
    terminal.wait_for(lambda: not terminal.shows(words))


@can_limit
def test_a_meeting_goes_on_unsaved_and_is_saved_when_there_is_room(sandbox: Sandbox) -> None:
    terminal = facilitator.begin_a_share(sandbox)
    unsaved_acts(
        terminal,
        lambda: no_file_may_grow(terminal),
        lambda: files_may_grow(terminal),
        "couldn't be written",
    )
    terminal.kill(signal.SIGKILL)
    the_minute_is_there(sandbox)


def the_minute_is_there(sandbox: Sandbox) -> None:
    """The share was held with a minute more than it began with."""
    terminal = sandbox.start()
    terminal.wait_for(facilitator.PAUSED)
    terminal.press("u", "u")
    terminal.wait_for(facilitator.speaking("Ana"))
    terminal.press("q", "q")
    assert terminal.wait_exit() == 0
    # Two acts were taken back and no more, so the share still runs.
    facilitator.resume_in_the_share(sandbox)


@pytest.mark.full
@can_limit
def test_leaving_unsaved_is_asked_about_once(sandbox: Sandbox) -> None:
    terminal = facilitator.begin_a_share(sandbox)
    no_file_may_grow(terminal)
    terminal.press("+")
    terminal.wait_for("couldn't be written")
    terminal.press("q")
    terminal.wait_for("lose")
    terminal.press("q")
    assert terminal.wait_exit() == 0
    facilitator.resume_in_the_share(sandbox)


@pytest.mark.full
@can_limit
def test_a_record_that_could_not_be_written_is_written_when_there_is_room(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox, members="Ana, Ben")
    terminal = sandbox.start()
    facilitator.begin(terminal)
    facilitator.begin_round(terminal)
    for name in ("Ana", "Ben"):
        facilitator.start_share(terminal, name)
        facilitator.end_share(terminal, name)
        terminal.press("enter")
    terminal.wait_for(facilitator.DATE_QUESTION)
    terminal.press("enter")
    terminal.wait_for(facilitator.LAST_WORD)
    before = sandbox.files()[f"{facilitator.SLUG}.json"]
    no_file_may_grow(terminal)
    terminal.press("enter")
    terminal.wait_for("Not saved yet")
    assert sandbox.files()[f"{facilitator.SLUG}.json"] == before
    files_may_grow(terminal)
    terminal.press("enter")
    terminal.wait_for("Meeting 1 saved")
    terminal.press("q")
    assert terminal.wait_exit() == 0
    assert [each["number"] for each in sandbox.table(facilitator.SLUG, "sessions")] == [1]
    assert not [name for name in sandbox.files() if ".live" in name or ".tmp" in name]


def test_a_full_disk_is_called_by_its_name(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox)
    terminal = start_on_a_small_disk(sandbox)
    facilitator.begin(terminal)
    facilitator.begin_round(terminal)
    facilitator.start_share(terminal, "Ana")
    small = Path(f"/proc/{terminal.pid}/root{sandbox.sessions}")
    stuffing = small / "stuffing"

    def fill() -> None:
        with stuffing.open("wb", buffering=0) as file:
            for size in (4096, 1):
                try:
                    while file.write(b"x" * size) == size:
                        pass
                except OSError:
                    continue

    unsaved_acts(terminal, fill, stuffing.unlink, "disk is full")
    for path in small.iterdir():
        if not path.name.endswith("-shm"):
            shutil.copy(path, sandbox.sessions)
    terminal.kill(signal.SIGKILL)
    the_minute_is_there(sandbox)


def start_on_a_small_disk(sandbox: Sandbox) -> Terminal:
    """The program with its circle on a disk of its own that holds little; gone with the program."""
    made, folder = sandbox.sessions.with_name("made"), shlex.quote(str(sandbox.sessions))
    sandbox.sessions.rename(made)
    sandbox.sessions.mkdir()
    mount = f"mount -t tmpfs -o size={SMALL},mode=700 none {folder}"
    alone = ("unshare", "--map-root-user", "--mount", "/bin/sh", "-c")
    if sys.platform != "linux" or subprocess.run((*alone, mount), check=False).returncode:
        pytest.skip("this system lets nobody have a disk of their own")
    copy = f"cp -r {shlex.quote(str(made))}/. {folder}"
    return sandbox.start_command(*alone, f"{mount} && {copy} && exec {shlex.join(PROGRAM)}")
