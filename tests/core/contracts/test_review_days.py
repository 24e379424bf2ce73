"""The days on which contracts are due: which there are, and which were called off."""

from circle_tui.core.contracts import looking_back
from circle_tui.core.contracts.review_days import review_days

from .agreements import ADA, BEN, DUE, K, Runner, contract_of


def off(run: Runner) -> list[bool]:
    return [each.off for each in review_days(run.state, run.now)]


def test_the_day_of_a_contract_that_runs_is_not_called_off() -> None:
    run = Runner(contract_of())
    assert off(run) == []
    run.sign_all()
    (found,) = review_days(run.state, run.now)
    assert found == (K, DUE.date(), False)
    assert off(run.at(DUE)) == [False]


def test_the_day_of_a_contract_that_was_let_go_before_it_is_called_off() -> None:
    run = Runner(contract_of()).sign_all()
    run.do(looking_back.let_go, K, ADA).do(looking_back.let_go, K, BEN)
    assert off(run) == [True]
