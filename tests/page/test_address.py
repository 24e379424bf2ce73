"""Where the page is served, in each kind of network."""

import socket
from types import SimpleNamespace
from typing import Any

import pytest

from circle_tui.page import address
from circle_tui.page.command import PageError, serve
from circle_tui.views import live_page

HERE = "192.168.1.7", "fd00::5"


class Way:
    """A socket that knows the way out, where there is one in its family."""

    def __init__(self, found: str | None) -> None:
        self._found = found

    def __enter__(self) -> "Way":
        return self

    def __exit__(self, *_error: object) -> None:
        return None

    def connect(self, _to: object) -> None:
        if self._found is None:
            raise OSError("Network is unreachable")

    def getsockname(self) -> tuple[object, ...]:
        return (self._found, 1)


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets which addresses this computer has."""

    def set_to(ipv4: str | None, ipv6: str | None) -> None:
        def name_of(*_asked: object) -> list[object]:
            raise socket.gaierror("Name or service not known")

        fake = SimpleNamespace(
            AF_INET=4,
            AF_INET6=6,
            SOCK_DGRAM=0,
            socket=lambda family, _kind: Way(ipv4 if family == 4 else ipv6),
            getaddrinfo=name_of,
            gethostname=lambda: "here",
        )
        monkeypatch.setattr(address, "socket", fake)

    return set_to


def test_in_a_network_it_is_served_at_the_address_there(network: Any) -> None:
    network(*HERE)
    assert address.host(lan=True) == HERE[0]
    assert address.host(lan=False) == "127.0.0.1"


@pytest.mark.parametrize(
    ("ipv4", "ipv6", "said"),
    [
        (None, None, live_page.NO_NETWORK),
        ("127.0.0.1", "::1", live_page.NO_NETWORK),
        (None, HERE[1], live_page.ONLY_IPV6),
        ("0.0.0.0", HERE[1], live_page.ONLY_IPV6),
    ],
)
def test_where_it_cannot_be_served_one_sentence_says_so(
    network: Any, ipv4: str | None, ipv6: str | None, said: str
) -> None:
    network(ipv4, ipv6)
    follower: Any = None
    with pytest.raises(PageError) as refused:
        serve(follower, lan=True, port=0)
    assert str(refused.value) == said
