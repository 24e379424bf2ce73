"""What a newer version put into a file survives what we do; what we take back is gone."""

from typing import Any

import pytest
from msgspec import structs

from circle_tui.core.circle.circle import Rhythm
from circle_tui.core.circle.record import NewCommitment
from circle_tui.core.circle.state import CheckIn, CircleState
from circle_tui.store.circle_file import CircleFile

from .conftest import NOW
from .full_state import DAY, NAMES, NEW, before, contents, edit, told

# What others put into it


def other(state: CircleState) -> dict[str, CircleState]:
    """For each table, the same state with every value of that table changed."""
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
    for name in NEW:
        if name in later:
            values = tuple(structs.replace(each, **later[name]) for each in getattr(state, name))
            changed[name] = structs.replace(state, **{name: values})
    return changed


UNKNOWN = {"later": [1.5, {"x": None}], "id of it": "\x1b[2J"}


def add_unknown(found: dict[str, Any]) -> None:
    for name in ("circle", *NAMES):
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


@pytest.mark.parametrize("name", ["circle", *(name for name in NAMES if name != "wins")])
def test_what_a_newer_version_keeps_survives_a_change_of_that_very_document(
    file: CircleFile, everything: CircleState, name: str
) -> None:
    stands = edit(file, add_unknown)
    file.save(other(everything)[name])
    assert file.read() == other(everything)[name]
    now = told(file)
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
    file.save(everything)
    assert file.read() == everything


def test_what_a_newer_version_keeps_within_a_record_survives_a_change_of_its_neighbour(
    file: CircleFile, everything: CircleState
) -> None:
    stands = edit(file, add_unknown)
    one, two = everything.records
    read, run = one.made
    reset = structs.replace(one.answered[0], got_in_the_way="rain")
    one = structs.replace(one, made=(structs.replace(read, due="next"), run), answered=(reset,))
    back = structs.replace(two.looked_back, worked="we stayed")
    two = structs.replace(two, looked_back=back)
    file.save(structs.replace(everything, records=(one, two)))
    expected = stands["sessions"]
    expected["1"]["made"][0]["due"] = "next"
    expected["1"]["answered"][0]["got_in_the_way"] = "rain"
    expected["2"]["looked_back"]["worked"] = "we stayed"
    assert told(file)["sessions"] == expected


def test_what_is_made_or_gone_beside_it_leaves_a_promise_as_it_stands(
    file: CircleFile, everything: CircleState
) -> None:
    stands = edit(file, add_unknown)["sessions"]["1"]["made"]
    one, two = everything.records
    _, run = one.made
    for made in ((run,), (run, NewCommitment("c30", "m1", "Rest"))):
        file.save(structs.replace(everything, records=(structs.replace(one, made=made), two)))
        kept = told(file)["sessions"]["1"]["made"]
        assert kept[0] == stands[1]
        assert [each["id"] for each in kept] == [each.id for each in made]


def test_of_somebody_forgotten_a_newer_versions_words_go_too(
    file: CircleFile, everything: CircleState
) -> None:
    edit(file, lambda found: found["members"]["2"].update(nickname="Benny"))
    ana, ben, *others = everything.circle.members
    gone = structs.replace(ben, name="Someone", left=NOW, away=None, forgotten=True)
    circle = structs.replace(everything.circle, members=(ana, gone, *others))
    file.save_alone(structs.replace(everything, circle=circle))
    assert b"Benny" not in file.path.read_bytes()
    assert file.read().circle.members[1] == gone


# What is taken back


@pytest.mark.parametrize("name", NEW)
def test_what_is_taken_back_is_out_of_the_file_and_only_there(
    file: CircleFile, everything: CircleState, name: str
) -> None:
    edit(file, lambda found: found[name]["2"].update(hint="walrus"))
    kept: dict[str, Any] = {name: getattr(everything, name)[:1]}
    if name == "contracts":
        # What was found of a contract goes before it does.
        kept["judgings"] = everything.judgings[:1]
    file.save(structs.replace(everything, **kept))
    assert list(told(file)[name]) == ["1"]
    assert b"walrus" not in file.path.read_bytes()
    assert b"walrus" in before(file).read_bytes()
    file.save(structs.replace(everything, **dict.fromkeys(kept, ())))
    assert told(file)[name] == {}
    file.save(everything)
    assert file.read() == everything


def test_words_that_were_taken_back_are_gone_after_one_more_act(
    file: CircleFile, everything: CircleState
) -> None:
    said = CheckIn(id="i3", member="m1", at=NOW + 3 * DAY, text="The walrus")
    file.save(structs.replace(everything, checkins=(*everything.checkins, said)))
    file.save(everything)
    file.save(structs.replace(everything, wins=()))
    assert not any(b"walrus" in content for content, _ in contents(file).values())
