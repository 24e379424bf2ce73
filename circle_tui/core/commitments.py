"""Commitments as they stand between meetings: open ones, and the chains behind them.

Law: derived from records, never stored beside them. A commitment is open from the meeting that
made it until one that answered it; what it became is a commitment of its own.
"""

from collections.abc import Iterable

from msgspec import Struct

from circle_tui.core.record import Record


class Commitment(Struct, frozen=True):
    """A promise that is open. `since` is the number of the meeting that made it."""

    id: str
    member: str
    text: str
    due: str
    since: int


def open_commitments(records: Iterable[Record]) -> tuple[Commitment, ...]:
    """What is open after `records` (oldest first), in the order in which it was promised."""
    standing: dict[str, Commitment] = {}
    for record in records:
        for made in record.made:
            standing[made.id] = Commitment(made.id, made.member, made.text, made.due, record.number)
        for answered in record.answered:
            standing.pop(answered.id, None)
    return tuple(standing.values())


def next_id(records: Iterable[Record]) -> int:
    """The first number not yet used in a commitment's id ("c31")."""
    return 1 + max(
        (
            int(made.id[1:])
            for record in records
            for made in record.made
            if made.id[:1] == "c" and made.id[1:].isdecimal()
        ),
        default=0,
    )
