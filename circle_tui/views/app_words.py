"""The app's own messages: how a meeting ended, why it cannot be left, and what went wrong.

Invariant: no message claims that something is saved before it is.
"""

from datetime import timedelta

from circle_tui.core.text import clean

SET_ASIDE = "It is set aside; the next meeting can begin."
CUT_OFF = "The end of this meeting's journal is missing: look whether the last steps are there."
SLEPT = "This machine slept; the clock has been held since then. Space goes on."
SLEPT_MEANWHILE = (
    "This machine slept; the meeting's clock has been held since then. Esc goes back to the "
    "meeting."
)
ESC_RETURNS = "Esc returns to the meeting"
"""The palette's description of a place that is opened from a meeting."""
ANOTHER_PLACE = "go there"
"""The palette's description of a place that is opened from another place."""

QUITTING_DEMO = "What you did in the demo isn't saved. q again to quit."
LEAVING_DEMO = "What you did in the demo isn't saved. The same key again leaves it."
LEAVE_AGAIN_WITHIN = timedelta(seconds=10)
"""A running share is left with the second key within this time."""


def dropped(file: str) -> str:
    """The meeting is dropped; `file` is the name of the file that keeps what was said in it."""
    return (
        f"The meeting is dropped and leaves no record. What was said stays in {clean(file)} until "
        "the next drop. Delete that file to remove it now."
    )


def record_not_saved(reason: str) -> str:
    """The record of a closed meeting could not be saved; `reason` is a sentence."""
    return f"Not kept yet. {reason} Enter tries again."


def unsaved_changes(reason: str) -> str:
    """Leaving would lose changes that are not on the disk; `reason` is a sentence."""
    return f"{reason} Going now would lose the last acts; again goes."


def leave_share(speaker: str) -> str:
    """Leaving was asked for while a share runs."""
    return f"{speaker} is speaking. The same key again quits, and holds the clock."


def crashed(report: str | None, *, parked: bool, repeated: bool) -> str:
    """The program crashed.

    `report` is the path of the crash report, None where there is none; `parked` is whether a
    meeting was open, and `repeated` whether the crash before was the very same.
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
        parts.append("Start again to continue.")
    if report is not None:
        parts.append(f"What went wrong is in {report}.")
    return " ".join(parts)
