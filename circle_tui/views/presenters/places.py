"""Which presenter each place has; each is imported when it's first asked for.

Invariant: whoever starts the program waits for no other place than the first.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from circle_tui.core.meeting.meeting import Phase
from circle_tui.views.view import ContractStep, Request

if TYPE_CHECKING:
    from circle_tui.core.ids import ContractId
    from circle_tui.views.presenters.circle_presenter import CirclePresenter, ReadCircle
    from circle_tui.views.presenters.meeting_presenter import MeetingPresenter, ReadMeeting

    MakeCirclePresenter = Callable[[ReadCircle], CirclePresenter]
    MakeMeetingPresenter = Callable[[ReadMeeting], MeetingPresenter]
    MakeContractPresenter = Callable[[ReadCircle, ContractId], CirclePresenter]
    """Makes the presenter of a contract, whose id is the last argument."""


def presenter_at(place: Request) -> "MakeCirclePresenter":
    """The presenter of one of the places between two meetings. Raises `KeyError` for another."""
    match place:
        case Request.COMMITMENTS:
            from circle_tui.views.presenters.open_commitments import OpenCommitmentsPresenter

            return OpenCommitmentsPresenter
        case Request.COVENANT:
            from circle_tui.views.presenters.covenant import CovenantPresenter

            return CovenantPresenter
        case Request.PEOPLE:
            from circle_tui.views.presenters.people import PeoplePresenter

            return PeoplePresenter
        case Request.SETTINGS:
            from circle_tui.views.presenters.settings import SettingsPresenter

            return SettingsPresenter
        case Request.CHECKINS:
            from circle_tui.views.presenters.checkins import CheckInsPresenter

            return CheckInsPresenter
        case Request.TRADES:
            from circle_tui.views.presenters.trades import TradesPresenter

            return TradesPresenter
        case Request.FACTS_FOR_LEAD:
            from circle_tui.views.presenters.facts_for_lead import FactsForLeadPresenter

            return FactsForLeadPresenter
        case Request.REBOOKING:
            from circle_tui.views.presenters.rebooking import RebookingPresenter

            return RebookingPresenter
        case Request.CONTRACTS:
            from circle_tui.views.presenters.contracts import ContractsPresenter

            return ContractsPresenter
        case Request.NEW_CONTRACT:
            from circle_tui.views.presenters.new_contract import NewContractPresenter

            return NewContractPresenter
        case Request.PAPER_MEETING:
            from circle_tui.views.presenters.paper_meeting import PaperMeetingPresenter

            return PaperMeetingPresenter
        case Request.PASSING_UP:
            from circle_tui.views.presenters.passing_up import PassingUpPresenter

            return PassingUpPresenter
        case _:
            raise KeyError(place)


def presenter_of(phase: Phase) -> "MakeMeetingPresenter":
    """The presenter of a live meeting, for where it is."""
    match phase:
        case Phase.GATHERING:
            from circle_tui.views.presenters.gathering import GatheringPresenter

            return GatheringPresenter
        case Phase.READY | Phase.SHARE:
            from circle_tui.views.presenters.share import SharePresenter

            return SharePresenter
        case Phase.RESPONSES:
            from circle_tui.views.presenters.responses import ResponsesPresenter

            return ResponsesPresenter
        case Phase.COMMITMENTS:
            from circle_tui.views.presenters.commitments import CommitmentsPresenter

            return CommitmentsPresenter
        case Phase.CLOSING | Phase.CLOSED:
            from circle_tui.views.presenters.closing import ClosingPresenter

            return ClosingPresenter


def presenter_of_step(step: ContractStep) -> "MakeContractPresenter":
    """The presenter of a step of a contract.

    Raises `KeyError` for the secret vote, which needs a screen.
    """
    match step:
        case "contract":
            from circle_tui.views.presenters.contract import ContractPresenter

            return ContractPresenter
        case "at the end":
            from circle_tui.views.presenters.contract import ContractPresenter

            return partial(ContractPresenter, at="end")
        case "way":
            from circle_tui.views.presenters.contract_way import ContractWayPresenter

            return ContractWayPresenter
        case "look back":
            from circle_tui.views.presenters.look_back import LookBackPresenter

            return LookBackPresenter
        case "judge":
            from circle_tui.views.presenters.contract_judging import JudgingPresenter

            return JudgingPresenter
        case "result":
            from circle_tui.views.presenters.contract_result import ResultPresenter

            return ResultPresenter
        case "dispute":
            from circle_tui.views.presenters.contract_dispute import DisputePresenter

            return DisputePresenter
        case "stakes":
            from circle_tui.views.presenters.contract_ledger import LedgerPresenter

            return LedgerPresenter
        case "map":
            from circle_tui.views.presenters.contract_ledger import LedgerPresenter

            return partial(LedgerPresenter, at_map=True)
        case "vote":
            raise KeyError(step)
