"""Circles with so many finished meetings, as the program writes them: records of some 3 kB."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from msgspec.structs import replace

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.health_check import CHECKS
from circle_tui.core.circle.record import (
    CommitmentResult,
    HealthCheck,
    MeetingRecord,
    NewCommitment,
    Outcome,
    Reset,
    Retrospective,
)
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import making, signing, ways
from circle_tui.core.contracts.contract import Way
from circle_tui.store.circle_file import CircleFile

PEOPLE = ("Ana", "Ben", "Caz", "Dee", "Eli")
DAY = timedelta(days=1)
CYCLE = 6
"""Meetings; none of the numbers of meetings that are measured ends one."""
_WORDS = (
    "I review each pull request within a working day",
    "and say what I learned from it",
    "before the others ask",
)

_RENEWED = Retrospective(choice=CycleChoice.RENEW, worked="", change="")


def make(folder: Path, meetings: int, name: str = "Bench", seed: int = 1) -> CircleFile:
    """A circle that has met once a day, last yesterday. Nothing but the next meeting is due."""
    random = Random(seed)
    now = datetime.now(UTC).replace(microsecond=0)
    began = now - (meetings + 1) * DAY
    circle = make_circle(name, ", ".join(PEOPLE), "peer-circle", zone="UTC", now=began)
    circle = replace(circle, cycle=CYCLE)
    records = tuple(_record(random, number, began) for number in range(1, meetings + 1))
    # No check is due: the first meetings have answered them all.
    records = tuple(
        replace(record, vitality=HealthCheck(CHECKS[at][0], {})) if at < len(CHECKS) else record
        for at, record in enumerate(records)
    )
    file = CircleFile.create(folder, circle)
    file.save(CircleState(circle=circle, records=records))
    return file


def make_contracts(file: CircleFile, count: int) -> None:
    """Contracts that go on, signed by two each; every second one is graded by each other."""
    state, now = file.read(), datetime.now(UTC).replace(microsecond=0)
    for at in range(count):
        people = (f"m{1 + at % 5}", f"m{1 + (at + 1 + at // 5 % 4) % 5}")
        state = making.make(state, now, "design-feedback", people)
        contract = state.contracts[-1].contract
        if at % 2:
            state = ways.set_way(state, now, contract, Way.GRADED)
        for member in people:
            state = signing.sign(state, now, contract, member)
    file.save(state)


def _record(random: Random, number: int, began: datetime) -> MeetingRecord:
    started = began + number * DAY

    def words() -> str:
        return " ".join(random.choices(_WORDS, k=4))

    made = tuple(NewCommitment(f"c{number}-{at}", f"m{1 + at % 5}", words()) for at in range(8))
    answered = tuple(
        CommitmentResult(
            f"c{number - 1}-{at}", Outcome.MISSED, words()[:60], Reset.SMALLER, f"c{number}-{at}"
        )
        for at in range(8)
    )
    return MeetingRecord(
        id=started.isoformat(),
        number=number,
        cycle=1 + (number - 1) // CYCLE,
        started=started,
        ended=started + timedelta(minutes=57),
        opener=f"m{1 + number % 5}",
        order=tuple(f"m{1 + (number + at) % 5}" for at in range(5)),
        attendance={
            f"m{at}": random.choices(tuple(Attendance), (16, 1, 1, 1, 1))[0] for at in range(1, 6)
        },
        guests=0,
        made=made,
        answered=answered if number > 1 else (),
        next=started + DAY,
        looked_back=_RENEWED if number % CYCLE == 0 else None,
        reaches_out={},
    )
