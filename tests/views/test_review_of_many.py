"""The review of many circles, without a terminal."""

import pytest
from msgspec.structs import replace

from circle_tui.core.attendance.figures import ALL_DATES, read_range, review
from circle_tui.views.date_range import NOTHING_BEHIND
from circle_tui.views.review_of_many import HEADS, read_name_filter
from circle_tui.views.review_rows import (
    CircleRow,
    ReviewRow,
    RowFilter,
    RowOrder,
    UnreadableRow,
    circle_row,
    filter_rows,
)
from circle_tui.views.text import plain
from circle_tui.views.view import Ask, Local, Move, Say
from tests.reports.sample_facts import NOW, at, facts

from .reviewed_circles import QUESTION, TORN, does, harbour, new_circle, path, view_of, weekly

# Headline and status


@pytest.mark.parametrize(
    ("rows", "headline"),
    [
        ((), ("0 circles",)),
        ((harbour(),), ("1 circle", "1 with a question")),
        (
            (harbour(), weekly(), TORN),
            ("2 circles", "1 past their date", "2 with a question", "1 couldn't be read"),
        ),
        ((TORN, TORN), ("2 couldn't be read",)),
    ],
    ids=["none", "one", "some unread", "only unread"],
)
def test_the_headline_counts_circles_and_what_could_not_be_read(
    rows: tuple[ReviewRow, ...], headline: tuple[str, ...]
) -> None:
    assert view_of(*rows).headline == (*headline, "by name")


def test_the_headline_says_which_circles_are_shown_and_for_whom() -> None:
    view = view_of(
        harbour(),
        order=RowOrder.RHYTHM,
        within=read_range("2026-05-01", None),
        name_filter="har",
        as_members=True,
    )
    assert view.headline == (
        "1 circle",
        "1 with a question",
        "with “har”",
        "as members see them",
        "from 1 May 2026",
        "by rhythm",
    )


def test_members_see_exactly_what_leads_see() -> None:
    leads, members = view_of(harbour()), view_of(harbour(), as_members=True)
    assert replace(members, headline=leads.headline) == leads


def test_the_status_says_more_about_the_row_at_the_cursor() -> None:
    rows = (harbour(), TORN)
    said = f"Harbour, fortnightly. Cycle 2: 2 of 3 came. {QUESTION}"
    assert view_of(*rows, cursor=0).status == said
    assert view_of(*rows, cursor=1).status == TORN.sentence
    assert view_of(new_circle()).status == "Beginners, fortnightly."


def test_facts_whose_column_does_not_fit_come_first_in_the_status() -> None:
    more = f"{QUESTION} Cycle 2: 2 of 3 came."
    narrow = view_of(harbour(), hidden_columns=HEADS[4:])
    assert narrow.status == f"Harbour. Next: 30 Apr 2026, 10:00. {more}"
    narrower = view_of(harbour(), hidden_columns=HEADS[3:])
    assert narrower.status == f"Harbour. Held: 3 of 4. Next: 30 Apr 2026, 10:00. {more}"
    overdue = view_of(weekly(), hidden_columns=HEADS[4:])
    assert overdue.status == (
        "Allotment. Was due 12 Mar 2026. What would make it easier to be here? "
        "Cycle 1: 1 of 1 came."
    )


def test_an_empty_list_says_why_it_is_empty() -> None:
    assert view_of(reading=True, name_filter="zzz").status == "Reading…"
    nothing_found = "No circle has “zzz” in its name. / to search again"
    assert view_of(name_filter="zzz").status == nothing_found
    assert view_of().status.startswith("No circles here. Name a file or a folder")


def test_the_signs_explain_the_shortened_column_heads() -> None:
    assert ("?", "attendance raises a question to the circle") in view_of().signs


# Keys


def test_enter_opens_a_circle_and_says_why_nothing_else_opens() -> None:
    rows = (harbour(), TORN)
    assert does("open", view_of(*rows, cursor=0)) is Local.SELECT
    assert does("open", view_of(*rows, cursor=1)) == Say(TORN.sentence)
    assert does("open", view_of()) == Say("There's nothing to open.")


def test_the_cursor_moves_by_one_by_ten_and_to_both_ends() -> None:
    view = view_of(harbour(), weekly(), new_circle(), TORN, cursor=1)
    assert does("previous", view) == Move(-1)
    assert does("next", view) == Move(1)
    assert does("ten_back", view) == Move(-10)
    assert does("ten_on", view) == Move(10)
    assert does("first", view) == Move(-1)
    assert does("last", view) == Move(2)


def test_the_question_for_the_filter_starts_with_the_current_one() -> None:
    question = does("filter", view_of(harbour(), name_filter="har"))
    assert isinstance(question, Ask)
    assert question.value == "har"
    assert question.command(*question.args, " qui ") == read_name_filter("qui") == "qui"


def test_escape_first_clears_the_filter_and_then_says_there_is_nothing_to_go_back_to() -> None:
    assert does("back", view_of(harbour(), name_filter="har")) is Local.SHOW_ALL
    back = view_of(harbour()).action("back")
    assert back is not None
    assert back.disabled_reason == NOTHING_BEHIND


def test_while_typing_only_esc_is_an_action() -> None:
    (only,) = view_of(harbour(), name_filter="har", asking=True).actions
    assert (only.spec.id, only.does) == ("back", Local.BACK)


def test_other_keys_reorder_and_ask_for_days() -> None:
    view = view_of(harbour(), within=ALL_DATES)
    assert does("sort", view) is Local.REORDER
    assert isinstance(does("days", view), Ask)


# Showing only some circles


@pytest.mark.parametrize(
    ("only", "shown"),
    [
        (RowFilter.ALL, ["Allotment", "Beginners", "Harbour"]),
        (RowFilter.OVERDUE, ["Allotment"]),
        (RowFilter.NOT_MET, ["Allotment", "Beginners"]),
        (RowFilter.QUESTION, ["Allotment", "Harbour"]),
        (RowFilter.RESTING, []),
    ],
)
def test_a_key_shows_only_some_circles_and_the_headline_says_which(
    only: RowFilter, shown: list[str]
) -> None:
    rows = (weekly(), new_circle(), harbour())
    listed = filter_rows(rows, (TORN,), order=RowOrder.NAME, name_filter="", only=only)
    assert [each.name for each in listed if isinstance(each, CircleRow)] == shown
    view = view_of(*listed, only=only)
    assert (only.value in view.headline) == (only is not RowFilter.ALL)
    assert does("only", view) is Local.SHOW_ONLY
    if only is not RowFilter.ALL:
        assert does("back", view) is Local.SHOW_ALL
        assert TORN not in listed
    if not shown:
        assert view.status == "Showing only those resting: there are none. f for others"


def test_the_same_key_returns_to_all_circles() -> None:
    seen = [RowFilter.ALL]
    while (following := seen[-1].next) is not RowFilter.ALL:
        seen.append(following)
    assert seen == list(RowFilter)


def test_an_older_copy_is_mentioned_without_counting_as_unreadable() -> None:
    older = UnreadableRow(("old.json",), "old.json was left out: it is a copy.", left_out=True)
    listed = filter_rows((harbour(),), (older, TORN), order=RowOrder.NAME, name_filter="")
    assert listed == (harbour(), TORN, older)
    headline = view_of(*listed).headline
    assert "1 couldn't be read" in headline
    assert "1 older file left out" in headline


def test_old_facts_are_shown_with_the_time_they_were_made() -> None:
    row = circle_row(path("Harbour"), review(facts(), NOW, made=at(25, 3)))
    assert (row.when, row.overdue) == ("as of 25 Mar 2026", False)


# The card about the chosen row


def test_where_the_chosen_row_has_a_card_the_status_says_what_enter_does() -> None:
    card = view_of(weekly(), harbour(), room=40)
    assert (card.status, card.chosen_title) == ("Enter opens Allotment.", "Allotment")
    assert plain(card.chosen) == f"Every week. {weekly().last_cycle}\n{QUESTION}"
    assert QUESTION in view_of(weekly(), harbour()).status


def test_the_card_of_a_circle_that_has_not_met_says_so() -> None:
    assert plain(view_of(new_circle(), room=40).chosen) == ("Fortnightly. No meeting yet.")


def test_the_card_of_a_file_that_cannot_be_read_says_why() -> None:
    card = view_of(TORN, room=40)
    assert (plain(card.chosen), card.chosen_title) == (TORN.sentence, "")
    assert card.status == "There's nothing to open."


def test_while_something_is_typed_the_status_does_not_promise_to_open_a_circle() -> None:
    view = view_of(weekly(), room=40, asking=True)
    assert view.status == "Enter continues · Esc cancels"


def test_without_rows_there_is_no_card() -> None:
    assert view_of(room=40).chosen == ()
