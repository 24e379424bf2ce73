"""Changes to commitments between meetings, as they are read from a file."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from circle_tui.core.circle import commitments
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.state import CircleState
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError


@pytest.mark.parametrize("due", ["soon", "", "2026-02-30", "2026-04-02T10:00"])
def test_a_change_with_an_invalid_due_date_makes_the_file_unreadable_and_is_named(
    tmp_path: Path, circle: Circle, record_of: Callable[..., MeetingRecord], due: str
) -> None:
    file = CircleFile.create(tmp_path, circle)
    record = replace(record_of(1), answered=())
    state = CircleState(circle=circle, records=(record,))
    state = commitments.renegotiate(state, record.ended + timedelta(days=1), "c1", "Other words")
    file.save(state)
    assert file.read().changes == state.changes
    tables = json.loads(file.path.read_text())
    tables["changes"]["1"]["due"] = due
    file.path.write_text(json.dumps(tables))
    with pytest.raises(LoadError, match="wrong in changes, document 1") as said:
        file.read()
    assert "Other words" not in str(said.value)
