"""The facts that a circle hands to its lead, as one line of JSON.

Invariant: only tables of facts are written, and of each document only the fields that its type
declares as facts. A field of words cannot get into them, nor one that a record has beside them.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from circle_tui.core.attendance.facts import Cancelled, HeldMeeting, Trade
from circle_tui.core.circle.circle import Member
from circle_tui.core.circle.facts_for_leads import MemberNaming, with_member_naming
from circle_tui.core.circle.state import CircleState
from circle_tui.core.ids import is_own_member_id
from circle_tui.core.words import facts_in
from circle_tui.store.codec.circle_document import CircleDocument
from circle_tui.store.codec.facts_heading import new_heading
from circle_tui.store.codec.file_contents import encode_tables
from circle_tui.store.codec.json_text import encode_json
from circle_tui.store.codec.values import invalid_field

TABLES: Mapping[str, Any] = {
    "circle": CircleDocument,
    "members": Member,
    "sessions": HeldMeeting,
    "cancelled": Cancelled,
    "trades": Trade,
}
"""The tables that leave, and the type of the facts in each."""


def encode_facts(state: CircleState, made: datetime, people: MemberNaming) -> bytes:
    """The facts of a circle, `made` at that moment (aware), with its members as `people` says.

    Raises `SchemaError` where something stands in the place of a member that is no id.
    """
    if state.unknown_attendees:
        raise invalid_field("sessions, where somebody came who is no member")
    members = {member.id for member in state.circle.members}
    if not all(trade.member in members or is_own_member_id(trade.member) for trade in state.trades):
        raise invalid_field("trades, where somebody traded who is no member")
    shown = with_member_naming(state, people)
    documents = encode_tables(shown)
    tables = {
        name: {
            str(key): facts_in(document, shape) for key, document in enumerate(documents[name], 1)
        }
        for name, shape in TABLES.items()
    }
    last = state.records[-1].number if state.records else 0
    heading = new_heading(state.circle.id, made, last, people)
    return encode_json({"facts": heading, "tables": tables}) + b"\n"
