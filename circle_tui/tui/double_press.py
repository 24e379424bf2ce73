"""Ignores enter or space if it comes twice within a moment.

Invariant: a key is ignored only if the same key, just before, has led to another place; so a key
that bounces, or two people who press it, cannot start and finish a share at once, or save a meeting
too early. All other keys, and all typed text, are delivered.
"""

from collections.abc import Hashable

WITHIN = 0.4
"""Seconds within which two presses count as one. Nobody can read a new screen in that time, so the
second press cannot be meant for it."""

_KEYS = {"enter", "space"}


class DoublePress:
    """The last key, when it came, and where it was pressed."""

    def __init__(self) -> None:
        self._key = ""
        self._at = 0.0
        self._context: Hashable = None
        self._left_out = False

    def is_one_too_many(self, key: str, at: float, context: Hashable) -> bool:
        """Whether to ignore `key`, which came at the moment `at`, in seconds.

        `context` is where it would work: if it is another than for the key before, that key moved
        there. A key that is held down comes again and again and is left out each time.
        """
        moved = self._left_out or context != self._context
        again = key == self._key and 0 <= at - self._at < WITHIN
        self._left_out = key in _KEYS and again and moved
        self._key, self._at, self._context = key, at, context
        return self._left_out
