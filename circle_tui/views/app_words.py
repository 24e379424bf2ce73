"""The app's own messages: how a meeting ended, why it cannot be left, and what went wrong.

Invariant: no message claims that something is saved before it is.
"""

from datetime import timedelta

from circle_tui.views.view import Intent, Request

SLEPT = "This machine slept; the clock has been held since then. Space goes on."
SLEPT_MEANWHILE = (
    "This machine slept; the meeting's clock has been held since then. Esc goes back to the "
    "meeting."
)

LEAVE_AGAIN_WITHIN = timedelta(seconds=10)
"""A running share is left with the second key within this time."""

CRASHED = "circle-tui has stopped on a mistake of its own; start again to go on."


def record_not_saved(reason: str) -> str:
    """The record of a closed meeting could not be saved; `reason` is a sentence."""
    return f"Not kept yet. {reason} Enter tries again."


def unsaved_changes(reason: str) -> str:
    """Leaving would lose changes that are not on the disk; `reason` is a sentence."""
    return f"{reason} Going now would lose the last acts; again goes."


def set_aside(name: str | None) -> str:
    """A parked meeting was set aside, in the file `name`; None where there was nothing of it."""
    if name is None:
        return "There was nothing of it; the next meeting can begin."
    return f"It is set aside, with its words in {name}; the next meeting can begin."


def record_cannot_be_saved(reason: str) -> str:
    """The record of a meeting that was closed and left cannot be saved; `reason` is a sentence."""
    return f"{reason} Enter tries again; x sets the meeting aside with its words."


def leave_share(speaker: str) -> str:
    """Leaving was asked for while a share runs."""
    return f"{speaker} is speaking. The same key again leaves, and holds the clock meanwhile."


def about_keyless(does: Intent) -> str:
    """The palette's description of what has no key during a meeting."""
    match does:
        case Request.HOME:
            return "Enter there goes on with it"
        case Request():
            return "Esc returns to the meeting"
    return "Undo takes it back"


def crashed(report: str) -> str:
    """The program crashed; `report` is the path of the crash report."""
    return (
        "circle-tui has stopped on a mistake of its own. The meeting is parked: start again to "
        f"go on. What went wrong is in {report}."
    )
