"""Changes the text of a contract, and makes new versions.

Invariant: changing a version that somebody has signed makes a new version; the version in force
stays in force until everybody has signed the new one. A new version has no signatures or results.
"""

from datetime import datetime

from msgspec.structs import replace

from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import lookup
from circle_tui.core.contracts.contract import Contract
from circle_tui.core.contracts.standing import require_not_due
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import ContractId


def change(
    state: CircleState, now: datetime, contract: ContractId, **changes: object
) -> CircleState:
    """The state with fields of the newest version changed.

    It becomes a new version if somebody has signed or accepted. Raises `RuleError` if the contract
    is due, or if nothing would change.
    """
    newest = require_not_due(state, contract, now).newest
    changed = replace(newest, **changes)
    if changed == newest:
        raise RuleError("That's what it says already.")
    if not newest.signatures and not newest.accepted:
        return lookup.with_version(state, replace(changed, written=now))
    return replace(state, contracts=(*state.contracts, next_version(state, changed, now)))


def next_version(state: CircleState, version: Contract, now: datetime) -> Contract:
    """The version after `version`, for the present parties, without signatures or results."""
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
