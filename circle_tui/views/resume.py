"""Resuming a meeting: whether the gap counts and, after a long one, whether to continue at all.

Invariant: dropping a meeting takes two keys, the second below an explanation.
"""

from datetime import timedelta

from circle_tui.core import dates
from circle_tui.core.meeting import closing_commands
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views import meeting_words
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.text import Text, strong, text
from circle_tui.views.view import Action, Execute, Intent, Local, Offer, Request, View, offered


class ResumeView(View, frozen=True, kw_only=True):
    """What was happening in the meeting, and how long ago."""

    where: Text
    gap: str


def resume_view(
    snapshot: MeetingSnapshot,
    *,
    gap: timedelta,
    share_held: bool,
    asking_to_continue: bool,
    dropping: bool,
) -> ResumeView:
    """A meeting that was left for as long as `gap`.

    `share_held` is whether a share was running and is paused since then, `asking_to_continue`
    whether the circle still has to decide if the meeting continues, `dropping` whether the
    explanation of dropping is shown.
    """
    meeting, now = snapshot.meeting, snapshot.now
    return ResumeView(
        headline=meeting_words.headline(snapshot),
        status=_status(
            share_held=share_held, asking_to_continue=asking_to_continue, dropping=dropping
        ),
        actions=_actions(
            share_held=share_held, asking_to_continue=asking_to_continue, dropping=dropping
        ),
        where=text(strong(meeting_words.whereabouts(meeting, now))),
        gap=_about_the_gap(gap, share_held=share_held, asking_to_continue=asking_to_continue),
    )


def _about_the_gap(gap: timedelta, *, share_held: bool, asking_to_continue: bool) -> str:
    nobody = f"Nobody was here for {dates.spoken_length(gap)}."
    if asking_to_continue:
        return f"{nobody}\n\nGo on with this meeting, close it as it stands, or drop it?"
    if share_held:
        return f"{nobody}\n\nThe clock has stood still meanwhile."
    return f"{nobody}\n\nNo clock was running."


def _status(*, share_held: bool, asking_to_continue: bool, dropping: bool) -> str:
    if dropping:
        return "Dropping leaves no record of this meeting. x again drops it, esc does not."
    if asking_to_continue:
        return "enter go on · s close it as it stands · x drop it"
    if share_held:
        return "Enter goes on from there, still held; c lets the gap count."
    return "Enter goes on from there."


def _actions(*, share_held: bool, asking_to_continue: bool, dropping: bool) -> tuple[Action, ...]:
    offers: dict[str, Offer | Intent] = {
        "continue": Local.NEXT_QUESTION if asking_to_continue and share_held else Local.CONTINUE,
        "back": Local.BACK if dropping else Request.HOME,
    }
    if asking_to_continue:
        offers["close"] = Execute(closing_commands.close_as_it_stands, then=Request.SAVE_MEETING)
        offers["drop"] = Request.DROP_MEETING if dropping else Local.CONFIRM
    elif share_held:
        offers["count"] = Local.COUNT_GAP
    return offered(TABLE[Place.RESUME], offers)
