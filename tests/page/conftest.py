"""A page that is served in this process, and whoever asks it."""

import os
import socket
from collections.abc import Callable, Iterator
from threading import Thread

import pytest

from circle_tui.page.broadcast import Broadcast
from circle_tui.page.server import PageServer

from .asking import Answer, Asker

if os.name != "posix":
    collect_ignore_glob = ["test_*.py"]

STATE = b'{"circle":"Harbour","large":"Maya"}'


@pytest.fixture
def broadcast() -> Broadcast:
    made = Broadcast()
    made.publish(STATE)
    return made


@pytest.fixture
def server(broadcast: Broadcast) -> Iterator[PageServer]:
    with PageServer("127.0.0.1", 0, broadcast) as made:
        thread = Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        broadcast.close()
        made.shutdown()
        thread.join()


@pytest.fixture
def asker(server: PageServer) -> Iterator[Asker]:
    made = Asker(server.address)
    yield made
    made.close()


@pytest.fixture
def ask(asker: Asker) -> Callable[..., Answer]:
    """Ask once, and take the whole answer."""
    return asker.ask


@pytest.fixture
def connect(asker: Asker) -> Callable[[], socket.socket]:
    """A connection that nothing was sent on yet; it is closed with the test."""
    return asker.connect
