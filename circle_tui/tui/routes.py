"""Which screen shows what; each is imported when it is first asked for.

Invariant: whoever starts the program sees its first screen without waiting for the others.
"""

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from textual.screen import Screen

from circle_tui.flow.replies import (
    Chooser,
    Destination,
    Followed,
    Gap,
    Home,
    Meeting,
    Review,
    SetUp,
)
from circle_tui.views.view import ContractStep, GoToContract, GoToCorrection, Request

if TYPE_CHECKING:
    from circle_tui.core.ids import ContractId
    from circle_tui.core.meeting.meeting import Phase
    from circle_tui.flow.app_flow import AppFlow
    from circle_tui.service.circle_service import CircleService
    from circle_tui.tui.screens.circle_screen import CircleScreen
    from circle_tui.tui.screens.meeting import MeetingScreen
    from circle_tui.tui.screens_ahead import ScreensAhead

    ContractScreenMaker = Callable[[CircleService, ContractId], CircleScreen]
    """Makes the screen of a contract, whose id is the last argument."""

PLACES = (
    Request.COMMITMENTS,
    Request.COVENANT,
    Request.PEOPLE,
    Request.SETTINGS,
    Request.CHECKINS,
    Request.TRADES,
    Request.FACTS_FOR_LEAD,
    Request.REBOOKING,
    Request.CONTRACTS,
    Request.NEW_CONTRACT,
    Request.PAPER_MEETING,
    Request.PASSING_UP,
)
"""The places between meetings."""

_OFTEN_LOOKED_AT = (Request.COMMITMENTS, Request.COVENANT, Request.PEOPLE)
"""The places whose keys always stand below home."""


_BESIDE_SCREENS = (
    "circle_tui.flow.meetings",
    "circle_tui.flow.undo",
    "circle_tui.store.storage",
    "circle_tui.core.circle.adding_record",
    "concurrent.futures.thread",
    # Most places have a field, and what edits text takes longer to load than any screen.
    "circle_tui.tui.widgets.words_field",
)
"""Modules that beginning, closing and undo need, and typing: 5 ms of the first closing."""


def later_imports() -> "Iterator[type[MeetingScreen | CircleScreen] | None]":
    """Import what keys may need, a step at a time; gives each screen among it, else None.

    First what a meeting needs, then the places between meetings.
    """
    from circle_tui.core.meeting.meeting import Phase

    yield from map(screen_of, Phase)
    for module in _BESIDE_SCREENS:
        import_module(module)
        yield None
    yield from map(screen_at, PLACES)


def screen_of(phase: "Phase") -> "type[MeetingScreen]":
    """The screen of a live meeting, for where it is."""
    from circle_tui.core.meeting.meeting import Phase

    match phase:
        case Phase.GATHERING:
            from circle_tui.tui.screens.gathering import GatheringScreen

            return GatheringScreen
        case Phase.READY | Phase.SHARE:
            from circle_tui.tui.screens.share import ShareScreen

            return ShareScreen
        case Phase.RESPONSES:
            from circle_tui.tui.screens.responses import ResponsesScreen

            return ResponsesScreen
        case Phase.COMMITMENTS:
            from circle_tui.tui.screens.commitments import CommitmentsScreen

            return CommitmentsScreen
        case Phase.CLOSING | Phase.CLOSED:
            from circle_tui.tui.screens.closing import ClosingScreen

            return ClosingScreen


def screens_one_key_away(phase: "Phase | None") -> "tuple[type[MeetingScreen | CircleScreen], ...]":
    """The screens a key most likely leads to, on or back by undo; without a meeting, from home."""
    from circle_tui.core.meeting.meeting import Phase

    match phase:
        case None:
            return screen_of(Phase.GATHERING), *map(screen_at, _OFTEN_LOOKED_AT)
        case Phase.GATHERING:
            return (screen_of(Phase.READY),)
        case Phase.READY | Phase.SHARE:
            return (screen_of(Phase.RESPONSES),)
        case Phase.RESPONSES:
            return screen_of(Phase.COMMITMENTS), screen_of(Phase.SHARE)
        case Phase.COMMITMENTS:
            return tuple(map(screen_of, (Phase.READY, Phase.RESPONSES, Phase.CLOSING)))
        case Phase.CLOSING | Phase.CLOSED:
            from circle_tui.tui.screens.home import HomeScreen

            return HomeScreen, screen_of(Phase.COMMITMENTS)


def screen_at(place: Request) -> "type[CircleScreen]":
    """The screen of one of the places between two meetings. Raises `KeyError` for another."""
    match place:
        case Request.COMMITMENTS:
            from circle_tui.tui.screens.open_commitments import OpenCommitmentsScreen

            return OpenCommitmentsScreen
        case Request.COVENANT:
            from circle_tui.tui.screens.covenant import CovenantScreen

            return CovenantScreen
        case Request.PEOPLE:
            from circle_tui.tui.screens.people import PeopleScreen

            return PeopleScreen
        case Request.SETTINGS:
            from circle_tui.tui.screens.settings import SettingsScreen

            return SettingsScreen
        case Request.CHECKINS:
            from circle_tui.tui.screens.checkins import CheckInsScreen

            return CheckInsScreen
        case Request.TRADES:
            from circle_tui.tui.screens.trades import TradesScreen

            return TradesScreen
        case Request.FACTS_FOR_LEAD:
            from circle_tui.tui.screens.facts_for_lead import FactsForLeadScreen

            return FactsForLeadScreen
        case Request.REBOOKING:
            from circle_tui.tui.screens.rebooking import RebookingScreen

            return RebookingScreen
        case Request.CONTRACTS:
            from circle_tui.tui.screens.contracts import ContractsScreen

            return ContractsScreen
        case Request.NEW_CONTRACT:
            from circle_tui.tui.screens.new_contract import NewContractScreen

            return NewContractScreen
        case Request.PAPER_MEETING:
            from circle_tui.tui.screens.paper_meeting import PaperMeetingScreen

            return PaperMeetingScreen
        case Request.PASSING_UP:
            from circle_tui.tui.screens.passing_up import PassingUpScreen

            return PassingUpScreen
        case _:
            raise KeyError(place)


def screen_for(
    flow: "AppFlow", place: Destination, said: str, ahead: "ScreensAhead"
) -> Screen[None]:
    """A screen that shows a place; `said` is flashed by those that can as they are drawn."""
    match place:
        case Chooser(came_from=came_from):
            from circle_tui.tui import circle_picker

            return circle_picker.choice(flow.choices(), flow.clock.now(), said, came_from)
        case SetUp(first=first):
            from circle_tui.tui.screens.first_run import FirstRunScreen

            return FirstRunScreen(first=first)
        case Followed(follower=follower):
            from circle_tui.tui.screens.watch import WatchScreen

            return WatchScreen(follower)
        case Review(facts=facts, now=now, can_correct=can_correct):
            from circle_tui.tui.screens.attendance import AttendanceScreen
            from circle_tui.views.presenters.review_of_one import ReviewOfOnePresenter

            return AttendanceScreen(
                ReviewOfOnePresenter(facts, now, can_go_back=True, can_correct=can_correct)
            )
    assert flow.service is not None
    return _screen_of_circle(flow.service, place, said, ahead)


def _screen_of_circle(
    service: "CircleService",
    place: Home | Meeting | Gap | Request | GoToContract | GoToCorrection,
    said: str,
    ahead: "ScreensAhead",
) -> Screen[None]:
    match place:
        case Home(parked=parked, unreadable=unreadable, told_of_three=told, dropped=dropped):
            from circle_tui.tui.screens.home import HomeScreen
            from circle_tui.views.presenters.home import HomePresenter

            home = ahead.take(HomeScreen, service)
            home.presenter = HomePresenter(
                lambda: service.snapshot,
                parked=parked,
                unreadable=unreadable,
                flash=said or None,
                told_of_three=told,
                dropped=dropped,
            )
            return home
        case Meeting():
            assert service.live is not None
            return ahead.take(screen_of(service.live.meeting.phase), service)
        case Gap():
            from circle_tui.tui.screens.resume import ResumeScreen

            return ResumeScreen(service, place)
        case GoToContract(contract=contract, step=step):
            return CONTRACT_STEPS[step]()(service, contract)
        case GoToCorrection(meeting=meeting, commitment=commitment):
            from circle_tui.tui.screens.correction import CorrectionScreen

            return CorrectionScreen(service, meeting, commitment)
        case _:
            return ahead.take(screen_at(place), service)


# Contracts


def _contract() -> "ContractScreenMaker":
    from circle_tui.tui.screens.contract import ContractScreen

    return ContractScreen


def _way() -> "ContractScreenMaker":
    from circle_tui.tui.screens.contract_way import ContractWayScreen

    return ContractWayScreen


def _at_the_end() -> "ContractScreenMaker":
    from circle_tui.tui.screens.contract import ContractScreen

    return partial(ContractScreen, at="end")


def _look_back() -> "ContractScreenMaker":
    from circle_tui.tui.screens.look_back import LookBackScreen

    return LookBackScreen


def _judging() -> "ContractScreenMaker":
    from circle_tui.tui.screens.contract_judging import JudgingScreen

    return JudgingScreen


def _vote() -> "ContractScreenMaker":
    from circle_tui.tui.screens.contract_vote import VoteScreen

    return VoteScreen


def _result() -> "ContractScreenMaker":
    from circle_tui.tui.screens.contract_result import ResultScreen

    return ResultScreen


def _dispute() -> "ContractScreenMaker":
    from circle_tui.tui.screens.contract_dispute import DisputeScreen

    return DisputeScreen


def _stakes() -> "ContractScreenMaker":
    from circle_tui.tui.screens.contract_ledger import LedgerScreen

    return LedgerScreen


def _map() -> "ContractScreenMaker":
    from circle_tui.tui.screens.contract_ledger import MapScreen

    return MapScreen


CONTRACT_STEPS: "dict[ContractStep, Callable[[], ContractScreenMaker]]" = {
    "contract": _contract,
    "at the end": _at_the_end,
    "way": _way,
    "look back": _look_back,
    "judge": _judging,
    "vote": _vote,
    "result": _result,
    "dispute": _dispute,
    "stakes": _stakes,
    "map": _map,
}
"""The screens of one contract by step; a view offers a step only if it is here."""
