"""What stands in the tables of a state and does not fit is said, and never quoted."""

from typing import Any

import pytest

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle.record import HealthCheck, Retrospective
from circle_tui.core.circle.state import CircleState
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError

from .kept import NEW, Edit, contents, edit

# What does not fit


SECRET = "secret words"


def put(table: str, **fields: object) -> Edit:
    return lambda found: found[table]["1"].update(fields)


def without(table: str, field: str) -> Edit:
    return lambda found: found[table]["1"].pop(field)


def twice(table: str) -> Edit:
    return lambda found: found[table].update({"9": found[table]["1"]})


WRONG: dict[str, tuple[Edit, str]] = {
    **{f"{name} a list": (lambda t, name=name: t.update({name: [SECRET]}), name) for name in NEW},
    **{f"{name} null": (lambda t, name=name: t.update({name: None}), name) for name in NEW},
    **{
        f"a document of {name} a text": (
            lambda t, name=name: t[name].update({"1": SECRET}),
            f"amiss in {name}",
        )
        for name in NEW
    },
    **{
        f"a key of {name} no number": (
            lambda t, name=name: t[name].update({SECRET: {}}),
            f"amiss in {name}",
        )
        for name in NEW
    },
    **{f"{name} twice": (twice(name), f"{name}, where an id stands twice") for name in NEW},
    "prompts three": (put("circle", prompts=[SECRET] * 3), "circle, “prompts”"),
    "prompts a text": (put("circle", prompts=SECRET), "circle, “prompts”"),
    "a prompt of nothing": (put("circle", prompts=[SECRET, "\u200b "]), "circle, “prompts”"),
    "woken no date": (put("circle", woken=SECRET), "circle, “woken”"),
    "woken without offset": (put("circle", woken="2026-03-05T10:00:00"), "circle, “woken”"),
    "twelve hours in words": (put("circle", twelve_hours=SECRET), "circle, “twelve_hours”"),
    "told a number": (put("circle", told_of_three=1), "circle, “told_of_three”"),
    "left no date": (put("members", left=SECRET), "members, document 1, “left”"),
    "away without offset": (put("members", away="2026-03-05T10:00:00"), "document 1, “away”"),
    "forgotten in words": (put("members", forgotten=SECRET), "members, document 1, “forgotten”"),
    "unknown choice": (
        put("sessions", looked_back={"worked": "", "change": "", "choice": SECRET}),
        "document 1, “looked_back”",
    ),
    "looked back a text": (put("sessions", looked_back=SECRET), "document 1, “looked_back”"),
    "answers a list": (
        put("sessions", vitality={"check": SECRET, "answers": [SECRET]}),
        "document 1, “vitality”",
    ),
    "daily in words": (
        put("sessions", made=[{"id": "c1", "member": "m1", "text": "", "daily": SECRET}]),
        "document 1, “made”",
    ),
    "version a text": (put("covenants", version=SECRET), "covenants, document 1, “version”"),
    "no version": (without("covenants", "version"), "covenants, document 1, “version”"),
    "unknown clause": (put("covenants", clauses={SECRET: ""}), "document 1, “clauses”"),
    "a clause a list": (put("covenants", clauses={"purpose": [SECRET]}), "“clauses”"),
    "review no day": (put("covenants", review=SECRET), "covenants, document 1, “review”"),
    "signed by nobody": (
        put("covenants", signatures={"": "2026-03-05T10:00:00Z"}),
        "covenants, document 1, where an id",
    ),
    "signed whenever": (put("covenants", signatures={"m1": SECRET}), "document 1, “signatures”"),
    "signed without offset": (
        put("covenants", signatures={"m1": "2026-03-05T10:00:00"}),
        "covenants, document 1",
    ),
    "written without offset": (put("covenants", written="2026-03-05T10:00:00"), "document 1"),
    "changed nothing": (put("changes", commitment=""), "changes, document 1, where an id"),
    "changed into nothing": (put("changes", becomes="\x07"), "changes, document 1, where an id"),
    "unknown outcome": (put("changes", outcome=SECRET), "changes, document 1, “outcome”"),
    "due whenever": (put("changes", due=SECRET), "changes, document 1"),
    "changed out of reach": (put("changes", at="0001-01-01T00:00:00+12:00"), "changes, document 1"),
    "won nothing": (put("wins", commitment="\u202e"), "wins, document 1, where an id"),
    "won some day": (put("wins", day=SECRET), "wins, document 1, “day”"),
    "no day": (without("wins", "day"), "wins, document 1, “day”"),
    "nobody checks in": (put("checkins", member=" m1"), "checkins, document 1, where an id"),
    "a check-in without id": (put("checkins", id=""), "checkins, document 1, where an id"),
    "a check-in of numbers": (put("checkins", text=7), "checkins, document 1, “text”"),
    "nobody trades": (put("trades", member=""), "trades, document 1, where an id"),
    "a week of words": (put("trades", week=SECRET), "trades, document 1, “week”"),
    "sent in words": (put("trades", sent=SECRET), "trades, document 1, “sent”"),
    "cancelled nothing": (put("cancelled", id=""), "cancelled, document 1, where an id"),
    "a cycle in words": (put("cancelled", cycle=SECRET), "cancelled, document 1, “cycle”"),
    "rebooked whenever": (put("cancelled", rebooked=SECRET), "document 1, “rebooked”"),
    "planned never": (put("cancelled", planned=None), "cancelled, document 1, “planned”"),
}


@pytest.mark.parametrize(("change", "said"), WRONG.values(), ids=WRONG)
def test_what_does_not_fit_is_said_without_quoting_it_and_nothing_is_written(
    file: CircleFile, everything: CircleState, change: Edit, said: str
) -> None:
    edit(file, change)
    kept = contents(file)
    for try_it in (file.read, lambda: file.save(everything), lambda: file.save_alone(everything)):
        with pytest.raises(LoadError) as trouble:
            try_it()
        sentence = str(trouble.value)
        assert said in sentence
        assert "secret" not in sentence
        assert sentence.startswith(str(file.path))
        assert sentence.endswith(".")
        assert sentence.isprintable()
    assert contents(file) == kept


def test_hostile_texts_in_any_table_are_cleaned(file: CircleFile) -> None:
    hostile, clean = "\x1b[31m\u202eRead\ud800\r\n a\u0301 \u2066page\x9b", "[31mRead á page"

    def paint(found: dict[str, Any]) -> None:
        found["circle"]["1"]["prompts"] = [hostile, hostile]
        found["covenants"]["1"]["clauses"] = {"purpose": hostile, "rhythm": hostile}
        found["changes"]["1"]["text"] = hostile
        found["checkins"]["1"]["text"] = hostile
        found["sessions"]["2"]["looked_back"].update(worked=hostile, change=hostile)
        found["sessions"]["2"]["vitality"] = {"check": hostile, "answers": {hostile: hostile}}

    edit(file, paint)
    state = file.read()
    assert state.circle.prompts == (clean, clean)
    assert set(state.covenants[0].clauses.values()) == {clean}
    assert state.changes[0].text == state.checkins[0].text == clean
    looked_back, vitality = state.records[1].looked_back, state.records[1].vitality
    assert looked_back == Retrospective(choice=CycleChoice.REDESIGN, worked=clean, change=clean)
    assert vitality == HealthCheck(clean, {clean: clean})
