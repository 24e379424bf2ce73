"""What a vote must not give away, and five planted bugs that would: each is caught."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.contracts import voting
from circle_tui.core.contracts.contract import BallotChoice
from circle_tui.flow.secret_vote import SecretVote
from circle_tui.service.ballot_box import BallotBox
from circle_tui.service.clock import ManualClock
from circle_tui.tui.screens.contract_vote import VoteScreen
from circle_tui.views.contract_vote import WHO_VOTES
from circle_tui.views.view import Intent, Say
from tests.core.contracts.agreements import CLEO, DEV, EVE, contract_of, panel

from .contract_steps import at_step

MET, PARTLY, NOT_MET = BallotChoice
SEATS = {3: CLEO, 4: DEV, 5: EVE}
Patch = pytest.MonkeyPatch


class Seen(NamedTuple):
    """What there was to see of a vote: after each key, and after the count."""

    screens: list[str]
    folders: list[dict[str, tuple[bytes, int]]]
    orders: set[tuple[BallotChoice, ...]]
    places: list[str]
    after_undo: str


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {each.name: (each.read_bytes(), each.stat().st_mtime_ns) for each in folder.iterdir()}


async def see(
    folder: Path,
    clock: ManualClock,
    choices: tuple[BallotChoice, ...],
    seats: tuple[int, ...] = (3, 4, 5),
) -> Seen:
    """A vote of three on two parts, each voter with the same choice for both."""
    seen = Seen([], [], set(), [], "")
    folder.mkdir()
    async with at_step(folder, clock, contract_of(judged=panel()), "vote") as driver:
        assert WHO_VOTES in driver.text
        await driver.press("enter")
        screen = driver.app.screen
        assert isinstance(screen, VoteScreen)
        box = screen.vote.ballot_box
        assert box is not None

        def look() -> None:
            seen.screens.append(driver.text)
            seen.folders.append(contents(folder))

        for seat, choice in zip(seats, choices, strict=True):
            await driver.press(str(seat))
            look()
            for _ in range(4):
                seen.orders.add(box.shown)
                await driver.press(str(1 + box.shown.index(choice)))
                look()
        seen.places.extend(",".join(ballots) for ballots in box._ballots.values())
        await driver.press("enter")
        assert driver.screen_name == "Result"
        await driver.press("u")
        return seen._replace(after_undo=driver.flashed)


async def check(folder: Path, clock: ManualClock, monkeypatch: Patch) -> None:
    """Two votes with different choices, in another order of voters, look alike in every way."""
    started = clock.now()
    told = []
    for run, (choices, seats) in enumerate(
        [
            ((MET, MET, PARTLY), (3, 4, 5)),
            ((NOT_MET, NOT_MET, NOT_MET), (3, 4, 5)),
            ((PARTLY, MET, MET), (5, 3, 4)),
        ]
    ):
        monkeypatch.setattr(
            "circle_tui.service.ballot_box.random.SystemRandom", lambda: random.Random(7)
        )
        clock.move(started - clock.now())
        told.append(await see(folder / str(run), clock, choices, seats))
    one, other, third = told
    assert one.screens == other.screens, "the screens differ by what was chosen"
    for seen in told:
        assert all(each == seen.folders[0] for each in seen.folders), "the folder changes"
        assert len(seen.orders) > 1, "the order is always the same"
        assert "nothing to undo" in seen.after_undo, "the count can be undone"
    assert one.places == third.places, "the places say who came first"


async def test_a_vote_gives_nothing_away(
    folder: Path, clock: ManualClock, monkeypatch: Patch
) -> None:
    await check(folder, clock, monkeypatch)


def echo(monkeypatch: Patch) -> None:
    """Says which choice was pressed."""
    choose = SecretVote.choose

    def echoing(self: SecretVote, number: int) -> tuple[Intent, ...]:
        assert self.ballot_box is not None
        choice = self.ballot_box.shown[number - 1]
        return (*choose(self, number), Say(f"{choice}."))

    monkeypatch.setattr(SecretVote, "choose", echoing)


def fixed_order(monkeypatch: Patch) -> None:
    """Shows the choices in the same order each time."""

    def draw(self: BallotBox) -> None:
        self._shown = tuple(BallotChoice)

    monkeypatch.setattr(BallotBox, "_draw", draw)


def write_each_ballot(monkeypatch: Patch) -> None:
    """Keeps each ballot in a file as it's put in."""
    choose = BallotBox.choose

    def writing(self: BallotBox, place: int) -> object:
        then = choose(self, place)
        kept = self.service.file.path.with_suffix(".votes")
        kept.write_text(repr(self._ballots), encoding="utf-8")
        return then

    monkeypatch.setattr(BallotBox, "choose", writing)


def in_order_of_voting(monkeypatch: Patch) -> None:
    """Puts each ballot at the end of the mapping."""
    choose = BallotBox.choose

    def appending(self: BallotBox, place: int) -> object:
        voter, before = self._voter, {of: dict(each) for of, each in self._ballots.items()}
        then = choose(self, place)
        for of, ballots in self._ballots.items():
            if voter is not None and ballots != before[of]:
                ballots[voter] = ballots.pop(voter)
        return then

    monkeypatch.setattr(BallotBox, "choose", appending)


def undo_allowed(monkeypatch: Patch) -> None:
    """A count that can be undone as every other command."""
    as_any_other = CircleCommand(voting.count_vote._rule)
    monkeypatch.setattr(voting, "count_vote", as_any_other)
    monkeypatch.setattr("circle_tui.views.changes.circle_change", lambda *_: "the count")


@pytest.mark.full
@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("bug", "found"),
    [
        (echo, "the screens differ by what was chosen"),
        (fixed_order, "the order is always the same"),
        (write_each_ballot, "the folder changes"),
        (in_order_of_voting, "the places say who came first"),
        (undo_allowed, "the count can be undone"),
    ],
)
async def test_a_planted_bug_is_caught(
    folder: Path,
    clock: ManualClock,
    monkeypatch: Patch,
    bug: Callable[[Patch], Any],
    found: str,
) -> None:
    bug(monkeypatch)
    with pytest.raises(AssertionError, match=found):
        await check(folder, clock, monkeypatch)
