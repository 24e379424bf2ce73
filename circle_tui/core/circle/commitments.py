"""Commitments as they stand: open ones, and the chains behind them.

Invariant: derived from records and from what was changed between meetings, never stored beside
them. A commitment is open from its promise until it is answered; what it became is one of its
own. No count of anything is ever made here (field guide, 1).
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from circle_tui.core import dates, text
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.command import CircleCommand, blocked_by_meeting
from circle_tui.core.circle.record import MeetingRecord, Outcome, Reset
from circle_tui.core.circle.state import Change, CircleState, Win
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import next_number, numbered_id

NEXT = "next"

_Value = TypeVar("_Value")

_MEETING_ASKS_FOR_THEM = (
    "A meeting is under way: esc, and enter goes on with it; its commitments wait for it."
)
"""The meeting has its own copy of what is open, and what it says of it must not be overtaken."""


class Commitment(Struct, frozen=True, gc=False):
    """A promise that is open. `since` is when it was made (aware UTC)."""

    id: str
    member: str
    text: str
    due: str
    since: datetime
    daily: bool = False

    def comes_up(self, on: date) -> bool:
        """Whether a meeting on that day asks for it."""
        return self.due == NEXT or date.fromisoformat(self.due) <= on


class Link(Struct, frozen=True, gc=False):
    """One promise of a chain, and how and when it ended; `outcome` is None for an open one."""

    text: str
    since: datetime
    outcome: Outcome | None = None
    reset: Reset | None = None
    got_in_the_way: str = ""
    ended: datetime | None = None


class _Ended(Struct, frozen=True, gc=False):
    at: datetime
    outcome: Outcome
    becomes: str | None = None
    reset: Reset | None = None
    got_in_the_way: str = ""


class _Ledger(NamedTuple):
    """Everything that was ever promised, and how it ended, by id."""

    promised: dict[str, Commitment]
    ended: dict[str, _Ended]


class _Same(Generic[_Value]):
    """Stands for a value in a cache: equal only to another that stands for the very same one."""

    def __init__(self, value: _Value) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value


def _ledger(state: CircleState) -> _Ledger:
    # A screen asks for it once for each member and each commitment.
    return _ledger_of(_Same(state.records), _Same(state.changes))


@lru_cache(maxsize=2)
def _ledger_of(
    records: _Same[tuple[MeetingRecord, ...]], changes: _Same[tuple[Change, ...]]
) -> _Ledger:
    return _Ledger(_promised(records.value, changes.value), _ended(records.value, changes.value))


def _promised(
    records: tuple[MeetingRecord, ...], changes: tuple[Change, ...]
) -> dict[str, Commitment]:
    promised = {
        made.id: Commitment(made.id, made.member, made.text, made.due, record.ended, made.daily)
        for record in records
        for made in record.made
    }
    # Oldest first, so that a change of a change finds its owner.
    for change in changes:
        before = promised.get(change.commitment)
        if change.becomes is not None and before is not None:
            promised[change.becomes] = Commitment(
                change.becomes, before.member, change.text, change.due, change.at, change.daily
            )
    return promised


def _ended(records: tuple[MeetingRecord, ...], changes: tuple[Change, ...]) -> dict[str, _Ended]:
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
    """What is open, in the order in which it was promised; nothing of those who have left."""
    ledger = _ledger(state)
    gone = {member.id for member in state.circle.members if member.left is not None}
    return tuple(
        sorted(
            (
                each
                for each in ledger.promised.values()
                if each.id not in ledger.ended and each.member not in gone
            ),
            key=lambda each: each.since,
        )
    )


def chain(state: CircleState, commitment: str) -> tuple[Link, ...]:
    """From the first promise through its resets to `commitment`, oldest first."""
    promised, ended = _ledger(state)
    before = {end.becomes: made for made, end in ended.items() if end.becomes is not None}
    # A dict, because a file may hold a chain that runs into itself.
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


def kept_in(state: CircleState, cycle: int) -> tuple[Commitment, ...]:
    """What was kept at the meetings of a cycle, in the order of the meetings."""
    promised = _ledger(state).promised
    return tuple(
        promised[answered.id]
        for record in state.records
        if record.cycle == cycle
        for answered in record.answered
        if answered.outcome is Outcome.KEPT and answered.id in promised
    )


def daily_of(state: CircleState, member: str) -> tuple[Commitment, ...]:
    """A member's open commitments that are asked for every day."""
    return tuple(each for each in open_commitments(state) if each.member == member and each.daily)


def won(wins: Iterable[Win], commitment: str) -> tuple[date, ...]:
    """The days, oldest first, on which a commitment was kept; days without are not in it."""
    return tuple(sorted(each.day for each in wins if each.commitment == commitment))


def of_member(state: CircleState, member: str) -> frozenset[str]:
    """The ids of everything a member ever promised."""
    return frozenset(each.id for each in _ledger(state).promised.values() if each.member == member)


def all_ids(state: CircleState) -> frozenset[str]:
    """The ids of everything that was ever promised."""
    return frozenset(_ledger(state).promised)


def next_id(state: CircleState) -> int:
    """The first number not yet used in a commitment's id ("c31-hs9w2k4f1q")."""
    return next_number(each for each in _ids(state) if each.startswith("c"))


def _ids(state: CircleState) -> Iterator[str]:
    for record in state.records:
        yield from (made.id for made in record.made)
    yield from (change.becomes for change in state.changes if change.becomes is not None)


# Between two meetings


def worded(raw: str) -> str:
    """The words of a commitment as typed. Raises `RuleError` where there are none, or too many."""
    cleaned = text.words(raw)
    if not cleaned:
        raise RuleError("A commitment needs words: type one or two lines.")
    return cleaned


@blocked_by_meeting(_MEETING_ASKS_FOR_THEM)
def change(state: CircleState, now: datetime, commitment: str, words: str) -> CircleState:
    """Renegotiate an open commitment: it goes on with new words, its due date and its wins."""
    present = _open(state, commitment)
    cleaned = worded(words)
    if cleaned == present.text:
        raise RuleError("That is what it says already.")
    becomes = numbered_id("c", next_id(state), now)
    changed = Change(
        commitment=commitment,
        at=now,
        outcome=Outcome.CHANGED,
        becomes=becomes,
        text=cleaned,
        due=present.due,
        daily=present.daily,
    )
    # Other words for the same promise: what was won this week stays won.
    wins = tuple(
        Win(becomes, each.day) if each.commitment == commitment else each for each in state.wins
    )
    return replace(state, changes=(*state.changes, changed), wins=wins)


@blocked_by_meeting(_MEETING_ASKS_FOR_THEM)
def release(state: CircleState, now: datetime, commitment: str) -> CircleState:
    """Let an open commitment go."""
    _open(state, commitment)
    released = Change(commitment=commitment, at=now, outcome=Outcome.RELEASED)
    return replace(state, changes=(*state.changes, released))


@blocked_by_meeting(_MEETING_ASKS_FOR_THEM)
def set_due(state: CircleState, now: datetime, commitment: str, typed: str) -> CircleState:
    """When it comes up: a day, as typed, or at the next meeting where nothing is typed."""
    _open(state, commitment)
    if text.clean(typed).casefold() in {"", NEXT}:
        return _rewritten(state, commitment, due=NEXT)
    day = dates.read_coming_day(state.circle, typed, now)
    return _rewritten(state, commitment, due=day.isoformat())


@blocked_by_meeting(_MEETING_ASKS_FOR_THEM)
def set_daily(state: CircleState, now: datetime, commitment: str) -> CircleState:
    """Ask for it every day, or no more."""
    return _rewritten(state, commitment, daily=not _open(state, commitment).daily)


def day_answered(circle: Circle, now: datetime, *, yesterday: bool = False) -> date:
    """The day that a daily answer given `now` belongs to, on the circle's own calendar.

    Until four in the morning that is the evening before. `yesterday` is the day before the date,
    at any hour.
    """
    local = now.astimezone(circle.tz)
    evening_before = yesterday or local.hour < dates.DAY_TURNS_AT
    return local.date() - timedelta(days=1 if evening_before else 0)


@CircleCommand
def win(
    state: CircleState, now: datetime, commitment: str, did: bool, *, day: date | None = None
) -> CircleState:
    """Whether a daily commitment was kept on `day`, or else on the day that is answered `now`.

    A day without is not kept anywhere.
    """
    if not _open(state, commitment).daily:
        raise RuleError("That commitment is not a daily one: make it one among the commitments.")
    if day is None:
        day = day_answered(state.circle, now)
    elif day < day_answered(state.circle, chain(state, commitment)[0].since):
        raise RuleError("That commitment is newer than that day: answer for today.")
    others = tuple(each for each in state.wins if (each.commitment, each.day) != (commitment, day))
    return replace(state, wins=(*others, Win(commitment, day)) if did else others)


def _open(state: CircleState, commitment: str) -> Commitment:
    for each in open_commitments(state):
        if each.id == commitment:
            return each
    raise RuleError("That commitment is not open any more.")


def _rewritten(state: CircleState, commitment: str, **changes: object) -> CircleState:
    """With the promise itself changed where it was made; it ends nothing."""
    for at, each in enumerate(state.changes):
        if each.becomes == commitment:
            changed = replace(each, **changes)
            return replace(state, changes=_with_item(state.changes, at, changed))
    # What is open was mostly made lately.
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
