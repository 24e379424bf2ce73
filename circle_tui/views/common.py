"""What is said on many screens, and the actions that every screen has.

Invariant: a sentence that two views say stands here once.
"""

from circle_tui.views.action_table import Place, spec
from circle_tui.views.view import Action, Local

TYPING = "Enter takes what is typed, esc leaves it."
NOTHING_TO_UNDO = "There is nothing to undo."
NOTHING_TO_REDO = "There is nothing to redo."
_ALWAYS = {
    "help": Local.HELP,
    "quit": Local.QUIT,
    "palette": Local.PALETTE,
    "suspend": Local.SUSPEND,
}

NOTHING_BEHIND = "There is nothing to go back to; q leaves."


def no_seat(seat: int) -> str:
    """What is said to a number that is nobody's seat."""
    return f"There is no seat {seat}."


def more_rows(above: int, below: int) -> str:
    """What a list says of the rows that have no room; nothing if there are none."""
    if above > 0 and below > 0:
        return f"↑ {above} more · ↓ {below} more"
    if above > 0:
        return f"↑ {above} more"
    return f"↓ {below} more" if below > 0 else ""


def unbound(character: str) -> str:
    """What is said to a key that does nothing."""
    return f"“{character}” does nothing here; ? shows the keys that do."


def everywhere(*, can_undo: bool | None, can_redo: bool) -> tuple[Action, ...]:
    """Undo and redo: `can_undo` is None where there never is anything to undo."""
    undo = spec(Place.EVERYWHERE, "undo")
    redo = spec(Place.EVERYWHERE, "redo")
    actions = []
    if can_undo is not None:
        actions.append(Action(undo, Local.UNDO, undo.label, None if can_undo else NOTHING_TO_UNDO))
        actions.append(Action(redo, Local.REDO, redo.label, None if can_redo else NOTHING_TO_REDO))
    for each, does in _ALWAYS.items():
        row = spec(Place.EVERYWHERE, each)
        actions.append(Action(row, does, row.label))
    return tuple(actions)
