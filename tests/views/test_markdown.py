"""Members' words in Markdown are read by another program as plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from circle_tui.core import text
from circle_tui.views.markdown import escape

PARSERS = (
    MarkdownIt("commonmark"),
    MarkdownIt("commonmark").enable(["table", "strikethrough"]),
)


def read(markdown: str, reader: MarkdownIt) -> list[str]:
    """The text of a document that contains nothing but text."""
    found = []
    for token in reader.parse(markdown):
        if token.type in {"paragraph_open", "paragraph_close"}:
            continue
        assert token.type == "inline", token.type
        parts = token.children or []
        assert {part.type for part in parts} <= {"text", "text_special"}, parts
        found.append("".join(part.content for part in parts))
    return found


TRICKY = (
    *("*stars*", "_lines_", "`code`", "[a](http://b)", "![p](q)", "<b>bold</b>", "<!-- -->"),
    *("# no heading", "- no list", "+ no list", "1. no list", "2) no list", "> no quote", "---"),
    *("===", "a | b", "~~~", "~~gone~~", "&amp; &lt;", "\\", "a\\*b", "```", "http://x.org"),
    *(
        "www.x.org",
        "me@x.org",
        "[x]: y",
        "[^1]",
        "***",
        "____",
        "1.",
        "-",
        "$x$",
        "a\n\nb",
        "|-|-|",
    ),
)


@pytest.mark.parametrize("words", TRICKY)
@pytest.mark.parametrize("reader", PARSERS)
def test_words_are_read_as_they_were_written(words: str, reader: MarkdownIt) -> None:
    said = text.clean(words)
    assert read(escape(words), reader) == [said]
    assert read(f"before\n\n{escape(words)}", reader) == ["before", said]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_any_words_are_one_paragraph_of_text(words: str) -> None:
    said = text.clean(words)
    if said:
        for reader in PARSERS:
            assert read(escape(said), reader) == [said]
