"""Several files of one circle: the newest counts, and the others are compared with it."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.attendance.copies import (
    Version,
    by_first_meeting,
    difference,
    newest,
    origin,
    same_circles,
)
from circle_tui.core.attendance.facts import AttendanceFacts
from circle_tui.core.circle.circle import Member

from .meetings import START, circle_of, record

CIRCLE = circle_of(3, id="one")
HOUR = timedelta(hours=1)


def version(
    meetings: int, hours: int = 0, *, yan: bool = False, under_way: bool = False
) -> Version:
    """A file with `meetings` meetings, saved `hours` hours after the start."""
    members = CIRCLE.members + ((Member("m9", "Yan", START + HOUR),) if yan else ())
    records = tuple(record(number) for number in range(1, meetings + 1))
    facts = AttendanceFacts(circle=replace(CIRCLE, members=members), records=records)
    return Version(facts, START + hours * HOUR, under_way)


@pytest.mark.parametrize(
    ("versions", "counts"),
    [
        ([version(2), version(3), version(1)], 1),
        # More meetings count for more, even if it was saved earlier.
        ([version(2, 9), version(3, 0)], 1),
        ([version(2, 0), version(2, 9)], 1),
        ([version(2), version(2)], 0),
        # A file with a meeting under way counts for most.
        ([version(2, 0, under_way=True), version(3, 9)], 0),
    ],
)
def test_the_newest_version_counts(versions: list[Version], counts: int) -> None:
    assert newest(versions) == counts


def met(first: str, circle_id: str = "") -> Version:
    """A file of a circle whose first meeting has that id, "" for none."""
    records = (replace(record(1), id=first),) if first else ()
    circle = replace(CIRCLE, id=circle_id)
    return Version(AttendanceFacts(circle=circle, records=records), START)


@pytest.mark.parametrize(
    ("versions", "circles"),
    [
        ([met("a"), met("a"), met("")], [[0, 1, 2]]),
        ([met("a"), met("b"), met("a")], [[0, 2], [1]]),
        # Without a meeting it may be of either, and so it is of neither.
        ([met("a"), met("b"), met("")], [[0], [1], [2]]),
        # With one id they are one, whatever somebody did to their meetings.
        ([met("a", "one"), met("b", "one")], [[0, 1]]),
        # A copy without an id is of the circle whose meeting it has.
        ([met("a", "one"), met("a"), met("b")], [[0, 1], [2]]),
        ([met("", "one"), met("a"), met("b")], [[0], [1], [2]]),
        ([met("", "one"), met("a")], [[0, 1]]),
    ],
)
def test_two_first_meetings_are_two_circles(
    versions: list[Version], circles: list[list[int]]
) -> None:
    assert by_first_meeting(versions) == circles


@pytest.mark.parametrize(
    ("copy", "counts", "said"),
    [
        (version(1), version(2), "without the meeting of 19 March 2026"),
        (version(0), version(2), "without the meeting of 5 March 2026 and the meeting of 19 March"),
        (version(0), version(5), "without 5 meetings"),
        (version(2), version(2, yan=True), "without Yan"),
        (version(1), version(2, yan=True), "without the meeting of 19 March 2026 and Yan"),
        (version(1, yan=True), version(2), "without the meeting of 19 March 2026 but with Yan"),
        (version(1), version(1), "with the same meetings and members"),
    ],
)
def test_the_difference_of_a_copy_is_described_with_the_time_it_was_saved(
    copy: Version, counts: Version, said: str
) -> None:
    told = difference(copy, counts)
    assert told.startswith("saved on 5 March 2026 at 10:00, ")
    assert said in told


def test_circles_are_distinguished_by_id_and_old_files_by_their_first_meeting() -> None:
    one, other = origin(CIRCLE), origin(replace(CIRCLE, id="other"))
    old = origin(replace(CIRCLE, id=""))
    other_circle = origin(replace(CIRCLE, id="", name="Friday"))
    later_version = replace(
        CIRCLE, name="Renamed", members=version(0, yan=True).facts.circle.members
    )
    assert same_circles([one, other, origin(later_version)]) == [[0, 2], [1]]
    assert same_circles([old, other_circle, old]) == [[0, 2], [1]]
    # An old copy of a circle that has got an id since.
    assert same_circles([one, old]) == [[0, 1]]
    # Either circle may be meant, so the file counts as a copy of neither.
    assert same_circles([one, other, old]) == [[0], [1], [2]]


def test_an_old_file_is_recognised_although_members_joined_or_left_since() -> None:
    circle = replace(CIRCLE, id="")
    later = (*circle.members[:2], replace(circle.members[2], left=START))
    later = (*later, Member("m9", "Yan", START + HOUR))
    assert len(same_circles([origin(circle), origin(replace(circle, members=later))])) == 1
