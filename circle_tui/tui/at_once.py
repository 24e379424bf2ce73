"""What a key has changed is drawn as soon as the key is done.

Invariant: what is drawn is what Textual would draw a little later, after the queues between a
widget, its screen and the screen's timer. Whatever asks for another layout or other styles is
left to it.
"""

import time

from textual.screen import Screen
from textual.widget import Widget

_TO_WRITE = 0.0001
"""Seconds in which nothing is done. Another thread writes to the terminal; the interpreter's lock,
which it needs for that, is let go of too briefly between two messages for it to get hold of."""


def draw(screen: Screen[None]) -> None:
    """Draw what has changed on `screen`, where that is all there is to be done about it."""
    if not screen.is_current or screen._layout_required or screen._repaint_required:
        return
    changed = set()
    seen = screen._compositor.visible_widgets
    for widget in screen.walk_children(Widget):
        if widget._layout_required or widget._refresh_styles_required or widget._scroll_required:
            return
        if widget._repaint_required and widget in seen:
            changed.add(widget)
    for widget in changed:
        widget._repaint_required = False
    if changed:
        screen._dirty_widgets |= changed
        screen._on_timer_update()
        if not screen.app.is_headless:
            time.sleep(_TO_WRITE)
