"""Whole evenings as lines that somebody types: each goes through other places."""

import re
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from circle_tui.core.contracts.contract import Way
from circle_tui.service import demo
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from tests.service.contracts_made import make_by_commands

from .listener import NOW, Typed, Wait, listen

FIVE = ("Harbour", "Maya, Tom, Priya, Lena, Sam", "")
"""The lines that set up a circle of five."""


def turn(*commitments: str) -> tuple[Typed, ...]:
    """One whole turn: a share, two responses, and what is promised."""
    promises = [line for words in commitments for line in ("n", words)]
    return ("", Wait(400), "", "t", "w", "end", *promises, "")


WHOLE_MEETING: tuple[Typed, ...] = (
    *FIVE,
    "",
    *turn("I call the client", "I rest on Sunday"),
    *turn("I write one page"),
    "p",
    *turn(),
    *turn(),
    *turn(),
    "",
    "",
)
"""The first meeting of five, in which one passes and is asked again."""


@cache
def _after_a_whole_meeting() -> tuple[dict[str, bytes], datetime]:
    """The files of a circle of five that has met once, and when it had."""
    clock = ManualClock(NOW)
    with TemporaryDirectory() as made:
        listen(Path(made), *WHOLE_MEETING, clock=clock)
        return {each.name: each.read_bytes() for each in Path(made).iterdir()}, clock.moment


def evening(folder: Path, *typed: Typed, clock: ManualClock | None = None) -> list[str]:
    """A circle of five that has just had its first meeting, and then these lines."""
    files, ended = _after_a_whole_meeting()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    clock = clock or ManualClock(NOW)
    clock.moment = ended
    return listen(folder, *typed, clock=clock)


def sample(folder: Path, *typed: Typed) -> list[str]:
    """The sample's circle, which has commitments, a covenant and twelve meetings behind it."""
    clock = ManualClock(NOW)
    file = demo.write_sample(folder, demo.begins_now(NOW))
    text = file.path.read_text(encoding="utf-8")
    # The sample isn't opened by itself.
    file.path.write_text(re.sub(r'"sample": ?true', '"sample":false', text), encoding="utf-8")
    return listen(folder, *typed, clock=clock)


def judged(folder: Path, way: Way, *typed: Typed) -> list[str]:
    """A circle of five with a contract that is being judged."""
    from circle_tui.core.circle.circle import make_circle

    clock = ManualClock(NOW)
    circle = make_circle("Harbour", FIVE[1], "peer-circle", zone="UTC", now=NOW)
    service = CircleService(CircleFile.create(folder, circle), clock)
    make_by_commands(service, clock, way)
    assert service.state.contracts
    service.close()
    return listen(folder, *typed, clock=clock)


def later(**by: float) -> ManualClock:
    """A clock so long after the first evening."""
    return ManualClock(NOW + timedelta(**by))
