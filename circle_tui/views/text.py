"""Text with emphasis, without a terminal's own markup.

Invariant: a span is text as people read it; how an emphasis looks is for each face to say.
"""

from enum import Enum, auto
from typing import NamedTuple


class Emphasis(Enum):
    """How a span stands out."""

    NONE = auto()
    STRONG = auto()
    """What the screen is about, as a name or a date."""
    BOLD = auto()
    MUTED = auto()


class Span(NamedTuple):
    """A piece of text and its emphasis."""

    text: str
    emphasis: Emphasis = Emphasis.NONE


Text = tuple[Span, ...]
"""Spans, one after the other; line breaks are part of the text."""


def text(*parts: str | Span) -> Text:
    """A text from spans and plain strings."""
    return tuple(Span(each) if isinstance(each, str) else each for each in parts)


def strong(words: str) -> Span:
    """What the screen is about."""
    return Span(words, Emphasis.STRONG)


def bold(words: str) -> Span:
    """Emphasised within a sentence."""
    return Span(words, Emphasis.BOLD)


def muted(words: str) -> Span:
    """Of less weight than the rest."""
    return Span(words, Emphasis.MUTED)


def plain(spans: Text) -> str:
    """The text alone."""
    return "".join(span.text for span in spans)
