"""A figure, and how two things are measured so that they can be compared."""

import time
from collections.abc import Callable
from typing import NamedTuple

ROUNDS = 7
"""So often each of several things is measured, by turns; the least of each counts."""


class Figure(NamedTuple):
    """What was measured; `promised` is the most it may be, or the least where `at_least`."""

    what: str
    measured: float
    promised: float | None = None
    unit: str = ""
    at_least: bool = False

    @property
    def kept(self) -> bool | None:
        """Whether the promise is kept; None where none was given."""
        if self.promised is None:
            return None
        if self.at_least:
            return self.measured >= self.promised
        return self.measured <= self.promised

    @property
    def row(self) -> str:
        """As a row of a table."""
        bound = "at least" if self.at_least else "at most"
        promised = "" if self.promised is None else f"{bound} {self.promised:g}{self.unit}"
        verdict = {None: "", True: "kept", False: "missed"}[self.kept]
        return f"| {self.what} | {self.measured:.3g}{self.unit} | {promised} | {verdict} |"


def least(*tried: Callable[[], float], rounds: int = ROUNDS) -> tuple[float, ...]:
    """The least of what each gives, in seconds or whatever it is, over rounds by turns."""
    found = [[each() for each in tried] for _ in range(rounds)]
    return tuple(map(min, zip(*found, strict=True)))


def timed(act: Callable[[], object]) -> Callable[[], float]:
    """`act`, as how many seconds it takes."""

    def measured() -> float:
        began = time.perf_counter()
        act()
        return time.perf_counter() - began

    return measured
