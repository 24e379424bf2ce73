"""The review of one circle, without a terminal."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from circle_tui.core.attendance import labels
from circle_tui.core.attendance.facts import AttendanceFacts, Cancelled, Trade
from circle_tui.core.attendance.figures import ALL_DATES, DateRange, Review, read_range, review
from circle_tui.core.circle.circle import make_circle
from circle_tui.views.date_range import NOTHING_BEHIND
from circle_tui.views.grid import Hidden, hidden_labels
from circle_tui.views.review_of_one import (
    MEETING,
    MEMBER,
    THE_PAIR,
    ReviewOfOneView,
    last_meeting,
    review_of_one_view,
)
from circle_tui.views.review_rows import circle_row
from circle_tui.views.view import Ask, Local, Move, Request, Say, Scroll
from tests.reports.sample_facts import ABSENT, NOW, at, circle, facts, held_meeting

PERCENT = "%"
NOWHERE = read_range("2020-01-01", "2020-12-31")
FIRST_DUE = datetime(2026, 3, 5, 10, tzinfo=UTC)


def view_of(found: Review | None = None, cursor: int | None = None, **more: Any) -> ReviewOfOneView:
    """The view of the small circle, or of another."""
    found = found or review(facts(), NOW)
    return review_of_one_view(
        found, cursor=last_meeting(found) if cursor is None else cursor, **more
    )


def rows(view: ReviewOfOneView) -> list[str]:
    """The grid as text: days, each member, and the counts."""
    columns = [column for group in view.groups for column in group.columns]
    heads = " ".join(f"{column.day} {column.month}" for column in columns)
    members = [
        f"{name} {''.join(column.signs[at][0] for column in columns)}"
        for at, name in enumerate(view.names)
    ]
    counts = [
        f"{label} {','.join(column.counts[at] for column in columns)}"
        for at, label in enumerate(view.count_labels)
    ]
    return [heads, *members, *counts]


def new_circle(format_key: str = "peer-circle") -> Review:
    """A circle that has not met yet."""
    made = make_circle("New", "Ana, Ben", format_key, zone="Europe/London", now=FIRST_DUE)
    return review(AttendanceFacts(circle=made), FIRST_DUE)


def does(action: str, cursor: int, found: Review | None = None) -> object:
    """The effect of an action with the cursor there."""
    offered = view_of(found, cursor).action(action)
    assert offered is not None
    return offered.does


# The grid


def test_every_member_meeting_and_count_is_in_the_grid() -> None:
    view = view_of()
    assert [group.titles[0] for group in view.groups] == ["Cycle 1: 5 of 8", "Cycle 2: 2 of 3"]
    assert rows(view) == [
        "5 Mar 19 Mar 2 Apr 4 Apr 16 Apr 20 Apr",
        "Ana ◐●↻●↷×",
        "Ben ◑○----",
        "Chloé ●●↻·↷×",
        "Dev --↻●↷×",
        "Eve ·○----",
        "came 3,2,,2,,",
        "of 4,4,,3,,",
        "guests +1,+2,,,,",
    ]


def test_members_are_ordered_by_name_or_by_seat() -> None:
    assert view_of().names == ("Ana", "Ben", "Chloé", "Dev", "Eve")
    assert "members by name" in view_of().headline
    by_seat = view_of(by_seat=True)
    assert by_seat.names == ("Chloé", "Ana", "Ben", "Dev", "Eve")
    assert "members by seat" in by_seat.headline


def test_guests_are_counted_only_where_there_are_any() -> None:
    assert view_of().count_labels == ("came", "of", "guests")
    april = review(facts(), NOW, read_range("2026-04-01", None))
    assert view_of(april).count_labels == ("came", "of")


def test_a_cycle_in_which_nothing_was_held_has_no_count() -> None:
    lost = Cancelled(id="x1", cycle=1, planned=at(5), at=at(4))
    found = review(AttendanceFacts(circle=circle(), cancelled=(lost,)), NOW)
    assert view_of(found).groups[0].titles == ("Cycle 1", "C1")
    assert view_of(found).meeting_in_cycle == "Meeting planned for 5 March 2026: cancelled."


def test_every_sign_has_a_different_shade() -> None:
    shades = {
        sign for group in view_of().groups for column in group.columns for sign in column.signs
    }
    assert len({shade for _, shade in shades}) == len({glyph for glyph, _ in shades}) == len(shades)


def test_the_signs_are_those_of_the_labels_and_the_legend_lists_only_visible_ones() -> None:
    assert view_of().signs == labels.SIGNS
    assert view_of().legend.splitlines() == [
        "● present  ◐ late  ◑ left early  ○ excused  · absent  - not expected",
        "× cancelled  ↻ rebooked within 48 hours  ↷ rebooked later",
    ]
    march = review(facts(), NOW, read_range(None, "2026-03-31"))
    assert len(view_of(march).legend.splitlines()) == 1


# Sentences


@pytest.mark.parametrize(
    ("cursor", "meeting", "cycle"),
    [
        (0, "Meeting 1, 5 March 2026: 3 of 4 came, and 1 guest.", "Cycle 1: 5 of 8, 62"),
        (1, "Meeting 2, 19 March 2026: 2 of 4 came, and 2 guests.", "Cycle 1: 5 of 8, 62"),
        (
            2,
            "Meeting planned for 2 April 2026: cancelled, rebooked within 48 hours, "
            "for 4 April 2026.",
            "Cycle 2: 2 of 3, 67",
        ),
        (3, "Meeting 3, 4 April 2026: 2 of 3 came.", "Cycle 2: 2 of 3, 67"),
        (5, "Meeting planned for 20 April 2026: cancelled.", "Cycle 2: 2 of 3, 67"),
    ],
)
def test_the_status_describes_the_meeting_at_the_cursor_and_its_cycle(
    cursor: int, meeting: str, cycle: str
) -> None:
    view = view_of(cursor=cursor)
    assert view.meeting == meeting
    assert view.meeting_in_cycle == f"{meeting} {cycle}{PERCENT}."


def test_a_cycle_that_is_only_partly_in_the_range_is_marked() -> None:
    cut = review(facts(), NOW, read_range("2026-03-01", "2026-03-10"))
    assert "Cycle 1 (part of it): 3 of 4" in view_of(cut).meeting_in_cycle


def test_the_sentences_about_the_whole_circle() -> None:
    assert view_of().summary == (
        "Meetings held: 3 of 4 planned.",
        "Next meeting: 30 April 2026, 10:00 (Europe/London).",
        "Openings are evenly shared: each went to whoever there had waited longest.",
        "A question to the circle: What would make it easier to be here?",
    )


def test_two_absences_in_a_row_lead_to_a_question_that_names_nobody() -> None:
    absent = {"m1": ABSENT, "m2": labels.Attendance.PRESENT}
    twice = tuple(held_meeting(n, 1, at(4 + n), "m2", attendance=absent) for n in (1, 2))
    found = review(AttendanceFacts(circle=circle(), records=twice), at(7))
    (question,) = (each for each in view_of(found).summary if "question" in each)
    assert question == "A question to the circle: What would make it easier to be here?"


def test_a_date_that_passed_without_a_meeting_is_mentioned() -> None:
    late = review(facts(), at(5, 6))
    assert "The next meeting was due on 30 April 2026." in view_of(late).summary


def test_a_circle_that_has_not_met_yet_says_so() -> None:
    view = view_of(new_circle())
    assert view.names == ("Ana", "Ben")
    assert view.groups == ()
    assert view.meeting == view.meeting_in_cycle == "No meeting has taken place yet."
    assert "No meeting has been opened yet." in view.summary


def test_a_trading_pair_is_shown_with_its_members_and_one_sentence() -> None:
    view = view_of(new_circle("trading-pair"))
    assert view.names == ("Ana", "Ben")
    assert view.meeting == ""
    assert view.summary == ("It has no meetings: its members trade recordings.",)


def test_a_pair_that_trades_has_its_weeks_in_the_grid_and_nobody_beside_them() -> None:
    made = make_circle("Pair", "Ana, Ben", "trading-pair", zone="UTC", now=at(2))
    weeks = (date(2026, 3, 2), date(2026, 3, 16))
    trades = tuple(Trade(week=week, member="m1", sent=True, received=True) for week in weeks)
    found = review(AttendanceFacts(circle=made, trades=trades), at(25))
    view = view_of(found)
    assert view.names == (THE_PAIR,)
    (group,) = view.groups
    assert group.titles[0] == "Weeks traded: 2 of 3"
    assert [(column.day, column.signs[0][0]) for column in group.columns] == [
        ("2", "●"),
        ("9", "○"),
        ("16", "●"),
    ]
    assert view.meeting == "The week from 16 March 2026: traded."
    assert view.legend == "● traded  ○ not traded"
    assert view.held is None
    assert does("previous", 2, found) == Move(-1)
    assert does("next", 2, found) == Say("That's the last week.")
    assert does("first", 2, found) == Move(-2)
    assert circle_row(("pair",), found).held == "2 of 3"


def test_a_range_without_meetings_says_so() -> None:
    view = view_of(review(facts(), NOW, NOWHERE))
    assert view.meeting == "No meeting took place in these days."
    assert "No meeting was opened in these days." in view.summary


@pytest.mark.parametrize(
    ("within", "days"),
    [
        (ALL_DATES, ()),
        (read_range("2026-03-01", None), ("from 1 March 2026",)),
        (read_range(None, "2026-04-30"), ("until 30 April 2026",)),
        (read_range("2026-03-01", "2026-04-30"), ("from 1 March 2026 until 30 April 2026",)),
    ],
)
def test_the_headline_names_the_days_and_the_circle_last(
    within: DateRange, days: tuple[str, ...]
) -> None:
    headline = view_of(review(facts(), NOW, within)).headline
    assert headline == ("attendance", "members by name", *days, "Harbour")


def test_members_see_exactly_what_leads_see() -> None:
    leads, members = view_of(), view_of(as_members=True)
    assert members.headline[0] == "as members see it"
    assert replace(members, headline=leads.headline) == leads


@pytest.mark.parametrize("name", ["[red]Ann", "Bob[/]", "[@click=app.quit]x", "漢" * 20])
def test_names_are_shown_unchanged(name: str) -> None:
    found = facts()
    seat, *others = found.circle.members
    named = replace(found.circle, name=name, members=(replace(seat, name=name), *others))
    view = view_of(review(replace(found, circle=named), NOW))
    assert name in view.names
    assert view.headline[-1] == name


def test_text_without_room_is_moved_to_the_status_or_shortened() -> None:
    words = hidden_labels(Hidden(3, 1), MEETING, Hidden(1, 4), MEMBER)
    assert words == ("← 3 → 1 meetings · ↑ 1 ↓ 4 members", "←3 →1 ↑1 ↓4")
    assert hidden_labels(Hidden(0, 1), MEETING, Hidden(0, 0), MEMBER) == ("→ 1 meeting", "→1")
    assert hidden_labels(Hidden(0, 0), MEETING, Hidden(1, 0), MEMBER) == ("↑ 1 member", "↑1")


# Keys


def test_the_cursor_moves_by_meetings_and_cycles() -> None:
    # Two meetings in the first cycle, four in the second.
    assert does("previous", 3) == Move(-1)
    assert does("next", 3) == Move(1)
    assert does("first", 3) == Move(-3)
    assert does("last", 3) == Move(2)
    assert does("previous_cycle", 3) == Move(-1)
    assert does("previous_cycle", 2) == Move(-2)
    assert does("next_cycle", 0) == Move(2)
    assert does("next_cycle", 3) == Move(2)


def test_at_the_first_and_last_meeting_the_keys_say_that_there_is_no_other() -> None:
    for action in ("previous", "previous_cycle"):
        assert does(action, 0) == Say("That's the first meeting.")
    for action in ("next", "next_cycle", "last"):
        assert does(action, 5) == Say("That's the last meeting.")
    assert does("first", 0) == Move(0)


def test_without_a_meeting_the_keys_point_to_other_days_if_there_are_any() -> None:
    nothing = review(facts(), NOW, NOWHERE)
    other_days = Say("No meetings on these days. d for other days")
    assert does("next", 0, nothing) == other_days
    assert does("next", 0, new_circle()) == Say("No meetings yet.")


def test_other_keys_reorder_scroll_and_ask_for_days() -> None:
    assert does("order", 0) == Local.REORDER
    assert (does("scroll_up", 0), does("scroll_down", 0)) == (Scroll(-1), Scroll(1))
    assert isinstance(does("days", 0), Ask)


def test_the_footer_shows_a_way_back_only_where_there_is_one() -> None:
    back = view_of(can_go_back=True).action("back")
    assert back is not None
    assert back.does is Request.BACK
    assert back.spec.in_footer
    assert view_of().action("back") is None
    nowhere = view_of().action("escape")
    assert nowhere is not None
    assert not nowhere.spec.in_footer
    assert nowhere.disabled_reason == NOTHING_BEHIND


@pytest.mark.parametrize("can_go_back", [False, True])
def test_while_typing_days_only_esc_is_an_action(can_go_back: bool) -> None:
    (only,) = view_of(can_go_back=can_go_back, asking=True).actions
    assert only.spec.keys == ("escape",)
    assert only.does is Local.BACK
    assert only.disabled_reason is None
