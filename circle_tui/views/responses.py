"""The responses: each member in turn chooses one of the circle's two sentences.

Invariant: the sentences are the circle's own; their keys never change. Both keys execute the same
command, so which response was given is never stored.
"""

from typing import ClassVar

from msgspec import Struct

from circle_tui.core import text as words
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import Meeting
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views import meeting_words
from circle_tui.views.action_table import TABLE, Place, spec
from circle_tui.views.rounds import round_offers
from circle_tui.views.view import Action, Offer, SpokenField, View, execute, offered

RESPONSES = ("respond", "respond_aloud")
"""The ids of the two responses, in the circle's order."""


class Response(Struct, frozen=True):
    """One of the two sentences, and its key."""

    key: str
    sentence: str


class ResponsesView(View, frozen=True, kw_only=True):
    """Who responds now, to whom, the two responses, and who comes next."""

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("who", with_field="to"),
        SpokenField("responses"),
        SpokenField("then"),
    )

    who: str = ""
    to: str = ""
    responses: tuple[Response, ...]
    then: str = ""


def responses_view(snapshot: MeetingSnapshot) -> ResponsesView:
    """The responses, with the first of those who have not responded yet."""
    meeting = snapshot.meeting
    names = [meeting.person(member).name for member in meeting.responders]
    return ResponsesView(
        headline=meeting_words.headline(snapshot),
        status="Say one of these two. Enter skips the rest.",
        actions=_actions(meeting),
        who=names[0] if names else "",
        to=f"to {meeting_words.speaker(meeting)}",
        responses=tuple(
            Response(spec(Place.RESPONSES, action).keys[0], meeting_words.quoted(prompt))
            for action, prompt in zip(RESPONSES, meeting.circle.prompts, strict=True)
        ),
        then=_then(names[1:]),
    )


def _then(names: list[str]) -> str:
    return f"then {words.join_with_and(names)}" if names else "then the commitments"


def _actions(meeting: Meeting) -> tuple[Action, ...]:
    labels = meeting_words.response_labels(meeting.circle)
    return offered(
        TABLE[Place.RESPONSES],
        {
            **round_offers(meeting),
            **{
                action: Offer(execute(commands.respond), label=label)
                for action, label in zip(RESPONSES, labels, strict=True)
            },
            "end": execute(commands.end_responses),
        },
    )
