"""The page's server: one page and its stream of states, for those who have the address.

Invariant: it answers GET of these two alone, takes nothing in, and whoever asks slowly, much or for
something else only costs themselves.
"""

import secrets
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any, cast

from circle_tui.page.address import Address, new_token
from circle_tui.page.broadcast import Broadcast
from circle_tui.page.document import document
from circle_tui.views import live_page

MOST_VIEWERS = 100
_MOST_CONNECTIONS = 800
"""With fewer than the 1024 files that a process may usually open."""

_TO_ASK = 5.0
"""Seconds for all of a request, however it is dribbled in."""
_TO_TAKE = 5.0
"""Seconds that somebody may take nothing of what is sent to them."""
_RECONNECT = b"retry: 1000\n\n"

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Connection": "close",
}
_NOTHING_ELSE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class PageServer(ThreadingHTTPServer):
    """Serves the states of `broadcast`. Raises `OSError` if it can't listen there."""

    daemon_threads = True
    request_queue_size = 128
    allow_reuse_address = True

    def __init__(self, host: str, port: int, broadcast: Broadcast) -> None:
        self.broadcast = broadcast
        self._lock = Lock()
        self._asking: dict[socket.socket, float] = {}
        self._connections = 0
        self._viewers = 0
        super().__init__((host, port), PageRequest)
        self.address = Address(host, self.server_address[1], new_token())

    def server_bind(self) -> None:
        """Listen, without asking the network for our name as `HTTPServer` does."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    # Who is connected

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in another thread, or hang up where there are too many."""
        with self._lock:
            full = self._connections >= _MOST_CONNECTIONS
            if not full:
                self._connections += 1
                self._asking[request] = time.monotonic() + _TO_ASK
        if full:
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except RuntimeError:
            # There are no more threads to be had.
            self._forget(request)
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer one connection."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._forget(request)

    def _forget(self, request: socket.socket) -> None:
        with self._lock:
            self._connections -= 1
            self._asking.pop(request, None)

    def has_asked(self, request: socket.socket) -> None:
        """The request is there, so its time no longer counts."""
        with self._lock:
            self._asking.pop(request, None)

    def hang_up_on_slow(self) -> None:
        """End the connections whose request has taken too long; call it about every second."""
        now = time.monotonic()
        with self._lock:
            slow = [each for each, until in self._asking.items() if until < now]
        for each in slow:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def take_seat(self) -> bool:
        """Whether there is room for one more viewer, who then has it until `leave_seat`."""
        with self._lock:
            free = self._viewers < MOST_VIEWERS
            self._viewers += free
        return free

    def leave_seat(self) -> None:
        """A viewer is gone."""
        with self._lock:
            self._viewers -= 1

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: whoever hangs up in the middle is no trouble of ours."""


class PageRequest(BaseHTTPRequestHandler):
    """One request."""

    timeout = _TO_ASK

    @property
    def _page(self) -> PageServer:
        return cast("PageServer", self.server)

    def do_GET(self) -> None:
        """Answer with the page or its stream, or refuse."""
        self._page.has_asked(self.connection)
        address, headers = self._page.address, cast("Mapping[str, str]", self.headers)
        if not address.is_host(headers.get("Host")):
            self._refuse(421, live_page.REFUSED)
            return
        place = address.place_of(self.path)
        if not address.may_ask(headers, place or ""):
            self._refuse(403, live_page.REFUSED)
        elif place is None:
            self._refuse(404, live_page.WRONG_ADDRESS)
        elif place == "events":
            self._stream()
        else:
            self._show()

    def _show(self) -> None:
        nonce = secrets.token_urlsafe(16)
        policy = (
            f"{_NOTHING_ELSE}; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
            "connect-src 'self'"
        )
        body = document(self._page.broadcast.latest, nonce)
        self._begin(200, "text/html; charset=utf-8", policy, length=len(body))
        self.wfile.write(body)

    def _stream(self) -> None:
        if not self._page.take_seat():
            self._refuse(503, live_page.TOO_MANY)
            return
        try:
            self.connection.settimeout(_TO_TAKE)
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._begin(200, "text/event-stream; charset=utf-8")
            self.wfile.write(_RECONNECT)
            number = 0
            while (coming := self._page.broadcast.after(number)) is not None:
                number, state = coming
                self.wfile.write(b"data: " + state + b"\n\n")
        except OSError:
            # They are gone, or take nothing any more.
            self.close_connection = True
        finally:
            self._page.leave_seat()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what the standard library refuses, in our own way: it would quote the request."""
        del message, explain
        self._page.has_asked(self.connection)
        self._refuse(405 if code == 501 else code, live_page.REFUSED)

    def _refuse(self, code: int, sentence: str) -> None:
        self.close_connection = True
        body = f"{sentence}\n".encode()
        more = {"Allow": "GET"} if code == 405 else {"Retry-After": "2"} if code == 503 else {}
        with suppress(OSError):
            self._begin(code, "text/plain; charset=utf-8", length=len(body), more=more)
            self.wfile.write(body)

    def _begin(
        self,
        code: int,
        content_type: str,
        policy: str = _NOTHING_ELSE,
        *,
        length: int | None = None,
        more: Mapping[str, str] | None = None,
    ) -> None:
        # Else what is no request at all would be answered without headers, as in HTTP/0.9.
        self.request_version = self.protocol_version
        self.send_response_only(code)
        sizes = {} if length is None else {"Content-Length": str(length)}
        said = {"Content-Type": content_type, "Content-Security-Policy": policy, **sizes}
        for name, value in {**said, **_HEADERS, **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's own name
        """Log nothing: who looks on is nobody's business."""
