"""The guide's page of everything the screens say, made from the sources of the views and rules.

Invariant: every sentence in `views/`, and every refusal in `core/`, is on the page. Generate it
again after a change with
`python -m tests.views.sentences_page > circle_tui/guide/sentences.md`; a test fails until then.
"""

import ast
import builtins
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import circle_tui

_INTRODUCTION = """# What the screens say

All that the screens say, so that it can be read aloud and mended in one place. `…` stands for a
name, a date or a number.
"""

_NOT_SAID = {
    "action_table.py",
    "contract_actions.py",
    "help_actions.py",
    "record_actions.py",
    "view.py",
}
"""Modules whose strings are keys and labels, which have a page of their own, or nothing to read."""

_SENTENCE = re.compile(r"(?=.*[A-Za-z])[A-Za-z“…●+](?:[^_=/|\\]| = )*[ ,.?!…](?:[^_=|\\]|= )*")
"""Something with at least two words or an end, and neither an identifier nor a pattern."""
_PLACE = re.compile(r"\{[a-z]*\}")
"""Where a sentence that is filled in later has a name, a date or a number."""


def sentences_page() -> str:
    """The page as Markdown."""
    return "\n".join([_INTRODUCTION, *_sections()])


def _sections() -> Iterator[str]:
    package = Path(circle_tui.__file__).parent
    for file in sorted((package / "views").glob("*.py")):
        if file.name not in _NOT_SAID:
            yield from _section(file)
    yield "# What the rules say when something isn't possible\n"
    for folder in ("core", "core/circle", "core/contracts", "core/meeting"):
        for file in sorted((package / folder).glob("*.py")):
            yield from _section(file, refusals_only=True)


def _section(file: Path, *, refusals_only: bool = False) -> Iterator[str]:
    module = ast.parse(file.read_text(encoding="utf-8"))
    found = dict.fromkeys(_refusals(module) if refusals_only else sentences_in(module))
    if found:
        yield f"## {file.stem.replace('_', ' ').capitalize()}\n"
        # A table: the app's guide draws it at once, and a list item by item.
        yield "| what it says |\n|---|"
        yield from (f"| {sentence} |" for sentence in found)
        yield ""


def _refusals(module: ast.Module) -> Iterator[str]:
    """The sentences of errors that are raised, and of constants, which may be raised."""
    for node in ast.walk(module):
        if isinstance(node, ast.Raise) and _is_refusal(node.exc):
            for argument in node.exc.args:
                yield from sentences_in(argument)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant | ast.JoinedStr):
            yield from sentences_in(node.value)


def _is_refusal(error: ast.expr | None) -> TypeGuard[ast.Call]:
    """Whether people read what it says; Python's own errors are for whoever develops it."""
    return isinstance(error, ast.Call) and not hasattr(builtins, ast.unparse(error.func))


def sentences_in(tree: ast.AST) -> Iterator[str]:
    """The strings in a tree that people read, in their order; no docstrings."""
    if isinstance(tree, ast.JoinedStr):
        yield from _readable(_spoken(tree))
        return
    if isinstance(tree, ast.Constant):
        if isinstance(tree.value, str):
            yield from _readable(tree.value)
        return
    for child in ast.iter_child_nodes(tree):
        if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield from sentences_in(child)


def _spoken(formatted: ast.JoinedStr) -> str:
    """A formatted string with "…" for each value."""
    return "".join(
        part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else "…"
        for part in formatted.values
    )


def _readable(text: str) -> Iterator[str]:
    line = " ".join(_PLACE.sub("…", text).split())
    if _SENTENCE.fullmatch(line):
        yield line


if __name__ == "__main__":
    print(sentences_page(), end="")  # noqa: T201 - the page is what it is run for
