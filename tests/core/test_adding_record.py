"""A meeting can be saved, whatever another machine wrote to the circle while it was held."""

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


def common_state() -> CircleState:
    """A circle with one meeting; two machines continue from it."""
    made = (NewCommitment("c1", "m1", "read"), NewCommitment("c2", "m2", "run"))
    return history_of([record(1, made=made)], circle_of(3))


def own_record(**changes: object) -> MeetingRecord:
    """The meeting held on this machine; in it "c1" was replaced by "c3"."""
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


def open_texts(state: CircleState) -> set[str]:
    return {made.text for record in state.records for made in record.made}


def test_a_record_is_added_unchanged_if_nothing_else_was_written() -> None:
    state = common_state()
    after = add_record(state, own_record(), state.circle.members)
    assert after == replace(state, records=(*state.records, own_record()))
    assert add_record(after, own_record(), state.circle.members) == after


def test_ids_and_a_number_that_another_machine_used_are_replaced() -> None:
    state = common_state()
    other_text = record(2, id="elsewhere", made=(NewCommitment("c3", "m2", "theirs"),))
    state = replace(state, records=(*state.records, other_text))
    after = add_record(state, own_record(), state.circle.members)
    *_, other, own_text = after.records
    assert other == other_text
    assert own_text.number == 3
    assert [made.id for made in own_text.made] == ["c5", "c4"]
    assert own_text.answered[0].becomes == "c5"
    assert [link.text for link in commitments.chain(after, "c5")] == ["read", "read less"]
    assert add_record(after, own_record(), state.circle.members) == after


def test_an_id_that_a_change_between_meetings_used_is_replaced() -> None:
    state = common_state()
    changed = Change(
        commitment="c2", at=NOW, outcome=Outcome.CHANGED, becomes="c3", text="run more"
    )
    state = replace(state, changes=(changed,))
    after = add_record(state, own_record(), state.circle.members)
    texts = {each.id: each.text for each in commitments.open_commitments(after)}
    assert texts == {"c3": "run more", "c5": "read less", "c4": "rest"}


def test_a_member_who_was_there_but_is_gone_from_the_file_is_added_again() -> None:
    state = common_state()
    extended = membership.join(state, NOW, "Yan")
    yan = extended.circle.members[-1]
    meeting = own_record(attendance={"m1": Attendance.PRESENT, yan.id: Attendance.LATE})
    after = add_record(state, meeting, extended.circle.members)
    assert after.circle.members == extended.circle.members
    assert add_record(after, meeting, extended.circle.members) == after


def test_two_members_who_joined_on_two_machines_with_the_same_id_stay_separate() -> None:
    state = common_state()
    here = membership.join(state, NOW, "Yan")
    there = membership.join(state, NOW + timedelta(minutes=1), "Noor")
    yan = here.circle.members[-1]
    assert there.circle.members[-1].id == yan.id
    meeting = own_record(
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
    own_text = after.records[-1]
    assert (own_text.opener, own_text.order, own_text.reaches_out) == (
        found.id,
        (found.id, "m1"),
        {found.id: "m1"},
    )
    assert own_text.attendance[found.id] is Attendance.PRESENT
    assert own_text.made[0].member == found.id
    assert add_record(after, meeting, here.circle.members) == after


def test_words_of_a_member_forgotten_on_another_machine_do_not_come_back() -> None:
    state = common_state()
    name = state.circle.members[0].name
    gone = membership.forget(state, NOW, "m1", name)
    after = add_record(gone, own_record(), state.circle.members)
    own_text = after.records[-1]
    assert [made.text for made in own_text.made] == ["rest"]
    assert [each.id for each in own_text.answered] == ["c2"]
    assert own_text.attendance["m1"] is Attendance.PRESENT
    assert after.circle.members[0].forgotten
    assert "rain" not in repr(after)


def test_a_member_renamed_on_another_machine_stays_the_same_member() -> None:
    state = common_state()
    renamed = membership.rename(state, NOW, "m1", "Zora")
    after = add_record(renamed, own_record(), state.circle.members)
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
def test_a_meeting_can_be_added_to_any_later_state_and_read_again(
    others: list[MeetingRecord],
) -> None:
    state = common_state()
    taken: set[str] = set()
    fitting = []
    for other in others:
        ids = {made.id for made in other.made} | {other.id}
        if not ids & taken:
            fitting.append(other)
            taken |= ids
    state = replace(state, records=(*state.records, *fitting))
    after = add_record(state, own_record(), common_state().circle.members)
    assert decode(encode(after).to_bytes()).state == replace(
        after, records=tuple(sorted(after.records, key=lambda each: each.number))
    )
    assert open_texts(after) == open_texts(state) | {"read less", "rest"}
    numbers = [each.number for each in after.records if each.id in {own_record().id, "meeting-1"}]
    assert len(set(numbers)) == 2
    again = add_record(after, own_record(), common_state().circle.members)
    assert again == after
