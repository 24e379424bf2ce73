"""TinyDB's own storage in the place of ours, for comparison.

Invariant: nothing else is changed. Nothing but TinyDB and the program is imported here: a child
process uses it without a test around it.
"""

import json
from contextlib import closing
from pathlib import Path

from tinydb.storages import JSONStorage

from circle_tui.store import atomic, storage


class StockStorage(JSONStorage):
    """TinyDB's own, made as ours is."""

    keeps_before = False

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))

    def write_bytes(self, content: bytes) -> None:
        """Write what TinyDB would have been given."""
        self.write(json.loads(content))


def create_file(path: Path, content: bytes) -> None:
    """Make a new file, as TinyDB does."""
    if path.exists():
        raise FileExistsError(path)
    with closing(StockStorage(path)) as file:
        file.write_bytes(content)


def use() -> None:
    """From now on the program writes as TinyDB does."""
    storage.AtomicJSONStorage = StockStorage  # type: ignore[assignment, misc]
    atomic.create_file = create_file
