"""Whether leaving would lose something, or interrupt somebody.

Invariant: it is said once, and then it is their choice.
"""

from circle_tui.flow.app_flow import AppFlow
from circle_tui.flow.replies import Leave, Reply
from circle_tui.views import app_words
from circle_tui.views.view import Say


def leave(flow: AppFlow) -> Reply:
    """End the program; from a running share, or from a demo, only when asked twice."""
    why_not = interrupts_share(flow) if flow.demo is None else None
    why_not = why_not or loses_changes(flow) or loses_demo(flow, app_words.QUITTING_DEMO)
    return Leave() if why_not is None else Say(why_not)


def interrupts_share(flow: AppFlow) -> str | None:
    """What to say where a share is running and nobody has just asked to leave it.

    Where changes would be lost, `loses_changes` says so, and once is enough.
    """
    live = flow.live
    if live is None or not live.running or live.trouble:
        return None
    asked, now = flow.asked_to_leave, live.now
    flow.asked_to_leave = now
    if asked is not None and now - asked <= app_words.LEAVE_AGAIN_WITHIN:
        return None
    from circle_tui.views import meeting_words

    return app_words.leave_share(meeting_words.speaker(live.meeting))


def loses_changes(flow: AppFlow) -> str | None:
    """What to say where the disk has not taken the last changes; once for each trouble."""
    live = flow.live
    if live is None or not live.trouble or flow.warned_of_loss:
        return None
    flow.warned_of_loss = True
    return app_words.unsaved_changes(live.trouble)


def loses_demo(flow: AppFlow, sentence: str) -> str | None:
    """`sentence` where something made in a demo would be lost, which nobody was told of."""
    lost = flow.demo is not None and flow.demo.loses_something(flow.service)
    return sentence if lost else None
