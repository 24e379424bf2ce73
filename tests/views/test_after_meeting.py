"""What is shown after a meeting is saved, and which screen comes next."""

import pytest

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle.record import Retrospective
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts.contract import Contract
from circle_tui.views.after_meeting import after_meeting
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
            "Now your covenant: what should it say from here on?",
        ),
    ],
)
def test_after_a_meeting_comes_home_or_the_covenant_if_it_is_to_be_redesigned(
    choice: CycleChoice | None, place: Request, words: str
) -> None:
    looked_back = choice and Retrospective(choice=choice, worked="", change="")
    state = CircleState(circle=circle_of(3), records=(record(4, looked_back=looked_back),))
    assert after_meeting(state, DUE) == (place, f"Meeting 4 saved. {words}")


def test_a_due_contract_comes_up_right_after_the_meeting() -> None:
    state = CircleState(circle=circle_of(3), records=(record(4),), contracts=(signed(),))
    assert after_meeting(state, DUE) == (
        GoToContract("k1", "contract"),
        "Meeting 4 saved. Now the contract of Ada and Ben · Esc leaves it for later",
    )
    assert after_meeting(state, START).place is Request.HOME


def signed() -> Contract:
    """A contract that Ada and Ben both signed."""
    return contract_of(signatures={"m1": START, "m2": START})
