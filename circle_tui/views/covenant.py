"""The covenant: its clauses, its review date, its signatures.

Invariant: signing takes two keys, the member's own number and s. Members who have not signed are
shown as such and are not reminded or counted.
"""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from circle_tui.core import dates
from circle_tui.core.circle import covenant
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState, Clause, Covenant
from circle_tui.core.ids import MemberId
from circle_tui.views import every_screen
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.place_face import place_face
from circle_tui.views.ring import RingFace
from circle_tui.views.text import Span, strong
from circle_tui.views.view import (
    Action,
    ChooseSeat,
    Intent,
    Local,
    Move,
    Offer,
    Request,
    Row,
    Scroll,
    SpokenField,
    View,
    ask,
    execute,
    offered,
)

_LABELS = {
    Clause.PURPOSE: "What we're here for",
    Clause.RHYTHM: "How often we meet",
    Clause.MISSED: "If someone misses a meeting",
    Clause.BOUNDARIES: "Our boundaries",
}
_CLAUSES = tuple(Clause)
CLAUSES = len(_CLAUSES)
"""The number of clauses of every covenant."""
ABOUT_CLAUSES = tuple(clause.value for clause in _CLAUSES)
"""What the words are about that are typed for each clause."""

COVENANT = "Our covenant"
REVIEW = "Review date"
ABOUT_REVIEW = "review-date"
"""What the day is about that is typed for the review."""
SIGNATURES = "Signatures"
NO_COVENANT = (
    "You don't have a covenant yet. It says in a few sentences what you're here for, how often "
    "you meet, what you do if someone misses a meeting, and where your boundaries are. "
    "You choose a day to review it, and each of you signs it."
)
_NOT_SIGNED = "not signed yet"
_SIGNS = (("●", "signed"), ("○", _NOT_SIGNED), ("▶", "chosen now"))


class ClauseText(Struct, frozen=True):
    """A clause: its title and its text."""

    label: str
    words: str


class Signer(Struct, frozen=True):
    """A member below the covenant; `seat` is their number, None if no meeting expects them."""

    member: MemberId
    name: str
    seat: int | None
    row: Row
    signed: bool


class CovenantView(View, frozen=True, kw_only=True):
    """The current version or an earlier one; empty if the circle has no covenant yet.

    The cursor moves over the clauses and then the signers; `cursor` is None in an earlier version,
    which cannot be changed.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("clauses", numbered=True),
        SpokenField("review"),
        SpokenField("signers", numbered=True),
    )

    clauses: tuple[ClauseText, ...] = ()
    review: Span = Span("")
    signers: tuple[Signer, ...] = ()
    cursor: int | None = None


def covenant_view(
    snapshot: CircleSnapshot, *, cursor: int, earlier: int | None, asking: bool
) -> CovenantView:
    """The covenant with the cursor on a clause or a member.

    `earlier` is the index of the earlier version that is shown, None for the current one; `asking`
    is whether text is being typed.
    """
    state = snapshot.state
    today = state.circle.day(snapshot.now)
    shown = state.covenant if earlier is None else state.covenants[earlier]
    if shown is None:
        return CovenantView(
            headline=(state.circle.name, "covenant"),
            status=every_screen.TYPING if asking else "w writes a first draft that you can change",
            actions=_actions(snapshot, None, earlier=None, asking=asking),
        )
    signers = _signers(state, shown, today, present=earlier is None)
    cursor = min(cursor, CLAUSES + len(signers) - 1)
    chosen = signers[cursor - CLAUSES] if earlier is None and cursor >= CLAUSES else None
    written = dates.spoken_day(state.circle.day(shown.written), today)
    return CovenantView(
        headline=(state.circle.name, "covenant", f"version {shown.version}, written {written}"),
        status=_status(state, shown, chosen, today, earlier=earlier, asking=asking),
        actions=_actions(
            snapshot, chosen, earlier=earlier, asking=asking, clause=_clause_at(cursor)
        ),
        clauses=tuple(
            ClauseText(_LABELS[clause], shown.clauses.get(clause) or "Nothing here yet.")
            for clause in _CLAUSES
        ),
        review=_review(state, shown, today, present=earlier is None),
        signers=signers,
        cursor=cursor if earlier is None else None,
        signs=_SIGNS,
    )


def covenant_face(snapshot: CircleSnapshot, view: CovenantView) -> RingFace:
    """The ring with those lit who have signed the shown version."""
    at = None if view.cursor is None else view.cursor - CLAUSES
    chosen = view.signers[at].member if at is not None and 0 <= at < len(view.signers) else None
    return place_face(
        snapshot,
        chosen=chosen,
        done=[signer.member for signer in view.signers if signer.signed],
        title=COVENANT,
        note="" if chosen is None else COVENANT.lower(),
    )


def version_before(state: CircleState, earlier: int | None) -> int | None:
    """The index of the version before the one shown; None, the current one, after the first."""
    index = len(state.covenants) - 1 if earlier is None else earlier
    return index - 1 if index else None


def cursor_of_seat(view: CovenantView, seat: int) -> int | None:
    """The cursor's position for the member on a seat; None if the seat is empty."""
    seats = [signer.seat for signer in view.signers]
    return CLAUSES + seats.index(seat) if seat in seats else None


def _clause_at(cursor: int) -> Clause | None:
    return _CLAUSES[cursor] if cursor < CLAUSES else None


def _status(
    state: CircleState,
    shown: Covenant,
    chosen: Signer | None,
    today: date,
    *,
    earlier: int | None,
    asking: bool,
) -> str:
    if asking:
        return every_screen.TYPING
    if earlier is not None:
        if earlier:
            return "h for the previous version · Esc for today's version"
        return "This was the first version. Esc for today's version"
    if shown.review is None:
        return "Press d to choose a review date. Then you can sign."
    if covenant.review_due(state, today):
        return "Talk it over: is it still right? Then press d for the next review date."
    if chosen is not None and chosen.member not in shown.signatures:
        return f"Are you {chosen.name}? Press s to sign."
    if covenant.unsigned(state):
        return "To sign, choose yourself by number or with ↑ ↓, then press s."
    return "Everyone has signed. You can change any clause at any time."


def _review(state: CircleState, shown: Covenant, today: date, *, present: bool) -> Span:
    if shown.review is None:
        return Span("No review date yet.")
    day = dates.spoken_day(shown.review, today)
    if not present:
        return Span(f"The review was set for {day}.")
    if covenant.review_due(state, today):
        return strong(f"Set for {day}: it's time to review.")
    return Span(f"We'll review this on {day}.")


def _actions(
    snapshot: CircleSnapshot,
    chosen: Signer | None,
    *,
    earlier: int | None,
    asking: bool,
    clause: Clause | None = None,
) -> tuple[Action, ...]:
    table = TABLE[Place.COVENANT]
    if asking:
        return offered(table, {"back": Local.BACK})
    present = snapshot.state.covenant
    if present is None:
        return offered(table, {"write": execute(covenant.write), "back": Request.HOME})
    offers: dict[str, Offer | Intent] = {}
    if len(snapshot.state.covenants) > 1:
        offers["earlier"] = Local.EARLIER_VERSIONS
    if earlier is not None:
        offers |= {"previous": Scroll(-1), "next": Scroll(1), "back": Local.BACK}
        return offered(table, offers)
    usual = covenant.default_review(snapshot.circle, snapshot.now)
    offers |= {
        "edit": _edit(present, clause),
        "review_date": ask(
            "When shall we review this? Like 2 April, or in 3 months.",
            covenant.set_review,
            value=f"{usual.day} {usual:%B %Y}",
            about=ABOUT_REVIEW,
        ),
        "sign": _sign(snapshot, chosen),
        "previous": Move(-1),
        "next": Move(1),
        "back": Request.HOME,
        **{f"seat_{seat}": ChooseSeat(seat) for seat in range(1, 10)},
    }
    return offered(table, offers)


def _edit(present: Covenant, clause: Clause | None) -> Offer:
    if clause is None:
        return Offer(Local.NOWHERE, "Choose a clause with ↑ ↓ first.")
    question = f"{_LABELS[clause]}, in a sentence or two:"
    words = present.clauses.get(clause, "")
    return Offer(ask(question, covenant.change, clause, value=words, about=clause.value))


def _sign(snapshot: CircleSnapshot, chosen: Signer | None) -> Offer:
    member = None if chosen is None else chosen.member
    signed = None if chosen is None else f"{chosen.name} has signed."
    does = execute(covenant.sign, member, flash=signed)
    return Offer(does, snapshot.why_not(covenant.sign, member))


def _signers(
    state: CircleState, shown: Covenant, today: date, *, present: bool
) -> tuple[Signer, ...]:
    """Who signed the version and, for the current one, who has not, in seat order."""
    seats = {member.id: seat for seat, member in enumerate(state.active, 1)}
    signers = []
    for member in state.circle.members:
        at = shown.signatures.get(member.id)
        if at is None and not (present and member.left is None):
            continue
        seat = seats.get(member.id) if present else None
        name = f"{seat or ' '} {member.name}" if present else member.name
        if at is None:
            row = Row("○", _NOT_SIGNED, name=name)
        else:
            day = dates.spoken_day(state.circle.day(at), today)
            row = Row("●", f"signed {day}", name=name)
        signers.append(Signer(member.id, member.name, seat, row, at is not None))
    return tuple(signers)
