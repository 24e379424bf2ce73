"""What a circle passes up to the circle above it: single lines of a meeting, by choice.

Invariant: no line is passed up until somebody chooses it. A passed line keeps the text it had then,
and is deleted with the words of its member when they are forgotten.
"""

from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from circle_tui.core import text
from circle_tui.core.circle import commitments
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.correction import require_record
from circle_tui.core.circle.record import MeetingRecord, PassedUp
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import MeetingId, MemberId

WORKED, CHANGE, OWN = "worked", "change", "own"
"""The keys of the lines that belong to the circle as a whole; other keys are commitment ids."""


class PassableLine(NamedTuple):
    """A line that may be passed up, and whether it is `passed`.

    `line` is a commitment's id, or one of the keys above; `member` is None for those.
    """

    line: str
    text: str
    member: MemberId | None
    passed: bool


def lines(state: CircleState, record: MeetingRecord) -> tuple[PassableLine, ...]:
    """What may be passed up of a meeting: commitments by seat, the look back, a line of its own."""
    passed = {each.line: each for each in record.passed_up}
    found: dict[str, tuple[str, MemberId | None]] = {
        each.id: (each.text, each.member) for each in commitments.open_commitments(state)
    }
    if record.looked_back is not None:
        found |= {
            line: (words, None)
            for line, words in (
                (WORKED, record.looked_back.worked),
                (CHANGE, record.looked_back.change),
            )
            if words
        }
    # A line that was passed up keeps its text, also if the commitment is no longer open.
    found |= {line: (each.text, each.member) for line, each in passed.items()}
    seats = {member.id: seat for seat, member in enumerate(state.circle.members)}
    last = len(seats)

    def place(line: str) -> tuple[int, bool]:
        member = found[line][1]
        return last if member is None else seats.get(member, last), line == OWN

    ordered = sorted(found, key=place)
    return tuple(PassableLine(line, *found[line], line in passed) for line in ordered)


@CircleCommand
def switch(state: CircleState, now: datetime, meeting: MeetingId, line: str) -> CircleState:
    """Pass a line of a meeting up, or take it back."""
    record = _require_passing(state, meeting)
    for each in lines(state, record):
        if each.line == line:
            others = tuple(other for other in record.passed_up if other.line != line)
            added = () if each.passed else (PassedUp(line, each.text, each.member),)
            return _with_passed(state, record, (*others, *added))
    raise RuleError("That line isn't there any more.")


@CircleCommand
def write(state: CircleState, now: datetime, meeting: MeetingId, words: str) -> CircleState:
    """Pass up a line that the circle typed itself; empty words take it back."""
    record = _require_passing(state, meeting)
    cleaned = text.words(words)
    others = tuple(other for other in record.passed_up if other.line != OWN)
    added = (PassedUp(OWN, cleaned),) if cleaned else ()
    return _with_passed(state, record, (*others, *added))


def _require_passing(state: CircleState, meeting: MeetingId) -> MeetingRecord:
    if not state.circle.passes_up:
        raise RuleError("Nothing is passed up here. The settings can turn that on.")
    return require_record(state, meeting)


def _with_passed(
    state: CircleState, record: MeetingRecord, passed: tuple[PassedUp, ...]
) -> CircleState:
    after = replace(record, passed_up=passed)
    records = tuple(after if each.id == record.id else each for each in state.records)
    return replace(state, records=records)
