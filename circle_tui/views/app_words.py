"""The app's own messages: how a meeting ended, why it cannot be left, and what went wrong.

Invariant: no message claims that something is saved before it is.
"""

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


def dropped(file: str) -> str:
    """The meeting is dropped; `file` is the name of the file that keeps what was said in it."""
    return (
        f"The meeting is dropped and leaves no record. What was said stays in {clean(file)} until "
        "the next drop; delete that file to remove it now."
    )


def record_not_saved(reason: str) -> str:
    """The record of a closed meeting could not be saved; `reason` is a sentence."""
    return f"Not kept yet. {reason} Enter tries again."


def unsaved_changes(reason: str) -> str:
    """Leaving would lose changes that are not on the disk; `reason` is a sentence."""
    return f"{reason} Going now would lose the last acts; again goes."


def crashed(report: str | None, *, parked: bool, repeated: bool) -> str:
    """The program crashed.

    `report` is the path of the crash report, None where there is none; `parked` is whether a
    meeting was open, and `repeated` whether the crash before was the very same.
    """
    parts = ["circle-tui has stopped on a mistake of its own."]
    if parked:
        parts.append("The meeting is parked.")
    if repeated:
        parts.append(
            "It's the same mistake as the last time, so starting again may not help; "
            "your circles are still in their files."
        )
    elif report is None:
        parts.append("Starting again may help.")
    else:
        parts.append("Start again to go on.")
    if report is not None:
        parts.append(f"What went wrong is in {report}.")
    return " ".join(parts)
