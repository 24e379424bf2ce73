"""Of a line that has changed in one place, only that place is sent to the terminal.

Law: what the terminal shows is the same either way. Textual sends a line of a widget from its left
edge however little of it has changed; for a ring that drains every second that is most of what is
ever sent.
"""

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor


class _NarrowUpdate(ChopsUpdate):
    def render_segments(self, console: Console) -> str:
        sent: list[str] = []
        for row, first, beyond in self.spans:
            for end, (start, strip) in zip(
                self.chop_ends[row], self.chops[row].items(), strict=False
            ):
                left, right = max(start, first), min(end, beyond)
                if strip is None or left >= right:
                    continue
                sent.append(Control.move_to(left, row).segment.text)
                sent.append(strip.crop(left - start, right - start).render(console))
        return "".join(sent)


class NarrowCompositor(Compositor):
    """Puts a screen together as Textual does, and sends less of it."""

    def render_partial_update(self) -> ChopsUpdate | None:
        update = super().render_partial_update()
        if update is None:
            return None
        return _NarrowUpdate(update.chops, update.spans, update.chop_ends)
