"""The ring: the seats around it, the remaining time, and the text in its middle.

Invariant: seats are always in seat order, whoever speaks.
"""

from enum import Enum

from msgspec import Struct


class SeatState(Enum):
    """The state of a seat in this round; the value is its glyph."""

    DONE = "●"
    NOW = "▶"
    RESPONDING = "◎"
    WAITING = "○"
    PASSED = "◌"
    AWAY = "·"


class Seat(Struct, frozen=True):
    """One member's seat."""

    name: str
    state: SeatState


class RingFace(Struct, frozen=True):
    """Everything that the ring shows, whatever its size.

    `digits` is the time, or empty; `large` is the large text in the middle if there are no digits:
    a name, "HOLD", a date. Below it are `caption` and `note`, then `steps`: the present step of a
    share, counted from 1, and how many there are.
    """

    seats: tuple[Seat, ...] = ()
    remaining: float = 1.0
    """The fraction of the time that is left, 0 to 1; values outside are clamped."""
    digits: str = ""
    large: str = ""
    caption: str = ""
    note: str = ""
    steps: tuple[int, int] | None = None
