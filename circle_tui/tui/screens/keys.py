"""Keys that mean the same on several screens.

Invariant: a screen that has one of these has all of its set, and an action for it of that name.
"""

from textual.binding import Binding

UP_DOWN = (
    Binding("up,k", "move(-1)", "Choose", show=False),
    Binding("down,j", "move(1)", "Choose", show=False),
)
"""Choose the one above or below."""

UP_DOWN_SHOWN = (
    Binding("up,k", "move(-1)", show=False),
    Binding("down,j", "move(1)", "Choose", key_display="↑↓"),
)
"""The same, where the footer has room to say it."""

SCROLL = (
    Binding("up,k", "scroll(-1)", show=False),
    Binding("down,j", "scroll(1)", show=False),
)
"""Move through what has no room."""

BY_SEAT = tuple(
    Binding(str(seat), f"mark_seat({seat})", "Choose by seat", show=False, key_display="1…9")
    for seat in range(1, 10)
)
"""Choose somebody by seat."""
