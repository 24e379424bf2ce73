"""The rows of a review of many circles: what each says, their order, and which a filter leaves."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from circle_tui.core.attendance.facts import AttendanceFacts, CycleChoice, CycleEnd
from circle_tui.core.attendance.figures import AttendanceCount, read_range, review
from circle_tui.core.circle.circle import make_circle
from circle_tui.views.review_of_many import HEADS
from circle_tui.views.review_rows import RowOrder, chart, circle_row, filter_rows, path_endings
from tests.reports.sample_facts import NOW, PRESENT, at, circle, facts, held_meeting

from .reviewed_circles import QUESTION, TORN, harbour, names, new_circle, path, view_of, weekly


def test_each_circle_has_a_row_and_each_unreadable_file_a_line() -> None:
    assert (
        *("circle", "?", "attendance", "held", "next", "last met", "members"),
        "question to the circle",
    ) == HEADS
    assert view_of(weekly(), new_circle(), harbour(), TORN).rows == (
        (
            *("Allotment", "?", "100%  █", "1 of 8", "was due 12 Mar 2026", "5 Mar 2026", "3"),
            "What would make it easier to be here?",
        ),
        ("Beginners", "", "", "none yet", "1 Apr 2026, 11:00", "", "2", ""),
        ("Harbour", "?", " 67%  ▅ ▆", "3 of 4", "30 Apr 2026, 10:00", "4 Apr 2026", "3", QUESTION),
        ("sessions/torn.json couldn't be read: it's damaged.",),
    )


def test_a_trading_pair_has_no_meetings() -> None:
    pair = new_circle("Pair", "trading-pair")
    assert (pair.held, pair.when) == ("no meetings", "no meetings")


def test_a_resting_circle_is_marked_as_resting() -> None:
    rests = CycleEnd(CycleChoice.REST)
    met = held_meeting(1, 1, at(5), "m1", attendance={"m1": PRESENT}, looked_back=rests)
    found = review(AttendanceFacts(circle=circle(), records=(met,)), NOW)
    assert circle_row(path("Harbour"), found).when == "resting"


def test_on_a_terminal_in_another_zone_the_next_meeting_is_shown_with_the_circles_zone() -> None:
    for here, said in (("Asia/Tokyo", "11:00 London time"), ("Europe/Lisbon", "11:00")):
        made = make_circle("Harbour", "Ana, Ben", "pod", zone="Europe/London", now=at(1, 4))
        found = review(AttendanceFacts(circle=made), at(1, 4))
        assert circle_row(path("Harbour"), found, ZoneInfo(here)).when == f"1 Apr 2026, {said}"


def test_days_without_a_meeting_show_none_instead_of_none_yet() -> None:
    long_ago = read_range("2020-01-01", "2020-12-31")
    assert circle_row(path("Harbour"), review(facts(), NOW, long_ago)).held == "none"


def test_a_chart_has_a_bar_for_each_of_the_last_cycles() -> None:
    cycles = [
        AttendanceCount(0, 4),
        AttendanceCount(2, 4),
        AttendanceCount(3, 4),
        AttendanceCount(4, 4),
        AttendanceCount(0, 0),
    ]
    assert chart(cycles) == "▁ ▅ ▆ █  "
    assert chart([AttendanceCount(4, 4)] * 6) == "█ █ █ █ █ █"
    assert chart([*cycles, *[AttendanceCount(4, 4)] * 6]) == "… █ █ █ █ █ █"


# Order and filter


def test_circles_are_ordered_by_name_date_or_rhythm_and_never_by_attendance() -> None:
    rows = (harbour(), weekly(), new_circle())
    assert [each.value for each in RowOrder] == ["by name", "by date", "by rhythm"]
    assert names(*rows, order=RowOrder.NAME) == ["Allotment", "Beginners", "Harbour"]
    assert names(*rows, order=RowOrder.DATE) == ["Allotment", "Beginners", "Harbour"]
    later = replace(rows[1], next=NOW + timedelta(days=365))
    assert names(rows[0], later, rows[2], order=RowOrder.DATE) == [
        "Beginners",
        "Harbour",
        "Allotment",
    ]
    monthly = replace(rows[2], stride=timedelta(days=1))
    assert names(*rows[:2], monthly, order=RowOrder.RHYTHM) == ["Beginners", "Allotment", "Harbour"]


def test_a_circle_without_a_next_meeting_comes_last_by_date() -> None:
    pair = new_circle("A pair", "trading-pair")
    assert names(pair, harbour(), order=RowOrder.DATE) == ["Harbour", "A pair"]


def test_the_orders_follow_one_another_in_turn() -> None:
    assert [each.next for each in RowOrder] == [RowOrder.DATE, RowOrder.RHYTHM, RowOrder.NAME]


def test_numbers_in_names_are_ordered_as_people_count() -> None:
    guilds = [new_circle(f"Guild {number}") for number in (100, 16, 2)]
    assert names(*guilds) == ["Guild 2", "Guild 16", "Guild 100"]


def test_a_filter_leaves_the_names_that_hold_the_letters() -> None:
    rows = (harbour(), weekly(), new_circle())
    assert names(*rows, name_filter="BO") == ["Harbour"]
    assert names(*rows, name_filter="zzz") == []


def test_unreadable_files_come_last_and_are_filtered_too() -> None:
    everything = filter_rows((harbour(),), (TORN,), order=RowOrder.NAME, name_filter="")
    assert everything == (harbour(), TORN)
    assert filter_rows((harbour(),), (TORN,), order=RowOrder.NAME, name_filter="TORN") == (TORN,)


def test_circles_of_the_same_name_say_where_they_are() -> None:
    twins = [
        replace(new_circle("Twin"), path=("here", "c1", "two.json")),
        replace(new_circle("Twin"), path=("here", "c2", "one.json")),
        replace(new_circle("TWIN"), path=("here", "c2", "two.json")),
    ]
    rows = (new_circle("Alone"), *twins)
    shown = view_of(*rows, endings=path_endings(rows)).rows
    assert [row[0] for row in shown] == [
        "Alone",
        "Twin (c1/two)",
        "Twin (c2/one)",
        "TWIN (c2/two)",
    ]


def test_one_file_that_is_read_twice_ends_the_search_for_a_difference() -> None:
    assert path_endings((harbour(), harbour())) == {path("Harbour"): "sessions/harbour"}
