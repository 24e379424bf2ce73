"""A meeting is kept, whatever another machine wrote into the circle while it was held."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import commitments, membership
from circle_tui.core.circle.adding_record import add_record
from circle_tui.core.circle.record import (
    CommitmentResult,
    MeetingRecord,
    NewCommitment,
    Outcome,
    Reset,
)
from circle_tui.core.circle.state import Change, CircleState
from circle_tui.store.codec.file_contents import decode, encode

from .meetings import START, circle_of, history_of, record

NOW = START + timedelta(days=3)


def before() -> CircleState:
    """A circle with one meeting, from which two machines go on."""
    made = (NewCommitment("c1", "m1", "read"), NewCommitment("c2", "m2", "run"))
    return history_of([record(1, made=made)], circle_of(3))


def held(**changes: object) -> MeetingRecord:
    """The meeting held on this machine, which made "c3" out of "c1"."""
    fields: dict[str, object] = {
        "attendance": dict.fromkeys(("m1", "m2", "m3"), Attendance.PRESENT),
        "made": (NewCommitment("c3", "m1", "read less"), NewCommitment("c4", "m3", "rest")),
        "answered": (
            CommitmentResult("c1", Outcome.MISSED, "rain", Reset.SMALLER, "c3"),
            CommitmentResult("c2", Outcome.KEPT),
        ),
        **changes,
    }
    return record(2, **fields)


def words_of(state: CircleState) -> set[str]:
    return {made.text for record in state.records for made in record.made}


def test_where_nothing_else_was_written_a_record_is_added_as_it_is() -> None:
    state = before()
    after = add_record(state, held(), state.circle.members)
    assert after == replace(state, records=(*state.records, held()))
    assert add_record(after, held(), state.circle.members) == after


def test_ids_and_a_number_that_another_machine_used_become_others() -> None:
    state = before()
    theirs = record(2, id="elsewhere", made=(NewCommitment("c3", "m2", "theirs"),))
    state = replace(state, records=(*state.records, theirs))
    after = add_record(state, held(), state.circle.members)
    *_, other, mine = after.records
    assert other == theirs
    assert mine.number == 3
    assert [made.id for made in mine.made] == ["c5", "c4"]
    assert mine.answered[0].becomes == "c5"
    assert [link.text for link in commitments.chain(after, "c5")] == ["read", "read less"]
    assert add_record(after, held(), state.circle.members) == after


def test_an_id_that_a_change_between_meetings_used_becomes_another() -> None:
    state = before()
    changed = Change(
        commitment="c2", at=NOW, outcome=Outcome.CHANGED, becomes="c3", text="run more"
    )
    state = replace(state, changes=(changed,))
    after = add_record(state, held(), state.circle.members)
    texts = {each.id: each.text for each in commitments.open_commitments(after)}
    assert texts == {"c3": "run more", "c5": "read less", "c4": "rest"}


def test_whoever_was_there_and_is_in_no_file_any_more_comes_back() -> None:
    state = before()
    grown = membership.join(state, NOW, "Yan")
    yan = grown.circle.members[-1]
    meeting = held(attendance={"m1": Attendance.PRESENT, yan.id: Attendance.LATE})
    after = add_record(state, meeting, grown.circle.members)
    assert after.circle.members == grown.circle.members
    assert add_record(after, meeting, grown.circle.members) == after


def test_two_who_joined_on_two_machines_under_one_id_stay_two() -> None:
    state = before()
    here = membership.join(state, NOW, "Yan")
    there = membership.join(state, NOW + timedelta(minutes=1), "Noor")
    yan = here.circle.members[-1]
    assert there.circle.members[-1].id == yan.id
    meeting = held(
        attendance={"m1": Attendance.PRESENT, yan.id: Attendance.PRESENT},
        made=(NewCommitment("c3", yan.id, "stay"),),
        answered=(),
        opener=yan.id,
        order=(yan.id, "m1"),
        reaches_out={yan.id: "m1"},
    )
    after = add_record(there, meeting, here.circle.members)
    *_, noor, found = after.circle.members
    assert (noor.name, found.name) == ("Noor", "Yan")
    assert noor.id != found.id
    mine = after.records[-1]
    assert (mine.opener, mine.order, mine.reaches_out) == (
        found.id,
        (found.id, "m1"),
        {found.id: "m1"},
    )
    assert mine.attendance[found.id] is Attendance.PRESENT
    assert mine.made[0].member == found.id
    assert add_record(after, meeting, here.circle.members) == after


def test_of_somebody_forgotten_elsewhere_no_word_comes_back() -> None:
    state = before()
    name = state.circle.members[0].name
    gone = membership.forget(state, NOW, "m1", name)
    after = add_record(gone, held(), state.circle.members)
    mine = after.records[-1]
    assert [made.text for made in mine.made] == ["rest"]
    assert [each.id for each in mine.answered] == ["c2"]
    assert mine.attendance["m1"] is Attendance.PRESENT
    assert after.circle.members[0].forgotten
    assert "rain" not in repr(after)


def test_somebody_renamed_elsewhere_is_still_the_same() -> None:
    state = before()
    renamed = membership.rename(state, NOW, "m1", "Zora")
    after = add_record(renamed, held(), state.circle.members)
    assert len(after.circle.members) == 3
    assert after.circle.members[0].name == "Zora"


RECORDS = st.builds(
    lambda number, ids, member, becomes: record(
        number,
        id=f"other-{number}",
        made=tuple(NewCommitment(each, member, f"theirs {each}") for each in ids),
        answered=(CommitmentResult("c1", Outcome.MISSED, "", Reset.AGAIN, becomes),),
    ),
    st.integers(1, 4),
    st.lists(st.sampled_from(["c3", "c4", "c5", "c5-x", "odd"]), unique=True, max_size=3),
    st.sampled_from(["m1", "m2", "m9"]),
    st.sampled_from(["c3", "c4", "c9"]),
)


@given(st.lists(RECORDS, max_size=3, unique_by=lambda each: (each.id, each.made[:1])))
def test_whatever_was_written_meanwhile_a_meeting_is_kept_and_can_be_read_back(
    others: list[MeetingRecord],
) -> None:
    state = before()
    taken: set[str] = set()
    fitting = []
    for other in others:
        ids = {made.id for made in other.made} | {other.id}
        if not ids & taken:
            fitting.append(other)
            taken |= ids
    state = replace(state, records=(*state.records, *fitting))
    after = add_record(state, held(), before().circle.members)
    assert decode(encode(after).to_bytes()).state == replace(
        after, records=tuple(sorted(after.records, key=lambda each: each.number))
    )
    assert words_of(after) == words_of(state) | {"read less", "rest"}
    numbers = [each.number for each in after.records if each.id in {held().id, "meeting-1"}]
    assert len(set(numbers)) == 2
    again = add_record(after, held(), before().circle.members)
    assert again == after
