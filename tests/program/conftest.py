"""Each test has a machine of its own."""

import os
from collections.abc import Iterator

import pytest

from .machine import Machine

if os.name != "posix":
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine that the program has never run on; its paths are short, as screens show them."""
    made = Machine(tmp_path_factory.mktemp("m"))
    yield made
    made.clear_away()
