"""The JSON form is one object, with what the review holds and nothing else."""

import json
from pathlib import Path
from typing import Any

from circle_tui.core.attendance.facts import AttendanceFacts
from circle_tui.core.attendance.figures import ALL_DATES, DateRange, alphabetical
from circle_tui.reports.json_report import as_json
from circle_tui.store.attendance_reader import UnreadableFile

from . import sample_facts
from .sample_facts import (
    PRESENT,
    SPRING,
    UNREAD,
    at,
    facts_with_names,
    held_meeting,
    joined,
    reviewed,
)


def told(*each: object, within: DateRange = ALL_DATES) -> Any:
    return json.loads(joined(as_json(each, within, alphabetical)))  # type: ignore[arg-type]


HARBOUR = {
    "name": "Harbour",
    "file": "circles/harbour.json",
    "format": "peer-circle",
    "rhythm": {"every": 2, "unit": "week"},
    "zone": "Europe/London",
    "next": "2026-04-30T09:00:00Z",
    "resting": False,
    "held": 3,
    "planned": 4,
    "question": "What would make it easier to be here?",
    "signs": ["cancelled"],
    "as_of": None,
    "openings": "Openings are evenly shared: each went to whoever there had waited longest.",
    "members": [
        {"id": "m2", "name": "Ana", "joined": "2026-03-01T10:00:00Z", "left": None},
        {
            "id": "m3",
            "name": "Ben",
            "joined": "2026-03-01T10:00:00Z",
            "left": "2026-03-20T10:00:00Z",
        },
        {"id": "m1", "name": "Chloé", "joined": "2026-03-01T10:00:00Z", "left": None},
        {"id": "m4", "name": "Dev", "joined": "2026-03-19T12:00:00Z", "left": None},
        {"id": "m5", "name": "Eve", "joined": "2026-03-01T10:00:00Z", "left": None},
    ],
    "weeks": [],
    "cycles": [
        {
            "number": 1,
            "came": 5,
            "expected": 8,
            "attendance": 0.625,
            "part": False,
            "meetings": [
                {
                    "number": 1,
                    "started": "2026-03-05T10:00:00Z",
                    "came": 3,
                    "expected": 4,
                    "guests": 1,
                    "attendance": {
                        "m2": "late",
                        "m3": "left early",
                        "m1": "present",
                        "m5": "absent",
                    },
                },
                {
                    "number": 2,
                    "started": "2026-03-19T10:00:00Z",
                    "came": 2,
                    "expected": 4,
                    "guests": 2,
                    "attendance": {
                        "m2": "present",
                        "m3": "excused",
                        "m1": "present",
                        "m5": "excused",
                    },
                },
            ],
            "cancelled": [],
        },
        {
            "number": 2,
            "came": 2,
            "expected": 3,
            "attendance": 0.6667,
            "part": False,
            "meetings": [
                {
                    "number": 3,
                    "started": "2026-04-04T09:00:00Z",
                    "came": 2,
                    "expected": 3,
                    "guests": 0,
                    "attendance": {"m2": "present", "m1": "absent", "m4": "present"},
                }
            ],
            "cancelled": [
                {
                    "planned": "2026-04-02T09:00:00Z",
                    "cancelled": "2026-04-01T09:00:00Z",
                    "rebooked": "2026-04-04T09:00:00Z",
                    "within_48_hours": True,
                },
                {
                    "planned": "2026-04-16T09:00:00Z",
                    "cancelled": "2026-04-14T09:00:00Z",
                    "rebooked": "2026-04-20T09:00:00Z",
                    "within_48_hours": False,
                },
                {
                    "planned": "2026-04-20T09:00:00Z",
                    "cancelled": "2026-04-19T09:00:00Z",
                    "rebooked": None,
                    "within_48_hours": False,
                },
            ],
        },
    ],
}


def test_a_circle_in_which_everything_happened() -> None:
    assert told(reviewed(), UNREAD) == {
        "schema": 1,
        "made": None,
        "range": {"from": None, "until": None},
        "circles": [HARBOUR],
        "unreadable": [{"file": "circles/torn.json", "reason": "it's damaged"}],
    }


def test_members_stand_in_the_order_that_is_asked_for() -> None:
    by_seat = json.loads(joined(as_json([reviewed()], ALL_DATES, tuple)))["circles"][0]
    assert [each["name"] for each in by_seat["members"]] == ["Chloé", "Ana", "Ben", "Dev", "Eve"]
    assert list(by_seat["cycles"][0]["meetings"][0]["attendance"]) == ["m1", "m2", "m3", "m5"]


def test_a_range_is_told_and_what_lies_outside_is_not() -> None:
    found = told(reviewed(SPRING), within=SPRING)
    assert found["range"] == {"from": "2026-03-19", "until": "2026-04-02"}
    first, second = found["circles"][0]["cycles"]
    assert [each["number"] for each in first["meetings"]] == [2]
    assert (second["attendance"], second["meetings"], len(second["cancelled"])) == (None, [], 1)


def test_a_circle_that_never_met_has_no_cycles() -> None:
    new = AttendanceFacts(circle=sample_facts.circle())
    (circle,) = told(reviewed(of=new, now=at(5)))["circles"]
    assert (circle["cycles"], circle["held"], circle["planned"]) == ([], 0, 0)
    assert circle["next"] == "2026-03-05T10:00:00Z"


def test_somebody_whom_only_a_meeting_names_is_not_left_out() -> None:
    edited = held_meeting(1, 1, at(5), "m1", attendance={"m1": PRESENT, "m77": PRESENT})
    (circle,) = told(reviewed(of=AttendanceFacts(circle=sample_facts.circle(), records=(edited,))))[
        "circles"
    ]
    assert circle["members"][-1] == {"id": "m77", "name": "m77", "joined": None, "left": None}
    assert circle["cycles"][0]["meetings"][0]["attendance"] == {"m1": "present", "m77": "present"}


def test_no_circle_at_all_is_still_one_object() -> None:
    said = told()
    assert said.pop("schema") == 1
    assert said == {
        "made": None,
        "range": {"from": None, "until": None},
        "circles": [],
        "unreadable": [],
    }


def test_the_json_says_when_it_was_made() -> None:
    said = json.loads("".join(as_json([], ALL_DATES, alphabetical, made=at(25, 4))))
    assert said["made"] == "2026-04-25T10:00:00Z"


def test_several_circles_are_one_object() -> None:
    found = told(UNREAD, reviewed(), reviewed(of=facts_with_names("Second", "A")), UNREAD)
    assert [each["name"] for each in found["circles"]] == ["Harbour", "Second"]
    assert len(found["unreadable"]) == 2


def test_names_and_paths_that_are_hostile_stay_what_they_are() -> None:
    name = '"}],"x\\u0000</script>דנה😀'
    found = told(
        reviewed(of=facts_with_names(name, name), path=Path("a\nb\udcff.json")),
        UnreadableFile(Path("c\x1b[31m\udcff.json"), "it's damaged"),
    )
    (circle,) = found["circles"]
    assert (circle["name"], circle["members"][0]["name"]) == (name, name)
    # A path is shown as everywhere else: what no terminal can bear is left out.
    assert circle["file"] == "a b.json"
    assert found["unreadable"][0]["file"] == "c[31m.json"
