"""The covenant on its screen: written, changed, signed, looked at; and shown as a round begins."""

from pathlib import Path

import pytest

from circle_tui.core.circle import covenant
from circle_tui.core.circle.state import CircleState, Clause, Covenant
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.tui.widgets.card import Page
from circle_tui.tui.widgets.covenant_overlay import CovenantOverlay
from circle_tui.tui.widgets.prompt import Prompt

from .app_driver import (
    FIVE,
    MINUTE,
    SIZES,
    AppDriver,
    begin_round,
    create_circle,
    execute_all,
    meeting_under_way,
    run_app,
)

PURPOSE = "We say out loud what we will do"


def state(folder: Path) -> CircleState:
    return CircleFile(folder / "harbour.json").read()


def versions(folder: Path) -> tuple[Covenant, ...]:
    return state(folder).covenants


def signed_by(folder: Path) -> set[str]:
    return set(versions(folder)[-1].signatures)


def agree(file: CircleFile, clock: ManualClock, *signing: str) -> None:
    """A covenant for the circle, with its review date and some signatures."""
    service = CircleService(file, clock)
    service.execute(covenant.write)
    service.execute(covenant.set_review, "28 May 2026")
    for member in signing:
        service.execute(covenant.sign, member)
    service.close()


# Writing and changing


@pytest.mark.full
@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["e", "enter"])
async def test_any_clause_is_changed_from_the_words_it_has(
    folder: Path, clock: ManualClock, key: str
) -> None:
    agree(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("v", "j", key)
        assert driver.prompt_value == "We meet fortnightly."
        await driver.press("end")
        await driver.type_without_waiting(" And we sing.")
        await driver.press("enter")
        assert not driver.prompt_open
        assert versions(folder)[0].clauses[Clause.RHYTHM] == "We meet fortnightly. And we sing."
        assert "And we sing." in driver.text
        await driver.press("u")
        assert "And we sing." not in driver.text


@pytest.mark.full
async def test_what_is_refused_stays_in_the_field_and_esc_leaves_it(
    folder: Path, clock: ManualClock
) -> None:
    agree(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("v", "e", "enter")
        assert driver.flashed == "That's what it says already."
        assert driver.prompt_open
        await driver.press("up", "down")
        await driver.press("escape")
        assert not driver.prompt_open
        assert driver.screen_name == "Covenant"
        await driver.press("escape")
        assert driver.screen_name == "Home"


async def test_markup_in_a_clause_is_only_text(folder: Path, clock: ManualClock) -> None:
    file = create_circle(folder, clock)
    agree(file, clock)
    service = CircleService(file, clock)
    service.execute(covenant.change, Clause.PURPOSE, "[red]To[/] be [link=x]here")
    service.close()
    async with run_app(folder, clock) as driver:
        await driver.press("v")
        assert "[red]To[/] be [link=x]here" in driver.text
        await driver.press("escape", "enter", "enter")
        assert "[red]To[/] be [link=x]here" in driver.text


# The review date


# Signing


async def test_each_member_signs_by_choosing_themselves_and_then_s(
    folder: Path, clock: ManualClock
) -> None:
    agree(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("v", "s")
        assert "Choose yourself first" in driver.flashed
        await driver.press("3")
        assert "Are you Priya?" in driver.status
        assert signed_by(folder) == set()
        await driver.press("s", "s", "s")
        assert driver.flashed == "Priya has already signed this version."
        assert signed_by(folder) == {"m3"}
        await driver.press("1", "s", "down", "s")
        assert signed_by(folder) == {"m1", "m2", "m3"}
        await driver.resize(80, 50)
        assert driver.text.count("signed 5 March") == 3
        assert driver.text.count("not signed yet") == 2
        await driver.press("u")
        assert signed_by(folder) == {"m1", "m3"}


async def test_more_than_nine_can_sign(folder: Path, clock: ManualClock) -> None:
    names = ", ".join(f"Person {number}" for number in range(1, 13))
    agree(create_circle(folder, clock, names), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("v", "9", "down", "down", "s", "k", "s")
        assert signed_by(folder) == {"m10", "m11"}
        assert "› ● 10 Person 10" in driver.text


# Versions


@pytest.mark.full
async def test_a_change_makes_a_version_and_the_earlier_one_can_be_looked_at(
    folder: Path, clock: ManualClock
) -> None:
    agree(create_circle(folder, clock), clock, "m1", "m3")
    async with run_app(folder, clock) as driver:
        await driver.press("v", "h")
        assert "does nothing here" in driver.flashed
        await driver.press("e")
        await driver.type_without_waiting(" Gladly.")
        await driver.press("enter")
        assert [set(each.signatures) for each in versions(folder)] == [{"m1", "m3"}, set()]
        await driver.resize(80, 50)
        assert driver.text.count("not signed yet") == 5
        await driver.press("h")
        assert "Gladly." not in driver.text
        assert "version 1" in driver.headline[-1]
        signed = [f"● {name}" in driver.text.split("Signatures")[1] for name in FIVE.split(", ")]
        assert signed == [
            True,
            False,
            True,
            False,
            False,
        ]
        await driver.press("e", "d", "s", "1", "enter", "down")
        assert not driver.prompt_open
        assert "version 1" in driver.headline[-1]
        await driver.press("h")
        assert "version 2" in driver.headline[-1]
        await driver.press("h", "escape")
        assert driver.screen_name == "Covenant"
        assert "version 2" in driver.headline[-1]
        await driver.press("h", "u")
        assert "version 1" in driver.headline[-1]
        assert "signed 5 March" in driver.text
        assert "not signed" in driver.text
        assert len(versions(folder)) == 1


@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", SIZES)
async def test_what_the_cursor_is_on_is_in_view(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    agree(create_circle(folder, clock), clock)
    async with run_app(folder, clock, size) as driver:
        await driver.press("v")
        for _ in range(10):
            await driver.press("down")
            assert "›" in driver.text
        await driver.resize(20, 5)
        await driver.resize(1, 1)
        await driver.press("up", "e", "escape", "h", "d")


async def test_where_nothing_can_be_written_it_says_why(folder: Path, clock: ManualClock) -> None:
    file = create_circle(folder, clock)
    agree(file, clock)
    other = CircleService(file, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("v", "2", "s")
        assert "another terminal" in driver.flashed or "elsewhere" in driver.flashed
        assert signed_by(folder) == set()
    other.close()


# As a round begins


def covenant_shown(driver: AppDriver) -> bool:
    return bool(driver.app.screen.query(CovenantOverlay))


async def test_the_covenant_is_shown_as_the_round_begins_and_enter_still_starts_the_share(
    folder: Path, clock: ManualClock
) -> None:
    agree(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "enter")
        assert driver.phase is Phase.READY
        assert covenant_shown(driver)
        for words in (PURPOSE, "We meet fortnightly.", "What is said here stays here."):
            assert words in driver.text
        await driver.press("enter")
        assert driver.phase is Phase.SHARE
        assert not covenant_shown(driver)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["escape", "v", "click"])
async def test_the_covenant_can_be_put_away(folder: Path, clock: ManualClock, key: str) -> None:
    agree(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "enter")
        before = driver.meeting
        if key == "click":
            await driver.pilot.click(CovenantOverlay)
            await driver.settle()
        else:
            await driver.press(key)
        assert not covenant_shown(driver)
        assert driver.meeting == before


async def test_a_circle_without_one_is_shown_nothing(folder: Path, clock: ManualClock) -> None:
    begin_round(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        assert not covenant_shown(driver)
        await driver.press("v")
        assert not covenant_shown(driver)
        assert "does nothing here" in driver.flashed


async def test_the_covenant_is_shown_once_and_not_before_each_turn(
    folder: Path, clock: ManualClock
) -> None:
    agree(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "enter", "p")
        assert driver.phase is Phase.READY
        assert not covenant_shown(driver)
        await driver.press("enter", "n", "enter", "enter")
        assert driver.phase is Phase.READY
        assert not covenant_shown(driver)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", SIZES)
async def test_the_covenant_can_be_shown_at_any_time_of_the_round(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    agree(create_circle(folder, clock), clock)
    async with run_app(folder, clock, size) as driver:
        await driver.press("enter", "enter", "enter")
        for phase in (Phase.SHARE, Phase.RESPONSES):
            assert driver.phase is phase
            await driver.press("v")
            assert covenant_shown(driver)
            assert "We say out loud" in driver.text
            await driver.press("a")
            assert not covenant_shown(driver)
            assert driver.listening_rule_shown
            await driver.press("v")
            assert covenant_shown(driver)
            assert not driver.listening_rule_shown
            await driver.press("escape", "enter")
        assert driver.phase is Phase.COMMITMENTS
        await driver.press("v")
        assert covenant_shown(driver)
        await driver.resize(3, 3)
        await driver.resize(1, 1)


async def test_after_a_resume_it_is_shown_only_where_the_round_had_just_begun(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    agree(file, clock)
    with meeting_under_way(file, clock) as live:
        execute_all(live, commands.begin)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Share"
        assert covenant_shown(driver)
        await driver.press("enter")
        clock.move(MINUTE)
        await driver.press("enter", "enter", "enter", "q")
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Share"
        assert driver.phase is Phase.READY
        assert not covenant_shown(driver)


async def test_a_long_one_keeps_to_its_purpose_where_there_is_little_room(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    agree(file, clock)
    service = CircleService(file, clock)
    for clause in Clause:
        service.execute(covenant.change, clause, f"{clause} " + "and so on " * 26 + "end.")
    service.close()
    async with run_app(folder, clock, (40, 12)) as driver:
        await driver.press("enter", "enter")
        assert "purpose" in driver.text
        assert "end." in driver.text
        assert "rhythm" not in driver.text
        assert "Enter starts" in driver.text
        await driver.resize(80, 24)
        assert all(each in driver.text for each in ("purpose", "rhythm", "boundaries"))


@pytest.mark.parametrize(("keys", "title"), [("je", "› How often we meet"), ("3d", "Review date")])
async def test_what_is_typed_stands_where_the_words_are_that_it_replaces(
    folder: Path, clock: ManualClock, keys: str, title: str
) -> None:
    agree(create_circle(folder, clock), clock)
    async with run_app(folder, clock) as driver:
        await driver.press("v", *keys)
        cards = list(driver.app.screen.query_one(Page).children)
        replaced = cards[cards.index(driver.app.screen.query_one(Prompt)) - 1]
        assert replaced.border_title == title
        assert not replaced.display
