"""How the list of a review and the card about its chosen row share the screen.

Invariant: no row leaves the screen for the card, except in a list that is longer than a tall screen
anyway.
"""

from typing import NamedTuple

_CARD = 6
"""Lines of the card, with the air around it."""

_TALL = 22
"""Lines beside which the card may stand although the list has more rows than room."""


class ReviewRoom(NamedTuple):
    """`list_height` is in lines, None for all that is left; `has_card` is whether the card fits."""

    list_height: int | None
    has_card: bool


def share_room(list_height: int, room: int) -> ReviewRoom:
    """Share `room` lines; `list_height` are those that show the whole list, with its heads."""
    has_card = list_height + _CARD <= room or room >= _TALL
    whole = list_height <= room - (_CARD if has_card else 0)
    return ReviewRoom(list_height if whole else None, has_card)
