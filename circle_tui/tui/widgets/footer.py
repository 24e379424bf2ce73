"""The bottom row: the keys that work now, and what they do; a click on one presses it.

Invariant: it shows what the bindings say, and greys what is refused. The key for help stands at the
right end at every width; keys of less weight are shown only while all others have room. It is one
line that is drawn, where Textual's own has a widget for each key and styles each three times
whenever any may have changed: that was the dearest part of every key.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip

from circle_tui.tui.widgets.drawn_lines import DrawnLines
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.view import ActionSpec, AvailableKey

HELP = "help"
"""The id of the action at the right end."""

_EVERYWHERE = {spec.id for spec in TABLE[Place.EVERYWHERE]}


def _may_be_extra(spec: ActionSpec) -> bool:
    return spec.in_palette and spec.in_spare_room and spec.id not in _EVERYWHERE


class Key(NamedTuple):
    """A key that is bound now."""

    key: str
    shown: str
    does: str
    enabled: bool

    @property
    def cells(self) -> tuple[Segment, Segment]:
        """Its name and what it does, without their looks."""
        return Segment(f" {self.shown} "), Segment(f"{self.does} ")

    @property
    def width(self) -> int:
        """How many columns it takes."""
        return _strip_width(self)


def _key_of(available: AvailableKey) -> Key:
    action = available.action
    return Key(available.key, available.shown, action.label, action.disabled_reason is None)


@lru_cache(maxsize=256)
def _strip_width(key: Key) -> int:
    return sum(cell.cell_length for cell in key.cells)


class _Looks(NamedTuple):
    """The styles of a key and of what it does, where it works and where it is refused."""

    key: Style
    does: Style
    refused_key: Style
    refused_does: Style


# Most keys are the same on the next screen, and after the next key.
@lru_cache(maxsize=256)
def _strip(key: Key, looks: _Looks) -> Strip:
    """A key as it is drawn."""
    styles = looks[:2] if key.enabled else looks[2:]
    cells = zip(key.cells, styles, strict=True)
    return Strip(Segment(cell.text, style) for cell, style in cells)


class Footer(ScrollView, DrawnLines, can_focus=False):
    """The keys of the screen it is on."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"footer--key", "footer--does", "footer--under-pointer"}
    DEFAULT_CSS = """
    Footer {
        dock: bottom; height: 1; scrollbar-size: 0 0; pointer: pointer;
        background: $panel; color: $footer-foreground;
        .footer--key { color: $footer-key-foreground; text-style: bold; }
        .footer--does { color: $footer-description-foreground; }
        .footer--under-pointer { background: $block-hover-background; }
    }
    """

    # For all footers: each screen has a new one.
    _styles_by_theme: ClassVar[dict[str, tuple[Style, Style, Style]]] = {}

    def __init__(self, keys_now: Callable[[], Iterable[AvailableKey]]) -> None:
        super().__init__()
        self._keys_now = keys_now
        self.keys: tuple[Key, ...] = ()
        """What is shown, from the left; the key for help is not among them."""
        self.help_key: Key | None = None
        """The key at the right end."""
        self._under_pointer: Key | None = None
        self._looks = self._looks_under_pointer = _Looks(*[Style.null()] * 4)
        self._look_due = False
        """Whether it will look at the keys when it has handled its messages."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._may_have_changed)

    def on_resize(self) -> None:
        """Keys of less weight may have room now, or none."""
        self._may_have_changed(self.screen)

    def on_unmount(self) -> None:
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _may_have_changed(self, screen: Screen[object]) -> None:
        # What has no focus has other bindings; they are nobody's to press.
        here = self.app.app_focus and self.is_attached and screen is self.screen
        # A change of screen says several times that they may have changed.
        if here and not self._look_due:
            self._look_due = self.call_later(self.look)

    def look(self) -> None:
        """Show the keys that work now."""
        self._look_due = False
        # The screen may have gone meanwhile, or it has no size yet and looks again when it has.
        if not self.is_attached or not self.size:
            return
        if self.app.screen is not self.screen:
            # A screen that lies above has the keys.
            self._show(())
            return
        # One action has one place, under its first key that is not typed where the focus is.
        keys: dict[str, Key] = {}
        extras: dict[str, Key] = {}
        help_key = None
        for each in self._keys_now():
            spec = each.action.spec
            if spec.id == HELP:
                help_key = help_key or _key_of(each)
            elif spec.in_footer:
                if spec.id not in keys:
                    keys[spec.id] = _key_of(each)
            elif _may_be_extra(spec) and spec.id not in extras and _key_of(each).enabled:
                extras[spec.id] = _key_of(each)
        self._show((*keys.values(), *self._fitting(keys, extras, help_key)), help_key)

    def _fitting(
        self, keys: dict[str, Key], extras: dict[str, Key], help_key: Key | None
    ) -> Iterator[Key]:
        """Those of the keys of less weight that have room after the others, whole."""
        room = self.size.width - sum(key.width for key in keys.values())
        room -= help_key.width if help_key is not None else 0
        for key in extras.values():
            room -= key.width
            if room < 0:
                return
            yield key

    def _show(self, keys: tuple[Key, ...], help_key: Key | None = None) -> None:
        if (keys, help_key) != (self.keys, self.help_key):
            self.keys, self.help_key = keys, help_key
            # The same where all have room: another one lays out the whole screen.
            width = sum(key.width for key in keys) + self._right_width
            self.virtual_size = Size(max(width, self.size.width), 1)
            self.refresh()

    @property
    def _right_width(self) -> int:
        """Columns of the key at the right end."""
        return self.help_key.width if self.help_key is not None else 0

    def _placed(self) -> Iterator[tuple[int, Key]]:
        """The keys that are drawn, each with its first column: those that have room, whole."""
        left, room = round(self.scroll_x), max(self.size.width - self._right_width, 0)
        ends = accumulate(key.width for key in self.keys)
        placed = [(end - key.width - left, key) for key, end in zip(self.keys, ends, strict=True)]
        # The last column of a key is blank.
        whole = [(x, key) for x, key in placed if x >= 0 and x + key.width - 1 <= room]
        # A footer is never empty; on the narrowest screen a part of the first key must do.
        yield from whole or placed[:1]

    def render_line(self, y: int) -> Strip:
        room = max(self.size.width - self._right_width, 0)
        blank = self.ground
        placed = list(self._placed())
        strips = [Strip.blank(placed[0][0], blank)] if placed else []
        strips += [self._strip(key) for _, key in placed]
        strip = Strip.join(strips).adjust_cell_length(room, blank)
        if self.help_key is not None:
            strip = Strip.join([strip, self._strip(self.help_key)]).crop(0, self.size.width)
        return strip

    def _strip(self, key: Key) -> Strip:
        under_pointer = key is self._under_pointer
        return _strip(key, self._looks_under_pointer if under_pointer else self._looks)

    def colours_changed(self) -> None:
        super().colours_changed()
        _, _, behind = self._styles_in_theme()
        self._looks = self._looks_on(Style.null())
        self._looks_under_pointer = self._looks_on(behind)

    def _looks_on(self, behind: Style) -> _Looks:
        """The looks, with the background of a style."""
        key, does, _ = self._styles_in_theme()
        styles = (
            weight + look + behind
            for weight in (Style.null(), Style(dim=True))
            for look in (key, does)
        )
        return _Looks(*map(self.in_terminal, styles))

    def _styles_in_theme(self) -> tuple[Style, Style, Style]:
        """The styles of a key, of what it does, and of what is behind both under the pointer."""
        theme = self.app.theme
        if theme not in self._styles_by_theme:
            # Textual forgets them whenever anything is to be drawn.
            key, does, under_pointer = (
                self.get_component_rich_style(f"footer--{part}")
                for part in ("key", "does", "under-pointer")
            )
            self._styles_by_theme[theme] = key, does, under_pointer.background_style
        return self._styles_by_theme[theme]

    def _at(self, x: int) -> Key | None:
        if x >= self.size.width - self._right_width:
            return self.help_key
        return next((key for first, key in self._placed() if first <= x < first + key.width), None)

    def _point_at(self, key: Key | None) -> None:
        if key is not self._under_pointer:
            self._under_pointer = key
            self.refresh()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._point_at(self._at(event.x))

    def on_leave(self) -> None:
        self._point_at(None)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        key = self._at(event.x)
        if key is None:
            return
        if key.enabled:
            self.app.simulate_key(key.key)
        else:
            self.app.bell()

    def on_mouse_scroll_down(self) -> None:
        self.scroll_relative(x=self.size.width // 2, animate=False)

    def on_mouse_scroll_up(self) -> None:
        self.scroll_relative(x=-self.size.width // 2, animate=False)
