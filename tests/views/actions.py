"""Read a view's actions by id, for tests."""

from circle_tui.views.view import Intent, View


def intents(view: View) -> dict[str, Intent]:
    """What each action that is possible now does, by its id."""
    return {
        action.spec.id: action.does for action in view.actions if action.disabled_reason is None
    }


def why_not(view: View, action_id: str) -> str | None:
    """Why an action is disabled; None if it is possible or not offered."""
    action = view.action(action_id)
    return None if action is None else action.disabled_reason
