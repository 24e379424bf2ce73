"""Whatever circle and records there may be, they come back as they were."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from circle_tui.core import text
from circle_tui.core.circle import FORMATS, Circle, Member, Rhythm
from circle_tui.core.record import Answered, Attendance, Made, Outcome, Record, Reset
from circle_tui.store import documents, storage
from circle_tui.store.circle_file import CircleFile

# Round trips

WORDS = st.text(max_size=60).map(text.clean).map(text.clean)
IDS = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0))
ZONES = st.sampled_from(
    [
        "Europe/London",
        "Asia/Kathmandu",
        "Africa/Monrovia",
        "Pacific/Apia",
        "America/St_Johns",
        "UTC",
    ]
)
MADE = st.builds(
    Made,
    id=IDS,
    member=IDS,
    text=WORDS,
    due=st.just("next") | st.dates().map(lambda day: day.isoformat()),
)
ANSWERED = st.builds(
    Answered,
    id=IDS,
    outcome=st.sampled_from(Outcome),
    got_in_the_way=WORDS,
    reset=st.none() | st.sampled_from(Reset),
    becomes=st.none() | IDS,
)
RECORDS = st.builds(
    Record,
    id=IDS,
    number=st.integers(1, 10_000),
    cycle=st.integers(1, 1000),
    started=MOMENTS,
    ended=MOMENTS,
    opener=st.none() | IDS,
    order=st.lists(IDS, max_size=5).map(tuple),
    attendance=st.dictionaries(IDS, st.sampled_from(Attendance), max_size=5),
    guests=st.integers(0, 99),
    made=st.lists(MADE, max_size=3, unique_by=lambda made: made.id).map(tuple),
    answered=st.lists(ANSWERED, max_size=3).map(tuple),
    next=st.none() | MOMENTS,
    reaches_out=st.dictionaries(IDS, IDS, max_size=3),
)
NAMES = st.text(min_size=1, max_size=15).map(text.clean).map(text.clean)
CIRCLES = st.builds(
    Circle,
    name=NAMES.filter(lambda name: any(each.isalpha() for each in name)),
    format=st.sampled_from(list(FORMATS)),
    length=st.integers(5, 480).map(lambda minutes: timedelta(minutes=minutes)),
    share=st.integers(1, 3600).map(lambda seconds: timedelta(seconds=seconds)),
    response=st.integers(0, 600).map(lambda seconds: timedelta(seconds=seconds)),
    rhythm=st.builds(
        Rhythm, every=st.integers(1, 99), unit=st.sampled_from(["day", "week", "month"])
    ),
    cycle=st.integers(1, 99),
    first=st.datetimes(
        min_value=datetime(1900, 1, 1),  # noqa: DTZ001 - wall time
        max_value=datetime(9000, 1, 1),  # noqa: DTZ001 - wall time
    ).map(lambda first: first.replace(microsecond=0)),
    zone=ZONES,
    members=st.lists(
        st.builds(Member, id=IDS, name=st.just("Ana"), joined=MOMENTS),
        min_size=1,
        max_size=5,
        unique_by=lambda member: member.id,
    ).map(tuple),
    digits=st.booleans(),
    bell=st.booleans(),
    overtime=st.booleans(),
    sample=st.booleans(),
)


@settings(deadline=None)
@given(circle=CIRCLES, records=st.lists(RECORDS, max_size=3))
def test_what_is_written_is_read(circle: Circle, records: list[Record]) -> None:
    tables = documents.tables_of(circle)
    for place, record in enumerate(records, 1):
        # Ids stand for one thing: here, by their place.
        record = structs.replace(
            record,
            id=f"meeting-{place}",
            made=tuple(structs.replace(made, id=f"{place}-{made.id}") for made in record.made),
        )
        records[place - 1] = record
        tables["sessions"][str(place)] = documents.document_of(record, circle)
    raw = json.dumps(tables).encode()
    read = documents.read_tables(storage.parse(raw))
    assert read == (circle, tuple(sorted(records, key=lambda record: record.number)))


@settings(deadline=None)
@given(record=RECORDS)
def test_a_record_goes_through_a_real_file(
    tmp_path_factory: pytest.TempPathFactory, record: Record
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
    file.add(record)
    assert file.read() == (circle, (record,))
    before = file.path.stat().st_ino
    file.add(record)
    assert file.path.stat().st_ino == before


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "America/St_Johns"])
@pytest.mark.parametrize("end", [datetime.min, datetime.max])  # noqa: DTZ901 - made UTC below
def test_the_ends_of_time_come_back_too(
    circle: Circle, record_of: Callable[..., Record], zone: str, end: datetime
) -> None:
    moment = end.replace(tzinfo=UTC, microsecond=0)
    record = structs.replace(record_of(1), started=moment, ended=moment, next=moment)
    document = documents.document_of(record, structs.replace(circle, zone=zone))
    assert documents.read_record(document) == record
