"""Rows by circle, cycle and meeting, in a CSV, a page and a spreadsheet."""

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

from circle_tui.core.attendance.figures import ALL_DATES, alphabetical, count_attendance
from circle_tui.reports.csv_report import as_csv
from circle_tui.reports.html_report import as_html
from circle_tui.reports.tables import TABLES
from circle_tui.service.reviews import CircleReview, reviews
from circle_tui.store.attendance_reader import UnreadableFile

from .canaries import CANARY, NOW, damaged_tables, tables_with_canaries, with_own_id
from .sample_facts import SPRING, UNREAD, at, facts_with_names, joined, reviewed

HOSTILE = '<script>alert("1")</script>&'


def rows(by: str, *each: object, **more: object) -> list[dict[str, str]]:
    chunks = as_csv(each, ALL_DATES, alphabetical, by)  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(joined(chunks), newline="")))


def test_by_circle_there_is_a_row_for_each() -> None:
    (row,) = rows("circle", reviewed(), UNREAD)
    assert row["circle"] == "Harbour"
    assert (row["members"], row["held"], row["planned"]) == ("3", "3", "4")
    assert (row["came"], row["expected"], row["attendance"]) == ("7", "11", "0.6364")
    assert (row["excused"], row["last_met"]) == ("2", "2026-04-04T10:00:00+01:00")
    assert (row["signs"], row["overdue"], row["as_of"]) == ("cancelled", "no", "")


def test_a_circle_that_never_met_has_a_row_too() -> None:
    facts = facts_with_names("New", "Ana")
    new = reviewed(of=type(facts)(circle=facts.circle), now=at(2))
    (row,) = rows("circle", new)
    assert (row["last_met"], row["attendance"], row["held"]) == ("", "", "0")


def test_by_cycle_a_cut_is_shown_and_what_was_chosen() -> None:
    one, two = rows("cycle", reviewed())
    assert (one["came"], one["expected"], one["excused"], one["choice"]) == ("5", "8", "2", "renew")
    assert (two["held"], two["cancelled"], two["part"], two["choice"]) == ("1", "3", "no", "")
    assert rows("cycle", reviewed(SPRING))[0]["part"] == "yes"


def test_the_rows_of_each_table_add_up_to_the_same() -> None:
    whole = reviewed()
    held = [meeting for cycle in whole.review.cycles for meeting in cycle.held]
    came, expected = count_attendance(held)
    for by in ("circle", "cycle", "meeting"):
        found = rows(by, whole)
        assert sum(int(row["came"] or 0) for row in found) == came, by
        assert sum(int(row["expected"] or 0) for row in found) == expected, by
    members = [row for row in rows("member", whole) if row["member"]]
    assert sum(int(row["came"]) for row in members) == came
    assert len(members) == expected


def test_no_table_but_who_came_names_anybody() -> None:
    for by in ("circle", "cycle", "meeting"):
        assert "name" not in TABLES[by].columns
        assert not any("Ana" in row.values() for row in rows(by, reviewed()))


# A page to print


class _Page(HTMLParser):
    """What a browser makes of a page: its tags, its links and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [each or "" for name, each in attrs if name in {"src", "href"}]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def page(*each: object) -> _Page:
    found = _Page()
    found.feed(joined(as_html(each, ALL_DATES, alphabetical)))  # type: ignore[arg-type]
    return found


def test_a_page_has_an_overview_and_a_part_for_each_circle() -> None:
    other = reviewed(of=facts_with_names("Pier", "Zoe"))
    found = page(reviewed(), other, UNREAD)
    assert found.tags.count("section") == 2
    assert found.loads == ["#c1", "#c2"]
    said = " ".join(" ".join(found.text).split())
    for each in ("Harbour", "Pier", "3 of 4", "Cycle 1 · 5 of 8 came, 62% · 2 excused", "Chloé"):
        assert each in said
    assert str(UNREAD) in said


def test_a_bar_is_as_high_as_its_cycles_attendance_and_says_so_in_words() -> None:
    whole = joined(as_html([reviewed()], ALL_DATES, alphabetical))
    row = whole[whole.index("<tbody>") : whole.index("</tbody>")]
    cycles = [each for each in reviewed().review.cycles if each.held]
    full = {float(each) for each in re.findall(r'class="all"[^>]* height="(\d+)"', row)}
    came = [float(each) for each in re.findall(r'class="came"[^>]* height="(\d+)"', row)]
    assert len(full) == 1
    ratios = [each.attendance.ratio or 0 for each in cycles]
    assert [each / full.copy().pop() for each in came] == pytest.approx(ratios, abs=0.05)
    said = ", ".join(f"cycle {each.number}: {each.attendance.ratio:.0%}" for each in cycles)
    assert f"<title>{said}</title>" in row
    # One more bar below the heading of each cycle.
    assert whole.count("<svg") == 1 + len(cycles)
    assert "<script" not in whole
    assert "url(" not in whole


def test_names_are_text_and_nothing_else() -> None:
    found = page(reviewed(of=facts_with_names(HOSTILE, HOSTILE)))
    assert "script" not in found.tags
    assert HOSTILE in "".join(found.text)
    assert set(found.loads) == {"#c1"}


# No word in any of them


@pytest.fixture(scope="module")
def circles(tmp_path_factory: pytest.TempPathFactory) -> list[CircleReview | UnreadableFile]:
    """What is read of circles with a canary in all that was said; read once."""
    folder = tmp_path_factory.mktemp("circles")
    (folder / "a.json").write_text(json.dumps(tables_with_canaries()))
    for number, found in enumerate(damaged_tables()):
        if number % 20 == 0:
            own = json.dumps(with_own_id(found, number))
            (folder / f"invalid-{number}.json").write_text(own)
    return list(reviews([folder], NOW))


@pytest.mark.parametrize("by", TABLES)
def test_no_table_holds_what_was_said(
    circles: list[CircleReview | UnreadableFile], by: str
) -> None:
    said = joined(as_csv(circles, ALL_DATES, alphabetical, by))
    assert "Harbour" in said
    assert CANARY not in said.casefold()


def test_no_sheet_holds_what_was_said_and_a_formula_is_text(
    circles: list[CircleReview | UnreadableFile],
) -> None:
    pytest.importorskip("xlsxwriter")
    from circle_tui.reports.xlsx_report import write_xlsx

    formula = reviewed(of=facts_with_names("=1+1", "@SUM(A1)"))
    file = io.BytesIO()
    write_xlsx([*circles, formula], alphabetical, file)
    with zipfile.ZipFile(file) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    text = b"".join(parts.values()).decode("utf-8", "replace")
    assert "Harbour" in text
    assert "=1+1" in text
    assert "<f>" not in text
    assert CANARY not in text.casefold()
    assert [name for name in parts if "worksheets/sheet" in name] != []


def test_a_sheet_that_is_full_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("xlsxwriter")
    from circle_tui.reports import xlsx_report
    from circle_tui.store.errors import SaveError

    monkeypatch.setattr(xlsx_report, "MOST_ROWS", 3)
    with pytest.raises(SaveError, match="too many rows for a spreadsheet"):
        xlsx_report.write_xlsx(
            [reviewed(), UnreadableFile(Path("x"), "y")], alphabetical, io.BytesIO()
        )
