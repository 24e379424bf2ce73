"""Which commands a place really offers, and by which of its actions.

Invariant: nothing is executed. Each way of using a place has a copy of its own, so that it doesn't
change what another one finds.
"""

from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy

from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting.command import MeetingCommand
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.view import (
    Action,
    ActionSpec,
    Ask,
    ChooseSeat,
    DraftChange,
    Execute,
    Intent,
    Local,
    Move,
    Pick,
)

Command = CircleCommand[...] | MeetingCommand[...]
Offer = tuple[Command, Place, ActionSpec]
"""A command, and the place and the action that runs it."""

_TYPED = "80"
"""What is typed where a place only marks it so far; it's a figure, because most of them are."""


def offers_of(presenter: Presenter, keys: int = 1) -> Iterator[Offer]:
    """What a place offers as it's opened, and after so many keys or rows chosen."""
    opened = [presenter]
    seen: set[str] = set()
    for left in range(keys, -1, -1):
        further: list[Presenter] = []
        for each in opened:
            view = each.view()
            if (shown := repr(view)) in seen:
                continue
            seen.add(shown)
            for action in (*view.actions, *each.other_places(meeting_open=True)):
                yield from _commands(action.does, _place(each, action), action.spec)
            if left:
                for action in view.actions:
                    if action.disabled_reason is not None or isinstance(action.does, Move):
                        continue
                    pressed = deepcopy(each)
                    yield from _commands(_press(pressed, action), each.PLACE, action.spec)
                    further.append(pressed)
                for row in range(each.rows(view)):
                    chosen = deepcopy(each)
                    chosen.choose_row(row)
                    further.append(chosen)
        opened = further


def _place(presenter: Presenter, action: Action) -> Place:
    """Whose row of the table an action is."""
    own = action.spec in TABLE[presenter.PLACE]
    return presenter.PLACE if own else Place.DURING_A_MEETING


def _commands(does: Intent | None, place: Place, action: ActionSpec) -> Iterator[Offer]:
    match does:
        case Pick(answers=answers):
            for _, answer in answers:
                yield from _commands(answer, place, action)
        case Execute(command=command) | Ask(command=command):
            if isinstance(command, CircleCommand | MeetingCommand):
                yield command, place, action


def _press(presenter: Presenter, action: Action) -> Intent | None:
    """Do what an action says, as far as it's a matter of the place alone; what is left to do."""
    if isinstance(action.does, Execute | Ask) and isinstance(action.does.command, DraftChange):
        assert type(presenter).mark is not Presenter.mark, "what is marked here would be lost"
    # What is typed may not be what a place asks for.
    with suppress(RuleError):
        match action.does:
            case Local() as does:
                return presenter.local(does)
            case ChooseSeat(seat=seat):
                return presenter.choose_seat(seat)
            case Execute(command=DraftChange() as change, args=args):
                return presenter.mark(change, *args)
            case Ask(command=DraftChange() as change, args=args) as does:
                return presenter.mark(change, *args, _TYPED) or presenter.typed(does)
    return None
