"""Everything that can be done now, to search in: Textual's palette, made fit for any terminal.

Invariant: it is opened only where it can be laid out, and no key breaks it.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import command
from textual.app import ComposeResult, SystemCommand
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.widgets import OptionList
from textual.worker import Worker

from circle_tui.tui.screens.box import first_keys
from circle_tui.tui.widgets.footer import Footer
from circle_tui.views import help as help_words
from circle_tui.views.action_table import Place, spec
from circle_tui.views.view import AvailableKey

if TYPE_CHECKING:
    from circle_tui.tui.base_app import BaseApp

_ROOM = Size(20, 8)
_HELP_KEYS = ",".join(spec(Place.PALETTE, "help").keys)


def has_room(size: Size) -> bool:
    """Whether it can be laid out."""
    return size.width >= _ROOM.width and size.height >= _ROOM.height


class CommandsInOneLine(command.Provider):
    """The commands by name, each with its key beside it; Textual's own takes two lines for one."""

    async def discover(self) -> command.Hits:
        for each in sorted(self._commands(), key=lambda each: each.title):
            yield command.DiscoveryHit(_line(Content(each.title), each), each.callback, each.title)

    async def search(self, query: str) -> command.Hits:
        matcher = self.matcher(query)
        for each in self._commands():
            score = matcher.match(each.title)
            if score > 0:
                line = _line(matcher.highlight(each.title), each)
                yield command.Hit(score, line, each.callback, each.title)

    def _commands(self) -> Iterator[SystemCommand]:
        yield from self.app.get_system_commands(self.screen)


def _line(title: Content, found: SystemCommand) -> Content:
    return Content.assemble(title, "  ", (found.help, "$text-muted not bold"))


class CommandPalette(command.CommandPalette):
    """Textual's own as a card, except for page keys in a list that has not been laid out yet."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding(_HELP_KEYS, "help", show=False)]
    DEFAULT_CSS = """
    CommandPalette > Vertical { max-width: 80; margin-top: 1; background: $background; }
    CommandPalette > Vertical:dark { background: $background; }
    CommandPalette #--input { border: round $primary; padding: 0 1; }
    CommandPalette #--input.--list-visible { border-bottom: round $primary; }
    CommandPalette #--input Label { margin: 0; }
    CommandPalette #--results { overlay: none; height: 1fr; }
    CommandPalette CommandList {
        border: round $border-blurred; background: $background; max-height: 100%;
        scrollbar-size-vertical: 1; scrollbar-color: $border-blurred;
        scrollbar-background: $background;
    }
    CommandPalette CommandInput, CommandPalette CommandInput:focus { background: $background; }
    """

    def __init__(self) -> None:
        super().__init__(providers=(CommandsInOneLine,))

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield Footer(self.footer_keys)

    def footer_keys(self) -> Iterator[AvailableKey]:
        """Its own keys; all others are typed."""
        return first_keys(help_words.palette_view(), cast("BaseApp", self.app))

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Leave it, and gather no more commands for a list that is about to go."""
        self.workers.cancel_node(self)
        return super().dismiss(result)

    def on_screen_suspend(self) -> None:
        """It is being removed, in whichever way: a smaller terminal has no room for it."""
        self.workers.cancel_node(self)

    async def action_help(self) -> None:
        """Leave it for the help, which can be searched too."""
        app = cast("BaseApp", self.app)
        await self.dismiss()
        app.action_help()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse the palette's own keys until its list is laid out.

        Textual 8.2.8 looks up the line of an option that has none yet.
        """
        if action == "command_list" and not self.query_one(OptionList).size:
            return False
        return super().check_action(action, parameters)

    def run_worker(self, *arguments: Any, **named: Any) -> Worker[Any]:
        """Search; not for a palette that has been left, or opens while the program ends, and has
        no list any more."""
        worker = super().run_worker(*arguments, **named)
        if self.app.return_code is not None or self not in self.app.screen_stack:
            worker.cancel()
        return worker
