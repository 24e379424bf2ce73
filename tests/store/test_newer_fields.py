"""A newer version's fields survive our changes; what we delete is really gone."""

from typing import Any

import pytest
from msgspec import structs

from circle_tui.core.circle.circle import Rhythm
from circle_tui.core.circle.record import NewCommitment
from circle_tui.core.circle.state import CheckIn, CircleState
from circle_tui.store.circle_file import CircleFile

from .conftest import NOW
from .full_state import (
    DAY,
    TABLES,
    TABLES_OF_LATER_VERSIONS,
    backup_of,
    edit_json,
    folder_contents,
    read_json,
)

# What newer versions wrote


def changed_states(state: CircleState) -> dict[str, CircleState]:
    """For each table, the same state with every value in that table changed."""
    later = {"members": {"left": NOW}, "sessions": {"guests": 3}, "covenants": {"review": None}}
    later |= {"changes": {"due": "next"}, "checkins": {"text": "else"}, "trades": {"sent": False}}
    later |= {"cancelled": {"rebooked": NOW}}
    later |= {"contracts": {"worked": "we talked"}, "judgings": {"reason": "It rained all week."}}
    circle = state.circle
    members = tuple(structs.replace(each, **later["members"]) for each in circle.members)
    records = tuple(structs.replace(each, **later["sessions"]) for each in state.records)
    changed = {
        "members": structs.replace(state, circle=structs.replace(circle, members=members)),
        "sessions": structs.replace(state, records=records),
        "circle": structs.replace(
            state, circle=structs.replace(circle, rhythm=Rhythm(3, "week"), woken=None)
        ),
    }
    for name in TABLES_OF_LATER_VERSIONS:
        if name in later:
            values = tuple(structs.replace(each, **later[name]) for each in getattr(state, name))
            changed[name] = structs.replace(state, **{name: values})
    return changed


UNKNOWN = {"later": [1.5, {"x": None}], "id of it": "\x1b[2J"}


def add_unknown(found: dict[str, Any]) -> None:
    for name in ("circle", *TABLES):
        for document in found[name].values():
            document.update(UNKNOWN)
    found["circle"]["1"]["rhythm"].update(UNKNOWN)
    for document in found["sessions"].values():
        for each in (*document["made"], *document["answered"]):
            each.update(UNKNOWN)
    found["sessions"]["2"]["looked_back"].update(UNKNOWN)
    found["sessions"]["2"]["vitality"].update(UNKNOWN)
    found["moods"] = {"words as key": UNKNOWN, "2": [UNKNOWN]}
    found["_default"] = {}
    found["mood"] = 3


@pytest.mark.parametrize("name", ["circle", *(name for name in TABLES if name != "wins")])
def test_a_newer_versions_fields_survive_a_change_of_the_same_document(
    file: CircleFile, full_state: CircleState, name: str
) -> None:
    stands = edit_json(file, add_unknown)
    file.save(changed_states(full_state)[name])
    assert file.read() == changed_states(full_state)[name]
    now = read_json(file)
    assert list(now) == list(stands)
    for each in now:
        if each != name:
            assert now[each] == stands[each]
    assert now[name] != stands[name]
    for key, document in now[name].items():
        if not document.get("forgotten"):
            assert document.items() >= {"id of it": "\x1b[2J"}.items(), key
            assert document["later"] == UNKNOWN["later"]
    if name == "circle":
        assert now[name]["1"]["rhythm"] == {"every": 3, "unit": "week", **UNKNOWN}
    file.save(full_state)
    assert file.read() == full_state


def test_a_newer_versions_fields_in_a_record_survive_a_change_of_its_neighbour(
    file: CircleFile, full_state: CircleState
) -> None:
    stands = edit_json(file, add_unknown)
    one, two = full_state.records
    read, run = one.made
    reset = structs.replace(one.answered[0], got_in_the_way="rain")
    one = structs.replace(one, made=(structs.replace(read, due="next"), run), answered=(reset,))
    back = structs.replace(two.looked_back, worked="we stayed")
    two = structs.replace(two, looked_back=back)
    file.save(structs.replace(full_state, records=(one, two)))
    expected = stands["sessions"]
    expected["1"]["made"][0]["due"] = "next"
    expected["1"]["answered"][0]["got_in_the_way"] = "rain"
    expected["2"]["looked_back"]["worked"] = "we stayed"
    assert read_json(file)["sessions"] == expected


def test_adding_or_removing_a_neighbour_leaves_a_commitment_unchanged(
    file: CircleFile, full_state: CircleState
) -> None:
    stands = edit_json(file, add_unknown)["sessions"]["1"]["made"]
    one, two = full_state.records
    _, run = one.made
    for made in ((run,), (run, NewCommitment("c30", "m1", "Rest"))):
        file.save(structs.replace(full_state, records=(structs.replace(one, made=made), two)))
        kept = read_json(file)["sessions"]["1"]["made"]
        assert kept[0] == stands[1]
        assert [each["id"] for each in kept] == [each.id for each in made]


def test_forgetting_a_member_deletes_a_newer_versions_words_too(
    file: CircleFile, full_state: CircleState
) -> None:
    edit_json(file, lambda found: found["members"]["2"].update(nickname="Benny"))
    ana, ben, *others = full_state.circle.members
    gone = structs.replace(ben, name="Someone", left=NOW, away=None, forgotten=True)
    circle = structs.replace(full_state.circle, members=(ana, gone, *others))
    file.save_without_history(structs.replace(full_state, circle=circle))
    assert b"Benny" not in file.path.read_bytes()
    assert file.read().circle.members[1] == gone


# Deleting


@pytest.mark.parametrize("name", TABLES_OF_LATER_VERSIONS)
def test_a_deleted_value_is_gone_from_the_file_but_still_in_the_backup(
    file: CircleFile, full_state: CircleState, name: str
) -> None:
    edit_json(file, lambda found: found[name]["2"].update(hint="walrus"))
    kept: dict[str, Any] = {name: getattr(full_state, name)[:1]}
    if name == "contracts":
        # The judgings of a contract must be deleted before the contract.
        kept["judgings"] = full_state.judgings[:1]
    file.save(structs.replace(full_state, **kept))
    assert list(read_json(file)[name]) == ["1"]
    assert b"walrus" not in file.path.read_bytes()
    assert b"walrus" in backup_of(file).read_bytes()
    file.save(structs.replace(full_state, **dict.fromkeys(kept, ())))
    assert read_json(file)[name] == {}
    file.save(full_state)
    assert file.read() == full_state


def test_deleted_words_are_gone_from_the_backup_after_one_more_act(
    file: CircleFile, full_state: CircleState
) -> None:
    said = CheckIn(id="i3", member="m1", at=NOW + 3 * DAY, text="The walrus")
    file.save(structs.replace(full_state, checkins=(*full_state.checkins, said)))
    file.save(full_state)
    file.save(structs.replace(full_state, wins=()))
    assert not any(b"walrus" in content for content, _ in folder_contents(file).values())
