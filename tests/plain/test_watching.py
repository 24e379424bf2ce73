"""A meeting that another program carries, as somebody hears it who follows line by line."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from circle_tui.core.circle.circle import make_circle
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

from .listener import NOW, Meanwhile, Typed, Wait, after, listen
from .walks import FIVE

CANARY = "kanarienvogel"
NOT_YET = "No meeting yet. You'll see it here when it begins."
WATCHING = "You're watching. Someone runs the meeting in another terminal."


class First:
    """The other program; both are on one clock."""

    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock(NOW)
        circle = make_circle("Harbour", FIVE[1], "peer-circle", zone="UTC", now=NOW)
        self.service = CircleService(CircleFile.create(folder, circle), self.clock)
        self.begin = Meanwhile("begin", self.service.begin)
        self.close = Meanwhile("close", self.service.close)

    def does(self, name: str, command: Any, *args: Any) -> Meanwhile:
        return Meanwhile(name, lambda: self.service.execute(command, *args))

    def shares(self) -> tuple[Meanwhile, ...]:
        """From the beginning to a running share."""
        return (
            self.begin,
            self.does("the round", commands.begin),
            self.does("start", commands.start),
        )

    def watched(self, *typed: Typed) -> list[str]:
        """Follow the circle, and type these lines."""
        file = CircleFile(self.service.file.path)
        return listen(file.path.parent, *typed, Wait(1), "q", clock=self.clock, watched=file)


@pytest.fixture
def first(tmp_path: Path) -> Iterator[First]:
    made = First(tmp_path)
    yield made
    made.service.close()


def test_between_meetings_it_waits_for_one(first: First) -> None:
    heard = first.watched("t", "seats", first.begin)
    assert heard[1:4] == [
        "Harbour. Cycle 1, meeting 1.",
        "Next meeting: Thursday 5 March, 18:30",
        NOT_YET,
    ]
    assert after(heard, "t") == ["It's 18:30."]
    assert after(heard, "seats") == [
        "There's no meeting now. In a meeting, this tells you whose turn it is."
    ]
    assert after(heard, "begin") == [
        "The circle is gathering.",
        "Opens: Maya.",
        "Here: Tom, Priya, Lena and Sam.",
        WATCHING,
    ]


def test_each_step_is_said_once_and_no_word_of_it(first: First) -> None:
    heard = first.watched(
        *first.shares(),
        first.does("hold", commands.pause),
        first.does("resume", commands.resume),
        first.does("finish", commands.finish),
        first.does("respond", commands.respond),
        first.does("end", commands.end_responses),
        first.does("promise", commands.promise, f"I call the {CANARY}"),
        first.does("turn", commands.end_turn),
        Meanwhile("undo", first.service.undo),
        first.does("close the round", closing_commands.cut_short),
        first.does("keep the date", closing_commands.keep_date),
    )
    for step, said in {
        "the round": [
            "Turn 1 of 5.",
            "Maya's turn: 8 minutes, a breath first, together.",
            "Next: Tom.",
        ],
        "start": ["Maya speaks: 8 minutes left."],
        "hold": ["On hold: Maya, 7 minutes 58 seconds left."],
        "resume": ["Maya speaks: 7 minutes 58 seconds left."],
        "finish": ["Tom responds to Maya."],
        "respond": ["Priya responds to Maya."],
        "end": ["Maya names commitments.", "Next: Tom."],
        "promise": [],
        "turn": ["Turn 2 of 5.", "Tom's turn: 8 minutes.", "Next: Priya."],
        "undo": ["Turn 1 of 5.", "Maya names commitments.", "Next: Tom."],
        "close the round": ["The next date, then one word each."],
        "keep the date": ["See you on, Thursday 19 March, 18:30."],
    }.items():
        heard_then = [re.sub(r" Ends about \d\d:\d\d\.", "", each) for each in after(heard, step)]
        assert heard_then == said, step
    assert CANARY not in " ".join(heard)


def test_the_marks_are_said_as_in_the_meeting_itself(first: First) -> None:
    heard = first.watched(*first.shares(), Wait(500), "t")
    assert [each for each in after(heard, "start") if "left" in each or "time" in each] == [
        "Maya speaks: 8 minutes left.",
        "Half the time is left.",
        "One minute left.",
        "That's your time. Finish when you're ready.",
    ]
    assert after(heard, "t")[0].startswith("Maya speaks: time is up.")


def test_who_has_it_is_said_until_it_can_be_continued_here(first: First) -> None:
    heard = first.watched(
        *first.shares(), Wait(60), "enter", first.close, Wait(1), "enter", Wait(1), "?"
    )
    assert " ".join(after(heard, "enter")).startswith("Harbour is open in another terminal")
    assert after(heard, "close") == ["The meeting is paused. Enter continues it here."]
    assert after(heard, "enter", 2)[0] == "Welcome back: Maya was speaking, with 8:00 left."
    assert "enter: Continue" in after(heard, "?")


def test_a_circle_that_meets_elsewhere_is_followed_and_esc_goes_home(
    first: First, tmp_path: Path
) -> None:
    first.service.begin()
    first.service.execute(commands.begin)
    first.clock.move(timedelta(seconds=1))
    heard = listen(tmp_path, "seats", "esc", "enter", "q", clock=first.clock)
    assert WATCHING in heard
    assert after(heard, "seats")[0] == "Has the turn: Maya."
    assert "Next meeting: The meeting is under way in another terminal." in after(heard, "esc")
    # As on screen, going back to the meeting from home follows it again.
    assert after(heard, "enter")[0].startswith("Cycle 1, meeting 1. Turn 1 of 5.")
    assert "Someone runs the meeting in another terminal." in after(heard, "enter")[-1]
