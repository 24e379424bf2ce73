"""Screens that are made while another one is read, so that a key has only to draw them.

To make the widgets of a screen and to style them takes a third of the time of a change of screen,
and nothing of it depends on what the screen will show.

Invariant: a screen made ahead has drawn, asked and said nothing. It is shown once, and only for the
circle, the size and the theme that it was made for.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar, cast

from textual.app import App
from textual.geometry import Size

from circle_tui.tui._textual_private import mount_ahead

if TYPE_CHECKING:
    from circle_tui.service.circle_service import CircleService
    from circle_tui.tui.screens.home import HomeScreen
    from circle_tui.tui.screens.meeting import MeetingScreen

    AnyScreen: TypeAlias = HomeScreen | MeetingScreen
    OneScreen = TypeVar("OneScreen", bound=AnyScreen)


class _MadeFor(NamedTuple):
    """What a screen was made for; it looks wrong anywhere else."""

    service: "CircleService"
    size: Size
    theme: str


class ScreensAhead:
    """At most one screen of each kind that wasn't shown yet."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._made: dict[type[object], tuple[_MadeFor, AnyScreen]] = {}

    def take(self, kind: "type[OneScreen]", service: "CircleService") -> "OneScreen":
        """A screen of this kind, to be shown at once: the one made ahead, or else a new one."""
        if not self._is_made(kind, service):
            return kind(service)
        return cast("OneScreen", self._made.pop(kind)[1])

    async def make_one(self, kinds: "Iterable[type[AnyScreen]]", service: "CircleService") -> bool:
        """Make the first of these kinds that isn't made yet. Whether there was one."""
        for kind in kinds:
            if not self._is_made(kind, service):
                await self._make(kind, service)
                return True
        return False

    def _is_made(self, kind: type[object], service: "CircleService") -> bool:
        return kind in self._made and self._made[kind][0] == self._made_for(service)

    async def _make(self, kind: "type[AnyScreen]", service: "CircleService") -> None:
        if kind in self._made:
            _, outdated = self._made.pop(kind)
            await outdated.remove()
        screen, made_for = kind(service), self._made_for(service)
        await mount_ahead(self._app, screen)
        self._made[kind] = made_for, screen

    def _made_for(self, service: "CircleService") -> _MadeFor:
        return _MadeFor(service, self._app.size, self._app.theme)
