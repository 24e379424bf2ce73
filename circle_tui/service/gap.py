"""The time for which a meeting was left, and whether there is anything to ask about it.

Invariant: a gap never counts as speaking time unless the users say so.
"""

from datetime import timedelta
from typing import NamedTuple

_SHORT = timedelta(minutes=1)
"""After a shorter gap the app asks nothing: the clock was held, and one line says so."""

_LONG = timedelta(hours=1)
"""After a longer gap the app asks before it continues a meeting."""


class Gap(NamedTuple):
    """How long the program was not running.

    `held` is whether a share was running when the gap began, and is paused since then.
    """

    length: timedelta
    held: bool = False

    @property
    def asks(self) -> bool:
        """Whether the users have to say what becomes of it."""
        return self.is_long or (self.held and self.length >= _SHORT)

    @property
    def is_long(self) -> bool:
        """Whether it is so long that the meeting may be over."""
        return self.length > _LONG
