"""Screens that are made while another one is read, so that a key has only to draw them.

To make the widgets of a screen and to style them takes a third of the time of a change of screen,
and nothing of it depends on what the screen will show.

Invariant: a screen made ahead has drawn, asked and said nothing. It is shown once, and only for the
circle, the size and the theme that it was made for.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from msgspec import Struct
from textual.app import App
from textual.geometry import Size

from circle_tui.tui._textual_private import mount_ahead

if TYPE_CHECKING:
    from circle_tui.service.circle_service import CircleService
    from circle_tui.tui.screens.circle_screen import CircleScreen
    from circle_tui.tui.screens.meeting import MeetingScreen

    PreparedScreen: TypeAlias = CircleScreen | MeetingScreen
    ScreenT = TypeVar("ScreenT", bound=PreparedScreen)


class _MadeFor(Struct, frozen=True):
    """What a screen was made for; it looks wrong anywhere else."""

    service: "CircleService"
    size: Size
    theme: str


class ScreensAhead:
    """At most one screen of each type that wasn't shown yet."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._made: dict[type[object], tuple[_MadeFor, PreparedScreen]] = {}

    def take(self, screen_type: "type[ScreenT]", service: "CircleService") -> "ScreenT":
        """A screen of this type, to be shown at once: the one made ahead, or else a new one."""
        if not self._is_made(screen_type, service):
            return screen_type(service)
        return cast("ScreenT", self._made.pop(screen_type)[1])

    async def make_one(
        self, screen_types: "Iterable[type[PreparedScreen]]", service: "CircleService"
    ) -> bool:
        """Make the first of these types that isn't made yet. Whether there was one."""
        for screen_type in screen_types:
            if not self._is_made(screen_type, service):
                await self._make(screen_type, service)
                return True
        return False

    def _is_made(self, screen_type: type[object], service: "CircleService") -> bool:
        return screen_type in self._made and self._made[screen_type][0] == self._made_for(service)

    async def _make(self, screen_type: "type[PreparedScreen]", service: "CircleService") -> None:
        if screen_type in self._made:
            _, outdated = self._made.pop(screen_type)
            await outdated.remove()
        screen, made_for = screen_type(service), self._made_for(service)
        await mount_ahead(self._app, screen)
        self._made[screen_type] = made_for, screen

    def _made_for(self, service: "CircleService") -> _MadeFor:
        return _MadeFor(service, self._app.size, self._app.theme)
