"""A demo that stands in for somebody's own circles, and whether leaving it loses what they did.

Invariant: nothing that was made in a demo goes without its having been said once.
"""

from pathlib import Path

from circle_tui.service import demo
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import Clock, SystemClock
from circle_tui.store.demo_folder import make_temporary_folder


class DemoRun:
    """One visit to the demo; its folder is removed when the program ends."""

    def __init__(self, before: tuple[Path, Clock], speed: float) -> None:
        """Make a copy of the sample, on a clock that is `speed` times as fast.

        `before` is the folder and the clock to go back to. Raises `SaveError`.
        """
        self.before = before
        self.folder = make_temporary_folder(speed)
        self.file = demo.write_sample(self.folder, demo.begins_now(before[1].now()))
        self.clock = SystemClock(speed)
        self._told: object = None

    def begin(self, service: CircleService | None) -> None:
        """The demo is open: what has happened in it so far is no loss."""
        self._told = _done(service)

    def loses_something(self, service: CircleService | None) -> bool:
        """Whether leaving would lose what nobody was told of; they count as told from now on."""
        done = _done(service)
        lost = done != self._told
        self._told = done
        return lost


def _done(service: CircleService | None) -> object:
    """All that would be lost with the demo, to compare."""
    if service is None:
        return None
    acts = 0 if service.live is None or service.live.untouched else service.live.acts
    return service.state, acts, service.under_way and (service.live is None or acts)
