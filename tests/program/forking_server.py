"""A Python that has imported the program, and forks for each start that a test asks for.

Importing is most of the time that a start takes, and is the same each time. After the fork a start
is as in a new Python: its environment, folder, terminal, streams and signals, and how it ends.

Invariant: this file is run by itself, and imports nothing of the tests.
"""

import asyncio
import fcntl
import gc
import json
import os
import runpy
import select
import signal
import socket
import sys
import tempfile
import termios
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from circle_tui.cli.terminal import make_ready_to_draw

LARGEST = 1 << 16


def serve(requests: socket.socket) -> bool:
    """Fork for each request until nobody asks any more. True in each child, false at the end."""
    ended, wake = os.pipe()
    for handle in (ended, wake):
        os.set_blocking(handle, False)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    signal.set_wakeup_fd(wake)
    answers: dict[int, int] = {}
    while True:
        ready, _, _ = select.select([requests, ended], [], [])
        if ended in ready:
            os.read(ended, LARGEST)
            tell_who_has_ended(answers)
        if requests in ready:
            data, handles, _, _ = socket.recv_fds(requests, LARGEST, 4)
            if not data:
                return False
            *streams, answer = handles
            pid = os.fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                requests.close()
                for handle in (ended, wake, answer, *answers.values()):
                    os.close(handle)
                become(streams, **json.loads(data))
                return True
            for handle in streams:
                os.close(handle)
            answers[pid] = answer
            os.write(answer, b"%d\n" % pid)


def tell_who_has_ended(answers: dict[int, int]) -> None:
    """Write the exit status of each child that has ended to whoever asked for it."""
    with suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            answer = answers.pop(pid)
            with suppress(BrokenPipeError):
                os.write(answer, b"%d\n" % os.waitstatus_to_exitcode(status))
            os.close(answer)


async def warm_up() -> None:
    """Do once what most starts do: compile patterns, and import what the first screens need.

    The only traces are what Python, Textual and the program remember of texts that they read.
    """
    from circle_tui.core.circle.circle import make_circle
    from circle_tui.service import demo
    from circle_tui.store.circle_file import CircleFile
    from circle_tui.tui.app import CircleApp

    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        # As an own circle the sample wouldn't be opened.
        demo.write_sample(Path(folder) / "sample")
        circle = make_circle("Harbour", "Ana, Ben", "pod", zone="UTC", now=now)
        CircleFile.create(Path(folder), circle)
        app = CircleApp(Path(folder), pulse_every=None)
        async with app.run_test() as pilot:
            await pilot.press("enter")
            await pilot.pause()
        app.let_go()
    # A folder of the first test's own, which the others don't have.
    tempfile.tempdir = None
    gc.collect()
    gc.freeze()


def become(
    streams: list[int], arguments: list[str], environment: dict[str, str], folder: str
) -> None:
    """Make this process what a new Python is that was started with these standard streams.

    A terminal among them becomes its own.
    """
    os.setsid()
    if os.isatty(streams[0]):
        fcntl.ioctl(streams[0], termios.TIOCSCTTY, 0)
    for number, handle in enumerate(streams):
        os.dup2(handle, number)
        os.close(handle)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        old = getattr(sys, name)
        new = open(  # noqa: SIM115
            old.fileno(), mode, encoding=old.encoding, errors=old.errors, closefd=False
        )
        setattr(sys, name, new)
        setattr(sys, f"__{name}__", new)
    sys.argv = ["circle-tui", *arguments]


if __name__ == "__main__":
    make_ready_to_draw()
    import textual.drivers.linux_driver  # noqa: F401

    import circle_tui.tui.app
    import circle_tui.tui.routes

    list(circle_tui.tui.routes.later_imports())
    asyncio.run(warm_up())

    if serve(socket.socket(fileno=int(sys.argv[1]))):
        if sys.argv[1:2] == ["-c"]:
            code = sys.argv[2]
            sys.argv = ["-c"]
            exec(code, {"__name__": "__main__"})
            sys.exit()
        runpy.run_module("circle_tui", run_name="__main__", alter_sys=True)
