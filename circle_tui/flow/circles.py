"""Another circle: choosing one, making one, and the demo.

Invariant: nothing that was made in a demo is lost without having been told.
"""

from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from circle_tui.core.circle.circle import make_circle
from circle_tui.core.errors import RuleError
from circle_tui.flow import leaving, meetings
from circle_tui.flow.app_flow import AppFlow
from circle_tui.flow.replies import AskFirst, Chooser, Reply, SetUp, Show, Stay
from circle_tui.service.clock import DEMO_SPEED, find_local_zone
from circle_tui.service.new_circle import SameCircle, create
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import SaveError
from circle_tui.views import app_words, first_run
from circle_tui.views.view import Say


class NewCircle(NamedTuple):
    """What was typed for a new circle."""

    name: str
    members: str
    format_key: str


def choose(flow: AppFlow) -> Reply:
    """The circles of the folder; from a demo, those of the folder before it."""
    why_not = leaving.loses_demo(flow, app_words.LEAVING_DEMO)
    if why_not is not None:
        return Say(why_not)
    came_from = None if flow.service is None else flow.service.file.path
    flow.leave_demo()
    elsewhere = came_from is not None and came_from.parent != flow.folder
    return Show(Chooser(None if elsewhere else came_from))


def set_up(flow: AppFlow) -> Reply:
    """Making a circle beside those that there are."""
    why_not = leaving.loses_demo(flow, app_words.LEAVING_DEMO)
    if why_not is not None:
        return Say(why_not)
    flow.leave_demo()
    return Show(SetUp(first=False))


def demo(flow: AppFlow) -> Reply:
    """The demo, from its beginning."""
    try:
        return flow.open_demo(DEMO_SPEED)
    except SaveError as failure:
        return Say(str(failure))


def make(flow: AppFlow, new: NewCircle, *, again: bool = False) -> Reply:
    """Make a circle and begin its first meeting; ask first where there is one like it.

    `again` makes a second one without asking.
    """
    now, zone = flow.clock.now(), find_local_zone()
    try:
        circle = make_circle(new.name, new.members, new.format_key, zone=zone or "UTC", now=now)
        made = create(flow.folder, circle, again=again)
    except (RuleError, SaveError) as trouble:
        return Say(str(trouble))
    if isinstance(made, SameCircle):
        asked = first_run.ask_whether_a_second(made.circle.name)
        return AskFirst(asked, partial(_a_second, flow, new, made.file))
    about_zone = () if zone is not None else (app_words.ZONE_WITHOUT_NAME,)
    shown = flow.open(made)
    if flow.service is None or not circle.preset.meets:
        return replace(shown, says=(*shown.says, *about_zone))
    match meetings.begin(flow, flow.service):
        case Show() as begun:
            return replace(begun, says=(*begun.says, *about_zone))
        case Say(sentence):
            return replace(shown, says=(sentence, *about_zone))
        case asked_first:
            return replace(shown, says=about_zone, then=asked_first)


def _a_second(flow: AppFlow, new: NewCircle, same: CircleFile, answer: int | None) -> Reply:
    if answer is None:
        return Stay()
    if answer == first_run.OPEN_THAT_ONE:
        return flow.open(same)
    return make(flow, new, again=True)
