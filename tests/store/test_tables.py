"""A whole state in a file: it is read as it was written, and its documents are as designed."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from tinydb import TinyDB

from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.state import CircleState, Clause
from circle_tui.store.circle_file import CircleFile

from .conftest import NOW
from .full_state import (
    DAY,
    TABLES,
    TABLES_OF_LATER_VERSIONS,
    RecordOf,
    backup_of,
    edit_json,
    folder_contents,
    read_json,
)
from .histories import HISTORIES

# Round trips


@given(state=HISTORIES)
def test_any_history_is_read_from_a_real_file_as_written_and_plain_tinydb_reads_it(
    tmp_path_factory: pytest.TempPathFactory, state: CircleState
) -> None:
    file = CircleFile.create(tmp_path_factory.mktemp("circle"), state.circle)
    file.save(state)
    assert file.read() == state
    with TinyDB(file.path) as db:
        assert len(db.table("circle")) == 1
        for name, values in (
            ("members", state.circle.members),
            ("sessions", state.records),
            *((name, getattr(state, name)) for name in TABLES_OF_LATER_VERSIONS),
        ):
            assert len(db.table(name)) == len(values)
    kept = folder_contents(file)
    file.save(state)
    file.save(file.read())
    assert folder_contents(file) == kept


@given(histories=st.lists(HISTORIES, min_size=2, max_size=4))
def test_any_history_can_replace_any_other_and_each_save_leaves_a_backup(
    tmp_path_factory: pytest.TempPathFactory, histories: list[CircleState]
) -> None:
    first, *others = histories
    file = CircleFile.create(tmp_path_factory.mktemp("circle"), first.circle)
    file.save(first)
    for state in (*others, *histories[::-1]):
        as_it_was, changes = file.path.read_bytes(), file.read() != state
        file.save(state)
        assert file.read() == state
        if changes:
            assert backup_of(file).read_bytes() == as_it_was


def test_a_state_with_every_field_in_use_is_read_as_it_was_written(
    file: CircleFile, full_state: CircleState
) -> None:
    assert file.read() == full_state


def test_documents_leave_out_fields_with_default_values(file: CircleFile) -> None:
    with TinyDB(file.path) as db:
        assert db.tables() == {"circle", *TABLES}
        assert db.table("circle").all()[0].items() >= {
            ("twelve_hours", True),
            ("woken", "2026-03-05T10:00:00Z"),
            ("told_of_three", True),
        }
        assert db.table("circle").all()[0]["prompts"] == ["Danke", "Was fiel dir auf?"]
        joined = "2026-03-05T10:00:00Z"
        assert [dict(each) for each in db.table("members").all()] == [
            {"id": "m1", "name": "Ana", "joined": joined},
            {"id": "m2", "name": "Ben", "joined": joined, "away": "2026-03-06T10:00:00Z"},
            {"id": "m3", "name": "Chloé", "joined": joined, "left": "2026-03-07T10:00:00Z"},
            {"id": "m4", "name": "Someone", "joined": joined, "left": joined, "forgotten": True},
        ]
        one, two = db.table("sessions").all()
        assert "looked_back" not in one
        assert "vitality" not in one
        assert [made.get("daily") for made in one["made"]] == [True, None]
        assert two["looked_back"] == {
            "worked": "we came",
            "change": "less talk",
            "choice": "redesign",
        }
        assert two["vitality"] == {
            "check": "week 6",
            "answers": {"Do we come, and on time?": "partly"},
        }
        assert [dict(each) for each in db.table("covenants").all()] == [
            {
                "version": 1,
                "written": "2026-03-05T10:00:00Z",
                "clauses": {"purpose": "To listen"},
                "signatures": {},
            },
            {
                "version": 2,
                "written": "2026-03-06T10:00:00Z",
                "clauses": {"purpose": "To hear", "missed": "We call"},
                "review": "2026-06-01",
                "signatures": {"m1": "2026-03-05T10:00:00Z", "m2": "2026-03-06T10:00:00Z"},
            },
        ]
        assert dict(db.table("changes").all()[0]) == {
            "commitment": "c1",
            "at": "2026-03-06T10:00:00Z",
            "outcome": "changed",
            "becomes": "c8",
            "text": "Read a page",
            "due": "2026-05-02",
            "daily": True,
        }
        assert dict(db.table("wins").all()[0]) == {"commitment": "c8", "day": "2026-03-20"}
        assert dict(db.table("checkins").all()[0]) == {
            "id": "i1",
            "member": "m1",
            "at": "2026-03-06T10:00:00Z",
            "text": "It goes well",
        }
        assert dict(db.table("trades").all()[0]) == {
            "week": "2026-03-16",
            "member": "m1",
            "sent": True,
            "received": False,
        }
        assert [dict(each) for each in db.table("cancelled").all()] == [
            {
                "id": "x1",
                "cycle": 1,
                "planned": "2026-03-08T10:00:00Z",
                "at": "2026-03-07T10:00:00Z",
            },
            {
                "id": "x2",
                "cycle": 1,
                "planned": "2026-03-10T10:00:00Z",
                "at": "2026-03-08T10:00:00Z",
                "rebooked": "2026-03-14T10:00:00Z",
                "rebooked_at": "2026-03-09T10:00:00Z",
            },
        ]


def test_unused_tables_and_fields_are_not_in_the_file(
    tmp_path: Path, circle: Circle, record_of: RecordOf
) -> None:
    file = CircleFile.create(tmp_path / "plain", circle)
    file.save(CircleState(circle=circle, records=(record_of(1),)))
    assert list(read_json(file)) == ["circle", "members", "sessions"]


# Saving without a change


def test_a_difference_of_less_than_a_second_does_not_count_as_a_change(
    file: CircleFile, full_state: CircleState
) -> None:
    kept = folder_contents(file)
    later = timedelta(microseconds=7)
    circle = structs.replace(full_state.circle, woken=NOW + later)
    covenant = structs.replace(
        full_state.covenants[1], signatures={"m1": NOW + later, "m2": NOW + DAY}
    )
    checkin = structs.replace(full_state.checkins[0], at=full_state.checkins[0].at + later)
    file.save(
        structs.replace(
            full_state,
            circle=circle,
            covenants=(full_state.covenants[0], covenant),
            checkins=(checkin, full_state.checkins[1]),
        )
    )
    assert folder_contents(file) == kept


def test_documents_that_are_only_written_differently_are_left_unchanged(
    file: CircleFile, full_state: CircleState
) -> None:
    def rewrite(found: dict[str, Any]) -> None:
        found["checkins"]["1"]["at"] = "2026-03-06T11:00:00+01:00"
        found["members"]["1"]["away"] = None
        del found["changes"]["2"]["text"]
        found["trades"]["2"].pop("sent")
        found["sessions"] = dict(reversed(found["sessions"].items()))

    stands = edit_json(file, rewrite)
    kept = folder_contents(file)
    assert file.read() == full_state
    file.save(full_state)
    assert folder_contents(file) == kept
    file.save(structs.replace(full_state, wins=full_state.wins[:1]))
    now = read_json(file)
    assert {name: now[name] for name in TABLES if name != "wins"} == {
        name: stands[name] for name in TABLES if name != "wins"
    }


def test_a_tables_order_is_stored_and_can_be_changed(
    file: CircleFile, full_state: CircleState
) -> None:
    turned = structs.replace(
        full_state,
        circle=structs.replace(full_state.circle, members=full_state.circle.members[::-1]),
        trades=full_state.trades[::-1],
    )
    file.save(turned)
    assert file.read() == turned
    assert list(read_json(file)["members"]) == ["4", "3", "2", "1"]
    file.save(full_state)
    assert file.read() == full_state


@pytest.mark.parametrize(
    "text", ["a" * 600, '"},{"', "👩‍👩‍👧 ﷽", "[red]x[/]", "{{}} %s $HOME", "\\u0000", "null"]
)
def test_any_text_is_read_as_it_was_written(
    file: CircleFile, full_state: CircleState, text: str
) -> None:
    said = structs.replace(full_state.checkins[0], text=text)
    covenant = structs.replace(full_state.covenants[0], clauses={Clause.BOUNDARIES: text})
    state = structs.replace(
        full_state,
        checkins=(said, full_state.checkins[1]),
        covenants=(covenant, full_state.covenants[1]),
    )
    file.save(state)
    assert file.read() == state
    with TinyDB(file.path) as db:
        assert db.table("checkins").all()[0]["text"] == text
