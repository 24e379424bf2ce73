"""The list of a review takes what it needs, and the card stands where it costs no row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle_tui.views.presenters.review_of_many import ReviewOfManyPresenter
from circle_tui.views.review_room import ReviewRoom, share_room

from .reviewed_circles import harbour, new_circle, weekly

CARD, TALL = 6, 22
LINES = st.integers(1, 200)


def test_a_short_list_is_as_high_as_its_rows_above_the_card() -> None:
    assert share_room(7, 13) == ReviewRoom(7, has_card=True)


def test_a_list_that_would_lose_a_row_to_the_card_stands_alone() -> None:
    assert share_room(8, 13) == ReviewRoom(8, has_card=False)


def test_a_list_longer_than_a_low_screen_takes_all_of_it() -> None:
    assert share_room(14, 13) == ReviewRoom(None, has_card=False)


@pytest.mark.parametrize(("room", "has_card"), [(TALL - 1, False), (TALL, True)])
def test_on_a_tall_screen_a_longer_list_leaves_room_for_the_card(room: int, has_card: bool) -> None:
    assert share_room(100, room) == ReviewRoom(None, has_card=has_card)


def test_without_room_there_is_no_card() -> None:
    assert share_room(1, 0) == ReviewRoom(None, has_card=False)


@given(LINES, st.integers(-10, 200))
def test_what_stands_there_has_room(list_height: int, room: int) -> None:
    found = share_room(list_height, room)
    if found.list_height is not None:
        assert found.list_height == list_height
        assert list_height + (CARD if found.has_card else 0) <= room
    if found.has_card:
        assert room >= min(TALL, list_height + CARD)


def test_the_list_is_at_once_as_high_as_the_rows_that_a_filter_leaves() -> None:
    presenter = ReviewOfManyPresenter()
    presenter.room = 30
    presenter.add([harbour(), weekly(), new_circle()])
    assert presenter.view().room == ReviewRoom(4, has_card=True)
    presenter.filter("bo")
    assert presenter.view().room == ReviewRoom(2, has_card=True)
