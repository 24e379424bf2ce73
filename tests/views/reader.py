"""Follow a meeting through service and views alone, by reading and pressing keys.

Invariant: a key does what the view's action says, and nothing else. Textual is never imported.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.service.circle_service import CircleService
from circle_tui.views.view import Action, Ask, Execute, View


def text_of(value: object) -> Iterator[str]:
    """Everything in a view that can be read, in the order of its fields."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Action):
        yield f"[{value.spec.keys[0]} {value.label}]" if value.disabled_reason is None else ""
    elif isinstance(value, Struct):
        for field in value.__struct_fields__:
            yield from text_of(getattr(value, field))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from text_of(key)
            yield from text_of(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from text_of(each)


def read(view: View) -> str:
    """A view as text."""
    return "\n".join(filter(None, text_of(view)))


def press(service: CircleService, view: View, key: str, words: str = "") -> Any:
    """Do what a key of the view does now; `words` are typed if the action asks for some.

    Returns the intent, for callers that draw a screen. Fails for a key without an effect.
    """
    actions = [each for each in view.actions if key in each.spec.keys]
    assert actions, f"{key} does nothing in\n{read(view)}"
    action = next((each for each in actions if each.disabled_reason is None), actions[0])
    assert action.disabled_reason is None, action.disabled_reason
    match action.does:
        case Execute(command=command, args=args):
            service.execute(command, *args)  # type: ignore[arg-type]
        case Ask(command=command, args=args):
            service.execute(command, *args, words)  # type: ignore[arg-type]
    return action.does


def snapshot(service: CircleService) -> MeetingSnapshot:
    """The meeting as it is now."""
    assert service.live is not None
    return MeetingSnapshot(service.live.meeting, service.live.now)
