"""The keys that work now, and no others; and what the signs of the screen mean."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from circle_tui.views import help as help_words
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.help import HelpLine, HelpSection


class HelpScreen(ModalScreen[None]):
    """Over the screen it is about."""

    CSS_PATH = "help.tcss"
    AUTO_FOCUS = "#help"
    BINDINGS = [Binding(",".join(spec.keys), "dismiss", spec.label) for spec in TABLE[Place.HELP]]

    def __init__(self, sections: tuple[HelpSection, ...]) -> None:
        super().__init__()
        self.sections = sections

    def compose(self) -> ComposeResult:
        widest = max((len(line.sign) for each in self.sections for line in each.lines), default=0)
        with VerticalScroll(id="help"):
            for section in self.sections:
                yield Static(Content(section.title), classes="title")
                for line in section.lines:
                    yield _static(line, widest)
            yield Static(Content(help_words.BACK), classes="keys")


def _static(line: HelpLine, widest: int) -> Static:
    return Static(Content.assemble((f"{line.sign:>{widest}}", "bold $primary"), f"  {line.means}"))
