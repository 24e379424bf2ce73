"""The contracts that are due come up after a meeting, as somebody hears it line by line."""

from datetime import timedelta
from pathlib import Path

from circle_tui.core.circle.circle import make_circle
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from tests.service.contracts_made import make_signed

from .listener import NOW, Typed, after, listen

PAIRS = (("m1", "m4"), ("m2", "m3"), ("m3", "m5"))
MEETING: tuple[Typed, ...] = ("", "", *("p",) * 10, *("",) * 4)
"""A meeting in which everybody passes twice, to its end."""


def meet(folder: Path, *typed: Typed) -> list[str]:
    """A circle of five with three contracts that are due meets, and then these lines."""
    clock = ManualClock(NOW)
    circle = make_circle(
        "Harbour", "Maya, Tom, Priya, Lena, Sam", "peer-circle", zone="UTC", now=NOW
    )
    file = CircleFile.create(folder, circle)
    for pair in PAIRS:
        make_signed(file, clock, *pair)
    clock.move(timedelta(days=28))
    return listen(folder, *MEETING, *typed, clock=clock)


def announced(heard: list[str]) -> list[str]:
    """Whose contract was said to come up, each time."""
    whole = " ".join(heard)
    return [each.partition(". Esc leaves")[0] for each in whole.split("Now the contract of ")[1:]]


def test_contracts_that_are_due_come_one_after_the_other(tmp_path: Path) -> None:
    heard = meet(tmp_path, "esc", "esc", "esc", "q")
    assert announced(heard) == [
        "Maya and Lena, then 2 more",
        "Tom and Priya, then 1 more",
        "Priya and Sam",
    ]
    assert after(heard, "esc", 3)[0] == "Contracts."


def test_whoever_goes_elsewhere_leaves_the_contracts_that_would_come(tmp_path: Path) -> None:
    heard = meet(tmp_path, "people", "esc", "h", "2", "", "esc", "q")
    assert announced(heard) == ["Maya and Lena, then 2 more"]
    assert after(heard, "h")[0] == "Contracts."
