"""The guide's page of all the sentences on the screens."""

import ast
from importlib.resources import files

from .sentences_page import sentences_in, sentences_page

PAGE = files("circle_tui").joinpath("guide", "sentences.md")


def test_the_guides_page_of_sentences_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == sentences_page(), (
        "python -m tests.views.sentences_page > circle_tui/guide/sentences.md"
    )


def test_a_sentence_is_listed_with_a_placeholder_for_each_value() -> None:
    module = ast.parse('def say(name):\n    return f"{name} is here, and stays."\n')
    assert list(sentences_in(module)) == ["… is here, and stays."]


def test_docstrings_identifiers_and_keys_are_not_listed() -> None:
    module = ast.parse('"""A docstring, to be sure."""\nKEYS = ("seat_1", "enter", "r")\n')
    assert list(sentences_in(module)) == []


def test_refusals_of_the_rules_are_on_the_page() -> None:
    assert "A circle needs at least two people" in PAGE.read_text(encoding="utf-8")
