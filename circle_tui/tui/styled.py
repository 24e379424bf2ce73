"""A view's text as Textual draws it.

Invariant: nothing in a text is taken for markup.
"""

from collections.abc import Mapping

from rich.style import Style as RichStyle
from textual.content import Content
from textual.style import Style

from circle_tui.views.text import Emphasis, Span, Text

_STYLES = {
    Emphasis.STRONG: "bold $primary",
    Emphasis.BOLD: "bold",
    Emphasis.MUTED: "$text-muted",
}


UNDER_POINTER = RichStyle(underline=True)
"""How words look under the pointer that can be clicked; without colours, too."""

_ACTION = "action"
"""What Textual keeps the id of a span's action by, beside its style."""


def content(text: Text) -> Content:
    """The spans with their styles, and with the actions that a click on them does."""
    return Content.assemble(*map(_piece, text))


def _piece(span: Span) -> Content:
    styled = Content.styled(span.text, _STYLES.get(span.emphasis, ""))
    if not span.action_id:
        return styled
    return styled.stylize(Style.from_meta({_ACTION: span.action_id}))


def action_in(meta: Mapping[str, object]) -> str:
    """The id of the action of a span with this meta data; empty where it has none."""
    return str(meta.get(_ACTION, ""))
