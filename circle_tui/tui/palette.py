"""Everything that can be done now, to search in: Textual's palette, made fit for any terminal.

Invariant: it is opened only where it can be laid out, and no key breaks it.
"""

from contextlib import suppress

from textual import command
from textual.geometry import Size

_ROOM = Size(20, 8)


def has_room(size: Size) -> bool:
    """Whether it can be laid out."""
    return size.width >= _ROOM.width and size.height >= _ROOM.height


class CommandPalette(command.CommandPalette):
    """Textual's own, except for page keys in a list that has not been laid out yet."""

    def _action_command_list(self, action: str) -> None:
        # Textual 8.2.8 looks up the line of an option that has none until then.
        with suppress(KeyError, IndexError):
            super()._action_command_list(action)
