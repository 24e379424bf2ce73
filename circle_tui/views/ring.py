"""What the ring shows: who sits around it, how much time is left, and what stands in the middle.

Invariant: seats stand in seat order, whoever speaks.
"""

from enum import Enum

from msgspec import Struct


class SeatState(Enum):
    """How it stands with one seat in this round; the value is its glyph."""

    DONE = "●"
    NOW = "▶"
    WAITING = "○"
    PASSED = "◌"
    AWAY = "·"


class Seat(Struct, frozen=True):
    """One place at the circle."""

    name: str
    state: SeatState


class Face(Struct, frozen=True):
    """All that the picture shows, whatever its size."""

    seats: tuple[Seat, ...] = ()
    remaining: float = 1.0
    """Fraction of the time that is left, 0 to 1; anything beyond is taken as the nearer end."""
    digits: str = ""
    caption: str = ""
    note: str = ""
