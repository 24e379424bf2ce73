"""The ring: who sits around it, the remaining time, and the text in its middle.

Invariant: seats are in seat order, whoever speaks.
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


class Face(Struct, frozen=True):
    """Everything that the ring shows, whatever its size.

    `digits` is the time, or empty; `large` is what the middle says large while there are no digits:
    a name, "HOLD", a date. `caption` and `note` stand below it, and `steps` below these: the step
    that a share is in, counted from 1, and how many there are.
    """

    seats: tuple[Seat, ...] = ()
    remaining: float = 1.0
    """The fraction of the time that is left, 0 to 1; values outside are clamped."""
    digits: str = ""
    large: str = ""
    caption: str = ""
    note: str = ""
    steps: tuple[int, int] | None = None
