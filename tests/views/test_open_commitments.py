"""What the screen of open and kept commitments and their history says and offers."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.circle import commitments, membership
from circle_tui.core.circle.record import CommitmentResult, Outcome, Reset
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.views.open_commitments import (
    OpenCommitmentsView,
    commitments_face,
    cursor_after_change,
    cursor_of_seat,
    flash_after_typing,
    open_commitments_view,
)
from circle_tui.views.ring import SeatState
from circle_tui.views.text import plain
from circle_tui.views.view import Ask, Execute, Local, Move, Request, Scroll
from tests.core.meetings import START, circle_of, commitments_of, history_of, record

CHANGING = ("change", "release", "due", "daily")
FORTNIGHT = timedelta(weeks=2)


def one_meeting() -> CircleState:
    """Ben made one commitment and Ada two."""
    made = commitments_of(("m2", "I read"), ("m1", "I call"), ("m1", "I plan"))
    return history_of([record(1, made=made)], circle_of(3))


def two_meetings() -> CircleState:
    """Ben kept his; Ada missed a call and makes it smaller."""
    state = one_meeting()
    answered = (
        CommitmentResult("c1", Outcome.KEPT),
        CommitmentResult("c2", Outcome.MISSED, "he was ill", Reset.SMALLER, "c4"),
    )
    made = commitments_of(("m1", "I write"), first=4)
    second = record(2, made=made, answered=answered)
    return replace(state, records=(*state.records, second))


def view_of(
    state: CircleState,
    cursor: int = 0,
    *,
    kept: bool = False,
    history: bool = False,
    asking: bool = False,
    narrow: bool = False,
    under_way: bool = False,
) -> OpenCommitmentsView:
    return open_commitments_view(
        CircleSnapshot(state, START + FORTNIGHT, under_way=under_way),
        cursor=cursor,
        kept=kept,
        history=history,
        asking=asking,
        narrow=narrow,
    )


def intents(view: OpenCommitmentsView) -> dict[str, object]:
    return {each.spec.id: each.does for each in view.actions}


def test_open_commitments_are_listed_by_member_in_seat_order() -> None:
    view = view_of(one_meeting(), cursor=2)
    assert view.headline == ("Thursday", "commitments", "open")
    assert [(row.name, row.text) for row in view.rows] == [
        ("Ada", "I call"),
        ("", "I plan"),
        ("Ben", "I read"),
    ]
    assert (view.chosen, view.owner, view.cursor) == ("c1", "m2", 2)
    assert view.status == "Enter to read how it came about · Tab for what was kept"


def test_changing_seats_reorders_the_list() -> None:
    state = membership.move_seat(one_meeting(), START, "m2", -1)
    assert view_of(state).listed == ("c1", "c2", "c3")


def test_members_who_are_away_keep_their_commitments_and_members_who_left_have_none() -> None:
    state = membership.go_away(one_meeting(), START, "m1")
    view = view_of(membership.leave(state, START, "m2"))
    assert [(row.name, row.text) for row in view.rows] == [
        ("Ada (away)", "I call"),
        ("", "I plan"),
    ]


def test_unusual_properties_are_shown_beside_a_commitment_and_shortened_if_space_is_short() -> None:
    state = commitments.set_due(one_meeting(), START, "c2", "2 April")
    state = commitments.set_daily(state, START, "c2")
    assert view_of(state).rows[0].state == "daily, due 2 April"
    assert view_of(state, narrow=True).rows[0].state == "daily, 2 April"
    assert view_of(state).rows[1].state == ""


def test_commitments_kept_in_this_cycle_have_a_separate_list() -> None:
    view = view_of(two_meetings(), kept=True)
    assert view.headline[-1] == "kept in this cycle"
    assert [(row.name, row.text, row.state) for row in view.rows] == [("Ben", "I read", "")]
    assert view.status == "Tab for what's open"
    assert intents(view)["open"] is Local.OTHER_LIST
    assert not intents(view).keys() & {*CHANGING, "kept"}


def test_a_history_leads_from_the_first_commitment_to_the_current_one_without_counts() -> None:
    view = view_of(two_meetings(), cursor=1, history=True)
    assert plain(view.history) == (
        "5 March, first made\nI call\nWhat got in the way: he was ill\n\n"
        "19 March, made smaller\nI write\n\n"
        "open, due at the next meeting"
    )
    assert view.history_title == "Ada: how it came about"
    assert view.status == "Oldest first. ← for the list"


def test_a_repeated_commitment_does_not_show_its_words_twice() -> None:
    state = one_meeting()
    again = CommitmentResult("c2", Outcome.MISSED, "", Reset.AGAIN, "c4")
    made = commitments_of(("m1", "I call"), first=4)
    state = replace(state, records=(*state.records, record(2, made=made, answered=(again,))))
    said = plain(view_of(state, cursor=1, history=True).history)
    assert said.count("I call") == 1
    assert "19 March, starting again, in the same words" in said


def test_the_history_of_a_kept_commitment_ends_with_kept() -> None:
    said = plain(view_of(two_meetings(), kept=True, history=True).history)
    assert said.endswith("\n\n19 March, kept")


def test_the_history_of_a_daily_commitment_says_that_it_is_daily() -> None:
    state = commitments.set_daily(one_meeting(), START, "c2")
    said = plain(view_of(state, history=True).history)
    assert said.endswith("open, due at the next meeting, asked every day")


def test_the_days_of_tiny_wins_are_not_shown() -> None:
    state = commitments.set_daily(one_meeting(), START, "c2")
    won = commitments.record_win(state, START, "c2", True)
    for history in (False, True):
        assert view_of(won, history=history) == view_of(state, history=history)


@pytest.mark.parametrize(
    ("format_key", "kept", "empty", "status"),
    [
        ("peer-circle", False, "Nothing is open.", "Enter begins the meeting"),
        ("peer-circle", True, "Nothing yet. You'll see here what you keep", "Tab for what's open"),
        (
            "trading-pair",
            False,
            "A trading pair doesn't make commitments",
            "then t for your trades",
        ),
    ],
)
def test_an_empty_list_says_which_key_to_press(
    format_key: str, kept: bool, empty: str, status: str
) -> None:
    view = view_of(history_of(circle=circle_of(2, format_key)), cursor=3, kept=kept, history=True)
    assert view.empty.startswith(empty)
    assert status in view.status
    assert (view.rows, view.history, view.chosen, view.cursor) == ((), (), None, None)
    assert not intents(view).keys() & {*CHANGING, "chain", "list"}


def test_the_history_of_the_chosen_commitment_is_shown_beside_the_list() -> None:
    listed, read = (view_of(two_meetings(), cursor=1, history=each) for each in (False, True))
    assert listed.history == read.history
    assert (listed.reading, read.reading) == (False, True)


def test_a_seats_number_moves_the_cursor_to_that_members_first_commitment() -> None:
    snapshot = CircleSnapshot(one_meeting(), START)
    view = view_of(one_meeting())
    assert [cursor_of_seat(view, snapshot, seat) for seat in (1, 2, 9)] == [0, 2, None]
    kept = view_of(two_meetings(), kept=True)
    found = CircleSnapshot(two_meetings(), START)
    assert [cursor_of_seat(kept, found, seat) for seat in (1, 2)] == [None, 0]


def test_the_ring_highlights_the_owner_of_the_chosen_commitment() -> None:
    face = commitments_face(CircleSnapshot(one_meeting(), START), view_of(one_meeting(), cursor=2))
    assert face.caption == "Ben"
    assert [seat.state for seat in face.seats] == [
        SeatState.WAITING,
        SeatState.NOW,
        SeatState.WAITING,
    ]


def test_the_list_and_a_history_have_different_keys() -> None:
    listed, history = (intents(view_of(one_meeting(), history=each)) for each in (False, True))
    assert (listed["chain"], history["list"]) == (Local.DETAILS, Local.DETAILS)
    assert (listed["next"], history["next"]) == (Move(1), Scroll(1))
    assert (listed["back"], history["back"]) == (Request.HOME, Local.DETAILS)
    assert "list" not in listed
    assert not history.keys() & {"chain", "kept", "open"}


def test_changing_an_open_commitment_starts_from_its_words_and_day() -> None:
    state = commitments.set_due(one_meeting(), START, "c2", "2 April")
    does = intents(view_of(state))
    change, due = does["change"], does["due"]
    assert isinstance(change, Ask)
    assert isinstance(due, Ask)
    assert (change.command, change.args, change.value) == (
        commitments.renegotiate,
        ("c2",),
        "I call",
    )
    assert (due.command, due.args, due.value) == (commitments.set_due, ("c2",), "2 April")
    at_next = intents(view_of(one_meeting()))["due"]
    assert isinstance(at_next, Ask)
    assert at_next.value == ""


def test_a_message_says_what_was_done_to_a_commitment() -> None:
    does = intents(view_of(one_meeting()))
    assert does["release"] == Execute(
        commitments.release, ("c2",), flash="Let go. u brings it back."
    )
    daily = does["daily"]
    assert isinstance(daily, Execute)
    assert "circle-tui today Ada" in (daily.flash or "")
    released = intents(view_of(commitments.set_daily(one_meeting(), START, "c2")))["daily"]
    assert isinstance(released, Execute)
    assert released.flash == "No longer asked every day."


@pytest.mark.parametrize(
    ("typed", "said"),
    [("2 April", "Due 2 April."), ("", "Due at the next meeting.")],
)
def test_a_due_date_is_shown_as_it_was_understood(typed: str, said: str) -> None:
    state = commitments.set_due(one_meeting(), START, "c2", typed)
    assert flash_after_typing(CircleSnapshot(state, START), commitments.set_due, "c2") == said
    assert flash_after_typing(CircleSnapshot(state, START), commitments.renegotiate, "c2") is None


def test_the_cursor_stays_with_its_commitment_through_change_undo_and_redo() -> None:
    before = one_meeting()
    after = commitments.renegotiate(before, START + FORTNIGHT, "c2", "I ring")
    assert view_of(after).listed == ("c3", "c4", "c1")
    assert cursor_after_change(view_of(before, cursor=0), after, kept=False) == 1
    assert cursor_after_change(view_of(after, cursor=1), before, kept=False) == 0


def test_the_cursor_is_on_nothing_after_its_commitment_is_gone() -> None:
    before = one_meeting()
    after = commitments.release(before, START, "c2")
    assert cursor_after_change(view_of(before), after, kept=False) is None
    # It returns above the one that was chosen meanwhile.
    assert cursor_after_change(view_of(after), before, kept=False) == 1


def test_while_a_meeting_is_under_way_its_commitments_wait_for_it() -> None:
    view = view_of(one_meeting(), under_way=True)
    for each in CHANGING:
        action = view.action(each)
        assert action is not None
        assert action.disabled_reason == (
            "You're in a meeting, and these commitments come up there. Press Esc, then Enter, to "
            "go back."
        )
    chain = view.action("chain")
    assert chain is not None
    assert chain.disabled_reason is None


def test_while_typing_only_esc_is_an_action() -> None:
    view = view_of(one_meeting(), asking=True)
    assert intents(view) == {"back": Local.BACK}
    assert view.status == "Enter saves · Esc cancels"
