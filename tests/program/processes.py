"""How a program is started in a terminal: in a new Python, or forked from one that imported it.

Invariant: both kinds of process are asked, waited for and ended in the same way.
"""

import json
import os
import select
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

# The child makes the terminal its own, so that a hang-up reaches it, then becomes the program.
_TAKE_TERMINAL = (
    "import fcntl, os, sys, termios; "
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "os.execvp(sys.argv[1], sys.argv[1:])"
)
_SERVER = Path(__file__).with_name("forking_server.py")


class Process(Protocol):
    """A process in a terminal, as `subprocess.Popen` has it."""

    pid: int
    returncode: int | None

    def poll(self) -> int | None:
        """The exit status (-n for a signal n), or None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the exit status. Raises `subprocess.TimeoutExpired`."""

    def send_signal(self, sig: int) -> None:
        """Send a signal, unless it has ended."""


def start_command(
    command: tuple[str, ...], terminal: int, environment: Mapping[str, str], folder: Path
) -> Process:
    """Start any command in a terminal."""
    return subprocess.Popen(
        (sys.executable, "-I", "-S", "-c", _TAKE_TERMINAL, *command),
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=dict(environment),
        cwd=folder,
        start_new_session=True,
    )


class ForkedProcess:
    """A process that the forking server started, and tells about."""

    def __init__(self, answer: int) -> None:
        self._answer = answer
        self._told = b""
        self.returncode: int | None = None
        pid = self._next_number(None)
        assert pid is not None
        self.pid = pid

    def poll(self) -> int | None:
        """The exit status (-n for a signal n), or None while it runs."""
        if self.returncode is None:
            self.returncode = self._next_number(0)
            if self.returncode is not None:
                os.close(self._answer)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the exit status. Raises `subprocess.TimeoutExpired`."""
        if self.returncode is None:
            select.select([self._answer], [], [], timeout)
        status = self.poll()
        if status is None:
            raise subprocess.TimeoutExpired("circle-tui", timeout or 0)
        return status

    def send_signal(self, sig: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, sig)

    def _next_number(self, timeout: float | None) -> int | None:
        """What the server tells next; None if it tells nothing in `timeout` seconds."""
        while b"\n" not in self._told:
            if not select.select([self._answer], [], [], timeout)[0]:
                return None
            read = os.read(self._answer, 64)
            assert read, "the forking server has ended"
            self._told += read
        line, _, self._told = self._told.partition(b"\n")
        return int(line)


class ForkingServer:
    """Starts the program without the time that its imports take; it begins with the first."""

    def __init__(self) -> None:
        self._server: subprocess.Popen[bytes] | None = None
        self._requests: socket.socket | None = None

    def start(
        self,
        arguments: tuple[str, ...],
        streams: tuple[int, int, int],
        environment: Mapping[str, str],
        folder: Path,
    ) -> Process:
        """Start the program with these standard streams, which may be a terminal."""
        if self._requests is None:
            self._requests, theirs = socket.socketpair()
            with theirs:
                self._server = subprocess.Popen(
                    (sys.executable, "-P", str(_SERVER), str(theirs.fileno())),
                    stdin=subprocess.DEVNULL,
                    env=dict(environment),
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
        request = {"arguments": arguments, "environment": environment, "folder": str(folder)}
        answer, their_answer = os.pipe()
        handles = [*streams, their_answer]
        socket.send_fds(self._requests, [json.dumps(request).encode()], handles)
        os.close(their_answer)
        return ForkedProcess(answer)

    def close(self) -> None:
        """End the server; who was started by it has ended before."""
        if self._requests is not None and self._server is not None:
            self._requests.close()
            self._server.wait()
