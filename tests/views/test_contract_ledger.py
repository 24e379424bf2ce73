"""Stakes and the map as the screen says them."""

from msgspec.structs import replace

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.contracts import ledger
from circle_tui.views import (
    contract_ledger,
)
from circle_tui.views.view import Execute
from tests.core.contracts.agreements import (
    ADA,
    BEN,
    CLEO,
    DEV,
    Runner,
    contract_of,
    graded,
    with_stakes,
)

from .contract_step_reader import Reader, offered, text_of_rows


def test_a_stake_can_be_settled_and_reopened_and_stakes_are_not_summed() -> None:
    reader = Reader(with_stakes(contract_of(judged=graded())))
    reader.judge(BEN, "m", "m", "40")
    reader.judge(ADA, "m", "m", "m")
    for member in (ADA, BEN):
        reader.press(reader.choose(member).result, "content")
    view = contract_ledger.ledger_view(reader.snapshot, cursor=0)
    assert text_of_rows(view.stakes) == [
        "Ada Twenty into the coffee box half · open",
        "Ben Twenty into the coffee box all · open",
    ]
    reader.press(view, "settle")
    view = contract_ledger.ledger_view(reader.snapshot, cursor=0)
    assert [row.glyph for row in view.stakes] == ["●", "○"]
    assert offered(view, "settle").label == "Open again"
    reader.press(view, "settle")
    assert not any(each.settled for each in ledger.stakes(reader.runner.state, reader.runner.now))


def test_without_stakes_and_contracts_the_page_says_so() -> None:
    snapshot = CircleSnapshot(Runner().state, Runner().now)
    view = contract_ledger.ledger_view(snapshot, cursor=3)
    assert view.rows == 0
    assert view.action("settle") is None


def test_from_the_map_a_contract_with_the_chosen_member_can_be_made() -> None:
    reader = Reader(contract_of())
    view = contract_ledger.ledger_view(reader.snapshot, cursor=0)
    assert text_of_rows(view.map_rows) == [
        "Ada with Ben (Onboarding flow)",
        "Ben with Ada (Onboarding flow)",
    ]
    reader.press(view, "spoke", answer=2)
    made = reader.runner.state.contracts[-1]
    assert [part.member for part in made.parts] == [ADA, CLEO]


def test_settling_a_stake_says_so_and_how_it_is_taken_back() -> None:
    reader = Reader(with_stakes(contract_of(judged=graded())))
    reader.judge(BEN, "m", "m", "m")
    reader.judge(ADA, "m", "m", "m")
    for member in (ADA, BEN):
        reader.press(reader.choose(member).result, "content")
    view = contract_ledger.ledger_view(reader.snapshot, cursor=0)
    does = offered(view, "settle").does
    assert isinstance(does, Execute)
    assert does.flash == "Settled · u takes it back"
    reader.do(does)
    view = contract_ledger.ledger_view(reader.snapshot, cursor=0)
    does = offered(view, "settle").does
    assert isinstance(does, Execute)
    assert does.flash == "It's open again."


def test_two_pairs_of_a_larger_group_are_told_that_one_hub_could_do() -> None:
    reader = Reader(contract_of((ADA, BEN)))
    pairs = (("k2", (BEN, CLEO)), ("k3", (CLEO, DEV)))
    for key, people in pairs:
        more = Runner(contract_of(people, contract=key)).sign_all(key).state.contracts
        reader.runner.state = replace(
            reader.runner.state, contracts=(*reader.runner.state.contracts, *more)
        )
        said = contract_ledger.ledger_view(reader.snapshot, cursor=0).explained
        assert ("one hub" in said) == (key == "k3")
    assert said.endswith("Ada and Ben, and Cleo and Dev: one hub could keep you all in step.")
    assert "Eve" not in said
