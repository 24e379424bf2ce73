"""A state with a canary in every word that anybody said, for whatever leaves the program.

Invariant: which fields those are follows from the marks in the values' own definitions, so a new
field is planted too.
"""

import re
from datetime import timedelta

from msgspec.structs import replace

from circle_tui.core.circle.circle import PROMPTS, make_circle
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.state import CircleState
from circle_tui.core.fields import WORDS_KINDS, Changer
from tests.core.meetings import START, record
from tests.store.full_state import full_history

CANARY = "kanarienvogel"
NOW = START + timedelta(days=40)


def planted_state(format_key: str = "pod") -> CircleState:
    """A circle in which everything happened, and every word is a canary followed by itself."""
    circle = make_circle("Harbour", "Ana, Ben, Cleo", format_key, zone="UTC", now=START)

    def record_of(number: int) -> MeetingRecord:
        return record(number, reaches_out={"m3": "m1"})

    state = full_history(circle, record_of)
    planted: CircleState = Changer(dict.fromkeys(WORDS_KINDS, _with_canary))(state)
    # The two responses are said by everybody, so they may be read anywhere.
    return replace(planted, circle=replace(planted.circle, prompts=PROMPTS))


def _with_canary(words: str) -> str:
    return f"{CANARY} {words}"


def canaries_in(content: str) -> list[str]:
    """The canaries in what has left, each with the words after it."""
    return re.findall(rf"{CANARY}[^\n<]*", content)
