"""Several files of one circle: which are the same circle, which one counts, and what differs.

Programs that sync files leave copies beside a circle's file after a conflict. Every list of circles
uses these rules.

Invariant: if a circle has several files, the newest counts and the others are named. Files with the
same id are of the same circle; a file without an id, as version 0.1 wrote it, is compared by its
name and founders, and by its first meeting. Two circles are never taken for one.
"""

from collections.abc import Hashable, Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from circle_tui.core import text
from circle_tui.core.attendance.facts import AttendanceFacts
from circle_tui.core.circle.circle import CircleFacts


class Origin(Struct, frozen=True):
    """What identifies a circle: its id ("" if it has none), its name and its founders."""

    id: str
    beginning: Hashable


class Version(Struct, frozen=True):
    """One file of a circle; `saved` is when it was written (aware UTC)."""

    facts: AttendanceFacts
    saved: datetime
    under_way: bool = False
    """Whether there is a journal of an open meeting beside it."""


def origin(circle: CircleFacts) -> Origin:
    """The origin of a circle, which is the same in every copy of its file."""
    first = min((member.joined for member in circle.members), default=None)
    founders = frozenset(member.id for member in circle.members if member.joined == first)
    return Origin(circle.id, (circle.name, first, founders))


def same_circles(origins: Sequence[Origin]) -> list[list[int]]:
    """The indexes in `origins`, grouped by circle, in the order of their first index."""
    ids: dict[Hashable, set[str]] = {}
    for each in origins:
        if each.id:
            ids.setdefault(each.beginning, set()).add(each.id)
    found: dict[Hashable, list[int]] = {}
    for at, each in enumerate(origins):
        # A copy without an id is of the circle with the same beginning, if only one has it.
        (since,) = one if len(one := ids.get(each.beginning, set())) == 1 else ("",)
        circle = each.id or since or each.beginning
        found.setdefault(circle, []).append(at)
    return list(found.values())


def by_first_meeting(versions: Sequence[Version]) -> list[list[int]]:
    """The indexes in `versions`, which may be of one circle, in groups that are.

    Files with equal ids are of one circle. Otherwise files with different first meetings are of
    different circles, and a file without meetings is in a group of its own.
    """
    first = [_first_meeting(version) for version in versions]
    ids = {version.facts.circle.id for version in versions}
    if len({each for each in first if each}) < 2 or (len(ids) == 1 and "" not in ids):
        return [list(range(len(versions)))]
    with_id = next((first[at] for at, each in enumerate(versions) if each.facts.circle.id), "")
    groups: dict[Hashable, list[int]] = {}
    for at, version in enumerate(versions):
        group = with_id if version.facts.circle.id else first[at]
        groups.setdefault(group or at, []).append(at)
    return list(groups.values())


def _first_meeting(version: Version) -> str:
    records = version.facts.records
    return records[0].id if records else ""


def newest(versions: Sequence[Version]) -> int:
    """The index of the version that counts: with a meeting under way, or else the newest.

    The newest is the one with more meetings, or with a later last meeting, or saved later.
    """
    return max(range(len(versions)), key=lambda at: _sort_key(versions[at]))


def _sort_key(version: Version) -> tuple[object, ...]:
    ended = [meeting.ended.timestamp() for meeting in version.facts.records]
    return version.under_way, len(ended), max(ended, default=0.0), version.saved


def difference(copy: Version, current: Version) -> str:
    """How `copy` differs from the version that counts, as a part of a sentence."""
    circle = current.facts.circle
    saved = copy.saved.astimezone(circle.tz)
    parts = []
    for without, one, other in (("without", current, copy), ("with", copy, current)):
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
