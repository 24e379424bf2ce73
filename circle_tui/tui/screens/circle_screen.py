"""What the screens between two meetings share: they show the circle's state.

Invariant: the screen shows what the file says.
"""

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.tui.screens.service_screen import ServiceScreen


class CircleScreen(ServiceScreen):
    """A screen of one circle, between its meetings."""

    def on_mount(self) -> None:
        self.refresh_view()

    @property
    def snapshot(self) -> CircleSnapshot:
        """The circle as it is now."""
        return self.service.snapshot

    def refresh_status(self) -> None:
        """Show the view's line, or why nothing can be written."""
        self.status.set_default(self.service.reading_only or self.understood or self.view.status)
