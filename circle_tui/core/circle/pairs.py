"""Who meets whom between two meetings, in a circle of four.

Invariant: the three possible pairings alternate, so that every pair meets equally often (guide:
practice, Resilience). They depend on the members' ids and not on their seats.
"""

from collections.abc import Sequence

from circle_tui.core.ids import MemberId

FOUR = 4
_PAIRINGS = (((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2)))


def pairs(members: Sequence[MemberId], meeting: int) -> tuple[tuple[MemberId, MemberId], ...]:
    """The two pairs of ids after meeting number `meeting`; empty unless there are four members.

    Members and pairs are in the order of `members`.
    """
    if len(members) != FOUR or meeting < 1:
        return ()
    fixed = sorted(members)
    matched = []
    for one, other in _PAIRINGS[(meeting - 1) % len(_PAIRINGS)]:
        first, second = sorted((fixed[one], fixed[other]), key=members.index)
        matched.append((first, second))
    return tuple(sorted(matched, key=lambda pair: members.index(pair[0])))
