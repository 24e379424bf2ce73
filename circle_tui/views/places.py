"""The places that can be opened from other places, between two meetings.

Invariant: a place that the circle has no use for is not offered.
"""

from circle_tui.core.circle.circle import Circle
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.view import Action, Intent, Offer, Request, offered

_REQUESTS = {
    Place.OPEN_COMMITMENTS: Request.COMMITMENTS,
    Place.COVENANT: Request.COVENANT,
    Place.PEOPLE: Request.PEOPLE,
    Place.SETTINGS: Request.SETTINGS,
    Place.CHECKINS: Request.CHECKINS,
    Place.CONTRACTS: Request.CONTRACTS,
}


def other_places(circle: Circle, here: Place) -> tuple[Action, ...]:
    """The actions that open other places from the place `here`, between two meetings."""
    offers = {**place_offers(circle), "contracts": Request.CONTRACTS}
    offered_places = offered(TABLE[Place.DURING_A_MEETING], offers)
    return tuple(each for each in offered_places if each.does is not _REQUESTS.get(here))


def place_offers(circle: Circle) -> dict[str, Offer | Intent]:
    """The requests that open places, by the id of their action."""
    offers: dict[str, Offer | Intent] = {
        "open_commitments": Request.COMMITMENTS,
        "change_covenant": Request.COVENANT,
        "people": Request.PEOPLE,
        "settings": Request.SETTINGS,
    }
    if circle.preset.checkin:
        offers["check_in"] = Request.CHECKINS
    return offers
