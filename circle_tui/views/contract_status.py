"""The line above the keys on a contract's page: what it waits for, and which key is next.

Invariant: nobody is named for not having signed; only a member who pressed their number is named.
"""

from circle_tui.core import dates
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.contracts import advisor, lookup, signing
from circle_tui.core.contracts.contract import Contract
from circle_tui.core.contracts.standing import ContractSnapshot, State
from circle_tui.views import contract_words, every_screen
from circle_tui.views.contract_cards import Item
from circle_tui.views.view import Execute

TO_SIGN = frozenset({State.DRAFT, State.UNSIGNED, State.BEING_CHANGED})


def contract_status(
    snapshot: CircleSnapshot,
    found: ContractSnapshot,
    version: Contract,
    chosen: Item,
    *,
    earlier: int | None,
    asking: bool,
    confirming: bool,
) -> str:
    """The line above the keys of `version`, which is shown with the cursor on `chosen`."""
    if asking:
        return every_screen.TYPING
    if earlier is not None:
        more = "h for the previous version · " if earlier else "This was the first version. "
        return f"{more}Esc for today's version"
    if confirming:
        return _confirming(snapshot, chosen)
    if found.state in TO_SIGN:
        return _to_sign(snapshot, found, version, chosen)
    match found.state:
        case State.DUE if found.may_look_back:
            return "It's the day. Sit together and press l to look back."
        case State.DUE:
            return "It's the day. Press j when you're together. From then on you have 48 hours."
        case State.BEING_JUDGED:
            return f"It's {contract_words.state_in_words(snapshot, found)}."
        case State.JUDGED | State.CONTESTED:
            return "r shows the result."
        case State.TO_LOOK_BACK_ON:
            return "That's everything. Press l to look back on it together."
        case State.ENDED:
            return "It has ended. You can still read it here, and begin a new one from it."
    if version.milestone:
        return "m when you've reached it · you can change anything: then all sign again"
    day = None if version.review is None else dates.spoken_day(version.review, found.today)
    until = "" if day is None else f", until {day}"
    return f"All have signed{until}. You can still change it: then all sign again."


def _confirming(snapshot: CircleSnapshot, chosen: Item) -> str:
    if chosen.is_title:
        return "x again drops this version. Esc keeps it."
    name = "you" if chosen.member is None else snapshot.state.member(chosen.member).name
    return f"z again, and {name} is out of this contract. Esc stays in."


def _to_sign(
    snapshot: CircleSnapshot, found: ContractSnapshot, version: Contract, chosen: Item
) -> str:
    missing = signing.unsettled(snapshot.state, version, found.now)
    if missing:
        return f"Before it can be signed: {', and '.join(missing)}."
    if chosen.signer and chosen.member is not None:
        name = snapshot.state.member(chosen.member).name
        if chosen.member in lookup.to_sign(snapshot.state, version):
            return f"Are you {name}? Press s to sign."
        if chosen.member in lookup.to_accept(snapshot.state, version):
            return f"Are you {name}? Press s if you'll judge it."
    if _only_judges_missing(snapshot, version):
        return "All of you have signed. Whoever judges: your number, then s."
    if isinstance(chosen.edit, Execute):
        return "Enter takes the next choice, and starts over after the last."
    if advisor.a_trial_helps(snapshot.state, version.contract, snapshot.now):
        return "Is it the first one you judge? t makes it a one-week trial, for something small."
    return "Read it together. Then each of you: your number, and s to sign."


def _only_judges_missing(snapshot: CircleSnapshot, version: Contract) -> bool:
    """Whether all parties have signed, and only acceptances of judges are missing."""
    state = snapshot.state
    return bool(lookup.to_accept(state, version)) and not lookup.to_sign(state, version)
