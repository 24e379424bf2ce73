"""A field of words is cleaned, forgotten and kept from leads, whatever value it belongs to."""

import inspect as python
from datetime import UTC, datetime

import pytest
from msgspec import Struct, to_builtins
from msgspec.structs import replace

from circle_tui.core.attendance import facts, figures
from circle_tui.core.attendance.facts import AttendanceFacts, HeldMeeting
from circle_tui.core.circle import membership
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.record import CommitmentResult, MeetingRecord, NewCommitment, Outcome
from circle_tui.core.circle.state import CircleState
from circle_tui.core.fields import (
    AuthorId,
    Code,
    Id,
    Name,
    OwnedCommitment,
    OwnerId,
    SharedWords,
    Words,
)
from circle_tui.core.words import cleaned, facts_in, forget
from circle_tui.store import attendance_reader

from .fields_of_words import Field, words_in, words_without_owner
from .meetings import circle_of, history_of, record

NOW = datetime(2026, 3, 6, tzinfo=UTC)
HOSTILE, CLEAN = "\x1b[31m\u202ewalrus\r\n  pup", "[31mwalrus pup"


class Reason(NewCommitment, frozen=True):
    """A commitment as a later version may have it."""

    why: Words = ""


class Mood(Struct, frozen=True):
    """A value about a member that a later version may have."""

    member: OwnerId
    words: Words
    asides: tuple[Words, ...] = ()


class Doubt(Struct, frozen=True):
    """A value about a commitment that a later version may have."""

    about: OwnedCommitment
    words: Words


class Remark(Struct, frozen=True):
    """What one member wrote about another, as a later version may have it."""

    about: OwnerId
    words: Words
    asides: dict[Words, int] = {}
    by: AuthorId | None = None
    number: int = 3


class StateOfLaterVersion(CircleState, frozen=True, kw_only=True):
    """A state as a later version may have it."""

    moods: tuple[Mood, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    motto: SharedWords = ""
    notes: dict[OwnerId, Words] = {}
    mood_now: Mood | None = None
    remarks: tuple[Remark, ...] = ()


NEW = {
    Field("Mood", "words"),
    Field("Mood", "asides"),
    Field("Doubt", "words"),
    Field("Remark", "words"),
    Field("Remark", "asides"),
    Field("StateOfLaterVersion", "motto"),
    Field("StateOfLaterVersion", "notes"),
}


@pytest.fixture
def state_of_later_version() -> StateOfLaterVersion:
    """A state of two members, with words of both in every such value."""
    held = record(
        1,
        made=(Reason("c1", "m1", "stay", why="walrus"), Reason("c2", "m2", "go", why=HOSTILE)),
    )
    base = history_of([held], circle_of(2))
    return StateOfLaterVersion(
        circle=base.circle,
        records=base.records,
        moods=(Mood("m1", "fine"), Mood("m2", HOSTILE, (HOSTILE, "b"))),
        doubts=(Doubt("c1", "perhaps"), Doubt("c2", HOSTILE)),
        motto=HOSTILE,
        notes={"m1": "one", "m2": HOSTILE},
        mood_now=Mood("m2", HOSTILE),
        remarks=(
            Remark("m1", "of one by two", {"aside": 1}, "m2"),
            Remark("m2", "of two by one", by="m1"),
            Remark("m1", "of one by three", {"aside": 2}, "m3", number=4),
        ),
    )


# Cleaning


def test_every_field_of_words_is_cleaned(state_of_later_version: StateOfLaterVersion) -> None:
    clean = cleaned(state_of_later_version)
    assert clean.moods[1] == Mood("m2", CLEAN, (CLEAN, "b"))
    assert clean.records[0].made[1] == Reason("c2", "m2", "go", why=CLEAN)
    assert (clean.motto, clean.notes["m2"]) == (CLEAN, CLEAN)
    assert clean.doubts[1].words == CLEAN
    assert clean.mood_now == Mood("m2", CLEAN)


def test_clean_values_are_returned_unchanged(state_of_later_version: StateOfLaterVersion) -> None:
    clean = cleaned(state_of_later_version)
    assert cleaned(clean) is clean
    assert clean.records[0].made[0] is state_of_later_version.records[0].made[0]


# Forgetting


def test_everything_that_belongs_to_a_forgotten_member_is_deleted(
    state_of_later_version: StateOfLaterVersion,
) -> None:
    name = state_of_later_version.circle.members[1].name
    after = membership.forget(state_of_later_version, NOW, "m2", name)
    assert isinstance(after, StateOfLaterVersion)
    assert after.moods == state_of_later_version.moods[:1]
    assert after.doubts == state_of_later_version.doubts[:1]
    assert after.notes == {"m1": "one"}
    assert after.records[0].made == state_of_later_version.records[0].made[:1]
    assert after.mood_now is None


def test_values_a_forgotten_member_wrote_about_others_lose_their_words(
    state_of_later_version: StateOfLaterVersion,
) -> None:
    after = forget(state_of_later_version, {"member": frozenset({"m2"}), "commitment": frozenset()})
    assert after.remarks == (Remark("m1", "", {}, "m2"), state_of_later_version.remarks[2])


def test_shared_words_and_what_others_said_stay(
    state_of_later_version: StateOfLaterVersion,
) -> None:
    after = forget(
        state_of_later_version, {"member": frozenset({"m2"}), "commitment": frozenset({"c2"})}
    )
    assert after.motto == HOSTILE
    assert after.records[0].made[0] is state_of_later_version.records[0].made[0]
    assert after.records[0].attendance == state_of_later_version.records[0].attendance


def test_forgetting_a_member_without_words_changes_nothing(
    state_of_later_version: StateOfLaterVersion,
) -> None:
    assert (
        forget(state_of_later_version, {"member": frozenset({"m9"}), "commitment": frozenset()})
        is state_of_later_version
    )


def test_all_fields_of_words_say_whose_they_are(
    state_of_later_version: StateOfLaterVersion,
) -> None:
    assert words_without_owner(CircleState) == frozenset()
    assert words_without_owner(StateOfLaterVersion) == frozenset()

    class WordsWithoutOwner(Struct):
        id: Id
        words: Words

    assert words_without_owner(WordsWithoutOwner) == {Field("WordsWithoutOwner", "words")}


# The leads' wall


def structs_of(module: object) -> list[type]:
    return [
        each for _, each in python.getmembers(module, python.isclass) if issubclass(each, Struct)
    ]


def test_the_types_that_leads_see_have_no_fields_of_words() -> None:
    shapes = [*structs_of(facts), *structs_of(figures), *structs_of(attendance_reader)]
    shapes = [each for each in shapes if each is not Circle]
    assert {AttendanceFacts, HeldMeeting, attendance_reader._File} <= set(shapes)
    for each in shapes:
        assert words_in(each) == frozenset(), each


def test_a_new_field_of_words_is_found_at_any_depth() -> None:
    assert words_in(StateOfLaterVersion) - words_in(CircleState) == NEW
    assert words_in(MeetingRecord) >= {
        Field("NewCommitment", "text"),
        Field("CommitmentResult", "got_in_the_way"),
        Field("Retrospective", "worked"),
        Field("HealthCheck", "answers"),
    }
    assert words_in(Circle) == {Field("Circle", "prompts")}

    class FactsWithWords(AttendanceFacts, frozen=True, kw_only=True):
        moods: tuple[Mood, ...] = ()

    assert words_in(FactsWithWords) == {Field("Mood", "words"), Field("Mood", "asides")}


# What leaves the program


def test_exported_values_contain_no_words(state_of_later_version: StateOfLaterVersion) -> None:
    result = CommitmentResult("c2", Outcome.MISSED, "the walrus")
    records = (replace(state_of_later_version.records[0], answered=(result,)),)
    document = to_builtins(replace(state_of_later_version, records=records))
    leaving = facts_in(document, type(state_of_later_version))
    assert leaving["moods"] == [{"member": "m1"}, {"member": "m2"}]
    assert leaving["records"][0]["made"][1] == {
        "id": "c2",
        "member": "m2",
        "due": "next",
        "daily": False,
    }
    assert leaving["records"][0]["answered"][0]["outcome"] == "missed"
    assert leaving["records"][0]["attendance"] == records[0].attendance
    assert leaving["circle"]["members"][0]["name"] == state_of_later_version.circle.members[0].name
    assert "motto" not in leaving
    assert "prompts" not in leaving["circle"]
    assert "walrus" not in repr(leaving)


def test_of_a_meeting_only_declared_facts_are_exported() -> None:
    said = replace(record(1), answered=(CommitmentResult("c2", Outcome.MISSED, "the walrus"),))
    leaving = facts_in(to_builtins(said), HeldMeeting)
    assert set(leaving) == set(HeldMeeting.__struct_fields__)
    assert "walrus" not in repr(leaving)


def test_a_text_field_without_a_declared_kind_is_not_exported() -> None:
    class UnmarkedText(Struct, frozen=True):
        name: Name
        zone: Code
        door: str
        notes: tuple[str, ...] = ()
        asides: dict[Id, str] = {}
        heads: int = 0

    document = to_builtins(UnmarkedText("Blue", "UTC", "walrus", ("walrus",), {"m1": "walrus"}, 3))
    assert facts_in(document, UnmarkedText) == {"name": "Blue", "zone": "UTC", "heads": 3}
