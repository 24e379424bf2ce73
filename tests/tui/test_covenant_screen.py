"""The covenant on its screen: written, changed, signed, looked at; and shown as a round begins."""

from pathlib import Path

import pytest

from circle_tui.core.circle import covenant, membership
from circle_tui.core.circle.state import CircleState, Clause, Covenant
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.tui.widgets.covenant_overlay import CovenantOverlay
from circle_tui.views.rounds import COVENANT_SHOWN_FOR

from .sitting import FIVE, MINUTE, SIZES, Sitting, make, meeting, sit, taken

PURPOSE = "We say out loud what we will do"


def state(folder: Path) -> CircleState:
    return CircleFile(folder / "harbour.json").read()


def versions(folder: Path) -> tuple[Covenant, ...]:
    return state(folder).covenants


def signed_by(folder: Path) -> set[str]:
    return set(versions(folder)[-1].signatures)


def agree(file: CircleFile, clock: ManualClock, *signing: str) -> None:
    """A covenant for the circle, with its review date and some signatures."""
    opened = CircleService(file, clock)
    opened.execute(covenant.write)
    opened.execute(covenant.set_review, "28 May 2026")
    for member in signing:
        opened.execute(covenant.sign, member)
    opened.close()


# Writing and changing


async def test_a_circle_without_one_says_so_and_writes_one_by_one_key(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("v")
        assert sitting.at == "Covenant"
        assert "no covenant yet" in sitting.text
        await sitting.press("e", "d", "s", "h", "1", "down")
        assert versions(folder) == ()
        assert not sitting.asking
        await sitting.press("w")
        assert PURPOSE in sitting.text
        assert len(versions(folder)) == 1
        await sitting.press("w")
        assert "does nothing here" in sitting.said
        await sitting.press("u")
        assert versions(folder) == ()
        assert "no covenant yet" in sitting.text


@pytest.mark.parametrize("key", ["e", "enter"])
async def test_any_clause_is_changed_from_the_words_it_has(
    folder: Path, clock: ManualClock, key: str
) -> None:
    agree(make(folder, clock), clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("v", "j", key)
        assert sitting.typed == "We meet fortnightly."
        await sitting.burst(" And we sing.")
        await sitting.press("enter")
        assert not sitting.asking
        assert versions(folder)[0].clauses[Clause.RHYTHM] == "We meet fortnightly. And we sing."
        assert "And we sing." in sitting.text
        await sitting.press("u")
        assert "And we sing." not in sitting.text


async def test_what_is_refused_stays_in_the_field_and_esc_leaves_it(
    folder: Path, clock: ManualClock
) -> None:
    agree(make(folder, clock), clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("v", "e", "enter")
        assert sitting.said == "That is what it says already."
        assert sitting.asking
        await sitting.press("up", "down")
        await sitting.press("escape")
        assert not sitting.asking
        assert sitting.at == "Covenant"
        await sitting.press("escape")
        assert sitting.at == "Home"


async def test_markup_in_a_clause_is_only_text(folder: Path, clock: ManualClock) -> None:
    file = make(folder, clock)
    agree(file, clock)
    opened = CircleService(file, clock)
    opened.execute(covenant.change, Clause.PURPOSE, "[red]To[/] be [link=x]here")
    opened.close()
    async with sit(folder, clock) as sitting:
        await sitting.press("v")
        assert "[red]To[/] be [link=x]here" in sitting.text
        await sitting.press("escape", "enter", "enter")
        assert "[red]To[/] be [link=x]here" in sitting.text


# The review date


async def test_the_review_date_is_asked_with_the_day_that_is_usual(
    folder: Path, clock: ManualClock
) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("v", "w", "d")
        assert sitting.typed == "28 May 2026"
        await sitting.press("enter")
        assert str(versions(folder)[0].review) == "2026-05-28"
        assert "We look at it again on 28 May." in sitting.text


# Signing


async def test_each_member_signs_by_choosing_themselves_and_then_s(
    folder: Path, clock: ManualClock
) -> None:
    agree(make(folder, clock), clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("v", "s")
        assert "Choose yourself first" in sitting.said
        await sitting.press("3")
        assert "Priya's signature" in sitting.line
        assert signed_by(folder) == set()
        await sitting.press("s", "s", "s")
        assert sitting.said == "Priya has signed this version."
        assert signed_by(folder) == {"m3"}
        await sitting.press("1", "s", "down", "s")
        assert signed_by(folder) == {"m1", "m2", "m3"}
        assert sitting.text.count("signed 5 March") == 3
        assert sitting.text.count("not signed") == 2
        await sitting.press("u")
        assert signed_by(folder) == {"m1", "m3"}


async def test_more_than_nine_can_sign(folder: Path, clock: ManualClock) -> None:
    names = ", ".join(f"Person {number}" for number in range(1, 13))
    agree(make(folder, clock, names), clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("v", "9", "down", "down", "s", "k", "s")
        assert signed_by(folder) == {"m10", "m11"}
        assert "› ● 10 Person 10" in sitting.text


async def test_the_numbers_are_those_of_the_meeting(folder: Path, clock: ManualClock) -> None:
    file = make(folder, clock)
    agree(file, clock)
    opened = CircleService(file, clock)
    opened.execute(membership.go_away, "m1")
    opened.close()
    async with sit(folder, clock) as sitting:
        await sitting.press("v", "1", "s", "5")
        assert signed_by(folder) == {"m2"}
        assert sitting.said == "There is no seat 5."
        await sitting.press("1", "up", "s")
        assert signed_by(folder) == {"m1", "m2"}


# Versions


async def test_a_change_makes_a_version_and_the_earlier_one_can_be_looked_at(
    folder: Path, clock: ManualClock
) -> None:
    agree(make(folder, clock), clock, "m1", "m3")
    async with sit(folder, clock) as sitting:
        await sitting.press("v", "h")
        assert "does nothing here" in sitting.said
        await sitting.press("e")
        await sitting.burst(" Gladly.")
        await sitting.press("enter")
        assert [set(each.signatures) for each in versions(folder)] == [{"m1", "m3"}, set()]
        assert sitting.text.count("not signed") == 5
        await sitting.press("h")
        assert "Gladly." not in sitting.text
        assert "version 1" in sitting.headline[-1]
        assert [name in sitting.text for name in FIVE.split(", ")] == [
            True,
            False,
            True,
            False,
            False,
        ]
        await sitting.press("e", "d", "s", "1", "enter", "down")
        assert not sitting.asking
        assert "version 1" in sitting.headline[-1]
        await sitting.press("h")
        assert "version 2" in sitting.headline[-1]
        await sitting.press("h", "escape")
        assert sitting.at == "Covenant"
        assert "version 2" in sitting.headline[-1]
        await sitting.press("h", "u")
        assert "version 1" in sitting.headline[-1]
        assert "signed 5 March" in sitting.text
        assert "not signed" in sitting.text
        assert len(versions(folder)) == 1


@pytest.mark.parametrize("size", SIZES)
async def test_what_the_cursor_is_on_is_in_view(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    agree(make(folder, clock), clock)
    async with sit(folder, clock, size) as sitting:
        await sitting.press("v")
        for _ in range(10):
            await sitting.press("down")
            assert "›" in sitting.text
        await sitting.resize(20, 5)
        await sitting.resize(1, 1)
        await sitting.press("up", "e", "escape", "h", "d")


async def test_where_nothing_can_be_written_it_says_why(folder: Path, clock: ManualClock) -> None:
    file = make(folder, clock)
    agree(file, clock)
    other = CircleService(file, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("v", "2", "s")
        assert "another terminal" in sitting.said or "elsewhere" in sitting.said
        assert signed_by(folder) == set()
    other.close()


# As a round begins


def covenant_shown(sitting: Sitting) -> bool:
    return bool(sitting.app.screen.query(CovenantOverlay))


async def test_it_is_shown_as_the_round_begins_and_enter_starts_the_share_all_the_same(
    folder: Path, clock: ManualClock
) -> None:
    agree(make(folder, clock), clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter")
        assert sitting.phase is Phase.READY
        assert covenant_shown(sitting)
        for words in (PURPOSE, "We meet fortnightly.", "What is said here stays here."):
            assert words in sitting.text
        await sitting.press("enter")
        assert sitting.phase is Phase.SHARE
        assert not covenant_shown(sitting)


@pytest.mark.parametrize("key", ["escape", "v"])
async def test_it_can_be_put_away(folder: Path, clock: ManualClock, key: str) -> None:
    agree(make(folder, clock), clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter")
        before = sitting.meeting
        await sitting.press(key)
        assert not covenant_shown(sitting)
        assert sitting.meeting == before


async def test_it_goes_away_by_itself(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("circle_tui.views.rounds.COVENANT_SHOWN_FOR", 0.001)
    agree(make(folder, clock), clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter")
        while covenant_shown(sitting):
            await sitting.settle()
    assert 8 <= COVENANT_SHOWN_FOR <= 12


async def test_a_circle_without_one_is_shown_nothing(folder: Path, clock: ManualClock) -> None:
    make(folder, clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter")
        assert not covenant_shown(sitting)
        await sitting.press("v")
        assert not covenant_shown(sitting)
        assert "does nothing here" in sitting.said


async def test_it_is_shown_once_and_not_before_each_turn(folder: Path, clock: ManualClock) -> None:
    agree(make(folder, clock), clock)
    async with sit(folder, clock) as sitting:
        await sitting.press("enter", "enter", "p")
        assert sitting.phase is Phase.READY
        assert not covenant_shown(sitting)
        await sitting.press("enter", "n", "enter", "enter")
        assert sitting.phase is Phase.READY
        assert not covenant_shown(sitting)


@pytest.mark.parametrize("size", SIZES)
async def test_it_can_be_called_up_at_any_time_of_the_round(
    folder: Path, clock: ManualClock, size: tuple[int, int]
) -> None:
    agree(make(folder, clock), clock)
    async with sit(folder, clock, size) as sitting:
        await sitting.press("enter", "enter", "enter")
        for phase in (Phase.SHARE, Phase.RESPONSES):
            assert sitting.phase is phase
            await sitting.press("v")
            assert covenant_shown(sitting)
            assert "We say out loud" in sitting.text
            await sitting.press("a")
            assert not covenant_shown(sitting)
            assert sitting.rule_shown
            await sitting.press("v")
            assert covenant_shown(sitting)
            assert not sitting.rule_shown
            await sitting.press("escape", "enter")
        assert sitting.phase is Phase.COMMITMENTS
        await sitting.press("v")
        assert covenant_shown(sitting)
        await sitting.resize(3, 3)
        await sitting.resize(1, 1)


async def test_after_a_resume_it_is_shown_only_where_the_round_had_just_begun(
    folder: Path, clock: ManualClock
) -> None:
    file = make(folder, clock)
    agree(file, clock)
    with meeting(file, clock) as live:
        taken(live, commands.begin)
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Share"
        assert covenant_shown(sitting)
        await sitting.press("enter")
        clock.move(MINUTE)
        await sitting.press("enter", "enter", "enter", "q")
    async with sit(folder, clock) as sitting:
        assert sitting.at == "Share"
        assert sitting.phase is Phase.READY
        assert not covenant_shown(sitting)


async def test_a_long_one_keeps_to_its_purpose_where_there_is_little_room(
    folder: Path, clock: ManualClock
) -> None:
    file = make(folder, clock)
    agree(file, clock)
    opened = CircleService(file, clock)
    for clause in Clause:
        opened.execute(covenant.change, clause, f"{clause} " + "and so on " * 26 + "end.")
    opened.close()
    async with sit(folder, clock, (40, 12)) as sitting:
        await sitting.press("enter", "enter")
        assert "purpose" in sitting.text
        assert "end." in sitting.text
        assert "rhythm" not in sitting.text
        assert "Enter starts" in sitting.text
        await sitting.resize(80, 24)
        assert all(each in sitting.text for each in ("purpose", "rhythm", "boundaries"))
