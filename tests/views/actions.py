"""Reading a view's actions as a test wants to: by id, with what each does."""

from circle_tui.views.view import Intent, View


def intents(view: View) -> dict[str, Intent]:
    """What each action does that can be done now."""
    return {
        action.spec.id: action.does for action in view.actions if action.disabled_reason is None
    }


def why_not(view: View, action_id: str) -> str | None:
    """Why an action is disabled; None if it is not, or is not offered at all."""
    action = view.action(action_id)
    return None if action is None else action.disabled_reason
