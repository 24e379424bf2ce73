"""The facts that a circle hands to its lead: they contain no words, and are never taken for a
circle.
"""

import gzip
import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec import structs

from circle_tui.core.attendance.facts import HeldMeeting, Trade
from circle_tui.core.attendance.figures import review
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.facts_for_leads import MemberNaming
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.state import CircleState
from circle_tui.core.fields import WORDS_KINDS, Changer, SharedWords, Words
from circle_tui.service.reviews import CircleReview, reviews
from circle_tui.store import attendance_reader, facts_bundle
from circle_tui.store.attendance_reader import LoadedFacts, UnreadableFile
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec import facts_document, file_contents
from circle_tui.store.codec.facts_document import encode_facts
from circle_tui.store.copies import OlderCopy
from circle_tui.store.errors import LoadError, SchemaError
from circle_tui.store.folder import circle_files
from circle_tui.store.output_file import output_file
from tests.hostile_text import is_one_sentence
from tests.reports.canaries import CANARY

from .conftest import NOW
from .full_state import full_history

RecordOf = Callable[..., MeetingRecord]
LATER = NOW + timedelta(days=400)


@pytest.fixture
def state(circle: Circle, record_of: RecordOf) -> CircleState:
    return full_history(circle, record_of)


def written(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path


def bundle(path: Path, *lines: bytes) -> Path:
    with path.open("wb") as file:
        facts_bundle.write_lines(lines, file, packed=path.suffix == ".gz")
    return path


def read(path: Path) -> LoadedFacts:
    found = attendance_reader.read_facts(path)
    assert isinstance(found, LoadedFacts), found
    return found


# No words


@pytest.mark.parametrize("people", MemberNaming)
def test_the_facts_of_a_circle_contain_none_of_its_words(
    state: CircleState, people: MemberNaming
) -> None:
    spoken = Changer(dict.fromkeys(WORDS_KINDS, lambda said: f"{CANARY} {said}"))(state)
    tables = json.loads(file_contents.encode(spoken).to_bytes())
    for documents in tables.values():
        for document in documents.values():
            document[f"{CANARY} field"] = {CANARY: CANARY}
    tables[f"{CANARY} table"] = {"1": {CANARY: CANARY}}
    read = file_contents.decode(json.dumps(tables).encode()).state
    assert repr(read).count(CANARY) > 15
    raw = encode_facts(read, NOW, people)
    assert b"Harbour" in raw
    assert CANARY.encode() not in raw.lower()


def test_words_in_a_field_of_a_later_version_do_not_get_into_the_facts(
    state: CircleState, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Later(HeldMeeting, frozen=True, kw_only=True):
        mood: Words = CANARY
        moods: tuple[SharedWords, ...] = (CANARY,)
        aside: str = CANARY
        chairs: int = 7

    document = msgspec.to_builtins(
        Later(**{name: getattr(state.records[0], name) for name in HeldMeeting.__struct_fields__})
    )
    tables = {**file_contents.encode_tables(state), "sessions": [document]}
    monkeypatch.setattr(facts_document, "encode_tables", lambda _state: tables)
    monkeypatch.setattr(facts_document, "TABLES", {**facts_document.TABLES, "sessions": Later})
    raw = encode_facts(state, NOW, MemberNaming.NAMES)
    # A number is a fact; it only shows that the record of that version was written.
    assert b'"chairs": 7' in raw
    assert CANARY.encode() not in raw


@pytest.mark.parametrize("people", [MemberNaming.INITIALS, MemberNaming.SEATS])
def test_facts_can_be_made_without_names(state: CircleState, people: MemberNaming) -> None:
    by_hand = structs.replace(state.circle.members[0], id="ana-lund")
    state = structs.replace(
        state,
        circle=structs.replace(state.circle, members=(by_hand, *state.circle.members[1:])),
        records=tuple(
            structs.replace(
                each,
                opener="ana-lund",
                attendance={"ana-lund": "present", "m2": "late"},  # type: ignore[dict-item]
            )
            for each in state.records
        ),
    )
    raw = encode_facts(state, NOW, people)
    for member in state.circle.members:
        assert member.name.encode() not in raw
    assert b"ana" not in raw.lower()
    shown = [each["name"] for each in json.loads(raw)["tables"]["members"].values()]
    if people is MemberNaming.SEATS:
        assert shown == ["Seat 1", "Seat 2", "Seat 3", "Seat 4"]
    else:
        assert shown[:2] == ["A", "B"]


def test_members_with_the_same_initials_get_numbers(state: CircleState) -> None:
    names = ("Ana Lund", "Ari Lee", "Bo", "Cy")
    members = tuple(
        structs.replace(member, name=name)
        for member, name in zip(state.circle.members, names, strict=True)
    )
    state = structs.replace(state, circle=structs.replace(state.circle, members=members))
    raw = json.loads(encode_facts(state, NOW, MemberNaming.INITIALS))
    shown = [each["name"] for each in raw["tables"]["members"].values()]
    assert shown == ["AL 1", "AL 2", "B", "C"]


@pytest.mark.parametrize("key", [CANARY, "Ana was ill, she said", "m1 is ill"])
@pytest.mark.parametrize("where", ["attendance", "opener"])
def test_a_member_id_that_is_not_an_id_is_refused_and_not_shown(
    tmp_path: Path, state: CircleState, key: str, where: str
) -> None:
    tables = json.loads(file_contents.encode(state).to_bytes())
    tables["sessions"]["1"][where] = {key: "present"} if where == "attendance" else key
    path = written(tmp_path / "a.json", json.dumps(tables).encode())
    found = attendance_reader.read_facts(path)
    assert isinstance(found, UnreadableFile)
    assert "who is no member" in str(found)
    assert key not in str(found)
    with pytest.raises(SchemaError) as refused:
        encode_facts(CircleFile(path).read(), NOW, MemberNaming.NAMES)
    assert key not in str(refused.value)


# The review is the same


def test_a_trade_of_somebody_who_is_no_member_is_refused_and_not_shown(state: CircleState) -> None:
    trade = Trade(week=NOW.date(), member=CANARY, sent=True)
    with pytest.raises(SchemaError) as refused:
        encode_facts(structs.replace(state, trades=(trade,)), NOW, MemberNaming.NAMES)
    assert "trades" in str(refused.value)
    assert CANARY not in str(refused.value)


def test_the_review_of_facts_is_the_review_of_the_circle(
    tmp_path: Path, state: CircleState
) -> None:
    whole = read(written(tmp_path / "a.json", file_contents.encode(state).to_bytes()))
    raw = encode_facts(state, LATER, MemberNaming.NAMES)
    facts = read(written(tmp_path / "a.facts.json", raw))
    assert facts.made == LATER
    assert facts.facts == whole.facts
    assert review(facts.facts, LATER, made=facts.made) == review(whole.facts, LATER)


def test_old_facts_are_reviewed_as_of_when_they_were_made(state: CircleState) -> None:
    """They cannot know what came later: a circle is not silent because its facts are old."""
    state = structs.replace(state, records=state.records[:1], cancelled=())
    date = review(state, NOW).next
    assert date is not None
    before, day = date - timedelta(days=3), timedelta(days=1)
    assert review(state, date + 30 * day).overdue
    old = review(state, date + 30 * day, made=before)
    assert (old.overdue, old.as_of) == (False, before)
    fresh = review(state, before + 14 * day, made=before)
    assert (fresh.overdue, fresh.as_of) == (False, None)
    assert review(state, before + 15 * day, made=before).as_of == before


# Facts are not a circle


def test_facts_cannot_be_opened_as_a_circle(tmp_path: Path, state: CircleState) -> None:
    raw = encode_facts(state, NOW, MemberNaming.NAMES)
    written(tmp_path / "harbour.facts.json", raw)
    written(tmp_path / "harbour.facts (1).json", raw)
    assert circle_files(tmp_path) == []
    (renamed,) = circle_files(written(tmp_path / "harbour.json", raw).parent)
    with pytest.raises(LoadError) as refused:
        renamed.read()
    assert is_one_sentence(str(refused.value))
    assert "circle-tui review shows them" in str(refused.value)
    with pytest.raises(LoadError):
        renamed.save(state)
    assert renamed.path.read_bytes() == raw


def test_a_circle_named_like_a_facts_file_is_still_a_circle(
    tmp_path: Path, state: CircleState
) -> None:
    written(tmp_path / "a.facts.json", file_contents.encode(state).to_bytes())
    assert [each.slug for each in circle_files(tmp_path)] == ["a.facts"]


def test_facts_made_again_replace_the_earlier_ones(tmp_path: Path, state: CircleState) -> None:
    path = tmp_path / "harbour.facts.json"
    for moment in (NOW, LATER):
        with output_file(path) as file:
            file.write(encode_facts(state, moment, MemberNaming.NAMES))
    assert read(path).made == LATER


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda raw: raw[: len(raw) // 2], "it's damaged"),
        (lambda raw: raw[:-40], "it's damaged"),
        (lambda raw: raw.replace(b'"schema": 1', b'"schema": 9', 1), "a newer circle-tui"),
        (lambda raw: raw.replace(b'"made": "2', b'"made": "x', 1), "wrong in its heading"),
        (lambda raw: raw.replace(b'"made": "2', b'"made": "9', 1), "wrong in its heading"),
        (
            lambda raw: raw.replace(b'{"schema": 1', b'{"schema": "a"', 1),
            "no circle-tui facts in it",
        ),
        (lambda _raw: b'{"facts": {"birds": 7}}', "no circle-tui facts in it"),
        (lambda _raw: b'{"facts": [1]}', "no circle in it"),
        (lambda raw: raw.replace(b'"number": 1', b'"number": "x"'), "wrong in sessions"),
        (lambda raw: raw.replace(b'"tables"', b'"other"'), "wrong in its heading"),
    ],
)
@pytest.mark.parametrize("in_bundle", [False, True])
def test_facts_that_cannot_be_read_are_reported_in_one_line(
    tmp_path: Path,
    state: CircleState,
    change: Callable[[bytes], bytes],
    said: str,
    in_bundle: bool,
) -> None:
    raw = change(encode_facts(state, NOW, MemberNaming.NAMES)).rstrip(b"\n") + b"\n"
    if in_bundle:
        bundle(tmp_path / "a.facts.jsonl.gz", raw)
    else:
        written(tmp_path / "a.facts.json", raw)
    (found,) = reviews([tmp_path], NOW)
    assert isinstance(found, UnreadableFile)
    assert said in str(found)
    assert is_one_sentence(str(found))


def test_facts_are_much_smaller_than_a_circle_with_words(state: CircleState) -> None:
    whole = file_contents.encode(state).to_bytes()
    assert len(encode_facts(state, NOW, MemberNaming.NAMES)) < len(whole)


# Bundles, and several files of one circle


def facts_of_three(state: CircleState) -> list[bytes]:
    """The facts of three circles."""
    return [
        encode_facts(
            structs.replace(state, circle=structs.replace(state.circle, id=f"id-{number}")),
            NOW,
            MemberNaming.NAMES,
        )
        for number in range(3)
    ]


@pytest.mark.parametrize("name", ["all.facts.jsonl.gz", "all.facts.jsonl", "all.jsonl (1).gz"])
def test_a_bundle_holds_many_circles(tmp_path: Path, state: CircleState, name: str) -> None:
    path = bundle(tmp_path / name, *facts_of_three(state))
    found = list(reviews([tmp_path], NOW))
    assert all(isinstance(each, CircleReview) for each in found)
    assert [each.path for each in found] == [path / "1", path / "2", path / "3"]
    # The order does not matter, nor does a file given twice.
    for at in (2, 0, 1, 1):
        assert read(path / str(at + 1)).facts.circle.id == f"id-{at}"


@pytest.mark.parametrize("damage", [5, 60, 200])
def test_a_damaged_bundle_is_reported_in_one_line(
    tmp_path: Path, state: CircleState, damage: int
) -> None:
    path = bundle(tmp_path / "all.facts.jsonl.gz", *facts_of_three(state))
    path.write_bytes(path.read_bytes()[:-damage])
    found = [each for each in reviews([tmp_path], NOW) if isinstance(each, UnreadableFile)]
    assert [str(each) for each in found if each.path == path] == [
        f"{path} couldn't be read: it's damaged."
    ]


def test_a_bundle_or_folder_that_was_replaced_is_read_again(
    tmp_path: Path, state: CircleState
) -> None:
    path = bundle(tmp_path / "all.facts.jsonl", *facts_of_three(state))
    read(path / "1")
    bundle(path, *facts_of_three(state)[1:])
    os.utime(path, (1, 1))
    assert read(path / "2").facts.circle.id == "id-2"


@pytest.mark.parametrize("name", ["harbour (1).json", "2026-02/harbour.facts.json", "x.jsonl.gz"])
def test_if_several_files_hold_one_circle_the_newest_counts(
    tmp_path: Path, state: CircleState, name: str
) -> None:
    older = encode_facts(structs.replace(state, records=state.records[:1]), NOW, MemberNaming.NAMES)
    newer = written(tmp_path / "harbour.facts.json", encode_facts(state, LATER, MemberNaming.SEATS))
    other = tmp_path / name
    other.parent.mkdir(exist_ok=True)
    if name.endswith("gz"):
        other = bundle(other, older) / "1"
    else:
        other.write_bytes(older)
    found = list(reviews([tmp_path], LATER))
    assert [each.path for each in found if isinstance(each, CircleReview)] == [newer]
    (left_out,) = (each for each in found if isinstance(each, OlderCopy))
    assert left_out.path == other
    assert "without the meeting of" in str(left_out)


def test_of_facts_with_the_same_meetings_those_made_last_count(
    tmp_path: Path, state: CircleState
) -> None:
    """The moment at which the facts were made counts, not when a copy was saved."""
    new = written(tmp_path / "a.facts.json", encode_facts(state, LATER, MemberNaming.NAMES))
    old = written(tmp_path / "b.facts.json", encode_facts(state, NOW, MemberNaming.NAMES))
    os.utime(new, (1, 1))
    (one, copy) = reviews([tmp_path], LATER)
    assert isinstance(one, CircleReview)
    assert (one.path, copy.path) == (new, old)


def test_two_circles_with_the_same_name_people_and_start_stay_separate(
    tmp_path: Path, state: CircleState
) -> None:
    first, second, _ = facts_of_three(state)
    for folder, raw in (("one", first), ("two", second)):
        (tmp_path / folder).mkdir()
        written(tmp_path / folder / "harbour.facts.json", raw)
    assert all(isinstance(each, CircleReview) for each in reviews([tmp_path], NOW))


def test_a_gzip_file_of_something_else_is_reported_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "other.gz"
    path.write_bytes(gzip.compress(b"hello\nworld\n"))
    found = list(reviews([path], NOW))
    assert [str(each) for each in found] == [
        f"{path}/{number} couldn't be read: it's damaged." for number in (1, 2)
    ]
