"""Plain lines say everything that the grid shows, and draw nothing."""

import re

from msgspec.structs import replace

from circle_tui.core.attendance.facts import AttendanceFacts, Cancelled, CycleChoice, CycleEnd
from circle_tui.core.attendance.figures import ALL_DATES, DateRange, alphabetical
from circle_tui.core.attendance.labels import GLYPHS
from circle_tui.reports.text_report import WIDTH, as_text

from . import sample_facts
from .sample_facts import (
    PRESENT,
    SPRING,
    UNREAD,
    at,
    facts_with_names,
    held_meeting,
    joined,
    reviewed,
)


def lines(*each: object, within: DateRange = ALL_DATES) -> str:
    return joined(as_text(each, within, alphabetical))  # type: ignore[arg-type]


def test_a_circle_in_which_everything_happened() -> None:
    assert (
        lines(reviewed(), UNREAD)
        == """\
Who came.

Harbour
Peer circle, fortnightly. File: circles/harbour.json
Meetings held: 3 of 4 planned.
Next meeting: 30 April 2026, 10:00 (Europe/London).
Openings are evenly shared: each went to whoever there had waited longest.
A question to the circle: What would make it easier to be here?
Members: Ana, Ben (left 20 March 2026), Chloé, Dev (joined 19 March 2026),
Eve.

Cycle 1: attendance 62%, 5 of 8.
Meeting 1, 5 March 2026: 3 of 4 came, and 1 guest.
  Present: Chloé.
  Late: Ana.
  Left early: Ben.
  Absent: Eve.
  Not expected: Dev.
Meeting 2, 19 March 2026: 2 of 4 came, and 2 guests.
  Present: Ana, Chloé.
  Excused: Ben, Eve.
  Not expected: Dev.

Cycle 2: attendance 67%, 2 of 3.
Meeting planned for 2 April 2026: cancelled, rebooked within 48 hours, for 4
April 2026.
Meeting 3, 4 April 2026: 2 of 3 came.
  Present: Ana, Dev.
  Absent: Chloé.
  Not expected: Ben, Eve.
Meeting planned for 16 April 2026: cancelled, rebooked later, for 20 April
2026.
Meeting planned for 20 April 2026: cancelled.

circles/torn.json couldn't be read: it's damaged.
"""
    )


def test_a_range_is_shown_and_what_lies_outside_is_not() -> None:
    assert (
        lines(reviewed(SPRING), within=SPRING)
        == """\
Who came from 19 March 2026 until 2 April 2026.

Harbour
Peer circle, fortnightly. File: circles/harbour.json
Meetings held: 1 of 1 planned.
Next meeting: 30 April 2026, 10:00 (Europe/London).
Openings are evenly shared: each went to whoever there had waited longest.
A question to the circle: What would make it easier to be here?
Members: Ana, Ben (left 20 March 2026), Chloé, Dev (joined 19 March 2026),
Eve.

Cycle 1 (part of it): attendance 50%, 2 of 4.
Meeting 2, 19 March 2026: 2 of 4 came, and 2 guests.
  Present: Ana, Chloé.
  Excused: Ben, Eve.
  Not expected: Dev.

Cycle 2 (part of it): no meeting took place.
Meeting planned for 2 April 2026: cancelled, rebooked within 48 hours, for 4
April 2026.
"""
    )


def test_members_come_by_seat_where_that_is_asked_for() -> None:
    said = joined(as_text([reviewed()], ALL_DATES, tuple))
    assert "Members: Chloé, Ana, Ben (left" in said
    assert "  Present: Chloé, Ana.\n" in said


def test_many_who_are_present_are_a_number_and_the_others_are_named() -> None:
    names = ("Ada", "Bo", "Cy", "Dan", "Eli", "Fay", "Gus")
    facts = facts_with_names("Large", *names)
    assert "  Present: 7 members.\n" in lines(reviewed(of=facts))
    six = facts_with_names("Small", *names[:6])
    assert "  Present: Ada, Bo, Cy, Dan, Eli, Fay.\n" in lines(reviewed(of=six))


def test_a_circle_that_never_met_says_so_and_when_it_will() -> None:
    said = lines(reviewed(of=AttendanceFacts(circle=sample_facts.circle()), now=at(1)))
    assert "Meetings held: 0 of 0 planned.\n" in said
    assert "Next meeting: 5 March 2026, 10:00 (Europe/London).\n" in said
    assert said.endswith("\nNo meeting has taken place yet.\n")


def test_days_in_which_nothing_took_place_have_no_yet() -> None:
    said = lines(reviewed(DateRange(at(1, 7).date())))
    assert said.endswith("\nNo meeting took place in these days.\n")
    assert "\nNo meeting was opened in these days.\n" in said
    assert "yet" not in said


def test_a_circle_that_rests_has_no_next_meeting() -> None:
    rest = held_meeting(
        1, 1, at(5), "m1", attendance={"m1": PRESENT}, looked_back=CycleEnd(CycleChoice.REST)
    )
    said = lines(reviewed(of=AttendanceFacts(circle=sample_facts.circle(), records=(rest,))))
    assert "The circle rests.\n" in said
    assert "Next meeting" not in said


def test_a_pair_that_trades_has_no_meetings_to_speak_of() -> None:
    pair = replace(sample_facts.circle(), format="trading-pair")
    said = lines(reviewed(of=AttendanceFacts(circle=pair)))
    assert "It has no meetings: its members trade recordings.\n" in said
    assert "Next meeting" not in said
    assert "Meetings held" not in said
    assert said.endswith("recordings.\nMembers: Ana, Chloé, Dev.\n")


def test_a_meeting_that_expected_nobody_has_no_share() -> None:
    alone = held_meeting(1, 1, at(5), "m1", attendance={}, guests=3)
    said = lines(reviewed(of=AttendanceFacts(circle=sample_facts.circle(), records=(alone,))))
    assert "Cycle 1: nobody was expected.\n" in said
    assert "Meeting 1, 5 March 2026: 0 of 0 came, and 3 guests.\n" in said


def test_a_date_that_passed_without_a_meeting_is_shown() -> None:
    said = lines(reviewed(of=AttendanceFacts(circle=sample_facts.circle())))
    assert "The next meeting was due on 5 March 2026.\n" in said


def test_somebody_whom_only_a_meeting_names_is_not_left_out() -> None:
    edited = held_meeting(1, 1, at(5), "m1", attendance={"m1": PRESENT, "m77": PRESENT})
    said = lines(reviewed(of=AttendanceFacts(circle=sample_facts.circle(), records=(edited,))))
    assert "2 of 2 came.\n  Present: Chloé, m77.\n" in said


def test_times_are_written_as_the_circle_writes_them() -> None:
    facts = replace(sample_facts.facts(), circle=replace(sample_facts.circle(), twelve_hours=True))
    assert "30 April 2026, 10:00 am (Europe/London).\n" in lines(reviewed(of=facts))


def test_a_cancelled_meeting_whose_time_of_rebooking_nobody_knows_is_cancelled() -> None:
    off = Cancelled(id="x", cycle=1, planned=at(5), at=at(4))
    said = lines(reviewed(of=AttendanceFacts(circle=sample_facts.circle(), cancelled=(off,))))
    assert "Cycle 1: no meeting took place.\nMeeting planned for 5 March 2026: cancelled.\n" in said


def test_nothing_is_drawn_and_no_line_is_longer_than_a_mail_quotes() -> None:
    twenty = facts_with_names(
        "Large", *(f"Somebody Whose Name Is Number {each}" for each in range(20))
    )
    said = lines(reviewed(), reviewed(of=twenty), UNREAD)
    assert not re.search(r"[\u2190-\u2bff]", said)
    assert not set(GLYPHS.values()) & set(said)
    assert max(map(len, said.splitlines())) <= WIDTH


def test_names_are_one_line_whatever_they_are() -> None:
    said = lines(reviewed(of=facts_with_names("[b]x\x1b", "a\u2028b" * 5, "Very" * 30, "דנה")))
    assert "Very" * 30 in said
    assert "דנה" in said


def test_a_circle_of_which_everybody_is_away_has_nobody_at_present() -> None:
    ana = replace(sample_facts.circle().members[1], away=at(20))
    said = lines(
        reviewed(of=AttendanceFacts(circle=replace(sample_facts.circle(), members=(ana,))))
    )
    assert "Members: nobody at present.\n" in said


def test_no_circle_at_all_is_reported() -> None:
    assert lines() == "Who came.\n\nNo circle was found.\n"


def test_each_circle_is_written_before_the_next_is_read() -> None:
    read = []

    def circles() -> object:
        for number in range(3):
            read.append(number)
            yield reviewed()

    chunks = as_text(circles(), ALL_DATES, alphabetical)  # type: ignore[arg-type]
    next(chunks)
    assert read == []
    next(chunks)
    assert read == [0]
