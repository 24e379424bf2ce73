"""Where the page is, and who may ask for it.

Invariant: nobody guesses the address, and a page of another site can't use it.
"""

import secrets
import socket
from collections.abc import Mapping
from contextlib import suppress
from ipaddress import ip_address
from typing import NamedTuple

_TOKEN_BYTES = 18
_LOOPBACK = "127.0.0.1"
_OUTSIDE = ("192.0.2.1", 9)
"""An address for documentation: asking the way to it sends nothing (RFC 5737)."""
_OUTSIDE_IPV6 = ("2001:db8::1", 9)
"""The same for IPv6 (RFC 3849)."""


class Address(NamedTuple):
    """One run's address."""

    host: str
    port: int
    token: str

    @property
    def origin(self) -> str:
        """As browsers name it: "http://127.0.0.1:8080"."""
        return f"http://{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address of the page."""
        return f"{self.origin}/{self.token}/"

    def is_host(self, named: str | None) -> bool:
        """Whether a request's `Host` is this one, so that no other name leads here."""
        hosts = {self.host, "localhost"} if self.host == _LOOPBACK else {self.host}
        allowed = {f"{host}:{self.port}" for host in hosts}
        if self.port == 80:
            allowed |= hosts
        return named is not None and named.strip().lower() in allowed

    def place_of(self, path: str) -> str | None:
        """What of the page a path asks for: "" or "events"; None for any other."""
        token, slash, place = path.removeprefix("/").partition("/")
        known = secrets.compare_digest(token.encode("utf-8", "replace"), self.token.encode())
        return place if known and slash and place in {"", "events"} else None

    def may_ask(self, headers: Mapping[str, str], place: str) -> bool:
        """Whether the request comes from the page itself, or from somebody who opens it."""
        named = headers.get("Host")
        origin = headers.get("Origin")
        if origin is not None and origin.strip().lower() != f"http://{named}".strip().lower():
            return False
        if headers.get("Sec-Fetch-Site", "none").strip() in {"none", "same-origin"}:
            return True
        # A link in a call's chat: the browser leaves the other site, and opens the page.
        opened = headers.get("Sec-Fetch-Mode"), headers.get("Sec-Fetch-Dest")
        return place == "" and opened == ("navigate", "document")


def new_token() -> str:
    """A token that nobody guesses, for an address."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def host(*, lan: bool) -> str | None:
    """The address to listen at: this computer's alone, or with `lan` the one in its network.

    None if it is in no network.
    """
    if not lan:
        return _LOOPBACK
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        way.connect(_OUTSIDE)
        return _usable(str(way.getsockname()[0]))
    with suppress(OSError):
        # A network without a way out, as a phone's or a projector's.
        for *_, name in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            if (usable := _usable(str(name[0]))) is not None:
                return usable
    return None


def has_ipv6() -> bool:
    """Whether this computer is in a network by IPv6, at which the page can't be opened."""
    with suppress(OSError), socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as way:
        way.connect(_OUTSIDE_IPV6)
        return _usable(str(way.getsockname()[0])) is not None
    return False


def _usable(found: str) -> str | None:
    known = ip_address(found)
    return None if known.is_loopback or known.is_unspecified else found
