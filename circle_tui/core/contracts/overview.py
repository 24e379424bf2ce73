"""All contracts of a circle at one moment: the current ones, the ended ones, the most urgent one.

Invariant: contracts are ordered by what is due, never by who is late; nothing here names who has
not signed, judged or settled.
"""

from datetime import date, datetime

from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import lookup
from circle_tui.core.contracts.standing import (
    JUDGING,
    ContractSnapshot,
    State,
    each_not_ended,
    not_ended,
    standing,
)

_DUE = JUDGING | {State.DUE, State.TO_LOOK_BACK_ON}
_WAITING = frozenset({State.DRAFT, State.UNSIGNED})
_PRESSING = (
    State.CONTESTED,
    State.BEING_JUDGED,
    State.JUDGED,
    State.TO_LOOK_BACK_ON,
    State.DUE,
    State.UNSIGNED,
)


def listed(state: CircleState, now: datetime) -> tuple[ContractSnapshot, ...]:
    """The contracts that have not ended: the due ones, then by review date, then the unsigned."""
    return tuple(sorted(not_ended(state, now), key=_place))


def _place(found: ContractSnapshot) -> tuple[int, date]:
    review = found.shown.review or date.max
    if found.state in _DUE:
        return 0, review
    return (2 if found.state in _WAITING else 1), review


def earlier(state: CircleState, now: datetime) -> tuple[ContractSnapshot, ...]:
    """The contracts that have ended, newest first; a new one can be made from each."""
    found = (standing(state, contract, now) for contract in lookup.contract_ids(state))
    over = [each for each in found if each.state is State.ENDED]
    return tuple(sorted(over, key=_ended, reverse=True))


def _ended(found: ContractSnapshot) -> datetime:
    return found.newest.ended or found.newest.written


def due(state: CircleState, now: datetime) -> tuple[ContractSnapshot, ...]:
    """The contracts whose parties have to meet: due, in judging, contested, or to look back on."""
    return tuple(each for each in listed(state, now) if each.state in _DUE)


def due_lines(state: CircleState, now: datetime) -> tuple[str, ...]:
    """The due contracts, each with its parties: "Onboarding flow (Maya, Tom)"."""
    return tuple(
        f"{found.shown.name} ({', '.join(lookup.party_names(state, found.shown))})"
        for found in due(state, now)
    )


def most_pressing(state: CircleState, now: datetime) -> ContractSnapshot | None:
    """The most urgent contract, which home mentions; None if all are merely running."""
    found = [each for each in listed(state, now) if each.state in _PRESSING]
    return min(found, key=lambda each: _PRESSING.index(each.state), default=None)


def has_any(state: CircleState, now: datetime) -> bool:
    """Whether the circle has a contract that has not ended; else screens do not mention any."""
    return any(True for _ in each_not_ended(state, now))
