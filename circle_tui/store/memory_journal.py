"""A live journal in memory, for tests and for making the sample.

Invariant: it says what the journal on the disk would say, and writes nothing.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from circle_tui.store.journal_database import Acts, joined


class MemoryJournal:
    """A journal whose acts are gone with it."""

    cut_off = False

    def __init__(self) -> None:
        self._acts: Acts = ()
        self._pulse: datetime | None = None

    def exists(self) -> bool:
        """Whether there are any acts."""
        return bool(self._acts)

    def load(self) -> tuple[Acts, datetime | None]:
        """See `Journal.load`."""
        return self._acts, self._pulse

    def write(self, keep: int, acts: Sequence[tuple[str, ...]]) -> None:
        """See `Journal.write`."""
        self._acts = joined(self._acts, keep, acts)

    def pulse(self, moment: datetime) -> None:
        """See `Journal.pulse`."""
        if self._acts:
            self._pulse = moment.astimezone(UTC)

    def remove(self) -> None:
        """See `Journal.remove`."""
        self._acts, self._pulse = (), None

    def set_aside(self) -> Path | None:
        """See `Journal.set_aside`; there is no file, so this is `remove`."""
        self.remove()
        return None

    def close(self) -> None:
        """See `Journal.close`."""
