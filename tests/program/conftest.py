"""Each test has a machine of its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from .processes import ForkingServer
from .sandbox import Sandbox
from .written_circles import circle, write_circle

if os.name != "posix":
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def forking_server() -> Iterator[ForkingServer]:
    """What starts the program quickly."""
    server = ForkingServer()
    yield server
    server.close()


@pytest.fixture
def sandbox(
    tmp_path_factory: pytest.TempPathFactory, forking_server: ForkingServer
) -> Iterator[Sandbox]:
    """A machine that the program has never run on; its paths are short, as screens show them."""
    made = Sandbox(tmp_path_factory.mktemp("m"), forking_server)
    yield made
    made.clear_away()


@pytest.fixture
def harbour(sandbox: Sandbox) -> Path:
    """The file of a circle that has not met."""
    return write_circle(sandbox, "harbour", circle())
