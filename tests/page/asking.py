"""Asking a page over a bare socket, so that what is asked can be anything.

Invariant: nothing waits for longer than a slow machine may need.
"""

import socket
from contextlib import suppress
from typing import NamedTuple

from circle_tui.page.address import Address

PATIENCE = 30.0


class Answer(NamedTuple):
    """What came back: headers have small names."""

    status: int
    headers: dict[str, str]
    body: bytes


class Asker:
    """Asks one page."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._open: list[socket.socket] = []

    def connect(self) -> socket.socket:
        """A connection that nothing was sent on yet."""
        made = socket.create_connection((self.address.host, self.address.port), PATIENCE)
        self._open.append(made)
        return made

    def request(
        self, path: str | None = None, method: str = "GET", host: str | None = None, **more: str
    ) -> bytes:
        """A request; `more` are headers, with "_" for "-"."""
        asked = f"/{self.address.token}/" if path is None else path
        named = f"{self.address.host}:{self.address.port}" if host is None else host
        lines = [f"{method} {asked} HTTP/1.1", *([f"Host: {named}"] if named else [])]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
        return "\r\n".join([*lines, "", ""]).encode()

    def ask(
        self, path: str | None = None, method: str = "GET", host: str | None = None, **more: str
    ) -> Answer:
        """Ask, and take all of the answer."""
        return self.ask_raw(self.request(path, method, host, **more))

    def ask_raw(self, request: bytes) -> Answer:
        """Send these bytes, and take all of the answer."""
        connection = self.connect()
        with suppress(OSError):
            connection.sendall(request)
        return answer_of(received(connection))

    def follow(self) -> "Stream":
        """Open the stream."""
        connection = self.connect()
        connection.sendall(self.request(f"/{self.address.token}/events"))
        return Stream(connection)

    def close(self) -> None:
        """Hang up everywhere."""
        for each in self._open:
            each.close()


class Stream:
    """The stream of a page."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._file = connection.makefile("rb")
        head = b""
        while not head.endswith(b"\r\n\r\n") and (line := self._file.readline()):
            head += line
        self.answer = answer_of(head)

    def next(self) -> bytes:
        """The next state; empty where the stream has ended."""
        while line := self._file.readline():
            if line.startswith(b"data: "):
                return line.removeprefix(b"data: ").rstrip()
        return b""

    def close(self) -> None:
        """Hang up."""
        self._file.close()
        self._connection.close()


def received(connection: socket.socket) -> bytes:
    """All that comes until the other side hangs up."""
    parts = []
    with suppress(ConnectionError):
        while part := connection.recv(1 << 16):
            parts.append(part)
    return b"".join(parts)


def answer_of(raw: bytes) -> Answer:
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return Answer(int(first.split()[1]) if first else 0, headers, body)
