"""Acts between two meetings, through the service and onto the disk, in short and long lives."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

from circle_tui.core.circle import commitments, membership
from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.record import (
    CommitmentResult,
    MeetingRecord,
    NewCommitment,
    Outcome,
    Reset,
)
from circle_tui.core.circle.state import CircleState
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from tests.bench import circles
from tests.bench.figures import Figure, least, timed

SHORT, LONG = 26, 260
ROUNDS = 40
PEOPLE = 20
NOW = datetime(2026, 3, 5, 10, tzinfo=UTC)


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as place:
        services = {
            number: CircleService(
                circles.make(Path(place) / str(number), number), ManualClock(datetime.now(UTC))
            )
            for number in (SHORT, LONG)
        }
        for what, make in ACTS.items():
            acts = [make(services[number]) for number in (SHORT, LONG)]
            for act in acts:
                act()
            short, long = least(*map(timed, acts), rounds=ROUNDS)
            yield Figure(f"{what}, after {LONG} ÷ {SHORT} meetings", long / short, 2.5)
            yield Figure(f"the same after {LONG}, in milliseconds", long * 1000, unit=" ms")
        for service in services.values():
            service.close()
    yield from _chain()


def _rename(service: CircleService) -> Callable[[], None]:
    names = cycle(("Zoe", "Ana"))
    return lambda: service.execute(membership.rename, "m1", next(names))


def _set_daily(service: CircleService) -> Callable[[], None]:
    made = commitments.open_commitments(service.state)[0].id
    return lambda: service.execute(commitments.set_daily, made)


def _undo_and_redo(service: CircleService) -> Callable[[], None]:
    def act() -> None:
        service.undo()
        service.redo()

    return act


ACTS: dict[str, Callable[[CircleService], Callable[[], None]]] = {
    "renaming a member": _rename,
    "making a commitment daily": _set_daily,
    "undo and redo": _undo_and_redo,
}


def _chain() -> Iterator[Figure]:
    """One commitment of each of many people, missed and made again at every meeting."""
    circle = make_circle(
        "Bench", ", ".join(f"P{at}" for at in range(PEOPLE)), "peer-circle", zone="UTC", now=NOW
    )
    records = tuple(_record(number) for number in range(1, LONG + 1))
    chains = []

    def chain() -> None:
        # Another state each time: nothing that was kept of an earlier one helps.
        state = CircleState(circle=circle, records=(*records,))
        chains.append(commitments.chain(state, f"c{LONG}-0"))

    (taken,) = least(timed(chain), rounds=10)
    assert {len(each) for each in chains} == {LONG}
    what = f"the chain of a commitment, {PEOPLE} people × {LONG} meetings"
    yield Figure(what, taken * 1000, 60, unit=" ms")


def _record(number: int) -> MeetingRecord:
    started = NOW + timedelta(weeks=number)
    return MeetingRecord(
        id=started.isoformat(),
        number=number,
        cycle=1,
        started=started,
        ended=started,
        attendance={},
        made=tuple(
            NewCommitment(f"c{number}-{at}", f"m{at + 1}", "I read a page") for at in range(PEOPLE)
        ),
        answered=tuple(
            CommitmentResult(
                f"c{number - 1}-{at}", Outcome.MISSED, "", Reset.AGAIN, f"c{number}-{at}"
            )
            for at in range(PEOPLE)
        )
        if number > 1
        else (),
    )
