"""A vote as the screens say it: who votes, what the result can show, ties."""

from fractions import Fraction
from typing import NamedTuple

import pytest

from circle_tui.core.contracts.contract import BallotChoice, TieRule
from circle_tui.core.contracts.standing import State
from circle_tui.views import (
    contract_vote,
)
from circle_tui.views.presenters.contract_vote import VotePresenter
from circle_tui.views.text import plain
from circle_tui.views.view import GoToContract, Local, Say
from tests.core.contracts.agreements import (
    ADA,
    BEN,
    CLEO,
    DEV,
    EVE,
    FINN,
    REASON,
    K,
    contract_of,
    panel,
)

from .contract_step_reader import Reader, offered, text_of_rows, why_not


def vote(reader: Reader, *choices: str) -> None:
    reader.runner.vote_all(*choices)


def test_a_panel_from_its_vote_to_its_end() -> None:
    reader = Reader(contract_of(judged=panel()))
    assert reader.judging.status == "You decide the rest by a vote. Press j to vote."
    view = reader.who_votes()
    assert plain(view.main) == "You're voting on Ada's part and Ben's part."
    assert plain(view.words) == "Three are needed, and three are here."
    assert view.action("begin") is not None
    assert "Three are needed, and two are here" in why_not(reader.who_votes(CLEO), "begin")
    vote(reader, "mmp")
    assert text_of_rows(reader.result.rows) == [
        f"{name} 88.8% (8/9) comes back" for name in ("Ada", "Ben")
    ]
    assert "By vote: two of three met and one partly." in plain(reader.result.how)
    for member in (ADA, BEN):
        reader.press(reader.choose(member).result, "content")
    reader.look_back()


@pytest.mark.parametrize(
    ("weights", "out", "said"),
    [
        ((1, 1, 1, 1), (), "With so few, a unanimous result"),
        ((2, 1, 1, 1), (), "With these weights the result can show"),
        ((50, 30, 20), (), "With these weights the result can show"),
        ((2, 1, 1, 1), (CLEO,), "With these weights the result can show"),
    ],
)
def test_before_a_vote_the_screen_says_what_the_result_may_reveal(
    weights: tuple[int, ...], out: tuple[str, ...], said: str
) -> None:
    reader = Reader(contract_of(judged=panel(weights)))
    assert reader.who_votes(*out).secrecy.startswith(said)


def test_with_five_equal_weights_only_a_unanimous_vote_reveals_the_choices() -> None:
    reader = Reader(contract_of(judged=panel((1, 1, 1, 1, 1))))
    assert reader.who_votes().secrecy.startswith("If all agree, everybody knows")
    assert reader.who_votes(FINN).secrecy.startswith("With so few")


def test_with_unequal_weights_the_result_does_not_show_the_split() -> None:
    reader = Reader(contract_of(judged=panel((2, 1, 1))))
    vote(reader, "mpn")
    how = plain(reader.result.how)
    assert how.count("By vote.") == 2
    assert "met" not in how


def test_during_a_vote_the_contract_is_hidden_and_nothing_can_be_undone() -> None:
    reader = Reader(contract_of(judged=panel()))
    views = [
        contract_vote.hand_over(reader.snapshot, (CLEO, DEV), None),
        contract_vote.ballot(reader.snapshot, CLEO, ADA, tuple(BallotChoice), once_more=False),
        contract_vote.all_in(reader.snapshot),
    ]
    for view in views:
        assert view.headline == ("Harbour",)
        assert view.large
        actions = {each.spec.id: each for each in contract_vote.while_voting(view)}
        for refused in ("undo", "redo", "palette"):
            assert actions[refused].disabled_reason == "Not during a vote."
        assert actions["help"].disabled_reason is None
        assert actions["back"].label == "Leave the vote"


def test_what_is_large_in_a_vote_is_who_has_the_keyboard_and_nothing_of_a_choice() -> None:
    reader = Reader(contract_of(judged=panel()))
    assert contract_vote.hand_over(reader.snapshot, (CLEO, DEV), None).large == "Pass it on"
    assert contract_vote.all_in(reader.snapshot).large == "All in"
    assert {
        contract_vote.ballot(reader.snapshot, CLEO, of, shown, once_more=again).large
        for of in (ADA, BEN)
        for shown in (tuple(BallotChoice), tuple(BallotChoice)[::-1])
        for again in (False, True)
    } == {"Cleo"}


def test_a_tie_shows_only_the_tied_choices_and_leads_to_a_second_vote() -> None:
    reader = Reader(contract_of(judged=panel((1, 1, 1, 1))))
    vote(reader, "mmnn")
    how = plain(reader.result.how)
    assert "Met and not met tie. Talk it over, then vote once more until" in how
    assert "two" not in how
    assert offered(reader.result, "vote").does == GoToContract(K, "vote")
    vote(reader, "mmnp")
    assert reader.runner.where is State.JUDGED


def test_a_tie_is_decided_by_the_decider_with_a_reason() -> None:
    judged = panel((1, 1, 1), tie=TieRule.DECIDER, decider=FINN)
    reader = Reader(contract_of(judged=judged))
    vote(reader, "mpn")
    assert "Finn decides between them" in plain(reader.result.how)
    assert why_not(reader.result, "decide") == "Finn decides: Finn, press 6 first."
    reader.choose(FINN)
    reader.press(reader.result, "decide", REASON, answer=2)
    assert reader.runner.result(ADA).comes_back == Fraction(2, 3)
    assert "Finn decided it." in plain(reader.result.how)
    reader.press(reader.result, "decide", REASON, answer=1)
    assert reader.runner.where is State.JUDGED


# Whose turn it is


class Seen(NamedTuple):
    """A vote under way, as everybody may see it."""

    still_to_come: tuple[str, ...]
    about: str | None = None
    shown: tuple[BallotChoice, ...] = tuple(BallotChoice)
    once_more: bool = False

    @property
    def all_in(self) -> bool:
        return not self.still_to_come


def place_of(reader: Reader) -> VotePresenter:
    return VotePresenter(lambda: reader.snapshot, K)


def test_before_a_vote_the_cursor_goes_over_all_who_may_and_takes_some_out() -> None:
    place = place_of(Reader(contract_of(judged=panel())))
    assert list(place.present) == [CLEO, DEV, EVE]
    assert place.move(-1) is None
    assert place.cursor == 2
    assert place.local(Local.MARK) is None
    assert place.choose_seat(4) is None
    assert place.cursor == 1
    assert list(place.present) == [CLEO, DEV]
    assert isinstance(place.choose_seat(1), Say)
    assert place.local(Local.QUIT) is Local.QUIT


def test_during_a_vote_a_number_takes_the_keyboard_and_no_list_can_be_clicked() -> None:
    place = place_of(Reader(contract_of(judged=panel())))
    place.ballot_box = Seen((DEV, EVE))
    assert place.choose_seat(3) == Say("That number doesn't vote.")
    assert place.voter is None
    assert place.choose_row(1) is None
    assert place.view().cursor is None
    assert place.choose_seat(5) is Local.TAKE_BALLOT
    assert place.voter == EVE
    place.taken()
    place.ballot_box = Seen((DEV, EVE), about=ADA)
    assert "Press a number." in plain(place.view().sheet)
    # Now the numbers are choices, which the ballot box alone takes.
    assert place.choose_seat(4) == Say("That number doesn't vote.")
    assert place.local(Local.QUIT) == contract_vote.QUIT
    place.handed_on()
    place.ballot_box = Seen(())
    assert "Everyone has voted." in plain(place.view().sheet)


def test_whose_number_has_no_key_takes_the_keyboard_by_the_cursor() -> None:
    place = place_of(Reader(contract_of(judged=panel())))
    place.ballot_box = Seen((CLEO, DEV))
    assert place.local(Local.SELECT) is Local.SELECT
    place.move(1)
    place.move(1)
    assert place.local(Local.SELECT) is Local.TAKE_BALLOT
    assert place.voter == DEV
