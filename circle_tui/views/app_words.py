"""The app's own messages: how a meeting ended, why it cannot be left, and what went wrong.

Invariant: no message claims that something is saved before it is.
"""

DROPPED = "The meeting is dropped; it leaves no record."
SET_ASIDE = "It is set aside; the next meeting can begin."
CLOCK_IS_RIGHT = "It is right: begin the meeting"
SET_THE_CLOCK = "Set this computer's clock; it is read again when you begin."
ZONE_WITHOUT_NAME = (
    "This computer's time zone has no name, so the circle's clock is UTC; s at home changes it."
)
SLEPT = "This machine slept; the clock has been held since then. Space goes on."
SLEPT_MEANWHILE = (
    "This machine slept; the meeting's clock has been held since then. Esc goes back to the "
    "meeting."
)
ESC_RETURNS = "Esc returns to the meeting"
"""The palette's description of a place that is opened from a meeting."""

CRASHED = "circle-tui has stopped on a mistake of its own; start again to go on."


def record_not_saved(reason: str) -> str:
    """The record of a closed meeting could not be saved; `reason` is a sentence."""
    return f"Not kept yet. {reason} Enter tries again."


def unsaved_changes(reason: str) -> str:
    """Leaving would lose changes that are not on the disk; `reason` is a sentence."""
    return f"{reason} Going now would lose the last acts; again goes."


def crashed(report: str) -> str:
    """The program crashed; `report` is the path of the crash report."""
    return (
        "circle-tui has stopped on a mistake of its own. The meeting is parked: start again to "
        f"go on. What went wrong is in {report}."
    )
