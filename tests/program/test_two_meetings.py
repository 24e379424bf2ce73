"""A circle of four meets twice, by keys alone, and nothing is lost on the way."""

import json
import re
import signal
import stat
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from . import steps
from .machine import Machine
from .terminal import Terminal

WORDS = {
    "Ana": "I call the printer",
    "Ben": "I write two pages",
    "Caz": "I leave at five",
    "Dee": "I ask for the day off",
}
SHARE_SECONDS = 8 * 60


def test_the_real_program_carries_a_circle_through_two_meetings_and_a_kill(
    machine: Machine,
) -> None:
    terminal = machine.start()
    set_up(terminal)
    first_meeting(terminal)

    second_meeting_until_ben_speaks(terminal)
    began = time.monotonic()
    terminal.let_pass(5)
    terminal.kill(signal.SIGKILL)
    spoken = time.monotonic() - began

    terminal = machine.start()
    resume(terminal, SHARE_SECONDS - spoken)
    rest_of_the_second_meeting(terminal)
    terminal.press("q")
    assert terminal.wait_exit() == 0

    the_file_says_what_happened(machine)


def set_up(terminal: Terminal) -> None:
    terminal.wait_for("Welcome")
    terminal.type(steps.NAME)
    terminal.press("enter")
    terminal.wait_for(steps.MEMBERS_NEXT)
    terminal.type(", ".join(steps.MEMBERS))
    terminal.wait_for(steps.MEMBERS[-1])
    terminal.press("tab")
    terminal.wait_for(steps.FORMAT_NEXT)
    terminal.press("enter")
    terminal.wait_for(steps.GATHERED)


def first_meeting(terminal: Terminal) -> None:
    steps.first_turn(terminal)
    for name, others in zip(steps.MEMBERS, responders(), strict=True):
        steps.start_share(terminal, name)
        terminal.press("enter")
        for at, other in enumerate(others):
            terminal.wait_for(f"{other} to {name}")
            terminal.press("t" if at else "w")
        terminal.wait_for(f"{name}, what")
        steps.promise(terminal, WORDS[name])
        terminal.press("enter")
    terminal.wait_for("Everybody was here")
    terminal.press("enter")
    terminal.wait_for("We meet again")
    terminal.press("enter")
    terminal.wait_for("Meeting 1 is kept")


def responders() -> Iterator[tuple[str, ...]]:
    """Who answers each of them: the others, as they sit, from the left of the speaker on."""
    for at in range(4):
        yield steps.MEMBERS[at + 1 :] + steps.MEMBERS[:at]


def second_meeting_until_ben_speaks(terminal: Terminal) -> None:
    terminal.wait_for(WORDS["Ben"])
    steps.begin(terminal)
    terminal.press("4")
    terminal.press("space", "space")
    terminal.wait_for("excused")
    steps.first_turn(terminal, "Ben")
    steps.start_share(terminal, "Ben")


def resume(terminal: Terminal, left: float) -> None:
    terminal.wait_for(steps.GAP)
    assert -1.5 < steps.seconds_left(terminal, "Ben") - left < 2.5
    terminal.press("enter")
    terminal.wait_for(steps.HELD)
    terminal.press("space")
    terminal.wait_for(steps.speaking("Ben"))


def rest_of_the_second_meeting(terminal: Terminal) -> None:
    steps.end_share(terminal, "Ben")
    terminal.wait_for(WORDS["Ben"])
    terminal.press("m")
    terminal.wait_for(steps.WHAT_GOT_IN_THE_WAY)
    terminal.press("enter")
    terminal.wait_for(steps.HOW_IT_GOES_ON)
    terminal.press("a")
    terminal.wait_for("missed, again")
    terminal.press("enter")

    steps.start_share(terminal, "Caz")
    steps.end_share(terminal, "Caz")
    terminal.press("k")
    terminal.wait_for("kept")
    terminal.press("enter")

    steps.start_share(terminal, "Ana")
    steps.end_share(terminal, "Ana")
    terminal.press("x")
    terminal.wait_for("released")
    steps.promise(terminal, "I bake the bread")
    terminal.press("enter")

    terminal.wait_for("Dee was excused")
    terminal.press("enter")
    terminal.wait_for("reaches out to Dee")
    terminal.press("enter")
    terminal.wait_for("; Ana reaches out")
    terminal.press("enter")
    terminal.wait_for("Meeting 2 is kept")


def the_file_says_what_happened(machine: Machine) -> None:
    first, second = sorted(machine.table(steps.SLUG, "sessions"), key=lambda each: each["number"])
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
    assert sorted(machine.files()) == [f"{steps.SLUG}.json", f"{steps.SLUG}.json.bak", LOCK]
    for name in machine.files():
        assert stat.S_IMODE((machine.sessions / name).stat().st_mode) == 0o600, name
    json.loads(machine.files()[f"{steps.SLUG}.json"])


LOCK = f"{steps.SLUG}.lock"
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
