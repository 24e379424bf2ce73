"""Any circle and records are read as they were written."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from circle_tui.core.checked import FIRST_YEAR, LAST_YEAR
from circle_tui.core.circle.circle import Circle, Member, Rhythm
from circle_tui.core.circle.continuity import extended
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.state import CircleState
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec.file_contents import decode, encode

from .histories import CIRCLES, RECORDS, numbered


@given(circle=CIRCLES, records=st.lists(RECORDS, max_size=3))
def test_any_circle_and_records_are_read_as_they_were_written(
    circle: Circle, records: list[MeetingRecord]
) -> None:
    state = CircleState(circle=circle, records=numbered(records))
    raw = encode(state).to_bytes()
    assert decode(raw).state == state
    on_one_line = json.dumps(json.loads(raw)).encode()
    assert decode(on_one_line).state == state


@given(record=RECORDS)
def test_a_record_is_read_from_a_real_file_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, record: MeetingRecord
) -> None:
    circle = Circle(
        name="Harbour",
        format="pod",
        length=timedelta(minutes=30),
        share=timedelta(minutes=7),
        response=timedelta(minutes=1),
        rhythm=Rhythm(1, "week"),
        cycle=13,
        first=datetime(2026, 3, 5, 10, 0, 30),  # noqa: DTZ001 - wall time
        zone="Asia/Kathmandu",
        members=(Member("m1", "Ana", datetime(2026, 3, 5, tzinfo=UTC)),),
    )
    file = CircleFile.create(tmp_path_factory.mktemp("circle"), circle)
    circle = file.read().circle
    file.add(record)
    assert file.read() == extended(CircleState(circle=circle, records=(record,)))
    before = file.path.stat().st_ino
    file.add(record)
    assert file.path.stat().st_ino == before


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "America/St_Johns"])
@pytest.mark.parametrize(
    "moment",
    [
        datetime(FIRST_YEAR, 1, 1, tzinfo=UTC),
        datetime(LAST_YEAR, 12, 31, 23, 59, 59, tzinfo=UTC),
    ],
)
def test_the_earliest_and_latest_moments_are_read_as_they_were_written(
    circle: Circle, record_of: Callable[..., MeetingRecord], zone: str, moment: datetime
) -> None:
    record = structs.replace(record_of(1), started=moment, ended=moment, next=moment)
    state = CircleState(circle=structs.replace(circle, zone=zone), records=(record,))
    assert decode(encode(state).to_bytes()).state == state
