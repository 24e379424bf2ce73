"""Which screen shows what; each is imported when it is first asked for.

Invariant: whoever starts the program sees its first screen without waiting for the others.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from circle_tui.core.meeting.meeting import Phase
from circle_tui.views.view import Request

if TYPE_CHECKING:
    from circle_tui.tui.screens.circle_screen import CircleScreen
    from circle_tui.tui.screens.meeting import MeetingScreen


PLACES = (
    Request.COMMITMENTS,
    Request.COVENANT,
    Request.PEOPLE,
    Request.SETTINGS,
    Request.CHECKINS,
    Request.TRADES,
    Request.REBOOKING,
)
"""The places between meetings."""


def all_screens() -> "Iterator[type[MeetingScreen | CircleScreen]]":
    """Every screen of a meeting and of the places, each imported when the iterator comes to it."""
    yield from map(screen_of, Phase)
    yield from map(screen_at, PLACES)


def screen_of(phase: Phase) -> "type[MeetingScreen]":
    """The screen of a live meeting, for where it is."""
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
        case Request.REBOOKING:
            from circle_tui.tui.screens.rebooking import RebookingScreen

            return RebookingScreen
        case _:
            raise KeyError(place)
