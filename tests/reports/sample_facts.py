"""One small circle in which everything happened that a review can show."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from circle_tui.core.attendance.facts import (
    Attendance,
    AttendanceFacts,
    Cancelled,
    CycleChoice,
    CycleEnd,
    HeldMeeting,
)
from circle_tui.core.attendance.figures import ALL_DATES, DateRange, review
from circle_tui.core.circle.circle import Circle, Member, make_circle
from circle_tui.service.reviews import CircleReview
from circle_tui.store.attendance_reader import UnreadableFile

PATH = Path("circles/harbour.json")
SPRING = DateRange(date(2026, 3, 19), date(2026, 4, 2))

PRESENT, LATE, LEFT_EARLY, EXCUSED, ABSENT = Attendance
DAY = timedelta(days=1)


def at(day: int, month: int = 3, hour: int = 10) -> datetime:
    """A moment in 2026."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


NOW = at(25, 4)


def circle() -> Circle:
    """Chloé, Ana and Ben from the start; Ben left, Dev came, Eve is away for a while."""
    made = make_circle(
        "Harbour",
        "Chloé, Ana, Ben",
        "peer-circle",
        first=datetime(2026, 3, 5, 10, 0),  # noqa: DTZ001 - wall time
        zone="Europe/London",
        now=at(1),
    )
    chloe, ana, ben = made.members
    return replace(
        made,
        members=(
            chloe,
            ana,
            replace(ben, left=at(20)),
            Member("m4", "Dev", at(19, hour=12)),
            Member("m5", "Eve", at(1), away=at(30)),
        ),
    )


def held_meeting(
    number: int, cycle: int, started: datetime, opener: str, **said: object
) -> HeldMeeting:
    """A meeting of an hour; each of `said` by its field."""
    fields = {"guests": 0, "next": None, "looked_back": None, **said}
    return HeldMeeting(
        id=f"h{number}",
        number=number,
        cycle=cycle,
        started=started,
        ended=started + timedelta(hours=1),
        opener=opener,
        **fields,  # type: ignore[arg-type]
    )


def facts() -> AttendanceFacts:
    """Four meetings in two cycles; of three cancelled ones, one found no other date."""
    return AttendanceFacts(
        circle=circle(),
        records=(
            held_meeting(
                1,
                1,
                at(5),
                "m1",
                attendance={"m1": PRESENT, "m2": LATE, "m3": LEFT_EARLY, "m5": ABSENT},
                guests=1,
                next=at(19),
            ),
            held_meeting(
                2,
                1,
                at(19),
                "m2",
                attendance={"m1": PRESENT, "m2": PRESENT, "m3": EXCUSED, "m5": EXCUSED},
                guests=2,
                next=at(2, 4, 9),
                looked_back=CycleEnd(CycleChoice.RENEW),
            ),
            held_meeting(
                3,
                2,
                # The clocks went forward in between: it is still ten o'clock.
                at(4, 4, 9),
                "m4",
                attendance={"m1": ABSENT, "m2": PRESENT, "m4": PRESENT},
                next=at(16, 4, 9),
            ),
        ),
        cancelled=(
            Cancelled(
                id="x1",
                cycle=2,
                planned=at(2, 4, 9),
                at=at(1, 4, 9),
                rebooked=at(4, 4, 9),
                rebooked_at=at(2, 4, 9),
            ),
            Cancelled(
                id="x2",
                cycle=2,
                planned=at(16, 4, 9),
                at=at(14, 4, 9),
                rebooked=at(20, 4, 9),
                rebooked_at=at(17, 4, 9),
            ),
            Cancelled(id="x3", cycle=2, planned=at(20, 4, 9), at=at(19, 4, 9)),
        ),
    )


UNREAD = UnreadableFile(Path("circles/torn.json"), "it's damaged")


def reviewed(
    within: DateRange = ALL_DATES,
    of: AttendanceFacts | None = None,
    path: Path = PATH,
    now: datetime = NOW,
) -> CircleReview:
    """The review of the small circle, or of other facts."""
    return CircleReview(path, review(of or facts(), now, within))


def facts_with_names(circle_name: str, *members: str) -> AttendanceFacts:
    """A circle of these names that met once, as a file has them: nobody asks who typed them."""
    first = circle()
    return AttendanceFacts(
        circle=replace(
            first,
            name=circle_name,
            members=tuple(Member(f"m{seat}", name, at(1)) for seat, name in enumerate(members, 1)),
        ),
        records=(
            held_meeting(
                1,
                1,
                at(5),
                "m1",
                attendance={f"m{seat}": PRESENT for seat, _ in enumerate(members, 1)},
            ),
        ),
    )


def joined(chunks: Iterable[str]) -> str:
    """All of what comes in pieces."""
    return "".join(chunks)
