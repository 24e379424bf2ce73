"""How an app takes what is typed: cleaned, one key after the other, and none twice by accident.

Invariant: what is typed before the first screen is painted waits for it; a paste holds nothing that
can't be printed.
"""

import unicodedata
from abc import abstractmethod
from collections.abc import Hashable

from textual import events

from circle_tui.core import text
from circle_tui.tui._textual_private import paint_now
from circle_tui.tui.double_press import DoublePress
from circle_tui.tui.key_queue import KeyQueue
from circle_tui.tui.screens.action_screen import ActionScreen
from circle_tui.tui.startup import StartupApp
from circle_tui.views import every_screen


class KeyInputApp(StartupApp):
    """An app whose keys have the same effect however fast they are typed."""

    def __init__(self) -> None:
        super().__init__()
        self._double_press = DoublePress()
        self._key_queue = KeyQueue(self, self._deliver)

    @property
    def input_context(self) -> Hashable:
        """What a key acts on now, to compare; subclasses distinguish more."""
        screen = self.screen
        return type(screen), isinstance(screen, ActionScreen) and screen.lies_above

    @abstractmethod
    def flash(self, sentence: str) -> None:
        """Say one sentence for a while."""

    async def after_first_paint(self) -> None:
        """There is something that keys can be pressed for."""
        await super().after_first_paint()
        await self._key_queue.start()

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes one after the other; see `key_queue.py`."""
        if isinstance(event, events.Paste):
            event.text = text.remove_unprintable(event.text)
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self._key_queue.take(event)
        else:
            await super().on_event(event)

    async def _deliver(self, event: events.Event) -> None:
        """Hand a key or a paste on to Textual, unless it is one too many."""
        if isinstance(event, events.Key):
            event = _with_plain_space(event)
            in_a_field = self.focused is not None and event.key == "space"
            # When it came, not when it is its turn: `time` is set by the thread that reads keys.
            repeated = self._double_press.is_one_too_many(event.key, event.time, self.input_context)
            if repeated and not in_a_field:
                self.flash(every_screen.CAME_TWICE)
                return
            if self.focused is None and self._press(event.key):
                return
        await super().on_event(event)

    def _press(self, key: str) -> bool:
        """Do what the screen's action says and paint it, in one go; whether the key has one.

        By way of its bindings the key would pass through two queues first.
        """
        screen = self.screen
        if not isinstance(screen, ActionScreen) or not screen.press(key):
            return False
        # Where a message waits it may lead to another screen, and this one be painted in vain.
        if not screen.message_queue_size:
            paint_now(screen)
        return True


def _with_plain_space(key: events.Key) -> events.Key:
    """Space in any width is space, also the wide one of an input method."""
    if key.character is None or unicodedata.category(key.character[:1] or "a") != "Zs":
        return key
    plain = events.Key("space", " ")
    plain.time = key.time
    return plain
