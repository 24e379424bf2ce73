"""The latest state of the page, for any number of readers in threads of their own.

Invariant: a reader gets the newest state, never an old one after it, and nobody waits for a reader.
"""

from threading import Condition


class Broadcast:
    """One state at a time; `number` counts how many there were."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._number = 0
        self._state = b""
        self._closed = False

    @property
    def latest(self) -> bytes:
        """The newest state; empty before there is one."""
        return self._state

    def publish(self, state: bytes) -> None:
        """Give `state` to everybody who reads."""
        with self._changed:
            self._state = state
            self._number += 1
            self._changed.notify_all()

    def close(self) -> None:
        """End every `after` that waits, and those to come."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def after(self, number: int) -> tuple[int, bytes] | None:
        """The newest state that is later than the one of this number, and its own number.

        Waits until there is one. None once closed.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._number > number)
            return None if self._closed else (self._number, self._state)
