"""Any history that a file may hold can be reviewed in every form, or a line says why not."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from circle_tui.core.attendance.figures import ALL_DATES, DateRange
from circle_tui.core.attendance.roster import order_of
from circle_tui.core.checked import LAST_YEAR
from circle_tui.core.circle.circle import Circle, Rhythm
from circle_tui.core.circle.state import CircleState
from circle_tui.reports.command import FORMS
from circle_tui.service.reviews import CircleReview, reviews
from circle_tui.store import atomic
from circle_tui.store.attendance_reader import UnreadableFile
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec.file_contents import encode

from .conftest import NOW
from .full_state import RecordOf
from .histories import HISTORIES

RANGES = st.just(ALL_DATES) | st.builds(
    lambda days: DateRange(*sorted(days)), st.tuples(st.dates(), st.dates())
)


def test_any_history_can_be_reported_in_every_form(tmp_path: Path, full: bool) -> None:
    path = tmp_path / "any.json"
    seen = set()

    @settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=2000 if full else 12,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(state=HISTORIES, within=RANGES, seats=st.booleans())
    def check_every_form(state: CircleState, within: DateRange, seats: bool) -> None:
        path.unlink(missing_ok=True)
        atomic.create_file(path, encode(state).to_bytes())
        found = list(reviews([path], NOW, within))
        said = {name: "".join(form(found, within, order_of(seats))) for name, form in FORMS.items()}
        seen.add(type(found[0]))
        told = json.loads(said["json"])
        assert len(told["circles"]) + len(told["unreadable"]) == 1
        for row in csv.DictReader(io.StringIO(said["csv"], newline="")):
            assert None not in row
            assert None not in row.values()
        assert ElementTree.fromstring(said["svg"]) is not None
        for each in found:
            name = each.path.name if isinstance(each, UnreadableFile) else each.review.circle.name
            assert name in said["text"]

    check_every_form()
    # Which examples hypothesis tries depends on the loaded modules too; few files are unreadable.
    assert CircleReview in seen


def test_a_circle_with_the_latest_readable_dates_is_reviewed(
    tmp_path: Path, circle: Circle, record_of: RecordOf
) -> None:
    # No other rhythm reaches further, and no time zone is further ahead.
    seldom = structs.replace(circle, rhythm=Rhythm(1000, "month"), zone="Pacific/Kiritimati")
    started = datetime(LAST_YEAR, 12, 31, 23, tzinfo=UTC)
    far = structs.replace(record_of(1), started=started, ended=started, next=None)
    state = CircleState(circle=seldom, records=(far,))
    atomic.create_file(tmp_path / "far.json", encode(state).to_bytes())
    (reviewed,) = reviews([tmp_path], NOW)
    assert isinstance(reviewed, CircleReview)
    assert reviewed.review.next is not None
    assert reviewed.review.next.astimezone(seldom.tz).year > LAST_YEAR


@pytest.mark.parametrize("field", ["started", "next"])
def test_a_circle_with_an_impossible_date_does_not_stop_the_review_of_others(
    tmp_path: Path, circle: Circle, record_of: RecordOf, field: str
) -> None:
    for name, year in (("far", 9999), ("near", 2026)):
        raw = encode(CircleState(circle=circle, records=(record_of(1),))).to_bytes()
        tables = json.loads(raw)
        tables["sessions"]["1"][field] = f"{year}-03-05T10:00:00Z"
        (tmp_path / f"{name}.json").write_text(json.dumps(tables))
    unread, near = reviews([tmp_path], NOW)
    assert str(unread).startswith(f"{tmp_path / 'far.json'} couldn't be read: it has something")
    assert isinstance(near, CircleReview)


def test_progress_is_reported_for_every_file(tmp_path: Path, circle: Circle) -> None:
    CircleFile.create(tmp_path, circle)
    (tmp_path / "torn.json").write_bytes(b"{")
    told: list[tuple[int, int]] = []
    reading = reviews([tmp_path, tmp_path / "gone"], NOW, progress=lambda *each: told.append(each))
    next(reading)
    assert told == []
    assert len(list(reading)) == 2
    assert told == [(1, 3), (2, 3), (3, 3)]
