"""A state with two of everything, and ways to read and edit its file from outside the program."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from msgspec import structs

from circle_tui.core.attendance.facts import Cancelled, CycleChoice, Trade
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.record import (
    HealthCheck,
    MeetingRecord,
    NewCommitment,
    Outcome,
    Retrospective,
)
from circle_tui.core.circle.state import Change, CheckIn, CircleState, Clause, Covenant, Win
from circle_tui.core.contracts.contract import (
    BallotChoice,
    CommonResult,
    Contract,
    Criterion,
    Ending,
    Graded,
    Judging,
    JudgingStep,
    Line,
    LineKind,
    Panel,
    Part,
    Reviewed,
    TieRule,
)
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError

from .conftest import NOW

RecordOf = Callable[..., MeetingRecord]
JSONEdit = Callable[[dict[str, Any]], object]

DAY = timedelta(days=1)
TABLES = (
    "members",
    "sessions",
    "covenants",
    "changes",
    "wins",
    "checkins",
    "trades",
    "contracts",
    "judgings",
    "cancelled",
)
TABLES_OF_LATER_VERSIONS = TABLES[2:]


def full_history(circle: Circle, record_of: RecordOf) -> CircleState:
    """A state with two of everything, and with every field in use."""
    ana, ben, chloe = circle.members
    return CircleState(
        circle=structs.replace(
            circle,
            twelve_hours=True,
            prompts=("Danke", "Was fiel dir auf?"),
            woken=NOW,
            told_of_three=True,
            judged_a_month=4,
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
        contracts=full_contracts(),
        judgings=full_judgings(),
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


def full_contracts() -> tuple[Contract, ...]:
    """One contract for each way of judging, with every field in use."""
    lines = (Line(LineKind.WILL, "Draw it"), Line(LineKind.NEEDS, "One link"))
    parts = (
        Part(member="m1", lines=lines, stake="Twenty into the box"),
        Part(member="m2", lines=lines),
    )
    graded = Graded(
        by={"m1": "m2", "m2": "m1"},
        criteria=(
            Criterion(name="On the day", weight=2),
            Criterion(name="Useful"),
            Criterion(name="For users", about="effort"),
        ),
        tiers=(("9/10", "1"), ("7/10", "1/2"), ("0", "0")),
        third="m3",
        common=CommonResult(text="It is live", by="m3"),
    )
    panel = Panel(
        voters={"m1": 1, "m2": 2, "m3": 1},
        partly="1/2",
        tie=TieRule.DECIDER,
        decider="m4",
        default="1/2",
    )
    first = Contract(
        contract="k1",
        version=1,
        name="Onboarding",
        template="design-feedback",
        written=NOW,
        scope="One design",
        lasts="until it ships",
        milestone=True,
        starts=date(2026, 3, 5),
        review=date(2026, 3, 19),
        trial="a coffee",
        parts=parts,
        in_touch="Fridays",
        if_changes="Say so",
        judged=graded,
        signatures={"m1": NOW, "m2": NOW},
        accepted={"m3": NOW},
        reached=NOW + DAY,
        opened=NOW + 2 * DAY,
        content={"m1": NOW + 3 * DAY},
        stepped_out={"m2": NOW + 3 * DAY},
        let_go={"m1": NOW + 3 * DAY},
        ended=NOW + 4 * DAY,
        choice=Ending.END,
        worked="The sketches",
        change="Thursday",
        unclear="The tiers",
        settled={"m1": NOW + 5 * DAY},
    )
    reviewed = Reviewed(by={"m1": "m2"}, second="m3", rubric=("outcome", "effort", "quality"))
    return (
        first,
        structs.replace(first, version=2, term=2, judged=panel, trial=None),
        structs.replace(first, contract="k2", judged=reviewed, milestone=False),
        structs.replace(first, contract="k3", judged=None, template=None, review=None),
    )


def full_judgings() -> tuple[Judging, ...]:
    """Steps of judging, with every field in use."""
    return (
        Judging(
            id="j1",
            contract="k1",
            version=1,
            of="m1",
            step=JudgingStep.JUDGED,
            by="m2",
            at=NOW + 2 * DAY,
            comes_back="1/2",
            marks={"On the day": "9/10", "Useful": "17/20", "For users": "1"},
        ),
        Judging(
            id="j2",
            contract="k2",
            version=1,
            of="m1",
            step=JudgingStep.JUDGED,
            by="m2",
            at=NOW + 2 * DAY,
            comes_back="1",
            rubric={"outcome": "=", "effort": "+", "quality": "-"},
            reason="A day late, because the sources had to be checked twice.",
        ),
        Judging(
            id="j3",
            contract="k1",
            version=2,
            of="common",
            step=JudgingStep.COUNTED,
            at=NOW + 2 * DAY,
            comes_back="8/9",
            voted=("m1", "m2", "m3"),
            votes={BallotChoice.MET: "2/3", BallotChoice.PARTLY: "1/3", BallotChoice.NOT_MET: "0"},
        ),
        Judging(
            id="j4",
            contract="k1",
            version=2,
            of="m1",
            step=JudgingStep.TIED,
            at=NOW + 2 * DAY,
            voted=("m1", "m2", "m3"),
            tied=(BallotChoice.MET, BallotChoice.NOT_MET),
        ),
        Judging(
            id="j5",
            contract="k1",
            version=2,
            of="m1",
            step=JudgingStep.THIRD,
            by="m2",
            named="m3",
            at=NOW + 3 * DAY,
        ),
    )


def backup_of(file: CircleFile) -> Path:
    """The path of the backup: the version before the last write."""
    return file.path.with_name(f"{file.path.name}.bak")


def read_json(file: CircleFile) -> dict[str, Any]:
    """The file's content, read as plain JSON."""
    found: dict[str, Any] = json.loads(file.path.read_bytes())
    return found


def edit_json(file: CircleFile, change: JSONEdit) -> dict[str, Any]:
    """Edit the file's JSON from outside, let the program read it if it can, and return the JSON."""
    found = read_json(file)
    change(found)
    file.path.write_text(json.dumps(found), encoding="ascii")
    with suppress(LoadError):
        file.read()
    return found


def folder_contents(file: CircleFile) -> dict[str, tuple[bytes, int]]:
    """Each file in the folder: its bytes and its inode."""
    return {
        path.name: (path.read_bytes(), path.stat().st_ino) for path in file.path.parent.iterdir()
    }
