"""What the app says of itself: how a meeting ended, why it stays, and what went wrong.

Invariant: what could not be saved is never said to be saved.
"""

DROPPED = "The meeting is dropped; it leaves no record."
SET_ASIDE = "It is set aside; the next meeting can begin."
SLEPT = "This machine slept; the clock has been held since then. Space goes on."
SLEPT_MEANWHILE = (
    "This machine slept; the meeting's clock has been held since then. Esc goes back to the "
    "meeting."
)
ESC_RETURNS = "Esc returns to the meeting"
"""What the palette says of a place that is opened from a meeting."""

CRASHED = "circle-tui has stopped on a mistake of its own; start again to go on."


def record_not_saved(reason: str) -> str:
    """The record of a closed meeting could not be saved; `reason` is a sentence."""
    return f"Not kept yet. {reason} Enter tries again."


def unsaved_changes(reason: str) -> str:
    """The last acts are not on the disk, and somebody wants to go; `reason` is a sentence."""
    return f"{reason} Going now would lose the last acts; again goes."


def crashed(report: str) -> str:
    """The program stopped on a mistake; `report` is the file that says what went wrong."""
    return (
        "circle-tui has stopped on a mistake of its own. The meeting is parked: start again to "
        f"go on. What went wrong is in {report}."
    )
