"""What several screens say of a contract: its parties, its state, what is due.

Invariant: a state is said in words, and nobody is named for not having signed, judged or settled.
"""

from circle_tui.core import dates
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import lookup, overview
from circle_tui.core.contracts.contract import Contract, Way
from circle_tui.core.contracts.results import ObjectionStage
from circle_tui.core.contracts.standing import ContractSnapshot, State

TITLE = "Contract"
CONTRACTS = "Contracts"

DUE = "▲"
HOLDS = "●"
TRIAL = "◐"
WAITS = "○"
OVER = "·"
SIGNS = (
    (DUE, "due, or being judged"),
    (HOLDS, "running"),
    (TRIAL, "on trial"),
    (WAITS, "not signed by everyone yet"),
)

_WITH = {
    ObjectionStage.SECOND: "with the second reviewer",
    ObjectionStage.TALK: "being talked about",
    ObjectionStage.THIRD: "with the third",
    ObjectionStage.DECIDER: "with the decider",
}

WAYS = {
    Way.TALK: ("Talk", "nobody judges; you look back together"),
    Way.GRADED: ("Graded", "things to look at; one of you marks each"),
    Way.REVIEWED: ("Reviewed", "as written, unless one of you changes it and says why"),
    Way.PANEL: ("Panel", "three to five vote in secret"),
}
"""The name of each way, and its meaning in a few words."""


def parties_in_words(state: CircleState, version: Contract) -> str:
    """The parties: "Maya, Tom". If the contract has ended, everybody who had a part."""
    return ", ".join(lookup.party_names(state, version)) or ", ".join(
        state.member(part.member).name
        for part in version.parts
        if any(part.member == member.id for member in state.circle.members)
    )


def state_glyph(found: ContractSnapshot) -> str:
    """The glyph for the state of a contract."""
    match found.state:
        case State.ENDED:
            return OVER
        case State.DRAFT | State.UNSIGNED:
            return WAITS
        case State.ON_TRIAL:
            return TRIAL
        case State.SIGNED | State.RUNNING | State.BEING_CHANGED:
            return HOLDS
    return DUE


def state_in_words(snapshot: CircleSnapshot, found: ContractSnapshot) -> str:
    """The state of a contract, for a list: "until 19 March"."""
    version, until = found.shown, _until(snapshot, found)
    review = "" if version.review is None else dates.spoken_day(version.review, found.today)
    match found.state:
        case State.DRAFT:
            return "draft"
        case State.UNSIGNED:
            return "waiting for signatures"
        case State.SIGNED:
            return f"begins on {dates.spoken_day(version.starts, found.today)}"
        case State.RUNNING:
            return f"until {review}"
        case State.ON_TRIAL:
            return f"on trial until {review}"
        case State.BEING_CHANGED:
            return f"until {review}, with a change to sign"
        case State.DUE:
            return "due"
        case State.BEING_JUDGED:
            return f"being judged{until}"
        case State.JUDGED:
            return "judged"
        case State.CONTESTED:
            return f"{_objection_stage(found)}{until}"
        case State.TO_LOOK_BACK_ON:
            return "look back"
        case State.ENDED:
            return f"ended {_ended(found)}"


def _until(snapshot: CircleSnapshot, found: ContractSnapshot) -> str:
    return "" if found.until is None else f" until {snapshot.spoken_date(found.until)}"


def _objection_stage(found: ContractSnapshot) -> str:
    contested = [each for each in found.results if each.contested and each.stage is not None]
    first = min(contested, key=lambda each: (each.until is None, each.until), default=None)
    return "contested" if first is None or first.stage is None else _WITH[first.stage]


def _ended(found: ContractSnapshot) -> str:
    over = found.newest.ended or found.now
    return dates.spoken_day(over.date(), found.today)


def at_home(snapshot: CircleSnapshot) -> str | None:
    """The one sentence at home about contracts; None if none is urgent."""
    found = overview.most_pressing(snapshot.state, snapshot.now)
    if found is None:
        return None
    name, until = found.shown.name, _until(snapshot, found)
    match found.state:
        case State.CONTESTED:
            said = f"{name}: someone objected, and it's {_objection_stage(found)}{until}."
        case State.BEING_JUDGED:
            said = f"{name} is being judged{until}."
        case State.JUDGED:
            said = f"{name} has been judged."
        case State.TO_LOOK_BACK_ON:
            said = f"Time to look back on a contract: {name}."
        case State.UNSIGNED:
            said = f"A contract is waiting for signatures: {name}."
        case _:
            said = f"A contract is due: {name}."
    return f"{said} Press h to open it."


def at_gathering(due: tuple[str, ...]) -> str:
    """The sentence as a meeting begins; `due` are the lines from its journal."""
    comes = "It comes" if len(due) == 1 else "They come"
    return f"Due today: {', '.join(due)}. {comes} after the round."


def at_closing(due: tuple[str, ...]) -> str:
    """The sentence before the meeting ends; `due` as for `at_gathering`."""
    opens = "it" if len(due) == 1 else "them"
    return f"Due: {', '.join(due)}. Press h to open {opens} now, or after the closing."
