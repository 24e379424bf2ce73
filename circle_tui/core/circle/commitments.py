"""Commitments: which are open, their history, and the commands that change them between meetings.

Invariant: what is open is derived from the records and from changes between meetings, and never
stored. A commitment is open from when it is made until it gets an outcome; what it becomes then is
a new commitment. No count of anything is ever made here (guide: practice, Why a circle).
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from circle_tui.core import date_reading, dates, text
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.command import CircleCommand, blocked_by_meeting
from circle_tui.core.circle.record import MeetingRecord, Outcome, Reset
from circle_tui.core.circle.state import Change, CircleState, Win
from circle_tui.core.errors import RuleError
from circle_tui.core.fields import Due, IdOfCommitment, Moment, OwnerId, Words
from circle_tui.core.ids import CommitmentId, MemberId, next_number, numbered_id

NEXT = "next"

_Value = TypeVar("_Value")

_BLOCKED_BY_MEETING = (
    "You're in a meeting, and these commitments come up there. Press Esc, then Enter, to go back."
)
"""A meeting under way has its own copy of the open commitments, so these must not change."""


class Commitment(Struct, frozen=True, gc=False):
    """An open commitment. `since` is when it was made (aware UTC), `due` "next" or an ISO date."""

    id: IdOfCommitment
    member: OwnerId
    text: Words
    due: Due
    since: Moment
    daily: bool = False

    def is_due(self, on: date) -> bool:
        """Whether a meeting on the day `on` asks for it."""
        return self.due == NEXT or date.fromisoformat(self.due) <= on


class Link(Struct, frozen=True, gc=False):
    """One commitment in a chain of resets; `outcome` and `ended` are None while it is open."""

    text: str
    since: datetime
    outcome: Outcome | None = None
    reset: Reset | None = None
    got_in_the_way: str = ""
    ended: datetime | None = None


class _Ended(Struct, frozen=True, gc=False):
    at: datetime
    outcome: Outcome
    becomes: CommitmentId | None = None
    reset: Reset | None = None
    got_in_the_way: str = ""


class _Ledger(Struct, frozen=True):
    """Every commitment ever made, and how it ended if it did, by id; and those that didn't end."""

    promised: dict[CommitmentId, Commitment]
    ended: dict[CommitmentId, _Ended]
    open: tuple[Commitment, ...]


class _ByIdentity(Generic[_Value]):
    """A cache key that compares a value by identity, because comparing all records is slow."""

    def __init__(self, value: _Value) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and self.value is other.value


def _ledger(state: CircleState) -> _Ledger:
    # Cached, because a screen needs it for each member and each commitment.
    return _ledger_of(_ByIdentity(state.records), _ByIdentity(state.changes))


@lru_cache(maxsize=2)
def _ledger_of(
    records: _ByIdentity[tuple[MeetingRecord, ...]], changes: _ByIdentity[tuple[Change, ...]]
) -> _Ledger:
    promised = _promised(records.value, changes.value)
    ended = _ended(records.value, changes.value)
    still_open = tuple(each for each in promised.values() if each.id not in ended)
    return _Ledger(promised, ended, still_open)


def _promised(
    records: tuple[MeetingRecord, ...], changes: tuple[Change, ...]
) -> dict[CommitmentId, Commitment]:
    promised = {
        made.id: Commitment(made.id, made.member, made.text, made.due, record.ended, made.daily)
        for record in records
        for made in record.made
    }
    # Changes are oldest first, so a commitment changed twice is found by its second change.
    for change in changes:
        before = promised.get(change.commitment)
        if change.becomes is not None and before is not None:
            promised[change.becomes] = Commitment(
                change.becomes, before.member, change.text, change.due, change.at, change.daily
            )
    return promised


def _ended(
    records: tuple[MeetingRecord, ...], changes: tuple[Change, ...]
) -> dict[CommitmentId, _Ended]:
    ended = {
        answered.id: _Ended(
            record.ended,
            answered.outcome,
            answered.becomes,
            answered.reset,
            answered.got_in_the_way,
        )
        for record in records
        for answered in record.answered
    }
    for change in changes:
        ended[change.commitment] = _Ended(change.at, change.outcome, change.becomes)
    return ended


def open_commitments(state: CircleState) -> tuple[Commitment, ...]:
    """The open commitments, oldest first, without those of members who have left."""
    gone = {member.id for member in state.circle.members if member.left is not None}
    return tuple(
        sorted(
            (each for each in _ledger(state).open if each.member not in gone),
            key=lambda commitment: commitment.since,
        )
    )


def chain(state: CircleState, commitment: CommitmentId) -> tuple[Link, ...]:
    """The history of `commitment`: the first one it goes back to and each reset, oldest first."""
    ledger = _ledger(state)
    promised, ended = ledger.promised, ledger.ended
    before = {end.becomes: made for made, end in ended.items() if end.becomes is not None}
    # A dict keeps the order and notices a chain that loops, which an edited file may have.
    ids = {commitment: None}
    latest = commitment
    while (earlier := before.get(latest)) is not None and earlier not in ids:
        ids[earlier] = None
        latest = earlier
    return tuple(
        _link(promised[each], ended.get(each)) for each in reversed(ids) if each in promised
    )


def _link(promise: Commitment, end: _Ended | None) -> Link:
    if end is None:
        return Link(promise.text, promise.since)
    return Link(
        promise.text, promise.since, end.outcome, end.reset, end.got_in_the_way, ended=end.at
    )


def kept_in_cycle(state: CircleState, cycle: int) -> tuple[Commitment, ...]:
    """The commitments kept at the meetings of a cycle, in the order of the meetings."""
    promised = _ledger(state).promised
    return tuple(
        promised[answered.id]
        for record in state.records
        if record.cycle == cycle
        for answered in record.answered
        if answered.outcome is Outcome.KEPT and answered.id in promised
    )


def daily_of(state: CircleState, member: MemberId) -> tuple[Commitment, ...]:
    """A member's open commitments that are asked every day."""
    return tuple(
        commitment
        for commitment in open_commitments(state)
        if commitment.member == member and commitment.daily
    )


def days_kept(wins: Iterable[Win], commitment: CommitmentId) -> tuple[date, ...]:
    """The days on which a daily commitment was kept, oldest first."""
    return tuple(sorted(kept.day for kept in wins if kept.commitment == commitment))


def ids_of_member(state: CircleState, member: MemberId) -> frozenset[CommitmentId]:
    """The ids of all commitments that a member ever made."""
    return frozenset(each.id for each in _ledger(state).promised.values() if each.member == member)


def all_promised(state: CircleState) -> Mapping[CommitmentId, Commitment]:
    """Every commitment ever made, by id."""
    return _ledger(state).promised


def all_ids(state: CircleState) -> frozenset[CommitmentId]:
    """The ids of every commitment ever made."""
    return frozenset(_ledger(state).promised)


def next_id(state: CircleState) -> int:
    """The first number not yet used in a commitment's id ("c31-hs9w2k4f1q")."""
    # Cached, because each view of home needs it, and a long past has thousands.
    return _next_id_of(_ByIdentity(state.records), _ByIdentity(state.changes))


@lru_cache(maxsize=2)
def _next_id_of(
    records: _ByIdentity[tuple[MeetingRecord, ...]], changes: _ByIdentity[tuple[Change, ...]]
) -> int:
    ids = [made.id for record in records.value for made in record.made]
    ids += [change.becomes for change in changes.value if change.becomes is not None]
    return next_number(each for each in ids if each.startswith("c"))


# Between two meetings


def parse_commitment(raw: str) -> str:
    """The cleaned text of a commitment. Raises `RuleError` if it is empty or too long."""
    cleaned = text.words(raw)
    if not cleaned:
        raise RuleError("A commitment needs words. Type one or two lines.")
    return cleaned


@blocked_by_meeting(_BLOCKED_BY_MEETING)
def renegotiate(
    state: CircleState, now: datetime, commitment: CommitmentId, words: str
) -> CircleState:
    """Renegotiate an open commitment: it gets a new text and keeps its due date and wins."""
    present = _open(state, commitment)
    cleaned = parse_commitment(words)
    if cleaned == present.text:
        raise RuleError("That's what it says already.")
    becomes = CommitmentId(numbered_id("c", next_id(state), now))
    changed = Change(
        commitment=commitment,
        at=now,
        outcome=Outcome.CHANGED,
        becomes=becomes,
        text=cleaned,
        due=present.due,
        daily=present.daily,
    )
    # It is the same commitment in other words, so this week's wins still count.
    wins = tuple(
        Win(becomes, earlier_win.day) if earlier_win.commitment == commitment else earlier_win
        for earlier_win in state.wins
    )
    return replace(state, changes=(*state.changes, changed), wins=wins)


@blocked_by_meeting(_BLOCKED_BY_MEETING)
def release(state: CircleState, now: datetime, commitment: CommitmentId) -> CircleState:
    """Let an open commitment go."""
    _open(state, commitment)
    released = Change(commitment=commitment, at=now, outcome=Outcome.RELEASED)
    return replace(state, changes=(*state.changes, released))


@blocked_by_meeting(_BLOCKED_BY_MEETING)
def set_due(state: CircleState, now: datetime, commitment: CommitmentId, typed: str) -> CircleState:
    """Set when a commitment comes up: on the typed day, or at the next meeting if empty."""
    _open(state, commitment)
    if text.clean(typed).casefold() in {"", NEXT}:
        return _with_promise_changed(state, commitment, due=NEXT)
    day = date_reading.read_coming_day(state.circle, typed, now)
    return _with_promise_changed(state, commitment, due=day.isoformat())


@blocked_by_meeting(_BLOCKED_BY_MEETING)
def set_daily(state: CircleState, now: datetime, commitment: CommitmentId) -> CircleState:
    """Turn the daily question for a commitment on or off."""
    return _with_promise_changed(state, commitment, daily=not _open(state, commitment).daily)


def day_answered(circle: Circle, now: datetime, *, yesterday: bool = False) -> date:
    """The day that a daily answer given `now` belongs to, on the circle's own calendar.

    Until four in the morning that is the evening before. `yesterday` is the day before the date,
    at any hour.
    """
    local = now.astimezone(circle.tz)
    evening_before = yesterday or local.hour < dates.DAY_TURNS_AT
    return local.date() - timedelta(days=1 if evening_before else 0)


@CircleCommand
def record_win(
    state: CircleState,
    now: datetime,
    commitment: CommitmentId,
    did: bool,
    *,
    day: date | None = None,
) -> CircleState:
    """Note whether a daily commitment was kept on `day`, or else on the day answered `now`.

    A day on which it was not kept is not stored.
    """
    if not _open(state, commitment).daily:
        raise RuleError("That isn't a daily commitment. You can make it one under commitments.")
    if day is None:
        day = day_answered(state.circle, now)
    elif day < day_answered(state.circle, chain(state, commitment)[0].since):
        raise RuleError("That commitment is newer than that day. Answer for today.")
    others = tuple(each for each in state.wins if (each.commitment, each.day) != (commitment, day))
    return replace(state, wins=(*others, Win(commitment, day)) if did else others)


def _open(state: CircleState, commitment: CommitmentId) -> Commitment:
    """The open commitment with that id. Raises `RuleError` if there is none."""
    for candidate in open_commitments(state):
        if candidate.id == commitment:
            return candidate
    raise RuleError("That commitment isn't open any more.")


def _with_promise_changed(
    state: CircleState, commitment: CommitmentId, **changes: object
) -> CircleState:
    """The state with fields of one commitment changed, without ending it."""
    for at, each in enumerate(state.changes):
        if each.becomes == commitment:
            changed = replace(each, **changes)
            return replace(state, changes=_with_item(state.changes, at, changed))
    # Search the newest records first, because most open commitments are recent.
    for at in reversed(range(len(state.records))):
        record = state.records[at]
        for place, made in enumerate(record.made):
            if made.id == commitment:
                kept = _with_item(record.made, place, replace(made, **changes))
                record = replace(record, made=kept)
                return replace(state, records=_with_item(state.records, at, record))
    return state


def _with_item(items: tuple[_Value, ...], at: int, item: _Value) -> tuple[_Value, ...]:
    return (*items[:at], item, *items[at + 1 :])
