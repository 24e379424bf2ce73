"""An invalid value in any table of a state is reported, and never quoted."""

from collections.abc import Callable
from typing import Any

import pytest

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle.record import HealthCheck, Retrospective
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts.contract import (
    CommonResult,
    Contract,
    Graded,
    Judging,
    Panel,
    Part,
    Reviewed,
)
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError

from .full_state import TABLES_OF_LATER_VERSIONS, JSONEdit, edit_json, folder_contents

# Invalid values


SECRET = "secret words"


def replace(table: str, **fields: object) -> JSONEdit:
    return lambda found: found[table]["1"].update(fields)


def without(table: str, field: str) -> JSONEdit:
    return lambda found: found[table]["1"].pop(field)


def duplicate_first(table: str) -> JSONEdit:
    return lambda found: found[table].update({"9": found[table]["1"]})


def with_judging(**fields: object) -> JSONEdit:
    return lambda found: found["contracts"]["1"]["judged"].update(fields)


def first_part(**fields: object) -> JSONEdit:
    return lambda found: found["contracts"]["1"]["parts"][0].update(fields)


SIGNED_AT = "2026-03-05T10:00:00Z"
INVALID_CONTRACTS: dict[str, tuple[JSONEdit, str]] = {
    "a contract of nothing": (
        replace("contracts", contract=""),
        "contracts, document 1, where an id",
    ),
    "version nought": (replace("contracts", version=0), "contracts, document 1, “version”"),
    "a term in words": (replace("contracts", term=SECRET), "contracts, document 1, “term”"),
    "a contract's name a list": (replace("contracts", name=[SECRET]), "document 1, “name”"),
    "starts whenever": (replace("contracts", starts=SECRET), "contracts, document 1, “starts”"),
    "looked at whenever": (replace("contracts", review=SECRET), "contracts, document 1, “review”"),
    "opened without offset": (
        replace("contracts", opened="2026-03-05T10:00:00"),
        "contracts, document 1",
    ),
    "parts of one": (
        # The only member with a part was forgotten, so the part should be gone as well.
        lambda found: (
            found["contracts"]["1"]["parts"].pop(),
            found["members"]["4"].pop("forgotten"),
        ),
        "contracts, document 1, “parts”",
    ),
    "parts of six": (replace("contracts", parts=[{"member": "m1"}] * 6), "document 1, “parts”"),
    "a part twice": (first_part(member="m2"), "document 1, “parts”, where an id stands twice"),
    "a part of a stranger": (first_part(member="secret"), "contracts, document 1, “parts”"),
    "six lines": (
        first_part(lines=[{"kind": "will", "text": SECRET}] * 6),
        "document 1, “parts”",
    ),
    "an unknown kind": (first_part(lines=[{"kind": SECRET, "text": ""}]), "document 1, “parts”"),
    "a stake a number": (first_part(stake=20), "contracts, document 1, “parts”"),
    "signed by a stranger": (
        replace("contracts", signatures={"secret": SIGNED_AT}),
        "contracts, document 1, “signatures”",
    ),
    "accepted by a stranger": (
        replace("contracts", accepted={"secret": SIGNED_AT}),
        "contracts, document 1, “accepted”",
    ),
    "settled whenever": (replace("contracts", settled={"m1": SECRET}), "document 1, “settled”"),
    "an unknown ending": (replace("contracts", choice=SECRET), "contracts, document 1, “choice”"),
    "an unknown way": (with_judging(way=SECRET), "contracts, document 1, “judged”"),
    "no way": (
        lambda found: found["contracts"]["1"]["judged"].pop("way"),
        "contracts, document 1, “judged”",
    ),
    "a way a text": (replace("contracts", judged=SECRET), "contracts, document 1, “judged”"),
    "judged by a stranger": (with_judging(by={"m1": "secret"}), "contracts, document 1, “judged”"),
    "a default of a float": (with_judging(default="0.5"), "contracts, document 1, “judged”"),
    "a default above all": (with_judging(default="3/2"), "contracts, document 1, “judged”"),
    "a default of too many digits": (with_judging(default="1/1000000"), "document 1, “judged”"),
    "a default by nought": (with_judging(default="1/0"), "contracts, document 1, “judged”"),
    "a weight of nought": (
        with_judging(criteria=[{"name": SECRET, "weight": 0}]),
        "contracts, document 1, “judged”",
    ),
    "a criterion twice": (
        with_judging(criteria=[{"name": SECRET}, {"name": SECRET}]),
        "document 1, “criteria”, where an id stands twice",
    ),
    "tiers that end too early": (with_judging(tiers=[["9/10", "1"]]), "document 1, “tiers”"),
    "a tier of one figure": (with_judging(tiers=[["9/10"]]), "contracts, document 1, “judged”"),
    "a judging of nothing": (replace("judgings", id=""), "judgings, document 1, where an id"),
    "a judging of no contract": (replace("judgings", contract="k9"), "document 1, “contract”"),
    "a judging of no version": (replace("judgings", version=9), "judgings, document 1, “contract”"),
    "a judging of a stranger": (replace("judgings", of="secret"), "judgings, document 1, “of”"),
    "a judging by a stranger": (replace("judgings", by="secret"), "judgings, document 1, “by”"),
    "an unknown step": (replace("judgings", step=SECRET), "judgings, document 1, “step”"),
    "judged whenever": (replace("judgings", at=SECRET), "judgings, document 1, “at”"),
    "a share of words": (
        replace("judgings", comes_back=SECRET),
        "judgings, document 1, “comes_back”",
    ),
    "a share a number": (replace("judgings", comes_back=0.5), "judgings, document 1, “comes_back”"),
    "a mark above all": (replace("judgings", marks={"x": "6/5"}), "judgings, document 1, “marks”"),
    "a mark a float": (replace("judgings", marks={"x": 0.9}), "judgings, document 1, “marks”"),
    "an unknown sign": (
        replace("judgings", rubric={"x": SECRET}),
        "judgings, document 1, “rubric”",
    ),
    "a reason a list": (replace("judgings", reason=[SECRET]), "judgings, document 1, “reason”"),
    "voted by a stranger": (replace("judgings", voted=["secret"]), "judgings, document 1, “by”"),
    "an unknown vote": (replace("judgings", votes={SECRET: "1"}), "judgings, document 1, “votes”"),
    "an unknown tie": (replace("judgings", tied=[SECRET]), "judgings, document 1, “tied”"),
    "judged too often in a month": (
        replace("circle", judged_a_month=21),
        "circle, “judged_a_month”",
    ),
    "judged in words": (replace("circle", judged_a_month=SECRET), "circle, “judged_a_month”"),
}

INVALID: dict[str, tuple[JSONEdit, str]] = {
    **{
        f"{name} a list": (lambda t, name=name: t.update({name: [SECRET]}), name)
        for name in TABLES_OF_LATER_VERSIONS
    },
    **{
        f"{name} null": (lambda t, name=name: t.update({name: None}), name)
        for name in TABLES_OF_LATER_VERSIONS
    },
    **{
        f"a document of {name} a text": (
            lambda t, name=name: t[name].update({"1": SECRET}),
            f"wrong in {name}",
        )
        for name in TABLES_OF_LATER_VERSIONS
    },
    **{
        f"a key of {name} no number": (
            lambda t, name=name: t[name].update({SECRET: {}}),
            f"wrong in {name}",
        )
        for name in TABLES_OF_LATER_VERSIONS
    },
    **{
        f"{name} twice": (duplicate_first(name), f"{name}, where an id stands twice")
        for name in TABLES_OF_LATER_VERSIONS
    },
    "prompts three": (replace("circle", prompts=[SECRET] * 3), "circle, “prompts”"),
    "prompts a text": (replace("circle", prompts=SECRET), "circle, “prompts”"),
    "a prompt of nothing": (replace("circle", prompts=[SECRET, "\u200b "]), "circle, “prompts”"),
    "woken no date": (replace("circle", woken=SECRET), "circle, “woken”"),
    "woken without offset": (replace("circle", woken="2026-03-05T10:00:00"), "circle, “woken”"),
    "twelve hours in words": (replace("circle", twelve_hours=SECRET), "circle, “twelve_hours”"),
    "told a number": (replace("circle", told_of_three=1), "circle, “told_of_three”"),
    "left no date": (replace("members", left=SECRET), "members, document 1, “left”"),
    "away without offset": (replace("members", away="2026-03-05T10:00:00"), "document 1, “away”"),
    "forgotten in words": (
        replace("members", forgotten=SECRET),
        "members, document 1, “forgotten”",
    ),
    "unknown choice": (
        replace("sessions", looked_back={"worked": "", "change": "", "choice": SECRET}),
        "document 1, “looked_back”",
    ),
    "looked back a text": (replace("sessions", looked_back=SECRET), "document 1, “looked_back”"),
    "answers a list": (
        replace("sessions", vitality={"check": SECRET, "answers": [SECRET]}),
        "document 1, “vitality”",
    ),
    "daily in words": (
        replace("sessions", made=[{"id": "c1", "member": "m1", "text": "", "daily": SECRET}]),
        "document 1, “made”",
    ),
    "version a text": (replace("covenants", version=SECRET), "covenants, document 1, “version”"),
    "no version": (without("covenants", "version"), "covenants, document 1, “version”"),
    "unknown clause": (replace("covenants", clauses={SECRET: ""}), "document 1, “clauses”"),
    "a clause a list": (replace("covenants", clauses={"purpose": [SECRET]}), "“clauses”"),
    "review no day": (replace("covenants", review=SECRET), "covenants, document 1, “review”"),
    "signed by nobody": (
        replace("covenants", signatures={"": "2026-03-05T10:00:00Z"}),
        "covenants, document 1, where an id",
    ),
    "signed whenever": (
        replace("covenants", signatures={"m1": SECRET}),
        "document 1, “signatures”",
    ),
    "signed without offset": (
        replace("covenants", signatures={"m1": "2026-03-05T10:00:00"}),
        "covenants, document 1",
    ),
    "written without offset": (replace("covenants", written="2026-03-05T10:00:00"), "document 1"),
    "changed nothing": (replace("changes", commitment=""), "changes, document 1, where an id"),
    "changed into nothing": (
        replace("changes", becomes="\x07"),
        "changes, document 1, where an id",
    ),
    "unknown outcome": (replace("changes", outcome=SECRET), "changes, document 1, “outcome”"),
    "due whenever": (replace("changes", due=SECRET), "changes, document 1"),
    "changed out of reach": (
        replace("changes", at="0001-01-01T00:00:00+12:00"),
        "changes, document 1",
    ),
    "won nothing": (replace("wins", commitment="\u202e"), "wins, document 1, where an id"),
    "won some day": (replace("wins", day=SECRET), "wins, document 1, “day”"),
    "no day": (without("wins", "day"), "wins, document 1, “day”"),
    "nobody checks in": (replace("checkins", member=" m1"), "checkins, document 1, where an id"),
    "a check-in without id": (replace("checkins", id=""), "checkins, document 1, where an id"),
    "a check-in of numbers": (replace("checkins", text=7), "checkins, document 1, “text”"),
    "nobody trades": (replace("trades", member=""), "trades, document 1, where an id"),
    "a week of words": (replace("trades", week=SECRET), "trades, document 1, “week”"),
    "sent in words": (replace("trades", sent=SECRET), "trades, document 1, “sent”"),
    **INVALID_CONTRACTS,
    "cancelled nothing": (replace("cancelled", id=""), "cancelled, document 1, where an id"),
    "a cycle in words": (replace("cancelled", cycle=SECRET), "cancelled, document 1, “cycle”"),
    "rebooked whenever": (replace("cancelled", rebooked=SECRET), "document 1, “rebooked”"),
    "planned never": (replace("cancelled", planned=None), "cancelled, document 1, “planned”"),
}


def test_an_invalid_value_in_any_table_is_reported_without_quoting_it(
    file: CircleFile, full_state: CircleState
) -> None:
    sound = file.path.read_bytes()
    for name, (change, place) in INVALID.items():
        file.path.write_bytes(sound)
        edit_json(file, change)
        kept = folder_contents(file)
        for action in (
            file.read,
            lambda: file.save(full_state),
            lambda: file.save_without_history(full_state),
        ):
            sentence = refusal(action, name)
            assert place in sentence, name
            assert "secret" not in sentence, name
            assert sentence.startswith(str(file.path)), name
            assert sentence.endswith("."), name
            assert sentence.isprintable(), name
        assert folder_contents(file) == kept, name


def refusal(action: Callable[[], object], name: str) -> str:
    """The sentence with which a file is refused; `name` says which one it is."""
    try:
        action()
    except LoadError as trouble:
        return str(trouble)
    pytest.fail(f"{name} was taken")


FITS_NOTHING = 0.5
"""No field of a contract or a judging is a float, nor holds one."""


def invalid_contracts() -> dict[str, tuple[JSONEdit, str]]:
    """For every field, also of every way of judging and of a part, a value that fits no field."""
    found: dict[str, tuple[JSONEdit, str]] = {}
    for table, kind in (("contracts", Contract), ("judgings", Judging)):
        for field in kind.__struct_fields__:
            edit_it = replace(table, **{field: FITS_NOTHING})
            found[f"{table}, {field}"] = edit_it, f"{table}, document 1"
    for key, way in (("1", Graded), ("2", Panel), ("3", Reviewed)):
        for field in (*way.__struct_fields__, "way"):

            def change_way(tables: dict[str, Any], key: str = key, field: str = field) -> None:
                tables["contracts"][key]["judged"][field] = FITS_NOTHING

            found[f"{way.__name__}, {field}"] = change_way, f"contracts, document {key}, “judged”"
    for field in CommonResult.__struct_fields__:

        def change_common(tables: dict[str, Any], field: str = field) -> None:
            tables["contracts"]["1"]["judged"]["common"][field] = FITS_NOTHING

        found[f"common, {field}"] = change_common, "contracts, document 1, “judged”"
    for field in Part.__struct_fields__:
        found[f"part, {field}"] = first_part(**{field: FITS_NOTHING}), "document 1, “parts”"
    return found


def test_every_field_of_a_contract_or_judging_refuses_an_invalid_value(file: CircleFile) -> None:
    sound = file.path.read_bytes()
    for name, (change, place) in invalid_contracts().items():
        file.path.write_bytes(sound)
        edit_json(file, change)
        kept = folder_contents(file)
        sentence = refusal(file.read, name)
        assert place in sentence, name
        assert sentence.endswith("."), name
        assert sentence.isprintable(), name
        assert folder_contents(file) == kept, name


def test_hostile_texts_in_any_table_are_cleaned(file: CircleFile) -> None:
    hostile, clean = "\x1b[31m\u202eRead\ud800\r\n a\u0301 \u2066page\x9b", "[31mRead á page"

    def add_escapes(found: dict[str, Any]) -> None:
        found["circle"]["1"]["prompts"] = [hostile, hostile]
        found["covenants"]["1"]["clauses"] = {"purpose": hostile, "rhythm": hostile}
        found["changes"]["1"]["text"] = hostile
        found["checkins"]["1"]["text"] = hostile
        found["sessions"]["2"]["looked_back"].update(worked=hostile, change=hostile)
        found["sessions"]["2"]["vitality"] = {"check": hostile, "answers": {hostile: hostile}}

    edit_json(file, add_escapes)
    state = file.read()
    assert state.circle.prompts == (clean, clean)
    assert set(state.covenants[0].clauses.values()) == {clean}
    assert state.changes[0].text == state.checkins[0].text == clean
    looked_back, vitality = state.records[1].looked_back, state.records[1].vitality
    assert looked_back == Retrospective(choice=CycleChoice.REDESIGN, worked=clean, change=clean)
    assert vitality == HealthCheck(clean, {clean: clean})


def test_hostile_texts_in_both_tables_of_contracts_are_cleaned(file: CircleFile) -> None:
    hostile, clean = "\x1b[31m\u202eRead\ud800\r\n a\u0301 \u2066page\x9b", "[31mRead á page"

    def add_escapes(found: dict[str, Any]) -> None:
        contract, judging = found["contracts"]["1"], found["judgings"]["2"]
        names = ("name", "scope", "lasts", "trial", "in_touch", "if_changes", "worked", "unclear")
        contract.update(dict.fromkeys(names, hostile))
        contract["parts"][0].update(stake=hostile, lines=[{"kind": "will", "text": hostile}])
        contract["judged"]["criteria"][0]["name"] = hostile
        contract["judged"]["common"]["text"] = hostile
        judging.update(reason=hostile, rubric={hostile: "="}, marks={hostile: "4/6"})

    edit_json(file, add_escapes)
    state = file.read()
    contract, judging = state.contracts[0], state.judgings[1]
    assert contract.parts[0].lines[0].text == contract.parts[0].stake == clean
    assert contract.name == contract.scope == contract.trial == contract.unclear == clean
    assert isinstance(contract.judged, Graded)
    assert contract.judged.criteria[0].name == clean
    assert contract.judged.common is not None
    assert contract.judged.common.text == clean
    assert (judging.reason, judging.rubric, judging.marks) == (
        clean,
        {clean: "="},
        {clean: "2/3"},
    )
