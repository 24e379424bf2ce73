"""A secret vote on one keyboard: who votes, handing it on, the ballot, and the count.

Invariant: during a vote the screen reveals no choice: apart from names, hand-over and ballot look
the same for everyone. What a small panel cannot hide is said before the vote.
"""

from collections.abc import Collection, Iterable, Sequence

from msgspec.structs import replace

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import panel, voting
from circle_tui.core.contracts.contract import BallotChoice
from circle_tui.core.contracts.panel import Secrecy
from circle_tui.core.contracts.results import Voting
from circle_tui.core.contracts.standing import ContractSnapshot
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import ContractId, MemberId
from circle_tui.views import every_screen
from circle_tui.views.action_table import TABLE, Place, spec
from circle_tui.views.contract_parts import (
    contract_snapshot,
    member_on_seat,
    moving_offers,
    name_of,
    name_with_seat,
    navigation_offers,
    number_in_words,
    part_in_words,
    seat_of,
    spoken_list,
)
from circle_tui.views.place_face import place_face
from circle_tui.views.ring import RingFace
from circle_tui.views.text import Text, bold, text
from circle_tui.views.view import (
    Action,
    Answer,
    Intent,
    Local,
    Offer,
    Pick,
    Row,
    View,
    offered,
)

NOT_NOW = "Not during a vote."
WHO_VOTES = "Who votes?"
DIFFERENT = "Those were two different choices. Please start over."
CANT_HIDE = "What the result can show"
_NOT_SAVED = "{refusal} Not saved yet: Enter tries again."
_AWAY = "not here, or doesn't vote"
NOTHING_SAVED = "Nothing is saved until everyone has voted. If you leave, the vote starts over."
_HAND_ON = "Pass the keyboard on."
_HAND_ON_LARGE = "Pass it on"
_STILL_TO_COME = "Press your own number when it's yours:"
_LOOK_AWAY = "Everybody else looks away."
_PRESS = "Press a number."
_ONCE_MORE = "Now the same choice again, wherever it is on the list."
_ALL_IN = "Everyone has voted."
_ALL_IN_LARGE = "All in"
_COUNTS = "Enter counts the votes. That can't be undone."
_SECRECY = {
    Secrecy.UNANIMOUS_ONLY: "If all agree, everybody knows how each of you voted.",
    Secrecy.FEW: (
        "With so few, a unanimous result shows every vote, and anyone who takes away their own "
        "vote can often tell another's."
    ),
    Secrecy.UNEQUAL: (
        "With these weights the result can show how someone voted. Equal weights hide it better: "
        "choose those in your next contract."
    ),
}
LEAVE = Pick(
    "Leave the vote? It won't be saved, and everybody votes again.",
    (("Leave the vote", Local.LEAVE_VOTE),),
)
QUIT = Pick(
    "Quit in the middle of the vote? It won't be saved, and everybody votes again.",
    (("Quit", Local.QUIT_VOTE),),
)
_LEAVE_OFFER = Offer(LEAVE, label="Leave the vote")


NO_VOTER = "That number doesn't vote."
"""The answer to the number of somebody who has no vote."""


class VoteView(View, frozen=True, kw_only=True):
    """One stage of a vote; `members` are those who may be chosen, by id.

    The first stage, who votes, has a `main` line, `words` below it, `secrecy` (what the result can
    reveal), and the list with a `note` below. The later stages have only a `sheet`, and above it
    what everybody around the table needs, `large`: to pass the keyboard on, or who has it.
    """

    large: str = ""
    sheet: Text = ()
    main: Text = ()
    words: Text = ()
    rows: tuple[Row, ...] = ()
    members: tuple[MemberId, ...] = ()
    cursor: int | None = None
    secrecy: str = ""
    note: str = ""


def who_votes(
    snapshot: CircleSnapshot, contract: ContractId, *, out: Collection[MemberId], cursor: int
) -> VoteView:
    """Who votes: all who may, except those who are `out`."""
    found = contract_snapshot(snapshot, contract)
    state, voted = snapshot.state, voting.voted_on(found)
    may = voting.voters(state, found)
    present = [member for member in may if member not in out]
    cursor = min(cursor, max(len(may) - 1, 0))
    why_not = _why_not(snapshot, contract, present)
    offers: dict[str, Offer | Intent] = {
        **navigation_offers(contract),
        "begin": Offer(Local.BEGIN_VOTE, why_not),
    }
    if may:
        offers["mark"] = Local.MARK
    return VoteView(
        headline=(snapshot.circle.name, "contract", found.shown.name, "a vote"),
        status=why_not or "Enter begins. After that, nobody can join.",
        actions=offered(TABLE[Place.VOTE], offers),
        main=text(_votes_on(state, voted) if voted else why_not or ""),
        words=text(_needed(voted, present)) if voted else (),
        rows=tuple(_voter_row(state, member, out) for member in may),
        members=may,
        cursor=cursor if may else None,
        secrecy=_SECRECY[_secrecy(voted, present)] if voted else "",
        note=NOTHING_SAVED,
        signs=(("●", "votes"), ("○", _AWAY)),
    )


def hand_over(
    snapshot: CircleSnapshot, still_to_come: Sequence[MemberId], cursor: int | None
) -> VoteView:
    """Between two voters. The cursor is for voters whose number is not a single key."""
    offers: dict[str, Offer | Intent] = {**moving_offers(), "back": _LEAVE_OFFER}
    if cursor is not None:
        offers["take"] = Local.SELECT
    waiting = "\n".join(
        f"{'›' if at == cursor else ' '} {name_with_seat(snapshot.state, member)}"
        for at, member in enumerate(still_to_come)
    )
    return _sheet(
        snapshot,
        offers,
        _HAND_ON_LARGE,
        text(bold(_HAND_ON), f"\n{_STILL_TO_COME}\n{waiting}"),
        members=tuple(still_to_come),
        cursor=cursor,
    )


def ballot(
    snapshot: CircleSnapshot,
    voter: MemberId,
    about: MemberId,
    shown: Sequence[BallotChoice],
    *,
    once_more: bool,
) -> VoteView:
    """The choices in a random order. The pressed key is not shown, and choices aren't clickable."""
    offers: dict[str, Offer | Intent] = {
        **{f"choose_{place}": Answer(place) for place in range(1, len(shown) + 1)},
        "back": _LEAVE_OFFER,
    }
    name = name_of(snapshot.state, voter)
    asked = bold(f"{name}: {part_in_words(snapshot.state, about)}")
    lines = "\n".join(f"{place}  {choice}" for place, choice in enumerate(shown, 1))
    return _sheet(
        snapshot,
        offers,
        name,
        text(asked, f"\n\n{lines}\n\n{_ONCE_MORE if once_more else _PRESS}"),
    )


def all_in(snapshot: CircleSnapshot) -> VoteView:
    """The stage before the count, which nobody can undo."""
    offers: dict[str, Offer | Intent] = {"count": Local.COUNT_VOTE, "back": _LEAVE_OFFER}
    return _sheet(snapshot, offers, _ALL_IN_LARGE, text(bold(_ALL_IN), f"\n\n{_COUNTS}"))


def _sheet(
    snapshot: CircleSnapshot,
    offers: dict[str, Offer | Intent],
    large: str,
    sheet: Text,
    members: tuple[MemberId, ...] = (),
    cursor: int | None = None,
) -> VoteView:
    """A later stage of the vote; all of them look the same apart from their words."""
    return VoteView(
        headline=(snapshot.circle.name,),
        status=_LOOK_AWAY,
        actions=offered(TABLE[Place.VOTE], offers),
        large=large,
        sheet=sheet,
        members=members,
        cursor=cursor,
    )


def while_voting(view: VoteView) -> tuple[Action, ...]:
    """The only actions during a vote, the same for everyone: no undo, and no other place."""
    refused = tuple(
        # The footer shows only what works now.
        Action(replace(row, in_footer=False), Local.NOWHERE, row.label, NOT_NOW)
        for row in (spec(Place.EVERYWHERE, each) for each in ("undo", "redo", "palette"))
    )
    usual = every_screen.actions(can_undo=None, can_redo=False)
    return (
        *view.actions,
        *refused,
        *(each for each in usual if each.spec.id != "palette"),
    )


def vote_face(snapshot: CircleSnapshot, view: VoteView, *, under_way: bool) -> RingFace:
    """The ring with the voters lit; once the vote is `under_way`, nobody is lit."""
    if under_way:
        return place_face(snapshot)
    pairs = zip(view.members, view.rows, strict=True)
    return place_face(snapshot, done=[who for who, row in pairs if row.glyph == "●"])


def voter_on(snapshot: CircleSnapshot, view: VoteView, seat: int) -> int | None:
    """The row of the voter with that number; None if nobody in the list has it."""
    member = member_on_seat(snapshot.state, seat)
    return None if member is None or member not in view.members else view.members.index(member)


def _why_not(
    snapshot: CircleSnapshot, contract: ContractId, present: Collection[MemberId]
) -> str | None:
    try:
        voting.check_vote(snapshot.state, snapshot.now, contract, present)
    except RuleError as refused:
        return str(refused)
    return None


def _votes_on(state: CircleState, voted: Iterable[MemberId]) -> str:
    return f"You're voting on {spoken_list([part_in_words(state, of) for of in voted])}."


def _needed(voted: dict[MemberId, Voting], present: Collection[MemberId]) -> str:
    here = min(len(vote.weights.keys() & set(present)) for vote in voted.values())
    needed = max(vote.quorum for vote in voted.values())
    is_are = "is" if here == 1 else "are"
    at_least = number_in_words(needed).capitalize()
    return f"{at_least} are needed, and {number_in_words(here)} {is_are} here."


def _secrecy(voted: dict[MemberId, Voting], present: Collection[MemberId]) -> Secrecy:
    """The lowest secrecy among the parts of this vote, with the voters who are here."""
    found = set()
    for vote in voted.values():
        here = {voter: each for voter, each in vote.weights.items() if voter in present}
        found.add(Secrecy.UNEQUAL if not panel.equal(vote.weights) else panel.secrecy(here))
    order = (Secrecy.UNEQUAL, Secrecy.FEW, Secrecy.UNANIMOUS_ONLY)
    return next(each for each in order if each in found)


def _voter_row(state: CircleState, member: MemberId, out: Collection[MemberId]) -> Row:
    is_out = member in out
    return Row("○" if is_out else "●", _AWAY if is_out else "", name=name_with_seat(state, member))


def not_saved(refusal: str) -> str:
    """What the status line says where the votes are counted and couldn't be saved."""
    return _NOT_SAVED.format(refusal=refusal)


def away(snapshot: CircleSnapshot, found: ContractSnapshot) -> frozenset[MemberId]:
    """The voters who are away, and therefore out at first."""
    may = voting.voters(snapshot.state, found)
    return frozenset(each for each in may if seat_of(snapshot.state, each) is None)
