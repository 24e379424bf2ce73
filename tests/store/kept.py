"""A state with two of everything, and what a stranger finds and does in its file."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from msgspec import structs

from circle_tui.core.attendance.facts import Cancelled, CycleChoice
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.record import (
    HealthCheck,
    MeetingRecord,
    NewCommitment,
    Outcome,
    Retrospective,
)
from circle_tui.core.circle.state import Change, CheckIn, CircleState, Clause, Covenant, Trade, Win
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError

from .conftest import NOW

RecordOf = Callable[..., MeetingRecord]
Edit = Callable[[dict[str, Any]], object]

DAY = timedelta(days=1)
NAMES = (
    "members",
    "sessions",
    "covenants",
    "changes",
    "wins",
    "checkins",
    "trades",
    "cancelled",
)
NEW = NAMES[2:]


def full_history(circle: Circle, record_of: RecordOf) -> CircleState:
    """A state with two of everything, and every field in use."""
    ana, ben, chloe = circle.members
    return CircleState(
        circle=structs.replace(
            circle,
            twelve_hours=True,
            prompts=("Danke", "Was fiel dir auf?"),
            woken=NOW,
            told_of_three=True,
            members=(
                ana,
                structs.replace(ben, away=NOW + DAY),
                structs.replace(chloe, left=NOW + 2 * DAY),
                structs.replace(ana, id="m4", name="Someone", left=NOW, forgotten=True),
            ),
        ),
        records=(
            structs.replace(
                record_of(1),
                made=(
                    NewCommitment("c1", "m2", "Read", "2026-05-01", daily=True),
                    NewCommitment("c7", "m1", "Run"),
                ),
            ),
            structs.replace(
                record_of(2),
                looked_back=Retrospective(
                    choice=CycleChoice.REDESIGN, worked="we came", change="less talk"
                ),
                vitality=HealthCheck("week 6", {"Do we come, and on time?": "partly"}),
                next=None,
            ),
        ),
        covenants=(
            Covenant(version=1, written=NOW, clauses={Clause.PURPOSE: "To listen"}),
            Covenant(
                version=2,
                written=NOW + DAY,
                clauses={Clause.PURPOSE: "To hear", Clause.MISSED: "We call"},
                review=date(2026, 6, 1),
                signatures={"m1": NOW, "m2": NOW + DAY},
            ),
        ),
        changes=(
            Change(
                commitment="c1",
                at=NOW + DAY,
                outcome=Outcome.CHANGED,
                becomes="c8",
                text="Read a page",
                due="2026-05-02",
                daily=True,
            ),
            Change(commitment="c7", at=NOW + 2 * DAY, outcome=Outcome.RELEASED),
        ),
        wins=(Win("c8", date(2026, 3, 20)), Win("c8", date(2026, 3, 22))),
        checkins=(
            CheckIn(id="i1", member="m1", at=NOW + DAY, text="It goes well"),
            CheckIn(id="i2", member="m2", at=NOW + 2 * DAY, text="It rains"),
        ),
        trades=(
            Trade(week=date(2026, 3, 16), member="m1", sent=True),
            Trade(week=date(2026, 3, 16), member="m2", received=True),
        ),
        cancelled=(
            Cancelled(id="x1", cycle=1, planned=NOW + 3 * DAY, at=NOW + 2 * DAY),
            Cancelled(
                id="x2",
                cycle=1,
                planned=NOW + 5 * DAY,
                at=NOW + 3 * DAY,
                rebooked=NOW + 9 * DAY,
                rebooked_at=NOW + 4 * DAY,
            ),
        ),
    )


def before(file: CircleFile) -> Path:
    """The version before."""
    return file.path.with_name(f"{file.path.name}.bak")


def told(file: CircleFile) -> dict[str, Any]:
    """What plain JSON finds in the file."""
    found: dict[str, Any] = json.loads(file.path.read_bytes())
    return found


def edit(file: CircleFile, change: Edit) -> dict[str, Any]:
    """Edit the file as a stranger would, let it be read where it can, and say what it holds."""
    found = told(file)
    change(found)
    file.path.write_text(json.dumps(found), encoding="ascii")
    with suppress(LoadError):
        file.read()
    return found


def contents(file: CircleFile) -> dict[str, tuple[bytes, int]]:
    """Every file in the folder, byte for byte and by its inode."""
    return {
        path.name: (path.read_bytes(), path.stat().st_ino) for path in file.path.parent.iterdir()
    }
