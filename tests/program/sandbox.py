"""A home that the program has never run in, with its folder of circles and its terminals."""

import contextlib
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tinydb import TinyDB

from circle_tui.cli import arguments as command_line
from circle_tui.cli.main import main

from .processes import ForkingServer, Process, start_command
from .terminal import COLUMNS, PATIENCE, ROWS, Terminal

PROGRAM = (sys.executable, "-m", "circle_tui")

READ_WHEN_ASKED_FOR = {
    "ACCESSIBLE",
    "CIRCLE_PLAIN",
    "CIRCLE_SESSIONS",
    "HOME",
    "TERM",
    "TZ",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
}
"""Variables that no import looks at, and Python itself not when it begins."""

MAIN = "from circle_tui.cli.main import main; main()"
"""For `start_code`: the program itself, behind code that changes something of it."""

_parser = cache(command_line.make_parser)
"""The parser is the same for each command, and to make it is most of what a short one takes."""


class Sandbox:
    """A home, an environment and a temporary folder of their own; only Python is shared."""

    def __init__(self, root: Path, server: ForkingServer) -> None:
        self.home = root / "home"
        self.temporary = root / "tmp"
        for folder in (self.home, self.temporary):
            folder.mkdir()
        self.sessions = self.home / "data" / "circle-tui"
        """The folder of circles when `--sessions` is not given."""
        self.environment = {
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "TMPDIR": str(self.temporary),
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "TZ": "UTC",
        }
        if "PYTHONPATH" in os.environ:
            self.environment["PYTHONPATH"] = os.environ["PYTHONPATH"]
        self._environment_as_made = dict(self.environment)
        self.forks = True
        """Whether the program may be forked from a Python that has imported it already."""
        self._server = server
        self._terminals: list[Terminal] = []

    def start(self, *arguments: str, rows: int = ROWS, columns: int = COLUMNS) -> Terminal:
        """Start the program in a terminal.

        Where the environment is another than usual, it may matter to Python before any import.
        """
        if not self._may_fork:
            return self.start_command(*PROGRAM, *arguments, rows=rows, columns=columns)
        return self._start_fork(arguments, rows, columns)

    def start_code(self, code: str, rows: int = ROWS, columns: int = COLUMNS) -> Terminal:
        """Start code that changes something of the program first, as `python -c` does."""
        if not self._may_fork:
            return self.start_command(sys.executable, "-c", code, rows=rows, columns=columns)
        return self._start_fork(("-c", code), rows, columns)

    @property
    def _may_fork(self) -> bool:
        changed = {name for name, _ in self.environment.items() ^ self._environment_as_made.items()}
        return self.forks and changed <= READ_WHEN_ASKED_FOR

    def _start_fork(self, arguments: tuple[str, ...], rows: int, columns: int) -> Terminal:
        return self._open_terminal(
            lambda terminal: self._server.start(
                arguments, (terminal,) * 3, self.environment, self.home
            ),
            rows,
            columns,
        )

    def start_command(self, *command: str, rows: int = ROWS, columns: int = COLUMNS) -> Terminal:
        """Start any command in a terminal, the program in a new Python."""
        return self._open_terminal(
            lambda terminal: start_command(command, terminal, self.environment, self.home),
            rows,
            columns,
        )

    def _open_terminal(self, start: Callable[[int], Process], rows: int, columns: int) -> Terminal:
        terminal = Terminal(start, rows, columns)
        self._terminals.append(terminal)
        return terminal

    def run_in_process(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The command line in this process, to its end: as `run`, without the time of a start."""
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        status: object = 0
        with (
            Path(os.devnull).open(encoding="utf-8") as nothing,
            patch.dict(os.environ, self.environment, clear=True),
            patch.object(sys, "argv", ["circle-tui", *arguments]),
            patch.object(sys, "stdin", nothing),
            patch.object(command_line, "make_parser", _parser),
            contextlib.chdir(self.home),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            time.tzset()
            on_interrupt = signal.getsignal(signal.SIGINT)
            try:
                main()
            except SystemExit as ended:
                status = ended.code
            finally:
                signal.signal(signal.SIGINT, on_interrupt)
        time.tzset()
        written = []
        for stream in (out, err):
            stream.seek(0)
            written.append(stream.read())
        return subprocess.CompletedProcess(arguments, int(str(status or 0)), *written)

    def run(self, *arguments: str, typed: bytes | None = None) -> subprocess.CompletedProcess[str]:
        """The program without a terminal, to its end, in a process of its own.

        What is typed comes through a pipe, all at once; otherwise there is nothing to be read.
        """
        if not self._may_fork:
            return self.run_python("-m", "circle_tui", *arguments)
        (out, their_out), (err, their_err) = os.pipe(), os.pipe()
        if typed is None:
            their_in = os.open(os.devnull, os.O_RDONLY)
        else:
            their_in, ours = os.pipe()
            os.write(ours, typed)
            os.close(ours)
        streams = their_in, their_out, their_err
        process = self._server.start(arguments, streams, self.environment, self.home)
        for handle in streams:
            os.close(handle)
        # What is said of an error is short enough for a pipe that nobody reads yet.
        written = []
        for handle in (out, err):
            with open(handle, encoding="utf-8") as stream:  # noqa: PTH123 - it has no path
                written.append(stream.read())
        return subprocess.CompletedProcess(arguments, process.wait(PATIENCE), *written)

    def run_python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Python with the sandbox's environment, without a terminal, to its end."""
        return subprocess.run(
            (sys.executable, *arguments),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            env=self.environment,
            cwd=self.home,
            timeout=PATIENCE,
            check=False,
        )

    def files(self) -> dict[str, bytes]:
        """The files in the folder of circles, by name."""
        if not self.sessions.is_dir():
            return {}
        return {path.name: path.read_bytes() for path in sorted(self.sessions.iterdir())}

    def table(self, slug: str, name: str) -> list[dict[str, Any]]:
        """One table of a circle's file, as plain TinyDB reads it."""
        with TinyDB(self.sessions / f"{slug}.json") as db:
            return [dict(document) for document in db.table(name).all()]

    def clear_away(self) -> None:
        """End all terminals and their programs."""
        for terminal in self._terminals:
            terminal.clear_away()
