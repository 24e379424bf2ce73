"""What each request leads to.

Invariant: nothing is loaded here before it is asked for.
"""

from circle_tui.flow.app_flow import AppFlow
from circle_tui.flow.replies import Back, Meeting, Reply, Show, Stay
from circle_tui.service.circle_service import CircleService
from circle_tui.views.view import GoToContract, GoToCorrection, Request

_STAY_WITH_CONTRACTS = frozenset({Request.BACK, Request.CONTRACTS, Request.NEW_CONTRACT})
"""What may be asked for without leaving the contracts that come after a meeting."""


def reply_to(
    flow: AppFlow,
    asked: Request | GoToContract | GoToCorrection,
    *,
    beside_meeting: bool = False,
) -> Reply:
    """What follows a request.

    `beside_meeting` is whether a place between meetings is shown while a meeting is on.
    """
    if not isinstance(asked, Request):
        return Show(asked)
    if asked not in _STAY_WITH_CONTRACTS:
        flow.contracts_to_come = ()
    match asked:
        case Request.BACK:
            return Back()
        case Request.TAKE_OVER:
            return flow.take_over()
        case Request.CHOOSE_CIRCLE | Request.NEW_CIRCLE | Request.DEMO:
            return _another_circle(flow, asked)
    if flow.service is None:
        return Stay()
    return _of_circle(flow, flow.service, asked, beside_meeting=beside_meeting)


def _another_circle(flow: AppFlow, asked: Request) -> Reply:
    from circle_tui.flow import circles

    match asked:
        case Request.CHOOSE_CIRCLE:
            return circles.choose(flow)
        case Request.NEW_CIRCLE:
            return circles.set_up(flow)
        case _:
            return circles.demo(flow)


def _of_circle(
    flow: AppFlow, service: CircleService, asked: Request, *, beside_meeting: bool
) -> Reply:
    match asked:
        case Request.REVIEW:
            from circle_tui.flow.review import review

            return review(flow, service)
        case Request.CALENDAR:
            from circle_tui.flow.calendar import save_calendar

            return save_calendar(service)
    from circle_tui.flow import meetings

    match asked:
        case Request.SHOW_MEETING:
            return Show(Meeting()) if service.live is not None else Stay()
        case Request.BEGIN_MEETING:
            return meetings.begin(flow, service)
        case Request.SAVE_MEETING:
            return meetings.save(flow, service)
        case Request.DROP_MEETING:
            return meetings.drop(flow, service)
        case Request.REOPEN_MEETING:
            return meetings.reopen(service)
        case Request.REBOOK_INSTEAD:
            return meetings.rebook(service)
        case Request.SET_ASIDE:
            return meetings.set_aside(flow, service)
        case Request.HOME:
            return meetings.go_home(flow, service, beside_meeting=beside_meeting)
        case Request.CONTRACTS if flow.contracts_to_come:
            return meetings.next_due_contract(flow, service)
        case place:
            return Show(place)
