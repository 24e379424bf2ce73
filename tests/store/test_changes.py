"""What became of commitments between meetings, as it is read from a file."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from circle_tui.core import commitments
from circle_tui.core.circle import Circle
from circle_tui.core.history import History
from circle_tui.core.record import Record
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.failures import Unreadable


@pytest.mark.parametrize("due", ["soon", "", "2026-02-30", "2026-04-02T10:00"])
def test_a_change_that_comes_up_on_no_day_makes_the_file_unreadable_and_names_the_place(
    tmp_path: Path, circle: Circle, record_of: Callable[..., Record], due: str
) -> None:
    file = CircleFile.create(tmp_path, circle)
    record = replace(record_of(1), answered=())
    history = History(circle=circle, records=(record,))
    history = commitments.change(history, record.ended + timedelta(days=1), "c1", "Other words")
    file.save(history)
    assert file.read().changes == history.changes
    tables = json.loads(file.path.read_text())
    tables["changes"]["1"]["due"] = due
    file.path.write_text(json.dumps(tables))
    with pytest.raises(Unreadable, match="amiss in changes, document 1") as said:
        file.read()
    assert "Other words" not in str(said.value)
