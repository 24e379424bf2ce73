"""A view's text as Textual draws it.

Invariant: nothing in a text is taken for markup.
"""

from textual.content import Content

from circle_tui.views.text import Emphasis, Text

_STYLES = {
    Emphasis.STRONG: "bold $primary",
    Emphasis.BOLD: "bold",
    Emphasis.MUTED: "$text-muted",
}


def content(text: Text) -> Content:
    """The spans with their styles."""
    return Content.assemble(
        *(
            span.text if span.emphasis is Emphasis.NONE else (span.text, _STYLES[span.emphasis])
            for span in text
        )
    )
