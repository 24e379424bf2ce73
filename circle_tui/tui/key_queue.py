"""Delivers keys one after the other, also if they come faster than screens change.

Invariant: each key works on the screen as the previous key left it, so typing fast and typing
slowly have the same effect.

Textual hands every key at once to whatever has the focus at that moment, while the effects of a key
pass through several queues. Here the next key waits until the previous one has passed them: each
queue is first in, first out, so a callback sent along the same way arrives after it.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event, Key
from textual.message_pump import MessagePump

_ROUNDS = 3
"""How often a key's consequences may go up from its widget: the key, what a field makes of it, and
the message by which a screen asks for another."""

_PATIENCE = 0.5
"""Seconds after which a key no longer waits: a widget that was removed never answers."""

_LEAVING = {"ctrl+c", "ctrl+q"}
"""Keys that wait for `_PATIENCE` at most, however much was typed before them."""

_FOLLOW_AFTER = 0.02
"""Seconds after which the callback follows a key that no other key waits for, so that the callback
does not delay the painting."""


class KeyQueue:
    """The keys of one app, in order. `deliver` hands one on to Textual."""

    def __init__(self, app: App[None], deliver: Callable[[Event], Awaitable[None]]) -> None:
        self._app = app
        self._deliver = deliver
        self._waiting: deque[Event] = deque()
        self._turn = 0
        self._started = False
        self._leaving: asyncio.Task[None] | None = None
        self._since: float | None = None
        self._to_follow: asyncio.TimerHandle | None = None
        self._target: DOMNode = app

    async def start(self) -> None:
        """Begin to deliver keys, including those that came before the first screen was ready."""
        self._started = True
        await self._next()

    async def take(self, event: Event) -> None:
        """Deliver a key now, or after those that came before it."""
        self._waiting.append(event)
        loop = asyncio.get_running_loop()
        now = loop.time()
        if isinstance(event, Key) and event.key in _LEAVING:
            loop.call_later(_PATIENCE, self._take_at_once, event)
        if not self._started:
            return
        if self._since is None or now - self._since > _PATIENCE:
            await self._next()
        elif self._to_follow is not None:
            self._follow()

    def _take_at_once(self, leaving: Event) -> None:
        """Deliver a key that leaves, if it still waits behind other keys; those are dropped."""
        if any(each is leaving for each in self._waiting):
            self._waiting.clear()
            self._waiting.append(leaving)
            self._leaving = asyncio.get_running_loop().create_task(self._next())

    async def _next(self) -> None:
        if not self._waiting:
            self._since = None
            return
        loop = asyncio.get_running_loop()
        self._since = loop.time()
        self._turn += 1
        self._target = self._app.focused or self._app.screen
        await self._deliver(self._waiting.popleft())
        if self._to_follow is not None:
            self._to_follow.cancel()
        self._to_follow = loop.call_later(_FOLLOW_AFTER, self._follow)
        if self._waiting:
            self._follow()

    def _follow(self) -> None:
        """Send a callback after the key that was delivered last."""
        if self._to_follow is not None:
            self._to_follow.cancel()
            self._to_follow = None
        self._up(self._target, self._turn, self._target, _ROUNDS)

    def _up(self, node: MessagePump, turn: int, target: DOMNode, rounds: int) -> None:
        """Go one queue up from `node`, behind everything that is in it."""
        if not node.call_later(self._passed, node, turn, target, rounds):
            # Its queue is closed: nothing more comes out of it.
            self._app.call_later(self._arrived, turn, target, 0)

    def _passed(self, node: MessagePump, turn: int, target: DOMNode, rounds: int) -> None:
        if isinstance(node, DOMNode) and node.parent is not None and node.parent is not self._app:
            self._up(node.parent, turn, target, rounds)
        else:
            self._app.call_later(self._arrived, turn, target, rounds - 1)

    async def _arrived(self, turn: int, target: DOMNode, rounds: int) -> None:
        if turn != self._turn:
            return
        if rounds > 0:
            if not target.is_attached:
                # What the key closed may have told what lies below, which has queues of its own.
                target = self._app.focused or self._app.screen
            self._up(target, turn, target, rounds)
        else:
            await self._next()
