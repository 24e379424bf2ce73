"""Text with parts that do an action when they're clicked, as the action's key does.

Invariant: without the pointer over such a part it looks as any other text.
"""

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.styled import UNDER_POINTER, action_in


class ActionText(Widget):
    """A widget that shows such a text, as `styled.content` makes it of a view's."""

    class ActionClicked(Message):
        """Somebody clicked on a part that stands for an action."""

        def __init__(self, action_id: str) -> None:
            super().__init__()
            self.action_id = action_id

    action_under_pointer = ""
    """The id of the action that the pointer is over; empty for none."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines as they are drawn, without the actions in their styles."""
        return [self._drawn(strip) for strip in super().render_lines(crop)]

    def _drawn(self, strip: Strip) -> Strip:
        actions = [_action_of(segment) for segment in strip]
        if not any(actions):
            return strip
        drawn: list[Segment] = []
        before = ""
        for (text, style, _), action_id in zip(strip, actions, strict=True):
            look = (style or Style()).clear_meta_and_links()
            if action_id and action_id == self.action_under_pointer:
                look += UNDER_POINTER
            if drawn and (before or action_id) and drawn[-1].style == look:
                # Only the action told them apart.
                drawn[-1] = Segment(drawn[-1].text + text, look)
            else:
                drawn.append(Segment(text, look))
            before = action_id
        return Strip(drawn, strip.cell_length)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._point_at(self._action_at(event))

    def on_leave(self) -> None:
        self._point_at("")

    def on_click(self, event: events.Click) -> None:
        action_id = self._action_at(event)
        if action_id:
            event.stop()
            self.post_message(self.ActionClicked(action_id))

    def _action_at(self, event: events.MouseEvent) -> str:
        """The id of the action under the pointer; empty where there is none."""
        # An event that comes from a widget within this one counts from that one's corner.
        x, y = event.screen_offset - self.region.offset
        width, height = self.outer_size
        return self.action_at(x, y) if 0 <= x < width and 0 <= y < height else ""

    def action_at(self, x: int, y: int) -> str:
        """The id of the action at a cell of the widget; empty where there is none."""
        [strip] = super().render_lines(Region(0, y, self.outer_size.width, 1))
        for segment in strip:
            x -= segment.cell_length
            if x < 0:
                return _action_of(segment)
        return ""

    def _point_at(self, action_id: str) -> None:
        if action_id != self.action_under_pointer:
            self.action_under_pointer = action_id
            self.refresh()


class ActionStatic(ActionText, Static):
    """Such a text alone."""


def _action_of(segment: Segment) -> str:
    return "" if segment.style is None else action_in(segment.style.meta)
