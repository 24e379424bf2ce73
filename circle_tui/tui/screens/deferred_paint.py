"""A screen that is painted when it is complete, and not before.

By itself Textual paints a new screen four to eight times: after its first layout, after the classes
for the terminal's size, after what each widget makes of its size, after its keys, and twice more
when the screen before it has been removed. Each time is a whole picture of 6 to 10 kB, and together
they took half of the time that a change of screen takes.

It also keeps Textual from doing twice what once is enough for, and from doing things too early or
too late: a screen that isn't shown yet isn't drawn, and one that was left isn't left again.

Invariant: nothing of a screen that comes to the front is painted while a message of it or of its
widgets is under way, for 100 rounds of the event loop at most; then it is painted once, whole.
"""

import asyncio
from typing import Self

from textual import events, on
from textual.await_complete import AwaitComplete
from textual.geometry import Region, Size
from textual.screen import Screen, ScreenResultType

_QUIET_ROUNDS = 3
"""Rounds of the event loop without a message in any queue, after which a screen is complete. A
message that was just taken from a queue may send another, from a widget to its screen and back."""

_ROUNDS_AT_MOST = 100
"""Rounds of the event loop after which a screen is painted as it is: about 20 are needed."""


class DeferredPaintScreen(Screen[ScreenResultType]):
    """A screen that Textual does not take for the current one until it is complete."""

    def __init__(self) -> None:
        super().__init__()
        self._complete = False
        self._painted_before = False
        self._laid_out_for: Size | None = None
        self._mount: events.Mount | None = None
        """The mount event, kept until the screen is shown."""

    async def on_event(self, event: events.Event) -> None:
        """Hand an event to its handlers; that the screen was mounted, not before it is shown.

        It may have been made ahead, for a meeting that hasn't come so far; or it is gone already,
        and `on_mount` would miss its widgets.
        """
        if isinstance(event, events.Mount) and self not in self.app.screen_stack:
            self._mount = event
        else:
            await super().on_event(event)

    @property
    def is_current(self) -> bool:
        """Whether it is visible. Textual asks this before it paints."""
        return self._complete and super().is_current

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Ask for a layout or a repaint. Until the screen is complete there is nothing to ask for:
        it will be laid out and painted whole."""
        if not self._complete:
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    async def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Paint it when it is complete."""
        if self._mount is not None and self in self.app.screen_stack:
            mount, self._mount = self._mount, None
            await super().on_event(mount)
        if not self._painted_before:
            # It got its styles when it was made, a moment ago.
            event.refresh_styles = False
        self._complete = False
        # The app may be removing the screen before this one, which would repaint this one.
        self.app.call_later(self._paint_when_complete)

    @on(events.Resize)
    def _lay_out_once(self, event: events.Resize) -> None:
        """Don't lay out again for the size of the first layout, after which Textual says it.

        Textual sets `size` before it lays anything out, so what is laid out for is remembered here.
        """
        if event.size == self._laid_out_for:
            event.prevent_default()
        self._laid_out_for = event.size

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave this screen, unless it was left already or another one lies above it.

        A second key may arrive before it is gone, and Textual would then remove whichever screen
        is uppermost.
        """
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def set_size_classes(self, size: Size) -> None:
        """Set the classes for the terminal's size, before there is anything to be styled by them.

        Textual sets them after the first layout, and a second one is necessary.
        """
        for breakpoints, length in (
            (self.HORIZONTAL_BREAKPOINTS, size.width),
            (self.VERTICAL_BREAKPOINTS, size.height),
        ):
            reached = [each for each in breakpoints or () if each[0] <= length]
            if reached:
                self.add_class(max(reached)[1], update=False)
        self._laid_out_for = size

    async def _paint_when_complete(self) -> None:
        quiet = 0
        for _ in range(_ROUNDS_AT_MOST):
            await asyncio.sleep(0)
            queues = (self, *self.walk_children())
            quiet = 0 if any(each.message_queue_size for each in queues) else quiet + 1
            if quiet == _QUIET_ROUNDS:
                break
        self._complete = True
        if self._painted_before:
            self.refresh()
        else:
            # All of it counts as changed since its first layout, so a layout paints all of it.
            # To ask for a repaint as well would paint it twice.
            self.refresh(repaint=False, layout=True)
            self._painted_before = True
