"""Beginning a meeting, and all the ways in which one ends.

Invariant: nobody loses acts that are not on the disk without having been told.
"""

from functools import partial

from circle_tui.core.errors import RuleError
from circle_tui.flow import leaving
from circle_tui.flow.app_flow import AppFlow
from circle_tui.flow.replies import AskFirst, Meeting, Reply, Show, Stay, Work
from circle_tui.service.circle_service import CircleService
from circle_tui.store.errors import LoadError, SaveError
from circle_tui.views import app_words, meeting_words, question
from circle_tui.views.after_meeting import AfterMeeting, after_meeting, next_contract
from circle_tui.views.view import Request, Say


def begin(flow: AppFlow, service: CircleService, *, clock_is_right: bool = False) -> Reply:
    """Begin the next meeting, or continue the parked one; ask first where the clock is in doubt."""
    try:
        resumed = flow.resume()
        if resumed is not None:
            return resumed
        if service.meets_elsewhere:
            return flow.follow(service.file)
        doubt = None if clock_is_right else service.doubt_about_clock()
        if doubt is not None:
            asked = question.ask(doubt, app_words.CLOCK_IS_RIGHT)
            return AskFirst(asked, partial(_clock_settled, flow, service))
        service.begin()
    except (RuleError, LoadError, SaveError) as trouble:
        if service.under_way and not isinstance(trouble, RuleError):
            return flow.stuck(trouble)
        return Say(str(trouble))
    return Show(Meeting())


def _clock_settled(flow: AppFlow, service: CircleService, answer: int | None) -> Reply:
    if answer is None:
        return Say(app_words.SET_THE_CLOCK)
    return begin(flow, service, clock_is_right=True)


def save(flow: AppFlow, service: CircleService) -> Reply:
    """Save the record of the closed meeting, and go where the meeting leads."""
    if service.live is None:
        return Stay()
    return Work(partial(_finish_on_disk, service), partial(_saved, flow, service))


def _finish_on_disk(service: CircleService) -> str | None:
    """Save the record and remove the journal; why that fails, None where it doesn't."""
    try:
        service.finish_on_disk()
    except (SaveError, LoadError) as failure:
        return str(failure)
    return None


def _saved(flow: AppFlow, service: CircleService, trouble: str | None) -> Reply:
    if trouble is None:
        try:
            service.finish()
        except (SaveError, LoadError) as failure:
            trouble = str(failure)
    if trouble is not None:
        return Say(app_words.record_not_saved(trouble))
    older, now = service.file.missing, flow.clock.now()
    if older is None:
        return _follow(flow, after_meeting(service.state, now))
    return _follow(flow, after_meeting(service.state, now, older.missing, older.path.name))


def next_due_contract(flow: AppFlow, service: CircleService) -> Show:
    """The contract that comes next after a meeting; the list of them once there is none."""
    due = next_contract(service.state, flow.clock.now(), flow.contracts_to_come)
    return _follow(flow, due or AfterMeeting(Request.CONTRACTS, ""))


def _follow(flow: AppFlow, then: AfterMeeting) -> Show:
    """Where a meeting leads; leaving a contract leads to the one that comes after it."""
    flow.contracts_to_come = then.to_come
    says = (then.flash,) if then.flash else ()
    return flow.home(*says) if then.place is Request.HOME else Show(then.place, says)


def drop(flow: AppFlow, service: CircleService) -> Reply:
    """End the meeting without a record."""
    live = service.live
    if live is None:
        return Stay()
    said = meeting_words.dropped(live.meeting, live.now, service.file.dropped_path.name)
    try:
        service.drop()
    except SaveError as trouble:
        return Say(str(trouble))
    # A meeting that was opened again and left as it was can be opened again.
    return flow.home(said, dropped=live.meeting.reopened is None)


def reopen(service: CircleService) -> Reply:
    """Open the last meeting again, at its closing."""
    try:
        live = service.reopen()
    except (RuleError, LoadError, SaveError) as trouble:
        return Say(str(trouble))
    return Show(Meeting(), (meeting_words.reopened(live.meeting, live.now),))


def rebook(service: CircleService) -> Reply:
    """Leave a gathering of too few, and find another date."""
    if service.live is None:
        return Stay()
    try:
        service.cancel_meeting()
    except (RuleError, LoadError, SaveError) as trouble:
        return Say(str(trouble))
    return Show(Request.REBOOKING)


def set_aside(flow: AppFlow, service: CircleService) -> Reply:
    """Put the parked meeting away that cannot be continued, so that another can begin."""
    try:
        aside = service.set_aside()
    except SaveError as trouble:
        return Say(str(trouble))
    return flow.home(app_words.set_aside(None if aside is None else aside.name))


def go_home(flow: AppFlow, service: CircleService, *, beside_meeting: bool) -> Reply:
    """Home with the meeting parked; or from a place that was opened beside it, back to it."""
    if beside_meeting:
        return Show(Meeting())
    why_not = leaving.loses_changes(flow)
    if why_not is not None:
        return Say(why_not)
    parked = None
    if service.live is not None:
        if not service.live.untouched:
            parked = meeting_words.parked(service.live.meeting, service.live.now)
        service.park()
    return flow.home(parked=parked)
