"""The app's own messages: how a meeting ended, why it cannot be left, and what went wrong.

Invariant: no message claims that something is saved before it is.
"""

from datetime import timedelta

from circle_tui.views.view import Intent, Request

CUT_OFF = "The end of this meeting wasn't saved. Check that the last steps are there."
CLOCK_IS_RIGHT = "The clock is right: begin the meeting"
SET_THE_CLOCK = "Set this computer's clock. It's read again when you begin."
ZONE_WITHOUT_NAME = (
    "This computer's time zone has no name, so the circle's clock is set to UTC. "
    "Press s at home to change it."
)
SLEPT = "The computer was asleep, so the clock stopped. Space resumes."
SLEPT_MEANWHILE = (
    "The computer was asleep, so the meeting's clock stopped. Esc goes back to the meeting."
)

QUITTING_DEMO = "What you did in the demo isn't saved. q again to quit."
LEAVING_DEMO = "What you did in the demo isn't saved. Press the same key again to leave."
LEAVE_AGAIN_WITHIN = timedelta(seconds=10)
"""A running share is left with the second key within this time."""


def record_not_saved(reason: str) -> str:
    """The record of a closed meeting could not be saved; `reason` is a sentence."""
    return f"Not saved yet. {reason} Enter tries again."


def unsaved_changes(reason: str) -> str:
    """Leaving would lose changes that are not on the disk; `reason` is a sentence."""
    return f"{reason} Quitting now loses the last changes. q again to quit."


def set_aside(name: str | None) -> str:
    """A parked meeting was set aside, in the file `name`; None if it had no file."""
    if name is None:
        return "It was empty. The next meeting can begin."
    return f"It's set aside, and what was said is in {name}. The next meeting can begin."


def record_cannot_be_saved(reason: str) -> str:
    """The record of a meeting that was closed and left cannot be saved; `reason` is a sentence."""
    return (
        f"{reason} Enter tries again · x sets the meeting aside, and what was said stays in a file."
    )


def leave_share(speaker: str) -> str:
    """Leaving was asked for while a share runs."""
    return f"{speaker} is speaking. Press the same key again to quit. The clock stops."


def about_keyless(does: Intent, *, in_meeting: bool) -> str:
    """The palette's description of an action without a key."""
    if not in_meeting:
        return "Go there"
    match does:
        case Request.HOME:
            return "Enter at home brings you back"
        case Request():
            return "Esc takes you back to the meeting"
    return "Undo takes it back"


def crashed(report: str | None, *, parked: bool, repeated: bool) -> str:
    """The program crashed.

    `report` is the path of the crash report, None if there is none; `parked` is whether a meeting
    was open, and `repeated` whether the previous crash was the same.
    """
    parts = ["circle-tui hit a bug and stopped."]
    if parked:
        parts.append("Your meeting is safe.")
    if repeated:
        parts.append(
            "It's the same bug as last time, so starting again may not help. "
            "Your circles are still in their files."
        )
    elif report is None:
        parts.append("Starting again may help.")
    else:
        parts.append("Start circle-tui again to continue.")
    if report is not None:
        parts.append(f"What went wrong is in {report}.")
    return " ".join(parts)
