"""Nothing that was said gets to whoever reads who came: not by any form, message, or memory."""

import json
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pyarrow import parquet as arrow

from circle_tui.core.attendance.figures import ALL_DATES
from circle_tui.reports import command, parquet
from circle_tui.service.clock import ManualClock
from circle_tui.service.reviews import CircleReview, reviews
from circle_tui.store.attendance_reader import UnreadableFile

from .canaries import CANARY, NOW, fill_folder, tables_with_canaries, tables_with_wrong_words


@pytest.fixture(scope="module")
def circles(tmp_path_factory: pytest.TempPathFactory, full: bool) -> Path:
    """A fifth of the damage; all of it with `--full`."""
    return fill_folder(tmp_path_factory.mktemp("circles"), every=1 if full else 5)


@pytest.fixture(scope="module")
def some_circles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fifteenth of the damage: a form differs by how it shows lines, not by which they are."""
    return fill_folder(tmp_path_factory.mktemp("some_circles"), every=15)


@pytest.fixture(scope="module")
def read(circles: Path) -> list[CircleReview | UnreadableFile]:
    """What is read of all of them."""
    return list(reviews([circles], NOW))


def test_a_canary_stands_in_every_table_and_in_all_that_is_damaged(
    read: list[CircleReview | UnreadableFile],
) -> None:
    """Else what follows would say nothing."""
    for table in tables_with_canaries().values():
        assert all(CANARY in json.dumps(document) for document in table.values())
    whole = [each for each in read if isinstance(each, CircleReview)]
    unread = [each for each in read if isinstance(each, UnreadableFile)]
    assert min(len(whole), len(unread)) > 10
    assert {each.path.name for each in whole} >= {"a.json"}
    assert all(CANARY.encode() in each.path.read_bytes() for each in read)


def test_the_line_about_a_file_that_cannot_be_read_quotes_nothing_of_it(
    read: list[CircleReview | UnreadableFile],
) -> None:
    for each in read:
        if isinstance(each, UnreadableFile):
            assert CANARY not in str(each).casefold()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("form", sorted(command.FORMS))
@pytest.mark.parametrize("seats", [False, True])
def test_no_form_of_a_review_shows_what_was_said(
    some_circles: Path, capsys: pytest.CaptureFixture[str], form: str, seats: bool
) -> None:
    command.write_review([some_circles], form, ALL_DATES, ManualClock(NOW), seats=seats)
    shown = capsys.readouterr()
    assert "Harbour" in shown.out
    assert "couldn't be read" in shown.err
    assert CANARY not in (shown.out + shown.err).casefold()


@pytest.mark.parametrize("names", [parquet.real_names, lambda: parquet.anonymous_names(b"key")])
def test_no_export_holds_what_was_said(
    some_circles: Path, names: Callable[[], parquet.Names]
) -> None:
    file, table = BytesIO(), BytesIO()
    assert parquet.write_parquet(reviews([some_circles], NOW), names(), file, pytest.fail, table)
    for each in (file, table):
        assert CANARY not in repr(arrow.read_table(each).to_pylist()).casefold()
        assert CANARY not in repr(arrow.read_schema(each).metadata).casefold()
        # The rows are compressed, what is reckoned about them beside them is not.
        assert CANARY.encode() not in each.getvalue()


_IN_MEMORY = """
import gc, sys
from datetime import UTC, datetime
from pathlib import Path
from circle_tui.service.reviews import reviews
from circle_tui.core.attendance.roster import order_of
from circle_tui.reports import csv_report, json_report, svg_report, text_report
from circle_tui.core.attendance.figures import ALL_DATES

found = list(reviews([Path(sys.argv[1])], datetime(2027, 3, 5, tzinfo=UTC)))
forms = (json_report.as_json, text_report.as_text, svg_report.as_svg, csv_report.as_csv)
written = [list(form(found, ALL_DATES, order_of(False))) for form in forms]

needles = [each[::-1] for each in sys.argv[2:]]
hits = [0] * len(needles)
seen, waiting = set(map(id, needles)), gc.get_objects()
while waiting:
    each = waiting.pop()
    if id(each) in seen:
        continue
    seen.add(id(each))
    if isinstance(each, str | bytes):
        said = each if isinstance(each, str) else each.decode("latin-1")
        hits = [n + (needle in said) for n, needle in zip(hits, needles)]
    else:
        waiting += gc.get_referents(each)
print(*hits)
"""


def test_nothing_in_memory_holds_it_after_reading(circles: Path) -> None:
    backwards = (CANARY[::-1], "Harbour"[::-1])
    done = subprocess.run(
        (sys.executable, "-c", _IN_MEMORY, str(circles), *backwards),
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.stderr == ""
    words, names = map(int, done.stdout.split())
    assert names > 20
    assert words == 0


def test_words_are_passed_over_whatever_they_are(tmp_path: Path, full: bool) -> None:
    """What is read of a file cannot depend on what is not."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps(tables_with_canaries()))
    (plain,) = reviews([path], NOW)
    assert isinstance(plain, CircleReview)
    odd = list(tables_with_wrong_words())
    assert len(odd) > 100
    for found in odd if full else odd[::5]:
        path.write_text(json.dumps(found))
        (one,) = reviews([path], NOW)
        assert isinstance(one, CircleReview), found
        if all(each.get("looked_back", 0) is not None for each in found["sessions"].values()):
            assert one == plain


def test_what_is_kept_of_a_review_is_facts(circles: Path) -> None:
    (one,) = reviews([circles / "a.json"], NOW)
    assert isinstance(one, CircleReview)
    assert "Harbour" in repr(one)
    assert CANARY not in repr(one)
