"""Text with emphasis, independent of any terminal markup.

Invariant: a span has plain text only; each user interface decides how an emphasis looks.
"""

from enum import Enum, auto

from msgspec import Struct
from msgspec.structs import replace


class Emphasis(Enum):
    """How a span is emphasised."""

    NONE = auto()
    STRONG = auto()
    """The main thing on the screen, as a name or a date."""
    BOLD = auto()
    MUTED = auto()


class EndTime(str):
    """The part of a headline that says when a meeting ends, which changes by itself."""

    __slots__ = ()


class CyclePlace(str):
    """The part of a headline that says which meeting of a cycle it is."""

    __slots__ = ()


class Span(Struct, frozen=True):
    """A piece of text and its emphasis."""

    text: str
    emphasis: Emphasis = Emphasis.NONE
    action_id: str = ""
    """The view's action that a click on it does; empty where it does nothing."""


Text = tuple[Span, ...]
"""Spans, one after the other; line breaks are part of the text."""


def text(*parts: str | Span) -> Text:
    """A text from spans and plain strings."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


def strong(words: str) -> Span:
    """The main thing on the screen."""
    return Span(words, Emphasis.STRONG)


def bold(words: str) -> Span:
    """Emphasised within a sentence."""
    return Span(words, Emphasis.BOLD)


def muted(words: str) -> Span:
    """Of less weight than the rest."""
    return Span(words, Emphasis.MUTED)


def clickable(action_id: str, *parts: str | Span) -> Text:
    """Spans that a click on does the view's action of that id."""
    return tuple(replace(span, action_id=action_id) for span in text(*parts))


def plain(spans: Text) -> str:
    """The text without emphasis."""
    return "".join(span.text for span in spans)
