"""The list of contracts, the earlier ones, and the most urgent one."""

from datetime import date

from circle_tui.core.contracts import judging, looking_back, overview
from circle_tui.core.contracts.contract import Ending

from .agreements import (
    ADA,
    BEN,
    CLEO,
    DAY,
    DEV,
    DUE,
    EVE,
    FINN,
    K,
    Runner,
    State,
    contract_of,
    graded,
)


def four_contracts() -> Runner:
    """Contracts: one due, one judged on the same day, one that runs longer, and a draft."""
    run = Runner(
        contract_of(contract="k4", people=(EVE, FINN)),
        contract_of(contract="k3", review=date(2026, 4, 16)),
        contract_of(contract="k2", people=(CLEO, DEV), judged=graded(by={CLEO: DEV, DEV: CLEO})),
        contract_of(),
    )
    for contract in (K, "k2", "k3"):
        run.sign_all(contract)
    return run


def test_due_contracts_come_first_then_running_ones_by_review_date_then_drafts() -> None:
    run = four_contracts()
    assert [each.newest.contract for each in overview.listed(run.state, run.now)] == [
        "k2", K, "k3", "k4",
    ]  # fmt: skip
    run.at(DUE)
    assert {each.newest.contract for each in overview.due(run.state, run.now)} == {K, "k2"}


def test_at_most_one_contract_is_urgent_and_running_ones_are_not() -> None:
    run = four_contracts()
    assert overview.most_pressing(run.state, run.now) is None
    run.at(DUE)
    found = overview.most_pressing(run.state, run.now)
    assert found is not None
    assert found.state is State.DUE
    run.do(judging.open_judging, "k2")
    found = overview.most_pressing(run.state, run.now)
    assert found is not None
    assert (found.state, found.newest.contract) == (State.BEING_JUDGED, "k2")


def test_ended_contracts_are_listed_as_earlier_ones_newest_first() -> None:
    run = four_contracts().at(DUE)
    assert overview.earlier(run.state, run.now) == ()
    run.do(looking_back.look_back, K, "", "", Ending.END).wait(DAY)
    run.do(looking_back.let_go, "k3", ADA).do(looking_back.let_go, "k3", BEN)
    assert [each.newest.contract for each in overview.earlier(run.state, run.now)] == ["k3", K]


def test_a_circle_without_contracts_has_an_empty_list() -> None:
    assert not overview.has_any(Runner().state, DUE)
    assert overview.has_any(four_contracts().state, DUE)
    run = Runner(contract_of()).sign_all().at(DUE)
    run.do(looking_back.look_back, K, "", "", Ending.END)
    assert not overview.has_any(run.state, run.now)
