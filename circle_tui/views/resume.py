"""Resuming a meeting: whether the gap counts and, after a long one, whether to continue at all.

Invariant: dropping a meeting takes two keys, the second below an explanation.
"""

from datetime import timedelta
from typing import ClassVar

from circle_tui.core import dates
from circle_tui.core.meeting import closing_commands
from circle_tui.core.meeting.meeting import Meeting
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.core.text import clean
from circle_tui.views import meeting_words
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.text import Text, clickable, strong, text
from circle_tui.views.view import (
    Action,
    Intent,
    Local,
    Offer,
    Request,
    SpokenField,
    View,
    execute,
    offered,
)

TITLE = "Welcome back"
DROP_AGAIN = "x again to drop it · Esc to keep it"
"""The question after the first press of the key that drops a meeting."""


class ResumeView(View, frozen=True, kw_only=True):
    """What was happening in the meeting, and how long ago."""

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("where", TITLE),
        SpokenField("gap"),
    )

    where: Text
    gap: Text


def resume_view(
    snapshot: MeetingSnapshot,
    *,
    gap: timedelta,
    share_held: bool,
    asking_to_continue: bool,
    dropping: bool,
    dropped_file: str,
) -> ResumeView:
    """A meeting that was left for as long as `gap`.

    `share_held` is whether a share was running and is paused since then, `asking_to_continue`
    whether the circle still has to decide if the meeting continues, `dropping` whether the
    explanation of dropping is shown. `dropped_file` is the name of the file that keeps what was
    said in a dropped meeting.
    """
    meeting, now = snapshot.meeting, snapshot.now
    return ResumeView(
        headline=meeting_words.headline(snapshot),
        status=_status(
            meeting, share_held=share_held, asking_to_continue=asking_to_continue, dropping=dropping
        ),
        actions=_actions(
            share_held=share_held, asking_to_continue=asking_to_continue, dropping=dropping
        ),
        where=text(strong(meeting_words.whereabouts(meeting, now))),
        gap=_about_dropping(dropped_file)
        if dropping
        else _about_the_gap(gap, share_held=share_held, asking_to_continue=asking_to_continue),
    )


def _about_dropping(dropped_file: str) -> Text:
    return text(
        "Dropping leaves no record of this meeting.\n\n"
        f"What was said stays in {clean(dropped_file)} until another meeting is dropped or someone "
        "is forgotten. To remove it now, delete that file."
    )


def _about_the_gap(gap: timedelta, *, share_held: bool, asking_to_continue: bool) -> Text:
    away = f"You were away {dates.spoken_length(gap)}."
    if asking_to_continue:
        return text(
            f"{away}\n\n",
            *clickable("continue", strong("Enter"), " to continue this meeting"),
            "\n",
            *clickable("close", strong("s"), " to save it as it is"),
            "\n",
            *clickable("drop", strong("x"), " to drop it"),
        )
    if share_held:
        return text(f"{away} The clock stopped.")
    return text(f"{away} No clock was running.")


def _status(meeting: Meeting, *, share_held: bool, asking_to_continue: bool, dropping: bool) -> str:
    if dropping and meeting.reopened is not None:
        return "Its record stays as it was. x again to drop the changes · Esc to keep them"
    if dropping:
        return DROP_AGAIN
    if asking_to_continue:
        return "Enter continues · s saves it as it is · x drops it"
    if share_held:
        return "Enter resumes where you were, still on hold · c counts the time away"
    return "Enter resumes where you were."


def _actions(*, share_held: bool, asking_to_continue: bool, dropping: bool) -> tuple[Action, ...]:
    offers: dict[str, Offer | Intent] = {
        "continue": Local.NEXT_QUESTION if asking_to_continue and share_held else Local.CONTINUE,
        "back": Local.BACK if dropping else Request.HOME,
    }
    if asking_to_continue:
        offers["close"] = execute(closing_commands.close_as_it_stands, then=Request.SAVE_MEETING)
        offers["drop"] = Request.DROP_MEETING if dropping else Local.CONFIRM
    elif share_held:
        offers["count"] = Local.COUNT_GAP
    return offered(TABLE[Place.RESUME], offers)
