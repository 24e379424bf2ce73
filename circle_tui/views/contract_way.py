"""How a contract is judged: the four ways, and three questions for people who aren't sure.

Invariant: each way has its own key, and none is chosen by default. The advisor suggests a way with
its reason; enter takes it.
"""

from collections.abc import Sequence
from typing import ClassVar

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.contracts import advisor, lookup, reviewers, ways
from circle_tui.core.contracts.advisor import AtStake, Suggestion, Visibility
from circle_tui.core.contracts.contract import Contract, Panel, Reviewed, Way
from circle_tui.core.contracts.standing import standing
from circle_tui.core.ids import ContractId
from circle_tui.core.text import join_with_and
from circle_tui.views import contract_words
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.view import (
    Action,
    Answer,
    GoToContract,
    Intent,
    Local,
    Move,
    Offer,
    Row,
    SpokenField,
    View,
    execute,
    offered,
)

TITLE = "How is it judged?"
ADVICE = "Three questions"
WAYS = tuple(Way)
QUESTIONS = (
    "Could someone else see how far you got?",
    "Does one of you know the other's standards, and say hard things too?",
    "How much is at stake?",
)
_MEANS = {
    Way.TALK: "Nobody judges. On its day you look back together, and renew, change or end it. "
    "Most contracts need no more.",
    Way.GRADED: "Three to five things to look at, and how much each counts. One of you marks them; "
    "how much of a stake comes back was agreed before.",
    Way.REVIEWED: "It counts as it was written. One of you may change that, in writing, and you "
    "can ask for a second.",
    Way.PANEL: "Three to five vote in secret, met, partly or not met. With so few, a unanimous "
    "result shows every vote.",
}
_A_COMMITMENT = (
    "If it's one promise by one of you, and a yes or no answers it, it's a commitment: make it in "
    "the next meeting. You don't need a contract."
)
_ANSWERS = (
    ("y  by counting or ticking", "p  in part", "n  it's a matter of judgement"),
    ("y  yes", "n  new to each other, or something is unresolved"),
    ("1  our word", "2  something small", "3  much, or others depend on it"),
)
_KEYS = (("yes", "partly", "no"), ("yes", "no"), ("hangs_1", "hangs_2", "hangs_3"))
_VISIBILITY = (Visibility.YES, Visibility.PARTLY, Visibility.NO)
_AT_STAKE = (AtStake.WORD, AtStake.SMALL, AtStake.MUCH)


class WayView(View, frozen=True, kw_only=True):
    """The ways, the meaning of the chosen one, and the advisor's question or suggestion.

    `advice_rows` are the answers, each to be clicked.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("rows", numbered=True),
        SpokenField("explained"),
        SpokenField("advice"),
        SpokenField("advice_rows"),
    )

    rows: tuple[Row, ...]
    cursor: int
    explained: str
    advice: str = ""
    advice_rows: tuple[Row, ...] = ()


def suggestion(
    snapshot: CircleSnapshot, contract: ContractId, answers: Sequence[int]
) -> Suggestion | None:
    """What the advisor suggests after three answers, each counted from 1; None before."""
    if len(answers) < len(QUESTIONS):
        return None
    version = standing(snapshot.state, contract, snapshot.now).newest
    return advisor.suggest(
        _AT_STAKE[answers[2] - 1],
        _VISIBILITY[answers[0] - 1],
        answers[1] == 1,
        enough_to_vote=advisor.enough_to_vote(snapshot.state, version),
    )


def way_view(
    snapshot: CircleSnapshot,
    contract: ContractId,
    *,
    cursor: int | None,
    answers: Sequence[int] | None,
) -> WayView:
    """The ways with the cursor on one of them; None puts it on the present way.

    `answers` are those given to the advisor so far, each counted from 1; None before it is asked.
    """
    version = standing(snapshot.state, contract, snapshot.now).newest
    suggested = None if answers is None else suggestion(snapshot, contract, answers)
    if cursor is None:
        cursor = WAYS.index(version.way if suggested is None else suggested.way)
    way = WAYS[cursor]
    asking = None if answers is None or suggested is not None else len(answers)
    return WayView(
        headline=(snapshot.circle.name, version.name, "how it is judged"),
        status=_status(way, asking),
        actions=_actions(snapshot, version, way, asking),
        rows=tuple(
            Row("", contract_words.WAYS[each][1], name=f"{at} {contract_words.WAYS[each][0]}")
            for at, each in enumerate(WAYS, 1)
        ),
        cursor=cursor,
        explained=" ".join(filter(None, (_MEANS[way], _who(snapshot, version, way)))),
        advice=_advice(asking, suggested),
        advice_rows=() if asking is None else tuple(Row("", answer) for answer in _ANSWERS[asking]),
    )


def key_of_answer(answers: Sequence[int], row: int) -> str:
    """The action of an answer that was clicked."""
    return _KEYS[len(answers)][row]


def _status(way: Way, asking: int | None) -> str:
    if asking is not None:
        return f"Question {asking + 1} of {len(QUESTIONS)}: press one key. Esc cancels."
    return f"Enter chooses {contract_words.WAYS[way][0]}, or press 1 to 4"


def _advice(asking: int | None, suggested: Suggestion | None) -> str:
    if asking is not None:
        return QUESTIONS[asking]
    if suggested is None:
        return ""
    fits = f"{contract_words.WAYS[suggested.way][0]} fits. {suggested.because}"
    also = _A_COMMITMENT if suggested.way is Way.TALK else suggested.also
    return " ".join(filter(None, (fits, also)))


def _who(snapshot: CircleSnapshot, version: Contract, way: Way) -> str:
    """Who would judge, and why; empty for a talk."""
    state = snapshot.state
    judged = ways.default_way(state, version, way, snapshot.now)
    if version.way is way:
        judged = version.judged
    names = {member.id: member.name for member in state.circle.members}
    if judged is None:
        return ""
    if isinstance(judged, Panel):
        voters = [names[each] for each in judged.voters if each in names]
        return f"{join_with_and(voters)} would vote." if voters else "Nobody is left to vote."
    pairs = [f"{names[by]} judges {names[of]}'s part" for of, by in judged.by.items()]
    said = f"{join_with_and(pairs)}."
    if isinstance(judged, Reviewed) and judged.second is not None:
        busy = frozenset({*lookup.party_ids(state, version), *judged.by.values()})
        first = next(iter(lookup.party_ids(state, version)))
        found = reviewers.propose_reviewer(state, first, snapshot.now, excluded=busy)
        why = f", who {found.reason}" if found and found.member == judged.second else ""
        said += f" If one of them can't, it's {names[judged.second]}{why}."
    return said


def _actions(
    snapshot: CircleSnapshot, version: Contract, way: Way, asking: int | None
) -> tuple[Action, ...]:
    table = TABLE[Place.CONTRACT_WAY]
    if asking is not None:
        answers: dict[str, Offer | Intent] = {
            key: Answer(number) for number, key in enumerate(_KEYS[asking], 1)
        }
        return offered(table, {**answers, "back": Local.BACK})
    offers: dict[str, Offer | Intent] = {
        "take": _take(snapshot, version, way),
        "advise": Local.NEXT_QUESTION,
        "previous": Move(-1),
        "next": Move(1),
        "back": GoToContract(version.contract, "at the end"),
        **{f"way_{number}": _take(snapshot, version, each) for number, each in enumerate(WAYS, 1)},
    }
    return offered(table, offers)


def _take(snapshot: CircleSnapshot, version: Contract, way: Way) -> Offer:
    """Choose a way and go back to the contract; if it has that way already, only go back."""
    back = GoToContract(version.contract, "at the end")
    if version.way is way:
        return Offer(back)
    flash = (
        f"{contract_words.WAYS[way][0]}. Everything about it is filled in; change what you like."
    )
    does = execute(ways.set_way, version.contract, way, then=back, flash=flash)
    return Offer(does, snapshot.why_not(ways.set_way, version.contract, way))
