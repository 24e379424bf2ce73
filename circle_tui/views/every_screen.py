"""Sentences that several screens share, and the actions that every screen has.

Invariant: a sentence that more than one view needs is defined here, once.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from circle_tui.core.errors import NOTHING_TO_REDO, NOTHING_TO_UNDO
from circle_tui.views import keyboard
from circle_tui.views.action_table import Place, spec
from circle_tui.views.view import Action, Local

TYPING = "Enter saves · Esc cancels"
CAME_TWICE = "You pressed that twice very quickly, so only the first one counted."
_ALWAYS = {
    "help": Local.HELP,
    "quit": Local.QUIT,
    "palette": Local.PALETTE,
    "suspend": Local.SUSPEND,
}

NOTHING_BEHIND = "There's nothing to go back to. q quits."


def no_seat(seat: int) -> str:
    """The answer to the number of a seat that does not exist."""
    return f"There's no seat {seat}."


def more_rows(above: int, below: int) -> str:
    """How many rows of a list are hidden; empty if none are."""
    if above > 0 and below > 0:
        return f"↑ {above} more · ↓ {below} more"
    if above > 0:
        return f"↑ {above} more"
    return f"↓ {below} more" if below > 0 else ""


def unbound(character: str) -> str:
    """The answer to a key that does nothing."""
    why = keyboard.why_unknown(character)
    nothing = "Space does nothing here" if character == " " else f"“{character}” does nothing here"
    return f"{nothing}. {why if why is not None else '? shows the keys that do.'}"


def disabled(reason: str, character: str | None) -> str:
    """The answer to a key that does nothing now; `reason` is a sentence.

    It mentions Caps Lock for `U`, because somebody who wants to undo would be told about redo.
    """
    why = keyboard.why_unknown(character) if character else None
    return f"{reason} {why}" if why is not None else reason


def actions(*, can_undo: bool | None, can_redo: bool) -> tuple[Action, ...]:
    """The actions of every screen; `can_undo` is None on a screen without undo and redo."""
    undo = spec(Place.EVERYWHERE, "undo")
    redo = spec(Place.EVERYWHERE, "redo")
    actions = []
    if can_undo is not None:
        actions.append(Action(undo, Local.UNDO, undo.label, None if can_undo else NOTHING_TO_UNDO))
        actions.append(Action(redo, Local.REDO, redo.label, None if can_redo else NOTHING_TO_REDO))
    for action_id, does in _ALWAYS.items():
        row = spec(Place.EVERYWHERE, action_id)
        actions.append(Action(row, does, row.label))
    return tuple(actions)


def while_typing(actions: Iterable[Action], *, saves: bool) -> tuple[Action, ...]:
    """The actions of a screen while words are typed there: first what enter and escape do.

    `saves` is whether what is typed is saved, rather than an answer that leads on.
    """
    row = spec(Place.TYPING, "save" if saves else "answer")
    first, others = [Action(row, Local.HAND_OVER_WORDS, row.label)], []
    for action in actions:
        if "escape" in action.spec.keys:
            undoes = action.does is Local.UNDO
            label = spec(Place.TYPING, "take_back" if undoes else "cancel").label
            # With its own id, for the key of the screen.
            shown = replace(action.spec, label=label, in_footer=True)
            first.append(replace(action, spec=shown, label=label))
        else:
            others.append(action)
    return (*first, *others)
