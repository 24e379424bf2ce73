"""What home says and offers."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import commitments, covenant, membership, rebooking, trades
from circle_tui.core.circle.record import NewCommitment, Retrospective
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.views.home import HomeView, home_view
from circle_tui.views.text import plain
from circle_tui.views.view import Execute, Pick, Request
from tests.core.meetings import START, circle_of, record

from .actions import intents

DAY = timedelta(days=1)
NOW = START + DAY


def circle_that_met(
    people: int = 5, format_key: str = "peer-circle", **fields: object
) -> CircleState:
    """A circle that has met once."""
    return CircleState(circle=circle_of(people, format_key), records=(record(1, **fields),))


def circle_that_chose(choice: CycleChoice) -> CircleState:
    return circle_that_met(looked_back=Retrospective(choice=choice, worked="", change=""))


def home(state: CircleState, *, after: timedelta = DAY, **more: object) -> HomeView:
    snapshot = {key: more.pop(key) for key in ("reading_only", "under_way", "here") if key in more}
    return home_view(CircleSnapshot(state, START + after, **snapshot), **more)  # type: ignore[arg-type]


def to_do(view: HomeView) -> tuple[str, ...]:
    return tuple(each.sentence for each in view.to_do)


def keys(view: HomeView) -> set[str]:
    """The ids of the actions that are possible now."""
    return {each.spec.id for each in view.actions if each.disabled_reason is None}


def test_home_shows_the_next_date_the_opener_and_what_enter_does() -> None:
    view = home(circle_that_met())
    assert view.headline == ("Thursday", "Cycle 1, meeting 2", "5 people, fortnightly")
    assert plain(view.coming) == "Thursday 19 March, 10:00  in 13 days"
    assert plain(view.opener).startswith("Ben opens: ")
    assert to_do(view) == ()
    assert [row.text for row in view.commitments] == ["None yet. You'll make them in a meeting."]
    assert view.status == "Enter begins the meeting."


def test_on_a_terminal_in_another_zone_times_are_shown_with_the_circles_zone() -> None:
    view = home(circle_that_met(), here=ZoneInfo("America/New_York"))
    assert plain(view.coming).startswith("Thursday 19 March, 10:00 London time  in")
    cancelled = rebooking.cancel(circle_that_met(), NOW)
    for here, said in (("Asia/Tokyo", "10:00 London time"), ("Europe/Lisbon", "10:00")):
        (to_do,) = home(cancelled, here=ZoneInfo(here)).to_do
        assert f"{said} is cancelled." in to_do.sentence
    moved = home(rebooking.rebook(circle_that_met(), NOW, "20 March"), here=ZoneInfo("Asia/Tokyo"))
    assert moved.to_do[0].sentence == "Moved from Thursday 19 March, 10:00 London time."


def test_a_meeting_in_another_year_is_shown_with_its_year() -> None:
    view = home(rebooking.rebook(circle_that_met(), NOW, "7 January 2027"))
    assert plain(view.coming).startswith("Thursday 7 January 2027, 10:00  in")


def test_after_a_whole_cycle_the_next_one_begins() -> None:
    records = tuple(record(number) for number in range(1, 7))
    view = home(CircleState(circle=circle_of(5), records=records), after=71 * DAY)
    assert view.headline[1] == "Cycle 2, meeting 1"
    assert plain(view.coming).endswith("  in 13 days")


@pytest.mark.parametrize("key", ["calendar", "facts"])
def test_a_sample_circle_offers_no_export(key: str) -> None:
    state = circle_that_met()
    made_up = replace(state, circle=replace(state.circle, sample=True))
    refused = home(made_up).action(key)
    assert refused is not None
    assert refused.disabled_reason is not None
    assert "made-up" in refused.disabled_reason


def test_home_offers_to_begin_and_every_place_that_the_format_has() -> None:
    assert keys(home(circle_that_met())) == {
        "begin", "commitments", "covenant", "people", "settings", "rebooking", "review",
        "paper_meeting", "first_contract", "new_circle", "choose_circle", "scroll_up",
        "scroll_down", "reopen", "calendar", "facts",
    }  # fmt: skip


def test_esc_at_home_says_that_there_is_nothing_to_go_back_to() -> None:
    back = home(circle_that_met()).action("back")
    assert back is not None
    assert back.disabled_reason == "There's nothing to go back to. q quits."


def test_a_format_with_check_ins_has_a_key_for_them() -> None:
    assert "checkins" in keys(home(circle_that_met(4, "movement-pod")))


def test_open_commitments_are_listed_with_their_owner_and_later_due_dates() -> None:
    made = (
        NewCommitment(id="c1", member="m1", text="I read"),
        NewCommitment(id="c2", member="m2", text="I write"),
    )
    state = commitments.set_due(circle_that_met(made=made), NOW, "c2", "4 April")
    now, later = home(state).commitments
    assert (now.name, now.text, now.state, now.dim) == ("Ada", "I read", "", False)
    assert (later.name, later.text, later.state) == ("Ben", "I write", "from 4 Apr")
    assert later.dim


def test_a_circle_where_everybody_is_away_says_how_to_bring_somebody_back() -> None:
    state = circle_that_met(2)
    away = replace(
        state,
        circle=replace(
            state.circle, members=tuple(replace(each, away=NOW) for each in state.circle.members)
        ),
    )
    assert plain(home(away).opener) == "Everyone is away. p brings someone back."


def test_members_who_left_or_are_away_neither_open_nor_count() -> None:
    state = membership.go_away(membership.leave(circle_that_met(), NOW, "m1"), NOW, "m2")
    view = home(state)
    assert plain(view.opener).startswith("Cleo opens: ")
    assert view.headline[-1] == "3 people, fortnightly"


# A meeting that is not finished


def test_a_meeting_under_way_is_continued_and_cannot_be_cancelled() -> None:
    view = home(
        circle_that_met(), under_way=True, parked="Ada's turn was about to begin. Enter continues."
    )
    assert plain(view.coming) == "The meeting is under way."
    assert to_do(view) == ("Ada's turn was about to begin. Enter continues.",)
    assert view.to_do[0].does is Request.BEGIN_MEETING
    assert view.status == "Enter continues the meeting."
    assert {"continue"} == keys(view) & {"begin", "continue", "rebooking"}
    rebook = view.action("rebooking")
    assert rebook is not None
    assert rebook.disabled_reason == "You're in a meeting. Enter takes you back to it."


def test_a_read_only_home_says_that_the_meeting_is_in_another_terminal() -> None:
    view = home(circle_that_met(), under_way=True, reading_only="It is open in another terminal.")
    assert plain(view.coming) == "The meeting is under way in another terminal."


def test_a_meeting_that_cannot_be_read_can_be_set_aside() -> None:
    assert "set_aside" not in keys(home(circle_that_met()))
    view = home(circle_that_met(), under_way=True, unreadable="It is damaged.", parked="Elsewhere.")
    assert "set_aside" in keys(view)
    assert view.status == "It is damaged."


# Between two meetings


def test_reaching_out_is_listed_until_it_is_marked_as_done() -> None:
    state = circle_that_met(reaches_out={"m4": "m2"})
    view = home(state)
    assert to_do(view) == ("Ben reaches out to Dev. d when it's done.",)
    assert view.cursor is None
    done = intents(view)["reached"]
    assert done == view.to_do[0].does
    assert isinstance(done, Execute)
    after = home(done.command(state, NOW, *done.args))
    assert to_do(after) == ()
    assert "reached" not in keys(after)
    assert to_do(home(state, under_way=True)) == ()


def test_the_cursor_chooses_among_several_to_reach_out() -> None:
    view = home(circle_that_met(reaches_out={"m4": "m2", "m1": "m3"}), cursor=1)
    assert to_do(view)[view.cursor or 0].startswith("Ben reaches out to Dev.")
    assert intents(view)["reached"] == view.to_do[1].does
    assert {"next", "previous"} <= keys(view)
    assert "next" not in keys(home(circle_that_met(reaches_out={"m4": "m2"})))
    # After the last one the first is chosen again.
    assert home(circle_that_met(reaches_out={"m4": "m2", "m1": "m3"}), cursor=2).cursor == 0


def test_each_item_of_the_to_do_list_leads_to_its_screen() -> None:
    state = covenant.set_review(covenant.write(circle_that_met(), NOW), NOW, "10 March")
    (review,) = home(state, after=5 * DAY).to_do
    assert review.does is Request.COVENANT
    (rebook,) = home(rebooking.cancel(circle_that_met(), NOW)).to_do
    assert rebook.does is Request.REBOOKING


def test_a_cancelled_meeting_is_mentioned_until_it_is_rebooked() -> None:
    state = rebooking.cancel(circle_that_met(), NOW)
    assert to_do(home(state)) == (
        "Thursday 19 March, 10:00 is cancelled. b to find another date within 48 hours.",
    )
    assert to_do(home(state, after=4 * DAY)) == (
        "Thursday 19 March, 10:00 is cancelled. b to find another date.",
    )
    state = rebooking.rebook(state, NOW, "20 March")
    assert to_do(home(state)) == ("Moved from Thursday 19 March, 10:00.",)


def test_the_covenants_review_is_mentioned_only_when_it_is_due() -> None:
    state = covenant.set_review(covenant.write(circle_that_met(), NOW), NOW, "10 March")
    assert to_do(home(state)) == ()
    assert to_do(home(state, after=5 * DAY)) == ("Time to review your covenant. v opens it.",)


def test_a_circle_of_four_is_told_who_meets_whom() -> None:
    in_pairs = ("In pairs until then: Ada and Ben, Cleo and Dev.",)
    assert to_do(home(CircleState(circle=circle_of(4)))) == ()
    assert to_do(home(circle_that_met(4))) == in_pairs
    # Of five members one is away, which leaves four.
    assert to_do(home(membership.go_away(circle_that_met(5), NOW, "m5"))) == in_pairs


def test_a_pair_is_told_that_three_is_safer_when_the_app_says_so() -> None:
    assert to_do(home(circle_that_met(2))) == ()
    (sentence,) = to_do(home(circle_that_met(2), told_of_three=True))
    assert "three is safer" in sentence


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (CycleChoice.GRADUATE, "You've graduated. s to choose a longer rhythm"),
        (CycleChoice.REDESIGN, "You chose to redesign. v opens your covenant."),
    ],
)
def test_home_says_what_to_do_after_the_choice_at_a_cycles_end(
    choice: CycleChoice, words: str
) -> None:
    (sentence,) = to_do(home(circle_that_chose(choice)))
    assert sentence.startswith(words)


def test_a_resting_circle_can_only_be_woken_and_is_then_asked_for_a_date() -> None:
    view = home(circle_that_chose(CycleChoice.REST))
    assert plain(view.coming) == "This circle is resting.  w wakes it up."
    assert view.opener == ()
    assert view.status == "This circle is resting. w wakes it up."
    assert "begin" not in keys(view)
    wake = view.action("wake")
    assert wake is not None
    assert wake.does == Execute(
        rebooking.wake, then=Request.REBOOKING, flash="The circle is awake again."
    )


# A trading pair


def test_a_trading_pair_sees_what_is_missing_this_week_without_names() -> None:
    state = CircleState(circle=circle_of(2, "trading-pair"))
    said = []
    for half in ("sent", "received", None):
        view = home(state)
        assert view.status == "t to note what was sent and received."
        assert view.commitments == ()
        assert view.opener == ()
        assert "Ada" not in plain(view.coming)
        said.append(plain(view.coming))
        if half is not None:
            state = trades.toggle(state, NOW, "m1", half)
    assert said == [
        "Nothing sent or received yet.",
        "One recording sent; waiting for the other.",
        "It's complete.",
    ]


def test_a_trading_pairs_home_offers_trades_and_no_meeting_actions() -> None:
    offered = keys(home(CircleState(circle=circle_of(2, "trading-pair"))))
    assert "trades" in offered
    assert offered.isdisjoint({"begin", "rebooking", "review", "checkins", "wake"})
    assert "trades" not in keys(home(circle_that_met()))


def test_a_message_about_what_just_happened_is_shown_once() -> None:
    assert (
        home(circle_that_met(), flash="The meeting is dropped.").flash == "The meeting is dropped."
    )


def test_after_a_meeting_was_dropped_undo_asks_before_it_opens_the_last_one() -> None:
    met = circle_that_met()
    assert intents(home(met))["reopen"] is Request.REOPEN_MEETING
    asks = intents(home(met, dropped=True))["reopen"]
    assert isinstance(asks, Pick)
    assert asks.question == "What you dropped can't come back. Open the last meeting again?"
    assert [does for _, does in asks.answers] == [Request.REOPEN_MEETING]
    assert "reopen" not in intents(home(CircleState(circle=circle_of(4)), dropped=True))
