"""TinyDB's own storage in place of ours, for comparison.

Invariant: nothing else is changed. The module imports only TinyDB and the program, because a child
process uses it without pytest.
"""

import json
from contextlib import closing
from pathlib import Path

from tinydb.storages import JSONStorage

from circle_tui.store import atomic, storage


class PlainTinyDBStorage(JSONStorage):
    """TinyDB's own storage, with the constructor and the methods of ours."""

    keeps_before = False

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))

    def write_bytes(self, content: bytes) -> None:
        """Write the value in `content` with TinyDB's own `write`."""
        self.write(json.loads(content))


def create_file(path: Path, content: bytes) -> None:
    """Create a file as TinyDB does."""
    if path.exists():
        raise FileExistsError(path)
    with closing(PlainTinyDBStorage(path)) as file:
        file.write_bytes(content)


def replace_our_storage() -> None:
    """Have the program write with TinyDB's own storage from now on."""
    storage.AtomicJSONStorage = PlainTinyDBStorage  # type: ignore[assignment, misc]
    atomic.create_file = create_file
