"""Changes to what a contract says, and the version that comes after one.

Invariant: a change to a version that somebody has signed makes a new one; what is in force holds
until that is signed as well. Nothing that happened to a version goes with its words.
"""

from datetime import datetime

from msgspec.structs import replace

from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import lookup
from circle_tui.core.contracts.contract import Contract
from circle_tui.core.contracts.standing import require_not_due
from circle_tui.core.errors import RuleError


def change(state: CircleState, now: datetime, contract: str, **changes: object) -> CircleState:
    """The state with fields of the newest version changed.

    A new version where somebody has signed or accepted. Raises `RuleError` once it is due, and
    where nothing would change.
    """
    newest = require_not_due(state, contract, now).newest
    changed = replace(newest, **changes)
    if changed == newest:
        raise RuleError("That's what it says already.")
    if not newest.signatures and not newest.accepted:
        return lookup.with_version(state, replace(changed, written=now))
    return replace(state, contracts=(*state.contracts, next_version(state, changed, now)))


def next_version(state: CircleState, version: Contract, now: datetime) -> Contract:
    """The version after one, without anything that happened to it, for those who are in it."""
    here = lookup.party_ids(state, version)
    return replace(
        version,
        version=version.version + 1,
        written=now,
        parts=tuple(part for part in version.parts if part.member in here),
        signatures={},
        accepted={},
        reached=None,
        opened=None,
        content={},
        stepped_out={},
        let_go={},
        ended=None,
        choice=None,
        worked="",
        change="",
        unclear="",
        settled={},
    )
