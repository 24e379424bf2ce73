"""Of what is on the screen, only what has changed is drawn anew and sent to the terminal.

Invariant: what the terminal shows is the same either way. Textual draws every widget whole as
soon as anything has changed, and sends a line of a widget from its left edge however little of it
has changed; for a ring that drains every second that is most of what is ever drawn and sent.
"""

from collections.abc import Iterable

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor, CompositorMap
from textual.geometry import Region
from textual.strip import Strip


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
    """Puts a screen together as Textual does, with less drawing, and sends less of it."""

    def __init__(self) -> None:
        super().__init__()
        self._changed: tuple[Region, ...] | None = None

    @property
    def full_map(self) -> CompositorMap:
        """Where all widgets are, found out anew where that may have changed.

        Textual does so for whoever asks first. Where that is before the layout, the layout finds
        nothing changed any more, and what is hidden by it would stay on the terminal.
        """
        if not self._full_map_invalidated or self.root is None:
            return super().full_map
        before = self._full_map
        after = super().full_map
        moved = (
            geometry.region.intersection(geometry.clip)
            for _, geometry in before.items() ^ after.items()
        )
        self._dirty_regions.update(filter(None, moved))
        return after

    def render_partial_update(self) -> ChopsUpdate | None:
        self._changed = tuple(self._dirty_regions)
        try:
            update = super().render_partial_update()
        finally:
            self._changed = None
        if update is None:
            return None
        return _NarrowUpdate(update.chops, update.spans, update.chop_ends)

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Of each widget the rows between the first and the last that has changed."""
        if self._changed is None:
            yield from super()._get_renders(crop)
            return
        changed = list(self._changed)
        # From the front to the back: what one covers is not seen of those behind it.
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            parts = [part for each in changed if (part := each.intersection(seen))]
            if parts:
                top = min(part.y for part in parts)
                rows = Region(seen.x, top, seen.width, max(part.bottom for part in parts) - top)
                yield rows, rows, widget.render_lines(rows.translate(-region.offset))
                changed = [each for each in changed if not seen.contains_region(each)]
