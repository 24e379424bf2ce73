"""What a trading pair's screen says and offers."""

from datetime import timedelta

from msgspec.structs import replace

from circle_tui.core.circle import membership, trades
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.views.ring import SeatState
from circle_tui.views.text import plain
from circle_tui.views.trades import TradesView, trades_face, trades_view
from circle_tui.views.view import Execute
from tests.core.meetings import START, circle_of

WEEK = timedelta(weeks=1)


def pair() -> CircleState:
    return CircleState(circle=circle_of(2, "trading-pair"))


def look(state: CircleState, *, weeks: int = 0, cursor: int = 0) -> TradesView:
    return trades_view(CircleSnapshot(state, START + weeks * WEEK), cursor=cursor)


def with_marks(state: CircleState, week: int, *halves: tuple[str, trades.Half]) -> CircleState:
    for member, half in halves:
        state = trades.toggle(state, START + week * WEEK, member, half)
    return state


def test_in_the_first_week_no_earlier_weeks_are_listed() -> None:
    view = look(pair())
    assert view.headline == ("Thursday", "trades")
    assert view.continuity == "The first week is under way."
    assert view.this_week == "This week, from 2 March"
    assert [(row.glyph, row.name, row.text) for row in view.partners] == [
        ("1", "Ada", "sent ○  received ○"),
        ("2", "Ben", "sent ○  received ○"),
    ]
    assert (view.columns, view.weeks) == ((), ())
    assert view.status == "s for sent, r for received · ↑ ↓ to choose whose"


def test_each_earlier_week_has_a_line_newest_first_and_the_pair_one_sentence() -> None:
    state = with_marks(pair(), 0, ("m1", "sent"), ("m2", "sent"))
    state = with_marks(state, 1, ("m1", "sent"))
    state = with_marks(state, 2, ("m1", "received"), ("m2", "received"))
    view = look(state, weeks=3)
    assert view.continuity == "Traded in 2 of the last 3 weeks."
    assert view.columns == ("sent, received", "Ada", "Ben")
    assert view.weeks == (
        ("16 March", "○ ●", "○ ●"),
        ("9 March", "● ○", "○ ○"),
        ("2 March", "● ○", "● ○"),
    )


def test_the_weeks_are_shown_as_dots_with_this_week_last() -> None:
    state = with_marks(pair(), 0, ("m1", "sent"), ("m2", "sent"))
    assert plain(look(state, weeks=2).dots).split("  ")[0] == "● ○ ○"
    assert plain(look(pair()).dots).split("  ")[0] == "○"


def test_the_ring_highlights_who_has_sent_and_received_this_week() -> None:
    state = with_marks(pair(), 0, ("m2", "sent"), ("m2", "received"))
    snapshot = CircleSnapshot(state, START)
    face = trades_face(snapshot, trades_view(snapshot, cursor=0))
    assert [seat.state for seat in face.seats] == [SeatState.NOW, SeatState.DONE]


def test_no_number_is_about_a_single_partner() -> None:
    state = with_marks(pair(), 0, ("m1", "sent"), ("m1", "received"), ("m2", "sent"))
    for week in range(1, 6):
        state = with_marks(state, week, ("m1", "sent"))
    view = look(state, weeks=6)
    said = [row.text for row in view.partners] + [
        sign for _, *signs in view.weeks for sign in signs
    ]
    assert not any(character.isdigit() for words in said for character in words)
    assert [row.name for row in view.partners] == ["Ada", "Ben"]


def test_one_key_marks_sent_and_one_received_for_the_chosen_partner() -> None:
    view = look(with_marks(pair(), 0, ("m2", "sent")), cursor=1)
    assert view.partners[1].text == "sent ●  received ○"
    sent, received = view.action("sent"), view.action("received")
    assert sent is not None
    assert received is not None
    assert sent.does == Execute(trades.toggle, ("m2", "sent"))
    assert received.does == Execute(trades.toggle, ("m2", "received"))


def test_a_partner_who_is_left_alone_can_still_mark_their_side() -> None:
    state = membership.go_away(with_marks(pair(), 0, ("m2", "sent")), START, "m2")
    view = look(state, weeks=1, cursor=1)
    assert view.cursor == 0
    # Both partners stay in the earlier weeks.
    assert view.columns == ("sent, received", "Ada", "Ben")
    sent = view.action("sent")
    assert sent is not None
    assert sent.does == Execute(trades.toggle, ("m1", "sent"))


def test_if_nobody_is_left_the_keys_say_how_to_bring_a_partner_back() -> None:
    state = pair()
    away = tuple(replace(each, away=START) for each in state.circle.members)
    view = look(CircleState(circle=replace(state.circle, members=away)))
    for half in ("sent", "received"):
        action = view.action(half)
        assert action is not None
        assert action.disabled_reason == (
            "There's no one to trade with. Press p on the home screen to bring someone back."
        )
