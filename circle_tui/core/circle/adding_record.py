"""Adds the record of a meeting to a circle that may have changed during the meeting.

Invariant: a record can always be added. Conflicts with what another program wrote during the
meeting are resolved, and no words are lost except those of forgotten members.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from circle_tui.core import words
from circle_tui.core.attendance.facts import MOST, sort_by_number
from circle_tui.core.circle import commitments, continuity
from circle_tui.core.circle.circle import Member
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.state import CircleState
from circle_tui.core.ids import MemberId, next_number


def add_record(
    state: CircleState, record: MeetingRecord, members: Sequence[Member] = ()
) -> CircleState:
    """`state` with `record`, which replaces an earlier record with the same id.

    `members` are those the meeting knew; if the record names one whom the circle has lost, they
    are added again. Adding the same record once more changes nothing.
    """
    ids = _member_ids(state, members)
    state = _with_members(state, record, members, ids)
    others = [each for each in state.records if each.id != record.id]
    record = _with_member_ids(record, ids)
    record = _with_free_commitments(record, state, others)
    record = words.forget(record, _forgotten(record, state, members))
    if any(each.number == record.number for each in others):
        last = max(each.number for each in others)
        record = replace(record, number=min(1 + last, MOST))
    return continuity.extended(replace(state, records=sort_by_number((*others, record))))


def _member_ids(state: CircleState, members: Iterable[Member]) -> dict[MemberId, MemberId]:
    """The id in the circle of each member the meeting knew, existing or new."""
    known = {each.id: each for each in state.circle.members}
    ids: dict[MemberId, MemberId] = {}
    for member in members:
        found = known.get(member.id)
        if found is None or _joined_together(found, member):
            ids[member.id] = member.id
            continue
        # Another machine gave the id to somebody else.
        same = [
            each.id
            for each in state.circle.members
            if each.name == member.name and _joined_together(each, member)
        ]
        taken = (*known, *ids.values())
        ids[member.id] = same[0] if same else MemberId(f"m{next_number(taken)}")
    return ids


def _joined_together(one: Member, other: Member) -> bool:
    # Files keep whole seconds.
    return one.joined.replace(microsecond=0) == other.joined.replace(microsecond=0)


def _with_members(
    state: CircleState,
    record: MeetingRecord,
    members: Iterable[Member],
    ids: Mapping[MemberId, MemberId],
) -> CircleState:
    known = {each.id for each in state.circle.members}
    back = [
        replace(each, id=ids[each.id])
        for each in members
        if each.id in record.attendance and ids[each.id] not in known
    ]
    if not back:
        return state
    circle = replace(state.circle, members=(*state.circle.members, *back))
    return replace(state, circle=circle)


def _with_member_ids(record: MeetingRecord, ids: Mapping[MemberId, MemberId]) -> MeetingRecord:
    if all(before == after for before, after in ids.items()):
        return record

    def now(member: MemberId) -> MemberId:
        return ids.get(member, member)

    return replace(
        record,
        opener=None if record.opener is None else now(record.opener),
        attendance={now(member): how for member, how in record.attendance.items()},
        order=tuple(map(now, record.order)),
        made=tuple(replace(each, member=now(each.member)) for each in record.made),
        reaches_out={now(missing): now(by) for missing, by in record.reaches_out.items()},
        reached=tuple(map(now, record.reached)),
    )


def _with_free_commitments(
    record: MeetingRecord, state: CircleState, others: Iterable[MeetingRecord]
) -> MeetingRecord:
    """The record with new ids for commitments whose id was given to another one meanwhile."""
    taken = {made.id for each in others for made in each.made}
    taken |= {each.becomes for each in state.changes if each.becomes is not None}
    own = [made.id for made in record.made]
    free = next_number((*taken, *own))
    ids = {}
    for made in own:
        if made in taken:
            ids[made] = f"c{free}"
            free += 1
    if not ids:
        return record
    return replace(
        record,
        made=tuple(replace(each, id=ids.get(each.id, each.id)) for each in record.made),
        answered=tuple(
            replace(
                each,
                id=ids.get(each.id, each.id),
                becomes=None if each.becomes is None else ids.get(each.becomes, each.becomes),
            )
            for each in record.answered
        ),
    )


def _forgotten(
    record: MeetingRecord, state: CircleState, members: Iterable[Member]
) -> dict[str, frozenset[str]]:
    """Who was forgotten while the meeting was held, and which commitments may be theirs."""
    gone = {each.id for each in state.circle.members if each.forgotten}
    if not gone & {each.id for each in members if not each.forgotten}:
        return {}
    theirs = {each.id for each in record.made if each.member in gone}
    known = commitments.all_ids(state) | {each.id for each in record.made}
    # A commitment that is gone may have been theirs, so its result is deleted, too.
    theirs |= {each.id for each in record.answered if each.id not in known}
    theirs |= {each.id for each in record.answered if each.becomes in theirs}
    return {"member": frozenset(gone), "commitment": frozenset(theirs)}
