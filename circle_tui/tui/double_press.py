"""One key too many: enter or space that comes twice in a moment.

Invariant: a key is left out only where the same key, just before, has moved on to another place;
so nobody starts and finishes a share, or saves a meeting before the last word, by a key that
bounces or by two people who press it. All other keys, and whatever is typed, stay as they are.
"""

from collections.abc import Hashable

WITHIN = 0.4
"""Seconds between two presses that are one: a key that bounces, two hands. What is meant twice in
so short a time, two phases on, is what nobody has had the time to read."""

_KEYS = {"enter", "space"}


class DoublePress:
    """The key before, when it came, and where it was pressed."""

    def __init__(self) -> None:
        self._key = ""
        self._at = 0.0
        self._place: Hashable = None
        self._left_out = False

    def is_one_too_many(self, key: str, at: float, place: Hashable) -> bool:
        """Whether to leave out `key`, which came at the moment `at`, in seconds.

        `place` is where it would work: if it is another than for the key before, that key moved
        there. A key that is held down comes again and again and is left out each time.
        """
        moved = self._left_out or place != self._place
        again = key == self._key and 0 <= at - self._at < WITHIN
        self._left_out = key in _KEYS and again and moved
        self._key, self._at, self._place = key, at, place
        return self._left_out
