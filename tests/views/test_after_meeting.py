"""What is shown after a meeting is saved, and which screen comes next."""

import pytest

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle.record import Retrospective
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts.contract import Contract
from circle_tui.views.after_meeting import after_meeting, next_contract
from circle_tui.views.view import GoToContract, Request
from tests.core.contracts.agreements import DUE, START, contract_of
from tests.core.meetings import circle_of, record


@pytest.mark.parametrize(
    ("choice", "place", "words"),
    [
        (None, Request.HOME, "See you next time · u opens it again"),
        (CycleChoice.RENEW, Request.HOME, "See you next time · u opens it again"),
        (CycleChoice.REST, Request.HOME, "The circle is resting now."),
        (
            CycleChoice.REDESIGN,
            Request.COVENANT,
            "Now your covenant: what should it say from now on?",
        ),
    ],
)
def test_after_a_meeting_comes_home_or_the_covenant_if_it_is_to_be_redesigned(
    choice: CycleChoice | None, place: Request, words: str
) -> None:
    looked_back = choice and Retrospective(choice=choice, worked="", change="")
    state = CircleState(circle=circle_of(3), records=(record(4, looked_back=looked_back),))
    assert after_meeting(state, DUE) == (place, f"Meeting 4 saved. {words}", ())


def test_a_due_contract_comes_up_right_after_the_meeting() -> None:
    state = CircleState(circle=circle_of(3), records=(record(4),), contracts=(signed(),))
    assert after_meeting(state, DUE) == (
        GoToContract("k1", "contract"),
        "Meeting 4 saved. Now the contract of Ada and Ben · Esc leaves it for later",
        (),
    )
    assert after_meeting(state, START).place is Request.HOME


def test_several_contracts_that_are_due_come_one_after_another() -> None:
    others = (signed(contract="k2", people=("m2", "m3")), signed(contract="k3"))
    state = CircleState(circle=circle_of(3), records=(record(4),), contracts=(signed(), *others))
    first = after_meeting(state, DUE)
    assert first.place == GoToContract("k1", "contract")
    assert "Now the contract of Ada and Ben, then 2 more · " in first.flash
    second = next_contract(state, DUE, first.to_come)
    assert second == (
        GoToContract("k2", "contract"),
        "Now the contract of Ben and Cleo, then 1 more · Esc leaves it for later",
        ("k3",),
    )
    third = next_contract(state, DUE, second.to_come)
    assert third is not None
    assert (third.place, third.to_come) == (GoToContract("k3", "contract"), ())
    assert next_contract(state, DUE, third.to_come) is None


def test_one_that_ended_meanwhile_is_left_out() -> None:
    ended = signed(contract="k2", ended=DUE)
    state = CircleState(
        circle=circle_of(3), records=(record(4),), contracts=(ended, signed(contract="k3"))
    )
    then = next_contract(state, DUE, ("k2", "k3"))
    assert then is not None
    assert then.place == GoToContract("k3", "contract")


def signed(*, people: tuple[str, str] = ("m1", "m2"), **fields: object) -> Contract:
    """A contract of Ada and Ben, or of others, that both signed."""
    return contract_of(people, signatures=dict.fromkeys(people, START), **fields)
