"""What the printed pages contain, and whose words."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle.record import NewCommitment, Retrospective
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import judging
from circle_tui.core.contracts.contract import Part
from circle_tui.core.sheet import Blank, Sheet, SheetRow
from circle_tui.views.sheet import meeting_sheet, member_sheet
from tests.core.contracts.agreements import (
    ADA,
    BEN,
    CLEO,
    REASON,
    RUBRIC,
    K,
    Runner,
    contract_of,
    lines,
    reviewed,
)
from tests.core.meetings import NAMES, START, circle_of, record
from tests.planted_words import CANARY, NOW, canaries_in, planted_state

DAY = timedelta(days=1)
REST = Retrospective(choice=CycleChoice.REST, worked="", change="")
BOX, LINE = Blank.BOX, Blank.LINE


def snapshot(state: CircleState) -> CircleSnapshot:
    return CircleSnapshot(state, START - DAY)


def evening_of(people: int = 3, format_key: str = "peer-circle", **changes: object) -> Sheet:
    return meeting_sheet(snapshot(CircleState(circle=circle_of(people, format_key, **changes))))


def test_a_meeting_page_has_the_order_with_times_boxes_and_lines() -> None:
    sheet = evening_of()
    assert sheet.under == ("Meeting 1 of cycle 1", "Thursday 5 March, 10:00 to 10:36")
    begin, *turns, close = sheet.rows
    assert [row.cells for row in turns] == [
        ("10:05", BOX, "Ada opens", LINE),
        ("10:14", BOX, "Ben", LINE),
        ("10:23", BOX, "Cleo", LINE),
    ]
    assert (begin.cells[0], close.cells[0], close.quiet) == ("10:00", "10:32", True)
    rule = sheet.sections[0]
    assert rule.title == "We listen"
    assert "What did you notice about how that went?”" in rule.lines[1]
    assert "Next date" in sheet.blanks


def test_the_opener_is_first_on_the_page() -> None:
    state = CircleState(circle=circle_of(3), records=(record(1),))
    names = [row.cells[2] for row in meeting_sheet(snapshot(state)).rows[1:-1]]
    assert names == ["Ben opens", "Cleo", "Ada"]


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (8, "If everyone comes, that takes 81 minutes, and you have 60. 5 minutes each would fit."),
        (6, "If everyone comes, that takes 63 minutes"),
    ],
)
def test_the_page_says_if_the_meeting_takes_longer_than_planned(people: int, said: str) -> None:
    assert any(said in line for line in evening_of(people).under)
    assert not any("minutes" in line for line in evening_of(5).under)


def test_no_share_is_proposed_if_none_fits() -> None:
    sheet = evening_of(8, length=timedelta(minutes=10))
    assert any(line.endswith("and you have 10.") for line in sheet.under)


def test_the_page_for_the_last_meeting_of_a_cycle_has_the_retrospective() -> None:
    assert "What worked" in str(evening_of(3, cycle=1).rows[-1].cells[2])


def test_a_pods_page_has_its_steps_and_a_movement_pods_page_its_topics() -> None:
    assert "What blocked or surprised me" in evening_of(3, "pod").sections[1].lines
    assert evening_of(4, "movement-pod").sections[1].lines[0] == "One strategic behaviour."


def test_a_resting_circles_page_has_minutes_instead_of_times() -> None:
    resting = CircleState(circle=circle_of(3), records=(record(1, looked_back=REST),))
    sheet = meeting_sheet(snapshot(resting))
    assert sheet.under[1] == "This circle is resting, so there's no date."
    assert [row.cells[0] for row in sheet.rows] == ["0", "5", "14", "23", "32"]


def test_a_date_in_the_past_is_not_printed() -> None:
    late = CircleSnapshot(CircleState(circle=circle_of(3)), START + DAY)
    sheet = meeting_sheet(late)
    assert sheet.under[1] == "There's no date ahead: the last one was Thursday 5 March, 10:00."
    assert sheet.heads[0] == "minute"
    begun = CircleSnapshot(CircleState(circle=circle_of(3)), START + timedelta(minutes=5))
    assert meeting_sheet(begun).heads[0] == "from"


def test_a_trading_pair_has_a_box_for_each_recording_of_each_week() -> None:
    sheet = evening_of(2, "trading-pair")
    assert sheet.heads == ("week from", "Ada sent", "Ada received", "Ben sent", "Ben received")
    assert len(sheet.rows) == 13
    assert sheet.rows[1].cells == ("9 March", BOX, BOX, BOX, BOX)


def test_there_is_a_page_even_if_everyone_is_away() -> None:
    away = tuple(replace(member, away=START) for member in circle_of(3).members)
    sheet = evening_of(3, members=away)
    assert "Everyone is away" in sheet.under[1]
    assert all(row.quiet for row in sheet.rows)


def test_every_table_row_has_a_cell_for_each_column() -> None:
    for sheet in (evening_of(), evening_of(2, "trading-pair"), member_page(planted_state())):
        assert {len(row.cells) for row in sheet.rows} == {len(sheet.heads)}


# A member's own page


def member_page(state: CircleState, seat: int = 1, now: datetime = NOW) -> Sheet:
    return member_sheet(CircleSnapshot(state, now), state.circle.members[seat - 1])


def test_a_members_page_has_their_commitments_their_date_and_room_for_more() -> None:
    made = (
        NewCommitment("c1", "m2", "I call Tom"),
        NewCommitment("c2", "m2", "I write", due="2026-05-02"),
        NewCommitment("c3", "m2", "I run", daily=True),
        NewCommitment("c4", "m1", "I keep this to myself"),
    )
    state = CircleState(circle=circle_of(3), records=(record(1, made=made),))
    sheet = member_page(state, 2, START + DAY)
    assert sheet.title == "Ben"
    assert sheet.under == ("Thursday", "Thursday 19 March, 10:00", "If everyone comes, you open.")
    assert [row.cells for row in sheet.rows[:3]] == [
        (BOX, "I call Tom", ""),
        (BOX, "I write", "by 2 May"),
        (BOX, "I run", "every day"),
    ]
    assert sheet.rows[3:] == (SheetRow((BOX, LINE, "")),) * 3
    assert "you open" not in str(member_page(state, 1, START + DAY))


def test_a_trading_partners_page_says_that_they_send_instead_of_meeting() -> None:
    pair = CircleState(circle=circle_of(2, "trading-pair"))
    assert "You don't meet" in member_page(pair).under[1]


def test_a_members_page_has_their_part_of_a_contract_in_force_and_nothing_that_was_found() -> None:
    bens = Part(member=BEN, lines=lines("I answer.", CANARY))
    judged = contract_of((ADA, BEN), name="Onboarding flow", judged=reviewed())
    judged = replace(judged, parts=(judged.parts[0], bens))
    run = Runner(judged, contract_of((BEN, CLEO), contract="k2", name="Of others"))
    assert member_sheet(CircleSnapshot(run.state, run.now), run.state.member(ADA)).sections == ()
    run.sign_all().opened()
    run.do(judging.review, K, ADA, CLEO, False, dict.fromkeys(RUBRIC, "-"), "17/29", REASON)
    (section,) = member_sheet(CircleSnapshot(run.state, run.now), run.state.member(ADA)).sections
    assert section.title == "Onboarding flow"
    assert section.lines == (
        *("Will: I draw.", "Needs: One link."),
        f"In touch: {judged.in_touch}",
        f"If something changes: {judged.if_changes}",
        "You'll look at it again on 19 March.",
    )
    for found in ("I answer", CANARY, REASON, "17/29", "58.6", "all comes back"):
        assert found not in repr(section)


# Canary words


@pytest.mark.parametrize("format_key", ["pod", "movement-pod", "peer-circle"])
def test_the_meetings_page_contains_no_words_of_members(format_key: str) -> None:
    state = planted_state(format_key)
    assert CANARY in repr(state)
    assert canaries_in(repr(meeting_sheet(CircleSnapshot(state, NOW)))) == []


def test_a_members_page_contains_their_open_commitments_and_no_other_words() -> None:
    own = NewCommitment("c90", "m1", f"{CANARY} of Ana")
    others = NewCommitment("c91", "m2", f"{CANARY} of Ben")
    state = planted_state()
    last = replace(state.records[-1], made=(own, others))
    state = replace(state, records=(*state.records[:-1], last))
    for seat, name in ((1, "Ana"), (2, "Ben")):
        cells = [str(cell) for row in member_page(state, seat).rows for cell in row.cells]
        found = [cell for cell in cells if CANARY in cell]
        assert f"{CANARY} of {name}" in found
        sheet = member_page(state, seat)._replace(rows=())
        assert canaries_in(repr(sheet)) == []
    assert f"{CANARY} of Ben" not in repr(member_page(state, 1))
    assert f"{CANARY} of Ana" not in repr(member_page(state, 2))


def test_the_page_has_room_for_the_largest_circle() -> None:
    sheet = evening_of(8)
    said = " ".join(str(row.cells[2]) for row in sheet.rows)
    assert all(name in said for name in NAMES)
