"""A terminal for the real program, and somebody who sits at it.

Invariant: nothing here knows a rule or a class of the program; it types keys and reads what is
drawn. Whoever waits, waits for output, and says what was on the screen if it never came. Real time
passes only in `let_pass`, and between two presses that the program would take for one.
"""

import errno
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pyte

from .processes import Process

ROWS, COLUMNS = 30, 100

PATIENCE = 30.0
"""Seconds that anything may take on a slow machine with something else to do."""

SOON = 8.0
"""Seconds in which a program that is told to end has ended, on a slow machine."""

ONE_PRESS = 0.45
"""Seconds in which enter twice, or space twice, may be one press that came twice."""

LOOK_AGAIN = 0.05
"""Seconds until a condition is tried again although nothing new was drawn."""

KEYS = {
    "enter": "\r",
    "space": " ",
    "tab": "\t",
    "esc": "\x1b",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "ctrl+c": "\x03",
}

_KEYBOARD_PROTOCOL = re.compile(rb"\x1b\[[<>=]\d*u")
_BEGUN_SEQUENCE = re.compile(rb"\x1b(\[([<>=]\d*)?)?\Z")
_OTHER_SCREEN = 1049
_MODES = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_SEQUENCES = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[=>78])")
_TITLE = re.compile(rb"\x1b\][012];([^\x07\x1b]*)")

Condition = str | re.Pattern[str] | Callable[[], object]


class _Screen(pyte.Screen):
    """With another screen to go to and come back from; both are empty then."""

    def set_mode(self, *modes: int, **private: bool) -> None:
        self._another(modes)
        super().set_mode(*modes, **private)

    def reset_mode(self, *modes: int, **private: bool) -> None:
        self._another(modes)
        super().reset_mode(*modes, **private)

    @property
    def display(self) -> list[str]:
        """The rows. What follows a wide letter is empty anyway: no width is looked up again."""
        columns = range(self.columns)
        rows = (self.buffer[y] for y in range(self.lines))
        return ["".join([row[x].data for x in columns]) for row in rows]

    def _another(self, modes: tuple[int, ...]) -> None:
        if _OTHER_SCREEN in modes:
            self.erase_in_display(2)
            self.cursor_position()


class Terminal:
    """One program in one pseudo-terminal, with the screen that it draws."""

    def __init__(
        self,
        start: Callable[[int], Process],
        rows: int = ROWS,
        columns: int = COLUMNS,
    ) -> None:
        self.raw = bytearray()
        """Everything that was ever written to the terminal."""
        self._held_back = b""
        self._text: str | None = None
        self._last_key = "", 0.0
        self._screen = _Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._master, self._slave = os.openpty()
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.flags_before = self.flags
        self.process = start(self._slave)
        """What `start` started in the terminal, which it got as a handle."""

    @property
    def master(self) -> int:
        """Our end of the terminal."""
        return self._master

    @property
    def pid(self) -> int:
        """The program's process number."""
        return self.process.pid

    @property
    def text(self) -> str:
        """What is on the screen."""
        if self._text is None:
            self._text = "\n".join(line.rstrip() for line in self._screen.display)
        return self._text

    @property
    def flags(self) -> list[object]:
        """How the terminal is set: echo, line by line, and the rest."""
        return list(termios.tcgetattr(self._slave))

    @property
    def modes(self) -> set[str]:
        """The private modes that are switched on now, such as "1049", the other screen."""
        on: set[str] = set()
        for numbers, letter in _MODES.findall(bytes(self.raw)):
            for number in numbers.decode().split(";"):
                (on.add if letter == b"h" else on.discard)(number)
        return on

    @property
    def titles(self) -> str:
        """Everything the window was ever called."""
        return b"\n".join(_TITLE.findall(bytes(self.raw))).decode(errors="replace")

    @property
    def said_after_leaving(self) -> str:
        """The words after the program gave the first screen back; all words if it took none."""
        tail = bytes(self.raw).rpartition(b"\x1b[?1049l")[2]
        return _SEQUENCES.sub(b"", tail).decode(errors="replace").replace("\r\n", "\n").strip()

    @property
    def state(self) -> str:
        """What the program does now, in a letter: R runs, S waits, T is stopped, Z has ended.

        "S" also where the system does not say.
        """
        try:
            stat = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return "S"
        return stat.rpartition(")")[2].split()[0]

    # Typing

    def press(self, *keys: str) -> None:
        """Press keys, by their names or as they are, as fast as each of them counts."""
        for key in keys:
            if (key, self._last_key[0]) in {("enter", "enter"), ("space", "space")}:
                since = time.monotonic() - self._last_key[1]
                self.let_pass(max(0.0, ONE_PRESS - since))
            self._last_key = key, time.monotonic()
            self.type(KEYS.get(key, key))

    def type(self, text: str) -> None:
        """Type text, as `send` does."""
        self.send(text.encode())

    def send(self, left: bytes) -> None:
        """Send bytes, reading on meanwhile so that neither side waits for the other.

        What a program that has ended does not read is lost.
        """
        while left:
            _, writable, _ = select.select([], [self._master], [], LOOK_AGAIN)
            if writable:
                left = left[os.write(self._master, left) :]
            self._read(0)

    def rest(self, seconds: float) -> None:
        """Send nothing for a moment, or until something is drawn."""
        self._read(seconds)

    def resize(self, rows: int, columns: int) -> None:
        """Make the window another size; what was drawn before is forgotten."""
        self._screen.resize(rows, columns)
        self._screen.reset()
        self._text = None
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # Waiting

    def wait_for(self, condition: Condition, timeout: float = PATIENCE) -> None:
        """Read until `condition` holds: words or a pattern on the screen, or a call that is true.

        Raises `AssertionError` with the screen where it does not, or where the program has ended.
        """
        until = time.monotonic() + timeout
        while not self._holds(condition):
            ended = self.process.poll() is not None
            self._read(0 if ended else LOOK_AGAIN)
            if self._holds(condition):
                return
            if ended:
                raise AssertionError(self._complaint(f"it ended ({self.process.returncode})"))
            if time.monotonic() > until:
                raise AssertionError(self._complaint(f"{condition!r} never came"))

    def wait_exit(self, timeout: float = PATIENCE) -> int:
        """Read until the program has ended; its exit status (-n for a signal n)."""
        until = time.monotonic() + timeout
        while (status := self.process.poll()) is None:
            self._read(LOOK_AGAIN)
            if time.monotonic() > until:
                raise AssertionError(self._complaint("it did not end"))
        self._read(0)
        return status

    def let_pass(self, seconds: float) -> None:
        """Sit there while a clock runs."""
        until = time.monotonic() + seconds
        self.wait_for(lambda: time.monotonic() >= until)

    def shows(self, words: str) -> bool:
        """Whether they are on the screen, also where a narrow one breaks the line."""
        return words in self.text or words in " ".join(self.text.split())

    def _holds(self, condition: Condition) -> bool:
        if isinstance(condition, str):
            return self.shows(condition)
        if isinstance(condition, re.Pattern):
            return condition.search(self.text) is not None
        return bool(condition())

    def _complaint(self, what: str) -> str:
        edge = "─" * self._screen.columns
        return f"{what}; on the screen was\n{edge}\n{self.text}\n{edge}"

    def _read(self, timeout: float) -> None:
        """Draw what there is; wait up to `timeout` for the first of it."""
        if self._master < 0:
            if timeout:
                with suppress(subprocess.TimeoutExpired):
                    self.process.wait(timeout)
            return
        while select.select([self._master], [], [], timeout)[0]:
            try:
                data = os.read(self._master, 1 << 16)
            except OSError as error:
                if error.errno == errno.EIO:
                    return
                raise
            self.raw += data
            data = _KEYBOARD_PROTOCOL.sub(b"", self._held_back + data)
            # The rest of a sequence may come with the next read.
            begun = _BEGUN_SEQUENCE.search(data)
            self._held_back = begun[0] if begun else b""
            self._stream.feed(data[: begun.start()] if begun else data)
            self._text = None
            timeout = 0

    # Ending

    def kill(self, number: signal.Signals) -> None:
        """Send the program a signal; for `SIGKILL` wait until it is gone."""
        self.process.send_signal(number)
        if number == signal.SIGKILL:
            self.process.wait(PATIENCE)
            self._read(0)

    def block(self) -> None:
        """Take nothing more of what the program writes: its writing waits from now on."""
        termios.tcflow(self._slave, termios.TCOOFF)

    def hang_up(self) -> None:
        """Close the window under the program."""
        for handle in (self._master, self._slave):
            os.close(handle)
        self._master = self._slave = -1

    def clear_away(self) -> None:
        """Leave no process and no handle behind, whatever happened."""
        with suppress(ProcessLookupError, PermissionError):
            # It leads its own group, so this is the program and what it started.
            os.killpg(self.process.pid, signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        if self._master >= 0:
            self.hang_up()
