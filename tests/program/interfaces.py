"""Four interfaces of one meeting, and what each of them tells of a step.

Invariant: nothing here knows a rule. Whoever waits, waits for output, and says what there was if it
never came.
"""

import json
import re
from typing import NamedTuple

from .served_page import ServedPage, asker_of
from .terminal import Terminal

MEMBERS = ("Ana", "Ben", "Caz", "Dee")
HOLD_DRAWN = "██████ ██    ██ ██     ██  ██"
"""The middle row of the word as a ring of this size draws it."""

STATES = {
    "▶": "now",
    "●": "done",
    "◎": "responding",
    "○": "waiting",
    "◌": "passed",
    "·": "away",
}


class Step(NamedTuple):
    """What is done, and what every interface tells then.

    `keys` do it on a screen and `lines` line by line. `seats` has a sign for each member. `words`
    are in the middle of a ring or above it, `told` are the seats in words.
    """

    name: str
    keys: tuple[str, ...]
    lines: tuple[str, ...]
    seats: str
    words: tuple[str, ...]
    told: tuple[str, ...] = ()
    hold: bool = False


class ScreenInterface:
    """A screen with a ring: the meeting's own, or a second terminal."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal

    def do(self, step: Step) -> None:
        """Press the step's keys."""
        self.terminal.press(*step.keys)

    def wait_for(self, step: Step) -> None:
        """Wait until it shows the step."""
        self.terminal.wait_for(lambda: self._shows(step))

    def _shows(self, step: Step) -> bool:
        text = self.terminal.text
        return (
            all(
                re.search(rf"{sign} {name}\b", text)
                for sign, name in zip(step.seats, MEMBERS, strict=True)
            )
            and all(words in text for words in step.words)
            and (HOLD_DRAWN in text) == step.hold
        )


class PageInterface:
    """A page's stream."""

    def __init__(self, page: ServedPage) -> None:
        self.asker = asker_of(page)
        self._stream = self.asker.follow()
        self.seen = b""
        """Everything that ever came."""

    def wait_for(self, step: Step) -> None:
        """Read on until a state tells the step."""
        told = {}
        # A state comes every two seconds at least.
        for _ in range(15):
            state = self._stream.next()
            self.seen += state
            told = json.loads(state)
            if self._tells(told, step):
                return
        raise AssertionError(f"the page never told {step.name}; last it told {told}")

    def _tells(self, told: dict[str, object], step: Step) -> bool:
        seats = told["seats"]
        assert isinstance(seats, list)
        text = json.dumps(told, ensure_ascii=False)
        return (
            [each["state"] for each in seats] == [STATES[sign] for sign in step.seats]
            and all(words in text for words in step.words)
            and (told["large"] == "HOLD") == step.hold
        )


_LABELS = (
    "Opens|Here|Not here|Has the turn|Speaks|On hold|Next|Then|Asked again|Had their turn"
    "|Has spoken|Responds now|Responds after that|Has responded|Names commitments"
)
_TOLD = re.compile(rf"(?m)(?:^(?:{_LABELS}): .*\.\n)+")


class LinesInterface:
    """Line by line: the meeting itself, or one that is followed."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal

    @property
    def said(self) -> str:
        """Everything that was said and typed."""
        return bytes(self.terminal.raw).decode().replace("\r\n", "\n")

    def do(self, step: Step) -> None:
        """Type the step's lines."""
        for line in step.lines:
            self.terminal.send(f"{line}\r".encode())

    def wait_for(self, step: Step) -> None:
        """Ask for the seats until they are as in the step."""
        if step.told:
            self._ask()
            self.terminal.wait_for(lambda: self._tells(step))

    def _ask(self) -> None:
        self.terminal.send(b"seats\r")

    def _tells(self, step: Step) -> bool:
        answers = _TOLD.findall(self.said.rpartition("\nseats\n")[2])
        if not answers:
            return False
        if answers[-1].splitlines() == list(step.told):
            return True
        # Whoever follows may not have looked yet.
        self._ask()
        return False
