"""Setting up a circle: its name, its members, its format.

Invariant: this screen only takes down what is typed; the rules say whether it makes a circle. A
field has the focus at all times, so that every letter is a letter.
"""

from collections.abc import Iterator
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from circle_tui.tui import messages
from circle_tui.tui.screens.presented_screen import PresentedScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.field import Field
from circle_tui.tui.widgets.words_field import TextAreaOfApp
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import first_run
from circle_tui.views.action_table import Place, spec
from circle_tui.views.first_run import LABELS, FirstRunView, SetupField
from circle_tui.views.presenters.first_run import FirstRunPresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.view import Intent, Local, View


class Members(TextAreaOfApp):
    """Names by commas or lines; enter on an empty line, or tab, goes on."""

    def on_key(self, event: events.Key) -> None:
        """A text area makes a line of every enter; here an empty one ends the list."""
        row, _ = self.cursor_location
        if event.key == "enter" and self.text.strip() and not self.document.get_line(row).strip():
            event.prevent_default()
            event.stop()
            self.screen.focus_next()


class Formats(WrappedRows, can_focus=True):
    """The formats, one chosen."""

    # On a small screen the page would scroll instead.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(spec(Place.FIRST_RUN, move).keys), f"screen.run('{move}')", show=False)
        for move in ("previous", "next")
    ]


class FirstRunScreen(PresentedScreen):
    """One screen from nothing to a circle."""

    CSS_PATH = "first_run.tcss"
    PLACE = Place.FIRST_RUN
    SHOWS_CIRCLE = True
    presenter: FirstRunPresenter

    def __init__(self, *, first: bool) -> None:
        """`first` is whether there is no circle yet, and so nothing to go back to."""
        super().__init__(FirstRunPresenter(first=first))

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="setup"):
            with Card(LABELS[SetupField.NAME]):
                yield Field(first_run.EXAMPLE_NAME, id=SetupField.NAME.value)
            with Card(LABELS[SetupField.MEMBERS]):
                yield Members(id=SetupField.MEMBERS.value, tab_behavior="focus", compact=True)
                yield Static(id="understood")
            with Card(LABELS[SetupField.FORMAT]):
                yield Formats(id=SetupField.FORMAT.value, align_states=True)
                yield Static(id="explained")

    def on_mount(self) -> None:
        self.query_one(Members).cursor_blink = False
        self.set_focus(self.query_one(Field))
        self.refresh_view()

    @property
    def _draft(self) -> tuple[str, str]:
        """What is typed: the name and the members."""
        return self.query_one(Field).value, self.query_one(Members).text

    def build_view(self) -> View:
        focused, setup = self.focused, self.presenter
        setup.field = None if focused is None else SetupField(focused.id)
        setup.name, setup.members = self._draft
        return super().build_view()

    def build_face(self) -> RingFace:
        view = self.view
        assert isinstance(view, FirstRunView)
        return view.face

    def update_view(self, view: View) -> None:
        assert isinstance(view, FirstRunView)
        self.query_one(Formats).show(view.formats, cursor=self.presenter.cursor)
        self.query_one("#understood", Static).update(Content(view.understood))
        self.query_one("#explained", Static).update(Content(view.explained))
        for card in self.query(Card):
            card.set_class(self.focused in card.children, "-active")
        if isinstance(self.focused, Formats):
            self.call_after_refresh(self._show_format)

    def on_resize(self) -> None:
        """The chosen format stays in view."""
        if isinstance(self.focused, Formats):
            self.call_after_refresh(self._show_format)

    def _show_format(self) -> None:
        page, formats = self.query_one(Page), self.query_one(Formats)
        page.show_line(formats, 0, formats.size.height)
        page.show_cursor(formats)

    def watch_focused(self) -> None:
        """Each field has its own keys, and its own line above them."""
        if not self.is_mounted:
            return
        if isinstance(self.focused, Formats):
            self._ask_who_is_meant()
        if self.focused is None:
            self.set_focus(self.query_one(Field))
            return
        self.refresh_view()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _say_who_is_understood(self) -> None:
        self.status.clear()
        self.refresh_view()

    def _ask_who_is_meant(self) -> bool:
        """Ask, where the names can mean several circles; whether that is so."""
        members = self.query_one(Members)
        asked = first_run.doubtful(members.text)
        if asked is not None:
            self.ask_which(asked, members.load_text, first_run.ask_who_is_meant(asked))
        return asked is not None

    @on(Input.Submitted)
    def _name_typed(self, event: Input.Submitted) -> None:
        why_not = first_run.why_not_name(event.value)
        if why_not is None:
            self.set_focus(self.query_one(Members))
        else:
            self.flash(why_not)

    # What actions do

    def choose_row(self, row: int) -> None:
        if row == self.presenter.cursor and isinstance(self.focused, Formats):
            self.action_run("create")
        else:
            self.set_focus(self.query_one(Formats))
            self.perform_rest(self.presenter.choose_row(row))

    def perform(self, does: Intent) -> None:
        """What would lose what is typed says so first."""
        self.presenter.name, self.presenter.members = self._draft
        super().perform(self.presenter.leaving(does))

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.NEXT_FIELD:
                self.focus_next()
            case Local.BACK:
                self.focus_previous()
            case Local.SELECT if not self._ask_who_is_meant():
                self.post_message(messages.CircleRequested(*self._draft, self.presenter.format_key))
