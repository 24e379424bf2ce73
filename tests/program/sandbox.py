"""A machine that the program has never run on: a home, a folder for circles, and terminals."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tinydb import TinyDB

from .terminal import COLUMNS, PATIENCE, ROWS, Terminal

PROGRAM = (sys.executable, "-m", "circle_tui")


class Sandbox:
    """Nothing of the machine the tests run on but its Python."""

    def __init__(self, root: Path) -> None:
        self.home = root / "home"
        self.temporary = root / "tmp"
        for folder in (self.home, self.temporary):
            folder.mkdir()
        self.sessions = self.home / "data" / "circle-tui"
        """Where circles lie when nobody says otherwise."""
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
        self._terminals: list[Terminal] = []

    def start(self, *arguments: str, rows: int = ROWS, columns: int = COLUMNS) -> Terminal:
        """The program in a terminal."""
        return self.start_command(*PROGRAM, *arguments, rows=rows, columns=columns)

    def start_command(self, *command: str, rows: int = ROWS, columns: int = COLUMNS) -> Terminal:
        """Any command in a terminal."""
        terminal = Terminal(command, self.environment, self.home, rows, columns)
        self._terminals.append(terminal)
        return terminal

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The program without a terminal, to its end."""
        return self.run_python("-m", "circle_tui", *arguments)

    def run_python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The program's Python without a terminal, to its end."""
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
        """What lies in the folder of circles, byte for byte."""
        if not self.sessions.is_dir():
            return {}
        return {path.name: path.read_bytes() for path in sorted(self.sessions.iterdir())}

    def table(self, slug: str, name: str) -> list[dict[str, Any]]:
        """One table of a circle's file, as plain TinyDB reads it."""
        with TinyDB(self.sessions / f"{slug}.json") as db:
            return [dict(document) for document in db.table(name).all()]

    def clear_away(self) -> None:
        """No process stays."""
        for terminal in self._terminals:
            terminal.clear_away()
