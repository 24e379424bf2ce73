"""A circle of four meets twice, by keys alone, and nothing is lost on the way."""

import json
import re
import signal
import stat
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from . import facilitator
from .sandbox import Sandbox
from .terminal import Terminal

WORDS = {
    "Ana": "I call the printer",
    "Ben": "I write two pages",
    "Caz": "I leave at five",
    "Dee": "I ask for the day off",
}
SHARE_SECONDS = 8 * 60


@pytest.mark.full
def test_the_real_program_carries_a_circle_through_two_meetings_and_a_kill(
    sandbox: Sandbox,
) -> None:
    sandbox.forks = False
    terminal = sandbox.start()
    set_up(terminal)
    first_meeting(terminal)

    second_meeting_until_ben_speaks(terminal)
    began = time.monotonic()
    terminal.let_pass(5)
    terminal.kill(signal.SIGKILL)
    spoken = time.monotonic() - began

    terminal = sandbox.start()
    resume(terminal, SHARE_SECONDS - spoken)
    rest_of_the_second_meeting(terminal)
    terminal.press("q")
    assert terminal.wait_exit() == 0

    the_file_says_what_happened(sandbox)


def set_up(terminal: Terminal) -> None:
    terminal.wait_for("Welcome")
    terminal.type(facilitator.NAME)
    terminal.press("enter")
    terminal.wait_for(facilitator.MEMBERS_NEXT)
    terminal.type(", ".join(facilitator.MEMBERS))
    terminal.wait_for(facilitator.MEMBERS[-1])
    terminal.press("tab")
    terminal.wait_for(facilitator.FORMAT_NEXT)
    terminal.press("enter")
    terminal.wait_for(facilitator.FIRST_SEAT)


def first_meeting(terminal: Terminal) -> None:
    facilitator.begin_round(terminal)
    for name, others in zip(facilitator.MEMBERS, responders(), strict=True):
        facilitator.start_share(terminal, name)
        terminal.press("enter")
        for at, other in enumerate(others):
            terminal.wait_for(f"{other} to {name}")
            terminal.press("t" if at else "w")
        terminal.wait_for(f"{name}, what")
        facilitator.add_commitment(terminal, WORDS[name])
        terminal.press("enter")
    terminal.wait_for(facilitator.DATE_QUESTION)
    terminal.press("enter")
    terminal.wait_for(facilitator.LAST_WORD)
    terminal.press("enter")
    terminal.wait_for("Meeting 1 saved")


def responders() -> Iterator[tuple[str, ...]]:
    """Who answers each of them: the others, as they sit, from the left of the speaker on."""
    for at in range(4):
        yield facilitator.MEMBERS[at + 1 :] + facilitator.MEMBERS[:at]


def second_meeting_until_ben_speaks(terminal: Terminal) -> None:
    terminal.wait_for(WORDS["Ben"])
    facilitator.begin(terminal)
    terminal.press("4")
    terminal.press("space", "space")
    terminal.wait_for("excused")
    facilitator.begin_round(terminal, "Ben")
    facilitator.start_share(terminal, "Ben")


def resume(terminal: Terminal, left: float) -> None:
    terminal.wait_for(facilitator.GAP_NOTICE)
    assert -1.5 < facilitator.seconds_left(terminal) - left < 2.5
    terminal.press("space")
    terminal.wait_for(facilitator.speaking("Ben"))


def rest_of_the_second_meeting(terminal: Terminal) -> None:
    facilitator.end_share(terminal, "Ben")
    terminal.wait_for(WORDS["Ben"])
    terminal.press("m")
    terminal.wait_for(facilitator.WHAT_GOT_IN_THE_WAY)
    terminal.press("enter")
    terminal.wait_for(facilitator.RESET_KEYS)
    terminal.press("a")
    terminal.wait_for("starting again")
    terminal.press("enter")

    facilitator.start_share(terminal, "Caz")
    facilitator.end_share(terminal, "Caz")
    terminal.press("k")
    terminal.wait_for("Caz, what will you do")
    terminal.press("enter")

    facilitator.start_share(terminal, "Ana")
    facilitator.end_share(terminal, "Ana")
    terminal.press("x")
    terminal.wait_for("Ana, what will you do")
    facilitator.add_commitment(terminal, "I bake the bread")
    terminal.press("enter")

    terminal.wait_for("We missed Dee today")
    terminal.press("enter")
    terminal.wait_for("Who reaches out to Dee? ↑")
    terminal.press("enter")
    terminal.wait_for("Ana reaches out to Dee.")
    terminal.press("enter")
    terminal.wait_for("Meeting 2 saved")


def the_file_says_what_happened(sandbox: Sandbox) -> None:
    sessions = sandbox.table(facilitator.SLUG, "sessions")
    first, second = sorted(sessions, key=lambda each: each["number"])
    made = {each["member"]: each["id"] for each in first["made"]}
    assert [first["number"], second["number"]] == [1, 2]
    assert [first["cycle"], second["cycle"]] == [1, 1]
    assert (first["opener"], second["opener"]) == ("m1", "m2")
    assert first["order"] == ["m1", "m2", "m3", "m4"]
    assert second["order"] == ["m2", "m3", "m1"]
    assert first["attendance"] == dict.fromkeys(("m1", "m2", "m3", "m4"), "present")
    assert second["attendance"] == {
        "m1": "present",
        "m2": "present",
        "m3": "present",
        "m4": "excused",
    }
    assert {each["text"] for each in first["made"]} == set(WORDS.values())
    assert first["answered"] == []

    answered = {each["id"]: each for each in second["answered"]}
    assert {id_: each["outcome"] for id_, each in answered.items()} == {
        made["m2"]: "missed",
        made["m3"]: "kept",
        made["m1"]: "released",
    }
    again = answered[made["m2"]]
    assert again["reset"] == "again"
    promised = {each["id"]: each for each in second["made"]}
    assert promised[again["becomes"]]["text"] == WORDS["Ben"]
    assert promised[again["becomes"]]["member"] == "m2"
    assert [(each["member"], each["text"]) for each in promised.values()] == [
        ("m2", WORDS["Ben"]),
        ("m1", "I bake the bread"),
    ]
    assert second["reaches_out"] == {"m4": "m1"}

    nothing_says_how_long_anybody_spoke(first)
    nothing_says_how_long_anybody_spoke(second)
    assert sorted(sandbox.files()) == [
        f"{facilitator.SLUG}.json",
        f"{facilitator.SLUG}.json.bak",
        LOCK,
    ]
    for name in sandbox.files():
        assert stat.S_IMODE((sandbox.sessions / name).stat().st_mode) == 0o600, name
    json.loads(sandbox.files()[f"{facilitator.SLUG}.json"])


LOCK = f"{facilitator.SLUG}.lock"
MOMENTS = {"id", "started", "ended", "next"}
COUNTS = {"number", "cycle", "guests"}


def nothing_says_how_long_anybody_spoke(session: dict[str, Any]) -> None:
    """Of times there are the meeting's own, of numbers its counts."""
    words = {"opener", "order", "attendance", "made", "answered", "reaches_out"}
    assert set(session) <= MOMENTS | COUNTS | words
    for name in ("started", "ended", "next"):
        when = datetime.fromisoformat(session[name])
        assert when.utcoffset() is not None
        assert (when - datetime.now(UTC)).days < 20
    rest = json.dumps({name: session[name] for name in words if name in session})
    assert not re.search(r"\d\d:\d\d|\d{4}-\d\d|: *-?\d", rest), rest
