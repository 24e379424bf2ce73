"""What a circle hands to its lead is shown before it leaves, and all of it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from circle_tui.core.attendance.facts import (
    Attendance,
    Cancelled,
    CycleChoice,
    Trade,
)
from circle_tui.core.circle.facts_for_leads import MemberNaming
from circle_tui.core.circle.record import Retrospective
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.store.codec.facts_document import encode_facts
from circle_tui.views.facts_for_lead import FactsForLeadView, facts_for_lead_view
from circle_tui.views.presenters.facts_for_lead import FactsForLeadPresenter
from circle_tui.views.view import Local, Request
from tests.core.meetings import START, circle_of, record

WORDS = "kanarienvogel"
SAID_AS = {
    "circle": {
        "schema": None,
        "id": None,
        "sample": None,
        "name": "Thursday",
        "format": "peer circle",
        "rhythm": "fortnightly",
        "zone": "Europe/London",
        "share_seconds": "minutes each",
        "response_seconds": "minutes each",
        "length_seconds": "length",
        "cycle": "meetings in a cycle",
        "first": "the first date",
        "digits": "how times are shown",
        "overtime": "how times are shown",
        "twelve_hours": "how times are shown",
        "bell": "bell",
        "woken": "whether it rests",
        "told_of_three": None,
    },
    "members": {
        "id": None,
        "name": "Ada",
        "joined": "joined",
        "left": "left",
        "away": "away",
        "forgotten": "left",
    },
    "sessions": {
        "id": None,
        "number": "1 · ",
        "cycle": "its cycle",
        "started": "began",
        "ended": "ended",
        "opener": "who opened",
        "attendance": "who came and how",
        "guests": "how many guests",
        "next": "the next date",
        "looked_back": "Cycle ends",
    },
    "cancelled": {
        "id": None,
        "cycle": None,
        "planned": "Cancelled",
        "at": "when that was",
        "rebooked": "any new date",
        "rebooked_at": "any new date",
    },
    "trades": {"week": "week by week", "member": "who", "sent": "sent", "received": "received"},
}
"""Where each field that leaves is said; None for a number of the file's own."""


def whole() -> CircleState:
    """A circle that has everything which can leave, and words beside it."""
    met = record(
        1,
        attendance={"m1": Attendance.PRESENT, "m2": Attendance.LATE},
        opener="m1",
        guests=2,
        looked_back=Retrospective(choice=CycleChoice.RENEW, worked=WORDS, change=WORDS),
    )
    planned = START + timedelta(days=14)
    gone = Cancelled(
        id="x1", cycle=1, planned=planned, at=START, rebooked=planned, rebooked_at=START
    )
    circle = circle_of(2)
    members = (circle.members[0], replace(circle.members[1], away=START))
    return CircleState(
        circle=replace(circle, zone="Europe/London", members=members, woken=START),
        records=(met,),
        cancelled=(gone,),
    )


def pair() -> CircleState:
    trade = Trade(week=START.date(), member="m1", sent=True, received=True)
    return CircleState(circle=circle_of(2, "trading-pair"), trades=(trade,))


def look(state: CircleState, **more: Any) -> FactsForLeadView:
    people = more.pop("people", MemberNaming.NAMES)
    return facts_for_lead_view(
        CircleSnapshot(state, START), people=people, file="f.json", folder="/home", **more
    )


def said(view: FactsForLeadView) -> str:
    rows = (*view.leaves, *view.each, *view.file)
    return "\n".join(f"{row.name} {row.text}" for row in rows)


@pytest.mark.parametrize("state", [whole(), pair()], ids=["circle", "pair"])
def test_every_field_that_leaves_is_said_before_it_does(state: CircleState) -> None:
    shown = said(look(state))
    document = json.loads(encode_facts(state, START, MemberNaming.NAMES))
    for table, rows in document["tables"].items():
        for row in rows.values():
            for field in row:
                # A field that is not listed there has to be said on the screen first.
                as_said = SAID_AS[table][field]
                if as_said in {"peer circle", "fortnightly", "meetings in a cycle"} and (
                    not state.circle.preset.meets
                ):
                    continue
                assert as_said is None or as_said in shown, (table, field)


def test_each_meeting_is_told_as_it_leaves_and_no_word_with_it() -> None:
    view = look(whole())
    (row,) = view.each
    assert row.text == "Ada present, Ben late, Ada opened, 2 guests"
    assert WORDS not in said(view)


@pytest.mark.parametrize(
    ("people", "shown"),
    [(MemberNaming.INITIALS, "A present, B late"), (MemberNaming.SEATS, "Seat 1 present")],
)
def test_nobody_is_named_where_the_circle_chose_so(people: MemberNaming, shown: str) -> None:
    view = look(whole(), people=people)
    assert shown in said(view)
    for name in ("Ada", "Ben"):
        assert name not in said(view)


def test_a_pair_sees_its_weeks() -> None:
    (row,) = look(pair()).each
    assert row.text == "Ada sent, Ada received"


def test_a_circle_that_never_met_has_something_to_see_too() -> None:
    view = look(CircleState(circle=circle_of(2)))
    assert [row.text for row in view.each] == ["None yet."]


def test_the_place_writes_nothing_itself_and_shows_the_file_that_it_was_told() -> None:
    place = FactsForLeadPresenter(lambda: CircleSnapshot(whole(), START))
    assert place.opened() is Local.FIND_FILE
    assert place.view().file == ()
    place.found("f.json", "/home")
    assert [row.text for row in place.view().file][:2] == ["f.json", "in /home"]
    assert place.local(Local.NEXT_NAMES) is None
    assert place.people is MemberNaming.INITIALS
    assert place.local(Local.HAND_OVER) is Local.HAND_OVER
    assert "It's written." not in said(place.view())
    place.written()
    assert "It's written." in said(place.view())


def test_enter_writes_once_and_esc_leaves() -> None:
    before, after = look(whole()), look(whole(), written=True)
    for view in (before, after):
        back = view.action("back")
        assert back is not None
        assert back.does is Request.HOME
    write = before.action("write")
    assert write is not None
    assert write.does is Local.HAND_OVER
    again = after.action("write")
    assert again is not None
    assert again.disabled_reason == "It's already written. Esc for home"
    assert after.action("names") is None
