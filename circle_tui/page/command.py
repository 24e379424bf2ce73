"""Serves the page until it is interrupted.

Invariant: the first line on standard output is the page's address.
"""

import sys
import textwrap
import time
from datetime import timedelta
from threading import Thread

import msgspec

from circle_tui.core.errors import CircleError
from circle_tui.page.address import has_ipv6, host
from circle_tui.page.broadcast import Broadcast
from circle_tui.page.server import PageServer
from circle_tui.service.follower import POLL_SECONDS, CircleFollower
from circle_tui.views import live_page
from circle_tui.views.live_page import page_state

_SECOND = timedelta(seconds=1)
_BEAT = 2.0
"""Seconds after which a state is sent again, so that a page notices that its connection is gone."""

_COLUMNS = 78


class PageError(CircleError):
    """The page can't be served."""


class Feed:
    """The states of a followed circle, as they come, into a broadcast."""

    def __init__(self, follower: CircleFollower, broadcast: Broadcast) -> None:
        self._follower = follower
        self._broadcast = broadcast
        self._again_at = 0.0
        self._publish(0.0)

    def look(self, moment: float) -> None:
        """Publish a state if it is another, or time for one; `moment` is monotonic seconds."""
        if self._follower.poll() or moment >= self._again_at:
            self._publish(moment)

    def _publish(self, moment: float) -> None:
        followed = self._follower.followed
        self._broadcast.publish(msgspec.json.encode(page_state(followed)))
        wait = _BEAT
        if followed.remaining is not None:
            # At the next full second of what is left.
            wait = (followed.remaining % _SECOND / _SECOND or 1.0) / self._follower.speed
        self._again_at = moment + wait


def serve(follower: CircleFollower, *, lan: bool, port: int) -> None:
    """Serve the page until Ctrl+C. Raises `PageError` if it can't be served there."""
    listen_at = host(lan=lan)
    if listen_at is None:
        raise PageError(live_page.ONLY_IPV6 if has_ipv6() else live_page.NO_NETWORK)
    broadcast = Broadcast()
    feed = Feed(follower, broadcast)
    try:
        server = PageServer(listen_at, port, broadcast)
    except OSError:
        raise PageError(live_page.port_in_use(port)) from None
    with server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 1.0}, daemon=True).start()
        _announce(server.address.url, lan=lan)
        slow_at = 0.0
        try:
            while True:
                time.sleep(POLL_SECONDS)
                now = time.monotonic()
                feed.look(now)
                if now >= slow_at:
                    server.hang_up_on_slow()
                    slow_at = now + 1
        except KeyboardInterrupt:
            return
        finally:
            broadcast.close()


def _announce(url: str, *, lan: bool) -> None:
    print(url, flush=True)  # noqa: T201 - what the command is run for
    if sys.stdout.isatty():
        # Nobody else needs it.
        import segno

        segno.make(url, micro=False).terminal(border=2, compact=True)
    about = live_page.WHOLE_NETWORK if lan else live_page.ONLY_HERE
    for sentence in (live_page.SCAN, about):
        print(textwrap.fill(sentence, _COLUMNS), file=sys.stderr, flush=True)  # noqa: T201
