"""A circle whose members have daily commitments, and what they have won."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.record import MeetingRecord, NewCommitment
from circle_tui.core.circle.state import CircleState, Win
from circle_tui.store.circle_file import CircleFile

from .sandbox import Sandbox

RUN, READ, WRITE = "I run before breakfast", "I read ten pages", "I write a page"
BEGAN = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)


def zone_where_it_is(hour: int) -> str:
    """A zone in which it is about that hour now."""
    ahead = (hour - datetime.now(UTC).hour + 12) % 24 - 12
    # These names count the other way round.
    return f"Etc/GMT{-ahead:+d}"


def today_in(zone: str) -> date:
    return datetime.now(ZoneInfo(zone)).date()


def make(
    sandbox: Sandbox,
    *promised: tuple[str, str, bool],
    name: str = "Harbour",
    members: str = "Maya, Marc, Tom",
    wins: tuple[Win, ...] = (),
    hour: int = 12,
) -> CircleFile:
    """A circle that has met once, where it is about that `hour` now.

    `promised` are member, words, and whether daily.
    """
    zone = zone_where_it_is(hour)
    sandbox.environment["TZ"] = zone
    circle = make_circle(name, members, "movement-pod", zone=zone, now=BEGAN)
    made = tuple(
        NewCommitment(f"c{number}", member, words, daily=daily)
        for number, (member, words, daily) in enumerate(promised, 1)
    )
    record = MeetingRecord(
        id="one",
        number=1,
        cycle=1,
        started=BEGAN,
        ended=BEGAN + timedelta(hours=1),
        opener="m1",
        order=("m1",),
        attendance={"m1": Attendance.PRESENT},
        guests=0,
        made=made,
        answered=(),
        next=None,
        reaches_out={},
    )
    file = CircleFile.create(sandbox.sessions, circle)
    file.save(CircleState(circle=circle, records=(record,), wins=wins))
    return file


def one(sandbox: Sandbox, **more: tuple[Win, ...]) -> CircleFile:
    """A circle in which Maya has one daily commitment and another one, and Tom one."""
    promised = (("m1", RUN, True), ("m1", READ, False), ("m3", WRITE, True))
    return make(sandbox, *promised, **more)


def won(file: CircleFile) -> list[str]:
    """The commitments won, once for each day."""
    return [each.commitment for each in file.read().wins]
