"""Everything that can be done now, to search in: Textual's palette, made fit for any terminal.

Invariant: it is opened only where it can be laid out, and no key breaks it.
"""

from typing import Any

from textual import command
from textual.geometry import Size
from textual.widgets import OptionList
from textual.worker import Worker

_ROOM = Size(20, 8)


def has_room(size: Size) -> bool:
    """Whether it can be laid out."""
    return size.width >= _ROOM.width and size.height >= _ROOM.height


class CommandPalette(command.CommandPalette):
    """Textual's own as a card, except for page keys in a list that has not been laid out yet."""

    DEFAULT_CSS = """
    CommandPalette > Vertical { max-width: 80; margin-top: 1; background: $background; }
    CommandPalette > Vertical:dark { background: $background; }
    CommandPalette #--input { border: round $primary; padding: 0 1; }
    CommandPalette #--input.--list-visible { border-bottom: round $primary; }
    CommandPalette #--input Label { margin: 0; }
    CommandPalette CommandList {
        border: round $border-blurred; background: $background;
        scrollbar-size-vertical: 1; scrollbar-color: $border-blurred;
        scrollbar-background: $background;
    }
    CommandPalette CommandInput, CommandPalette CommandInput:focus { background: $background; }
    """

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse them: Textual 8.2.8 looks up the line of an option, which has none until then."""
        if action == "command_list" and not self.query_one(OptionList).size:
            return False
        return super().check_action(action, parameters)

    def run_worker(self, *arguments: Any, **named: Any) -> Worker[Any]:
        """Search; not for a palette that opens while the program ends, and has no list any more."""
        worker = super().run_worker(*arguments, **named)
        if self.app.return_code is not None:
            worker.cancel()
        return worker
