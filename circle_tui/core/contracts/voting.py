"""A vote of a panel: what is voted on, who may vote, and what is stored of a count.

Invariant: ballots are counted and not stored; only the result is. Nobody votes on their own part. A
count cannot be undone, nor anything before it, because otherwise people could look at the result,
undo, and vote again.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from circle_tui.core import dates
from circle_tui.core.circle.command import settles
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import panel, results, shares
from circle_tui.core.contracts.contract import JudgingStep
from circle_tui.core.contracts.judging import IS_OVER, require_opened, with_step
from circle_tui.core.contracts.panel import Ballots, Counted, QuorumNotMet, Tied
from circle_tui.core.contracts.results import Voting
from circle_tui.core.contracts.standing import ContractSnapshot, require_not_ended
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import ContractId, MemberId

_NUMBERS = ("Nobody", "One", "Two", "Three", "Four", "Five")


def voted_on(found: ContractSnapshot) -> dict[MemberId, Voting]:
    """What a vote held now would be about, and how each part is voted on; empty if nothing is.

    A tied part is voted on a second time if its contract says to talk it over.
    """
    version = found.in_force
    if version is None or version.opened is None:
        return {}
    open_to_vote = {}
    for result in found.results:
        voting = results.voting_on(version, result.of)
        waits = result.comes_back is None
        decided = bool(result.tied) and voting is not None and voting.tie != "talk over"
        if voting is not None and waits and not decided:
            open_to_vote[result.of] = voting
    return open_to_vote


def voters(state: CircleState, found: ContractSnapshot) -> tuple[MemberId, ...]:
    """Everybody who may vote now, in seat order; those who left cannot."""
    may = {voter for voting in voted_on(found).values() for voter in voting.weights}
    return tuple(
        member.id for member in state.circle.members if member.id in may and member.left is None
    )


def check_vote(
    state: CircleState, now: datetime, contract: ContractId, present: Collection[MemberId]
) -> dict[MemberId, Voting]:
    """What those who are `present` would vote on.

    Raises `RuleError` if there is nothing to vote on, or fewer are present than a part's quorum.
    """
    found = require_not_ended(state, contract, now)
    require_opened(found)
    voted = voted_on(found)
    if not voted:
        late = any(result.by_default for result in found.results)
        raise RuleError(IS_OVER if late else "There's nothing to vote on.")
    allowed = set(voters(state, found))
    for voting in voted.values():
        here = len(set(present) & allowed & voting.weights.keys())
        if here < voting.quorum:
            raise RuleError(_too_few(state, found, QuorumNotMet(voting.quorum, here)))
    return voted


@settles
def count_vote(
    state: CircleState, now: datetime, contract: ContractId, ballots: Mapping[MemberId, Ballots]
) -> CircleState:
    """Count a vote; `ballots` are by what they are about, then by voter.

    Everybody who voted must have a ballot for each part they may vote on.
    """
    present = {voter for each in ballots.values() for voter in each}
    voted = check_vote(state, now, contract, present)
    found = require_not_ended(state, contract, now)
    if ballots.keys() != voted.keys():
        raise RuleError("This vote is about something else now: please start it again.")
    for of, voting in voted.items():
        if ballots[of].keys() != voting.weights.keys() & present:
            raise RuleError("Some votes are missing: please start the vote again.")
    for of, voting in voted.items():
        state = _counted(state, found, of, voting, ballots[of])
    return state


def _counted(
    state: CircleState, found: ContractSnapshot, of: MemberId, voting: Voting, ballots: Ballots
) -> CircleState:
    counted = panel.count(voting.weights, shares.parse(voting.partly), voting.quorum, ballots)
    voted = tuple(member.id for member in state.circle.members if member.id in ballots)
    match counted:
        case Counted(comes_back=share, split=split):
            votes = {} if split is None else split
            return with_step(
                state,
                found,
                of,
                JudgingStep.COUNTED,
                comes_back=share,
                voted=voted,
                votes={choice: shares.stored(each) for choice, each in votes.items()},
            )
        case Tied(choices=choices):
            return with_step(state, found, of, JudgingStep.TIED, voted=voted, tied=choices)
        case QuorumNotMet():
            raise RuleError(_too_few(state, found, counted))


def _too_few(state: CircleState, found: ContractSnapshot, few: QuorumNotMet) -> str:
    until = found.until
    again = ""
    if until is not None:
        again = (
            f": until {state.circle.day(until):%A} {dates.spoken_time(until, state.circle)} "
            "it can be tried again"
        )
    verb = "is" if few.here == 1 else "are"
    return (
        f"{_NUMBERS[few.needed]} are needed, and {_NUMBERS[few.here].lower()} {verb} here{again}."
    )
