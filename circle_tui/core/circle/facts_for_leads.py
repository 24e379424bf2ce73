"""How the facts for leads name the members: by name, by initials, or only by seat.

Invariant: the facts name a member only in the way that the circle chose.
"""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from msgspec import structs

from circle_tui.core.circle.circle import Member
from circle_tui.core.circle.state import CircleState
from circle_tui.core.ids import is_own_member_id


class MemberNaming(StrEnum):
    """How the facts that a circle hands over name its members."""

    NAMES = "names"
    INITIALS = "initials"
    SEATS = "seats"


def with_member_naming(state: CircleState, people: MemberNaming) -> CircleState:
    """`state` with its members named as `people` says."""
    if people is MemberNaming.NAMES:
        return state
    members = state.circle.members
    names = _initials(members) if people is MemberNaming.INITIALS else _seats(members)
    ids = {
        member.id: member.id if is_own_member_id(member.id) else f"m0-{seat}"
        for seat, member in enumerate(members, 1)
    }
    shown = tuple(
        structs.replace(member, id=ids[member.id], name=name)
        for member, name in zip(members, names, strict=True)
    )
    return structs.replace(
        state,
        circle=structs.replace(state.circle, members=shown),
        records=tuple(
            structs.replace(
                record,
                opener=record.opener and ids.get(record.opener, record.opener),
                attendance={ids.get(key, key): each for key, each in record.attendance.items()},
            )
            for record in state.records
        ),
        trades=tuple(
            structs.replace(trade, member=ids.get(trade.member, trade.member))
            for trade in state.trades
        ),
    )


def _seats(members: Iterable[Member]) -> list[str]:
    return [f"Seat {seat}" for seat, _ in enumerate(members, 1)]


def _initials(members: Iterable[Member]) -> list[str]:
    """Initials as in "M" or "MT"; equal ones are numbered by seat."""
    found = ["".join(word[0] for word in member.name.split()).upper() for member in members]
    often, seen = Counter(found), Counter[str]()
    names = []
    for letters in found:
        seen[letters] += 1
        names.append(f"{letters} {seen[letters]}" if often[letters] > 1 else letters)
    return names
