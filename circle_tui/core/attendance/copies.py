"""Several files of one circle: which are the same circle, which one counts, and what differs.

Another program may leave copies beside a circle's file, as sync clients do for a conflict. Every
list of circles follows the rules here.

Invariant: of several files of one circle the newest counts, and the others are named. The same
circle has the same id; a file from before circles had ids is told by its name and its founders.
"""

from collections.abc import Hashable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from circle_tui.core import text
from circle_tui.core.attendance.facts import AttendanceFacts
from circle_tui.core.circle.circle import CircleFacts


class Origin(NamedTuple):
    """What tells a circle from any other: its id, empty where it has none, and its beginning."""

    id: str
    beginning: Hashable


class Version(NamedTuple):
    """One file of a circle; `saved` is when it was written (aware UTC)."""

    facts: AttendanceFacts
    saved: datetime
    under_way: bool = False
    """Whether a meeting lies beside it that is not closed."""


def origin(circle: CircleFacts) -> Origin:
    """Where a circle comes from, which stays the same in every copy of its file."""
    first = min((member.joined for member in circle.members), default=None)
    founders = frozenset(member.id for member in circle.members if member.joined == first)
    return Origin(circle.id, (circle.name, first, founders))


def same_circles(origins: Sequence[Origin]) -> list[list[int]]:
    """The places in `origins` of each circle, in the order of the first of them."""
    ids: dict[Hashable, set[str]] = {}
    for each in origins:
        if each.id:
            ids.setdefault(each.beginning, set()).add(each.id)
    found: dict[Hashable, list[int]] = {}
    for at, each in enumerate(origins):
        # An old copy may lack the id that its circle got since, if only one can be meant.
        (since,) = one if len(one := ids.get(each.beginning, set())) == 1 else ("",)
        circle = each.id or since or each.beginning
        found.setdefault(circle, []).append(at)
    return list(found.values())


def newest(versions: Sequence[Version]) -> int:
    """The place of the one that counts: where a meeting is under way, or else the newest.

    That is the one with more meetings, or later ones, or else the one that was saved last.
    """
    return max(range(len(versions)), key=lambda at: _age(versions[at]))


def _age(version: Version) -> tuple[object, ...]:
    ended = [meeting.ended.timestamp() for meeting in version.facts.records]
    return version.under_way, len(ended), max(ended, default=0.0), version.saved


def difference(copy: Version, counts: Version) -> str:
    """How `copy` differs from the version that counts, as a part of a sentence."""
    circle = counts.facts.circle
    saved = copy.saved.astimezone(circle.tz)
    parts = []
    for without, one, other in (("without", counts, copy), ("with", copy, counts)):
        there = {meeting.id for meeting in other.facts.records}
        days = [
            circle.day(meeting.started) for meeting in one.facts.records if meeting.id not in there
        ]
        members = {member.id for member in other.facts.circle.members}
        names = [member.name for member in one.facts.circle.members if member.id not in members]
        differs = [*_meetings(f"{day:%-d %B %Y}" for day in days), *names]
        if differs:
            parts.append(f"{without} {text.join_with_and(differs)}")
    what = " but ".join(parts) or "with the same meetings and members"
    return f"saved on {saved:%-d %B %Y} at {saved:%H:%M}, {what}"


def _meetings(days: Iterable[str]) -> list[str]:
    each = list(days)
    return [f"the meeting of {day}" for day in each] if len(each) < 3 else [f"{len(each)} meetings"]
