"""Several files of one circle: the newest counts, and what differs is said of the others."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.attendance.copies import Version, difference, newest, origin, same_circles
from circle_tui.core.attendance.facts import AttendanceFacts
from circle_tui.core.circle.circle import Member

from .meetings import START, circle_of, record

CIRCLE = circle_of(3, id="one")
HOUR = timedelta(hours=1)


def version(
    meetings: int, hours: int = 0, *, yan: bool = False, under_way: bool = False
) -> Version:
    """A file with so many meetings, saved so many hours after the start."""
    members = CIRCLE.members + ((Member("m9", "Yan", START + HOUR),) if yan else ())
    records = tuple(record(number) for number in range(1, meetings + 1))
    facts = AttendanceFacts(circle=replace(CIRCLE, members=members), records=records)
    return Version(facts, START + hours * HOUR, under_way)


@pytest.mark.parametrize(
    ("versions", "counts"),
    [
        ([version(2), version(3), version(1)], 1),
        # More was held, though it was saved before.
        ([version(2, 9), version(3, 0)], 1),
        ([version(2, 0), version(2, 9)], 1),
        ([version(2), version(2)], 0),
        # Whoever is in the middle of a meeting goes on there.
        ([version(2, 0, under_way=True), version(3, 9)], 0),
    ],
)
def test_the_newest_counts(versions: list[Version], counts: int) -> None:
    assert newest(versions) == counts


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
def test_what_differs_is_said_with_when_it_was_saved(
    copy: Version, counts: Version, said: str
) -> None:
    told = difference(copy, counts)
    assert told.startswith("saved on 5 March 2026 at 10:00, ")
    assert said in told


def test_circles_are_told_apart_by_their_ids_and_old_files_by_their_beginning() -> None:
    one, other = origin(CIRCLE), origin(replace(CIRCLE, id="other"))
    old = origin(replace(CIRCLE, id=""))
    elsewhere = origin(replace(CIRCLE, id="", name="Friday"))
    grown = replace(CIRCLE, name="Renamed", members=version(0, yan=True).facts.circle.members)
    assert same_circles([one, other, origin(grown)]) == [[0, 2], [1]]
    assert same_circles([old, elsewhere, old]) == [[0, 2], [1]]
    # An old copy of a circle that has got an id since.
    assert same_circles([one, old]) == [[0, 1]]
    # Either may be meant, so neither is.
    assert same_circles([one, other, old]) == [[0], [1], [2]]


def test_people_who_joined_or_left_since_do_not_make_another_circle_of_an_old_file() -> None:
    circle = replace(CIRCLE, id="")
    later = (*circle.members[:2], replace(circle.members[2], left=START))
    later = (*later, Member("m9", "Yan", START + HOUR))
    assert len(same_circles([origin(circle), origin(replace(circle, members=later))])) == 1
