"""What is clicked does what its key does: rows, cards, seats and choices."""

from pathlib import Path

import pytest
from textual.app import App, ComposeResult

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import ClosingStep
from circle_tui.service.clock import ManualClock
from circle_tui.tui.theme import DARK, LIGHT
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.large_text import LargeText
from circle_tui.tui.widgets.listing import RowClicked
from circle_tui.tui.widgets.ring import Ring
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views.ring import RingFace, Seat, SeatState
from circle_tui.views.view import Row

from .app_driver import (
    AppDriver,
    add_first_meeting,
    begin_round,
    create_circle,
    execute_all,
    meeting_under_way,
    run_app,
)
from .past_meetings import circle_that_met, park_at_closing

NAMES = ("Maya", "Tom", "Priya", "Lena")


class Pieces(App[None]):
    """One list, one card and a ring, and what was clicked of them."""

    CSS = "Rows { height: 3; } Ring { height: 20; }"

    def __init__(self) -> None:
        super().__init__()
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name
        self.clicked: list[object] = []

    def compose(self) -> ComposeResult:
        yield Rows()
        with Card("Thank you", id="does", action_id="respond"):
            yield LargeText()
        yield Card("Only to read", id="reads")
        yield Ring(lambda _seat: True)

    def on_row_clicked(self, clicked: RowClicked) -> None:
        self.clicked.append(clicked.row)

    def on_card_card_clicked(self, clicked: Card.CardClicked) -> None:
        self.clicked.append(clicked.action_id)

    def on_clickable_seats_seat_clicked(self, clicked: Ring.SeatClicked) -> None:
        self.clicked.append(f"seat {clicked.seat}")


async def click(driver: AppDriver, words: str) -> None:
    """On the first letter of the first place where these words stand."""
    lines = driver.text.splitlines()
    row = next(at for at, line in enumerate(lines) if words in line)
    await driver.pilot.click(offset=(lines[row].index(words), row))
    await driver.settle()


async def click_seat(driver: AppDriver, name: str) -> None:
    """On a member's name on the ring."""
    around = driver.ring.region
    rows = enumerate(line[around.x : around.right] for line in driver.text.splitlines())
    row, line = next((row, line) for row, line in rows if f" {name}" in line and row >= around.y)
    await driver.pilot.click(offset=(around.x + line.index(f" {name}") + 1, row))
    await driver.settle()


async def test_a_click_says_which_row_it_was_on_also_in_a_list_that_is_scrolled() -> None:
    rows = tuple(Row("○", f"row {number}") for number in range(9))
    async with Pieces().run_test(size=(80, 40)) as pilot:
        app = pilot.app
        assert isinstance(app, Pieces)
        shown = app.query_one(Rows)
        shown.show(rows, cursor=0)
        await pilot.pause()
        await pilot.click(Rows, offset=(5, 2))
        shown.show(rows, cursor=8)
        await pilot.pause()
        await pilot.click(Rows, offset=(5, 2))
        assert app.clicked == [2, 8]


async def test_rows_that_nothing_can_be_done_with_are_not_clicked() -> None:
    rows = (Row("", "Maya"), Row("", "Tom"))
    async with Pieces().run_test(size=(80, 40)) as pilot:
        app = pilot.app
        assert isinstance(app, Pieces)
        shown = app.query_one(Rows)
        shown.show(rows)
        await pilot.pause()
        await pilot.click(Rows, offset=(2, 1))
        assert app.clicked == []
        shown.show(rows, clickable=True)
        await pilot.pause()
        await pilot.click(Rows, offset=(2, 1))
        await pilot.click(Rows, offset=(2, 2))  # below the last row
        assert app.clicked == [1]


async def test_a_card_is_clicked_only_where_it_stands_for_an_action() -> None:
    async with Pieces().run_test(size=(80, 40)) as pilot:
        app = pilot.app
        assert isinstance(app, Pieces)
        await pilot.click("#does")
        await pilot.click("#reads")
        assert app.clicked == ["respond"]


async def test_a_seat_is_clicked_by_its_glyph_and_its_name_and_nothing_else() -> None:
    async with Pieces().run_test(size=(80, 40)) as pilot:
        app = pilot.app
        assert isinstance(app, Pieces)
        ring = app.query_one(Ring)
        ring.show(RingFace(tuple(Seat(name, SeatState.WAITING) for name in NAMES)))
        await pilot.pause()
        lines = [ring.render_line(y).text for y in range(ring.size.height)]
        for seat, name in enumerate(NAMES, 1):
            row = next(at for at, line in enumerate(lines) if name in line)
            glyph = lines[row].index(f"○ {name}")
            assert [
                ring.seat_at(x, row)
                for x in (glyph - 1, glyph, glyph + 1 + len(name), glyph + 2 + len(name))
            ] == [None, seat, seat, None]
            await pilot.click(Ring, offset=(glyph + 2, row))
        await pilot.click(Ring, offset=(40, 10))
        assert app.clicked == ["seat 1", "seat 2", "seat 3", "seat 4"]


# The screens of a meeting


async def test_a_click_at_the_gathering_chooses_a_person_and_a_second_one_marks_them(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, (110, 34)) as driver:
        await driver.press("enter")
        before = driver.meeting
        await click(driver, "3 Priya")
        assert "› ● 3 Priya" in driver.text
        assert driver.meeting == before
        await click(driver, "3 Priya")
        assert str(driver.meeting.people[2].attendance) == "late"
        # The seat beside the ring is the same person.
        await click(driver, "● Lena")
        assert "› ● 4 Lena" in driver.text


@pytest.mark.parametrize("card", ["#first", "#second"])
async def test_a_click_on_a_response_gives_it(folder: Path, clock: ManualClock, card: str) -> None:
    file = create_circle(folder, clock)
    with meeting_under_way(file, clock) as live:
        execute_all(live, commands.begin, commands.start, commands.finish)
    async with run_app(folder, clock) as driver:
        await driver.pilot.click(card)
        await driver.settle()
        assert driver.ring.caption == "Priya to Maya"


async def test_a_click_on_another_open_commitment_makes_it_the_current_one(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    add_first_meeting(file, "I call", "I write", "I rest")
    with meeting_under_way(file, clock) as live:
        execute_all(live, commands.begin, commands.start, commands.finish, commands.end_responses)
    async with run_app(folder, clock) as driver:
        assert driver.text_of("#one").split("│")[1].strip() == "I call"
        await click(driver, "I rest")
        assert driver.text_of("#one").split("│")[1].strip() == "I rest"
        await click(driver, "I call")
        assert driver.text_of("#one").split("│")[1].strip() == "I call"


async def test_a_click_chooses_who_comes_or_goes_and_a_second_one_does_it(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("l")
        await click(driver, "Sam ")
        assert driver.screen_name == "Arrivals"
        assert "› ● Sam" in driver.text
        await click(driver, "Sam ")
        assert driver.screen_name == "Share"
        assert str(driver.meeting.people[4].attendance) == "left early"


async def test_a_click_on_a_choice_at_the_end_of_a_cycle_takes_it(
    folder: Path, clock: ManualClock
) -> None:
    park_at_closing(circle_that_met(folder, clock, 0, cycle=1), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "enter")
        assert driver.meeting.closing_step is ClosingStep.CHOICE
        await click(driver, "renew:")
        assert driver.meeting.choice == "renew"


async def test_a_click_chooses_who_reaches_out_and_a_second_one_saves_it(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "3", "3", "3", "enter")
        while driver.screen_name != "Closing":
            await driver.press("p")
        await driver.press("enter")
        await click(driver, "  Lena")
        assert "› Lena" in driver.text_of("#who")
        await click(driver, "› Lena")
        assert driver.meeting.reaches_out == {"m3": "m4"}


async def test_a_click_on_a_seat_chooses_that_member_to_reach_out(
    folder: Path, clock: ManualClock
) -> None:
    park_at_closing(create_circle(folder, clock), clock, (commands.mark, "m3", Attendance.ABSENT))
    async with run_app(folder, clock, (110, 34)) as driver:
        await driver.press("enter")
        await click_seat(driver, "Lena")
        assert "› Lena" in driver.text_of("#who")
        await click_seat(driver, "Priya")
        assert driver.flashed == ""
        assert "› Lena" in driver.text_of("#who")


async def test_a_click_on_a_seat_where_nobody_is_chosen_does_and_says_nothing(
    folder: Path, clock: ManualClock
) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock, (110, 34)) as driver:
        assert driver.screen_name == "Share"
        for keys in ((), ("enter",), ("enter",)):
            await driver.press(*keys)
            before, screen = driver.meeting, driver.screen_name
            await click_seat(driver, "Lena")
            assert driver.flashed == ""
            assert (driver.meeting, driver.screen_name) == (before, screen)
        assert driver.screen_name == "Responses"


async def test_at_home_a_click_on_a_seat_does_and_says_nothing(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, (110, 34)) as driver:
        await click_seat(driver, "Maya")
        assert driver.flashed == ""
        assert driver.screen_name == "Home"


async def test_dragging_selects_no_text(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.pilot.mouse_down(offset=(10, 6))
        await driver.pilot.hover(offset=(30, 8))
        await driver.pilot.mouse_up(offset=(30, 8))
        await driver.settle()
        # A selection can't begin on a widget that is just being removed: that ended the program.
        assert driver.app.screen.selections == {}
