"""The responses: each of the others in turn, with two sentences to choose from and no third.

Invariant: the two sentences are the circle's own, in its own language; their keys stay the same.
"""

import dataclasses
from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Horizontal, Middle
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core import text
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import Meeting
from circle_tui.tui.screens.old_round import IN_ROUND, OldRoundScreen
from circle_tui.views import meeting_words

_PLACES = {"t": "first", "w": "second"}
"""Where the two responses stand, by their keys."""

LONG_PROMPT = 60
"""Cells from which a response takes three lines of a small screen."""


class ResponsesScreen(OldRoundScreen):
    """Who responds now, and to whom."""

    CSS_PATH = "responses.tcss"
    MOVES = {"respond": commands.respond, "end": commands.end_responses}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "do('respond')", "The first response"),
        Binding("w", "respond_aloud", "The second response"),
        Binding("enter", "do('end')", "Go on"),
        Binding("n", "do('end')", "Go on"),
        *IN_ROUND,
    ]

    def body(self) -> Iterator[Widget]:
        with Middle(id="responses"):
            yield Static(id="who")
            for key, place in _PLACES.items():
                with Horizontal(classes="response"):
                    yield Static(Content.styled(key, "bold $primary"), classes="key")
                    yield Static(id=place)
            yield Static(id="others")

    def present(self, meeting: Meeting, now: datetime) -> None:
        super().present(meeting, now)
        names = [meeting.person(member).name for member in meeting.responders]
        if not names:
            return
        self.query_one("#who", Static).update(
            Content.assemble((names[0], "bold $primary"), f" to {meeting_words.speaker(meeting)}")
        )
        # On a small screen long responses have no air between them.
        long = any(Content(each).cell_length > LONG_PROMPT for each in meeting.circle.prompts)
        self.query_one("#responses").set_class(long, "-long")
        for place, prompt in zip(_PLACES.values(), meeting.circle.prompts, strict=True):
            self.query_one(f"#{place}", Static).update(Content(meeting_words.quoted(prompt)))
        then = f"then {text.listed(names[1:])}" if names[1:] else "then on to the commitments"
        self.query_one("#others", Static).update(Content(then))

    def line(self, meeting: Meeting) -> str:
        return "One of the two, and nothing else. Enter leaves the rest out."

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The two keys are called by the circle's own words, in the footer and in the help."""
        bindings = super().active_bindings
        labels = meeting_words.labels(self.live.meeting.circle)
        for key, label in zip(_PLACES, labels, strict=True):
            if (active := bindings.get(key)) is not None:
                named = dataclasses.replace(active.binding, description=label)
                bindings[key] = active._replace(binding=named)
        return bindings

    def action_respond_aloud(self) -> None:
        """The question is asked aloud; that it was is not written down anywhere."""
        self.act(commands.respond)
