"""A circle of five, and what its views say."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .circle_reader import CircleReader


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[CircleReader]:
    reader = CircleReader(tmp_path)
    yield reader
    reader.service.close()
