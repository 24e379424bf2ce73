"""The CSV form has a row per member and meeting, and is harmless in a spreadsheet."""

import csv
import io
from pathlib import Path

import pytest

from circle_tui.core.attendance.facts import AttendanceFacts
from circle_tui.core.attendance.figures import ALL_DATES, alphabetical, review
from circle_tui.reports.csv_report import as_csv
from circle_tui.reports.tables import COLUMNS

from . import sample_facts
from .sample_facts import (
    NOW,
    PRESENT,
    SPRING,
    UNREAD,
    at,
    facts,
    facts_with_names,
    held_meeting,
    joined,
    reviewed,
)


def sheet(*each: object) -> str:
    return joined(as_csv(each, ALL_DATES, alphabetical))  # type: ignore[arg-type]


def rows(*each: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sheet(*each), newline="")))


def test_a_circle_in_which_everything_happened() -> None:
    heading = ",".join(COLUMNS)
    of = "Harbour,circles/harbour.json"
    first, second, third = (
        "2026-03-05T10:00:00+00:00",
        "2026-03-19T10:00:00+00:00",
        "2026-04-04T10:00:00+01:00",
    )
    expected = [
        heading,
        f"{of},1,1,{first},m2,Ana,late,1,1,,,,",
        f"{of},1,1,{first},m3,Ben,left early,1,1,,,,",
        f"{of},1,1,{first},m1,Chloé,present,1,1,,,,",
        f"{of},1,1,{first},m5,Eve,absent,0,1,,,,",
        f"{of},1,2,{second},m2,Ana,present,1,2,,,,",
        f"{of},1,2,{second},m3,Ben,excused,0,2,,,,",
        f"{of},1,2,{second},m1,Chloé,present,1,2,,,,",
        f"{of},1,2,{second},m5,Eve,excused,0,2,,,,",
        f"{of},2,,,,,,,,2026-04-02T10:00:00+01:00,2026-04-01T10:00:00+01:00,"
        "2026-04-04T10:00:00+01:00,yes",
        f"{of},2,3,{third},m2,Ana,present,1,0,,,,",
        f"{of},2,3,{third},m1,Chloé,absent,0,0,,,,",
        f"{of},2,3,{third},m4,Dev,present,1,0,,,,",
        f"{of},2,,,,,,,,2026-04-16T10:00:00+01:00,2026-04-14T10:00:00+01:00,"
        "2026-04-20T10:00:00+01:00,no",
        f"{of},2,,,,,,,,2026-04-20T10:00:00+01:00,2026-04-19T10:00:00+01:00,,no",
    ]
    assert sheet(UNREAD, reviewed()) == "".join(f"{line}\r\n" for line in expected)


def test_the_mean_of_came_is_the_attendance() -> None:
    for cycle in review(facts(), NOW).cycles:
        came = [
            int(row["came"])
            for row in rows(reviewed())
            if row["came"] and row["cycle"] == str(cycle.number)
        ]
        assert sum(came) / len(came) == cycle.attendance.ratio


def test_members_stand_in_the_order_that_is_asked_for() -> None:
    by_seat = csv.DictReader(
        io.StringIO(joined(as_csv([reviewed()], ALL_DATES, tuple)), newline="")
    )
    assert [row["name"] for row in by_seat][:4] == ["Chloé", "Ana", "Ben", "Eve"]


def test_a_range_leaves_out_what_lies_outside() -> None:
    found = rows(reviewed(SPRING))
    assert {row["meeting"] for row in found} == {"2", ""}
    assert len(found) == 5


def test_a_meeting_that_expected_nobody_has_a_row_all_the_same() -> None:
    alone = held_meeting(1, 1, at(5), "m1", attendance={}, guests=3)
    (row,) = rows(reviewed(of=AttendanceFacts(circle=sample_facts.circle(), records=(alone,))))
    assert (row["meeting"], row["guests"], row["member"], row["came"]) == ("1", "3", "", "")


def test_somebody_whom_only_a_meeting_names_is_not_left_out() -> None:
    edited = held_meeting(1, 1, at(5), "m1", attendance={"m1": PRESENT, "=m77": PRESENT})
    found = rows(reviewed(of=AttendanceFacts(circle=sample_facts.circle(), records=(edited,))))
    assert [(row["member"], row["name"]) for row in found] == [
        ("m1", "Chloé"),
        ("'=m77", "'=m77"),
    ]


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_what_a_spreadsheet_takes_for_a_formula_is_made_harmless(begins: str) -> None:
    name = f'{begins}HYPERLINK("http://example.org","x")'
    (row,) = rows(reviewed(of=facts_with_names(name, name), path=Path(f"{begins}1+1.json")))
    assert row["circle"] == row["name"] == f"'{name}"
    assert row["file"] == f"'{begins}1+1.json"


@pytest.mark.parametrize("name", ['Ana, "the first"', "a;b", "'quoted'", "דנה", "😀", "1,5"])
def test_other_names_stay_what_they_are(name: str) -> None:
    (row,) = rows(reviewed(of=facts_with_names(name, name)))
    assert (row["circle"], row["name"]) == (name, name)


def test_a_path_with_line_ends_is_still_one_row() -> None:
    found = sheet(reviewed(of=facts_with_names("A", "B"), path=Path("a\r\nb.json")))
    assert found.count("\r\n") == 2
    assert "a b.json" in found


def test_no_circle_at_all_is_a_heading() -> None:
    assert sheet() == sheet(UNREAD) == f"{','.join(COLUMNS)}\r\n"
