"""Commands that change the text of a contract: its name, clauses, lines, stakes and dates.

Invariant: text that is too long is refused, never cut; a part has at most five lines. Every change
goes through `amending.change`, so that a signature stays with the text that was signed.
"""

from datetime import datetime
from typing import Literal

from msgspec.structs import replace

from circle_tui.core import date_reading, text
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import lengths, lookup
from circle_tui.core.contracts.amending import change
from circle_tui.core.contracts.contract import Contract, Line, LineKind, Part
from circle_tui.core.contracts.standing import require_not_due
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import ContractId, MemberId

LINES_AT_LEAST, LINES_AT_MOST = 2, 5
LINE_CELLS = 140
LASTS_CELLS = 60
STAKE_CELLS = 80
TRIAL_STAKE = "a coffee"

Sentence = Literal["scope", "in_touch", "if_changes"]
"""The clauses that are one sentence."""


@CircleCommand
def rename(state: CircleState, now: datetime, contract: ContractId, name: str) -> CircleState:
    """Set the name of a contract."""
    return change(state, now, contract, name=text.name(name, "The contract's name"))


@CircleCommand
def set_sentence(
    state: CircleState, now: datetime, contract: ContractId, which: Sentence, words: str
) -> CircleState:
    """Set a clause: what it covers, how the parties keep in touch, what if something changes."""
    return change(state, now, contract, **{which: text.words(words, LINE_CELLS)})


@CircleCommand
def set_length(state: CircleState, now: datetime, contract: ContractId, typed: str) -> CircleState:
    """Set how long it lasts, and so its review date, as typed: "two weeks", "until it ships"."""
    lasts = text.words(typed, LASTS_CELLS)
    length = lengths.read_length(lasts)
    found = require_not_due(state, contract, now)
    return change(
        state,
        now,
        contract,
        lasts=lasts,
        milestone=length.milestone,
        **_begins_today(state, found.newest, now),
        review=lengths.review_date(state, length, now),
    )


@CircleCommand
def set_review(state: CircleState, now: datetime, contract: ContractId, typed: str) -> CircleState:
    """Set the review date, as typed; for a milestone, the latest day."""
    found = require_not_due(state, contract, now)
    day = date_reading.read_coming_day(state.circle, typed, now)
    return change(state, now, contract, review=lengths.check_review(found.newest.starts, day))


@CircleCommand
def add_line(
    state: CircleState,
    now: datetime,
    contract: ContractId,
    member: MemberId,
    kind: LineKind,
    words: str,
) -> CircleState:
    """Add a line to a member's part."""
    part = _part(state, now, contract, member)
    if len(part.lines) >= LINES_AT_MOST:
        raise RuleError("Five lines are the most: take one away first.")
    return _with_lines(state, now, contract, part, (*part.lines, Line(kind, _line(words))))


@CircleCommand
def change_line(
    state: CircleState, now: datetime, contract: ContractId, member: MemberId, at: int, words: str
) -> CircleState:
    """Set the text of the line at index `at`."""
    part = _part(state, now, contract, member)
    line = replace(_line_at(part, at), text=_line(words))
    return _with_lines(state, now, contract, part, (*part.lines[:at], line, *part.lines[at + 1 :]))


@CircleCommand
def next_line_kind(
    state: CircleState, now: datetime, contract: ContractId, member: MemberId, at: int
) -> CircleState:
    """Change a line to the next kind: will, needs, boundary."""
    part = _part(state, now, contract, member)
    kinds = list(LineKind)
    line = _line_at(part, at)
    turned = replace(line, kind=kinds[(kinds.index(line.kind) + 1) % len(kinds)])
    return _with_lines(
        state, now, contract, part, (*part.lines[:at], turned, *part.lines[at + 1 :])
    )


@CircleCommand
def remove_line(
    state: CircleState, now: datetime, contract: ContractId, member: MemberId, at: int
) -> CircleState:
    """Remove a line."""
    part = _part(state, now, contract, member)
    _line_at(part, at)
    return _with_lines(state, now, contract, part, (*part.lines[:at], *part.lines[at + 1 :]))


@CircleCommand
def set_stake(
    state: CircleState, now: datetime, contract: ContractId, member: MemberId, words: str
) -> CircleState:
    """Set a member's stake, in their own words; empty for none."""
    part = _part(state, now, contract, member)
    stake = text.words(words, STAKE_CELLS)
    found = require_not_due(state, contract, now).newest
    if stake and found.judged is None:
        raise RuleError("A stake belongs to a contract that is judged: w chooses how.")
    return change(state, now, contract, parts=_parts(found, replace(part, stake=stake)))


@CircleCommand
def set_trial(
    state: CircleState, now: datetime, contract: ContractId, stake: str | None = TRIAL_STAKE
) -> CircleState:
    """Make the first term a trial of a week with a symbolic stake; None for no trial."""
    found = require_not_due(state, contract, now).newest
    if stake is None:
        if found.trial is None:
            raise RuleError("It isn't a trial.")
        return change(state, now, contract, trial=None, **_in_earnest(state, found, now))
    if found.judged is None:
        raise RuleError("A trial is for a contract that is judged: w chooses how.")
    today = state.circle.day(now)
    return change(
        state,
        now,
        contract,
        trial=text.words(stake, STAKE_CELLS) or TRIAL_STAKE,
        starts=today,
        review=today + lengths.TRIAL,
    )


def _begins_today(state: CircleState, version: Contract, now: datetime) -> dict[str, object]:
    """The changed dates: a length counts from today if nobody has signed, else from the start."""
    return {} if version.signatures else {"starts": state.circle.day(now)}


def _in_earnest(state: CircleState, version: Contract, now: datetime) -> dict[str, object]:
    length = lengths.length_of(version)
    return {
        "starts": state.circle.day(now),
        "review": lengths.review_date(state, length, now),
    }


def _part(state: CircleState, now: datetime, contract: ContractId, member: MemberId) -> Part:
    newest = require_not_due(state, contract, now).newest
    lookup.require_party(state, newest, member)
    part = newest.part(member)
    assert part is not None
    return part


def _line_at(part: Part, at: int) -> Line:
    if not 0 <= at < len(part.lines):
        raise RuleError("That line isn't there.")
    return part.lines[at]


def _line(words: str) -> str:
    cleaned = text.words(words, LINE_CELLS)
    if not cleaned:
        raise RuleError("A line needs words; x takes it away.")
    return cleaned


def _with_lines(
    state: CircleState, now: datetime, contract: ContractId, part: Part, lines: tuple[Line, ...]
) -> CircleState:
    newest = lookup.newest(state, contract)
    return change(state, now, contract, parts=_parts(newest, replace(part, lines=lines)))


def _parts(version: Contract, changed: Part) -> tuple[Part, ...]:
    return tuple(changed if part.member == changed.member else part for part in version.parts)
