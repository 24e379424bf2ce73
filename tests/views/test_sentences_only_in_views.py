"""The user interfaces say nothing of their own, and no screen asks which key was pressed."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import circle_tui
from circle_tui.views.action_table import TABLE, Place

PACKAGE = Path(circle_tui.__path__[0])
FACES = [
    path for folder in ("tui", "plain", "flow") for path in sorted((PACKAGE / folder).rglob("*.py"))
]

NOT_SAID = {
    "tui/_textual_private.py": {"the terminal is gone"},  # to the code that reads keys
    "tui/routes.py": {"at the end", "look back"},  # ids of steps of a contract
    "tui/screens/paper_meeting.py": {"cycle end", "to change"},  # ids of kinds of rows
    "plain/run.py": {"circle-tui: …"},  # whose sentence it is, as a shell has it
}
"""What looks like a sentence and isn't: nobody reads it, or nothing is said by it."""

KEYS_OF_A_TERMINAL = {
    "tui/key_input_app.py",  # a space in a field isn't one too many
    "tui/key_queue.py",  # a way out doesn't wait
    "tui/screens/first_run.py",  # enter on an empty line ends a list of names
    "tui/widgets/words_field.py",  # enter ends what is typed
}
"""Where a key is told apart by what it does in a terminal or in a field, not by what it means."""

_WORD = re.compile(r"[^\W\d_]|…")
_STYLE = re.compile(r"\$|^#[\w-]+ ")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_MADE_FROM_THE_TABLE = {"keys", "active_bindings"}
"""What a key may be compared with anywhere."""


def sentences(module: ast.Module) -> Iterator[str]:
    """The strings of two or more words that somebody could read, with "…" for each value."""
    unread = (each for node in ast.walk(module) for each in parts_not_read(node))
    skipped = {part for each in unread for part in ast.walk(each)}
    for node in ast.walk(module):
        if node in skipped:
            continue
        if isinstance(node, ast.JoinedStr):
            skipped.update(node.values)
            words = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = node.value
        else:
            continue
        found = [each for each in words.split() if _WORD.search(each)]
        if len(found) > 1 and _LETTERS.search(words) and not _STYLE.search(words):
            yield " ".join(words.split())


def parts_not_read(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of `node` that are docstrings, types, styles, selectors or patterns."""
    match node:
        case ast.Expr(value=ast.Constant() as docstring):
            yield docstring
        case ast.AnnAssign(annotation=kind) | ast.arg(annotation=ast.expr() as kind):
            yield kind
        case ast.FunctionDef(returns=ast.expr() as kind):
            yield kind
        case ast.AsyncFunctionDef(returns=ast.expr() as kind):
            yield kind
        case ast.Subscript(slice=kind):
            yield kind
        case ast.Call(func=ast.Attribute(attr="query_one")):
            yield from node.args
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"))):
            yield from node.args
    match node:
        case ast.AnnAssign(target=ast.Name(id="DEFAULT_CSS"), value=ast.expr() as style):
            yield style
        case ast.Assign(targets=[ast.Name(id="DEFAULT_CSS")], value=style):
            yield style


def compared_keys(module: ast.Module) -> Iterator[str]:
    """Where a key is compared with one that isn't the table's, as it's written."""
    for node in ast.walk(module):
        match node:
            case ast.Compare(left=left, comparators=others):
                keys = [each for each in (left, *others) if _is_key(each)]
                rest = [each for each in (left, *others) if not _is_key(each)]
                if keys and not all(_is_of_table(each) for each in rest):
                    yield ast.unparse(node)
            case ast.Match(subject=subject) if _is_key(subject):
                yield ast.unparse(subject)
            case ast.FunctionDef(name=name) if name.startswith("key_"):
                yield name


def _is_key(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in {"key", "character"}


def _is_of_table(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return node.value is None
    return isinstance(node, ast.Attribute) and node.attr in _MADE_FROM_THE_TABLE


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_no_user_interface_has_a_sentence_of_its_own() -> None:
    found = {name_of(path): said for path in FACES if (said := set(sentences(parsed(path))))}
    assert found == NOT_SAID


def test_no_screen_asks_which_key_was_pressed() -> None:
    assert {name_of(path) for path in FACES if [*compared_keys(parsed(path))]} == KEYS_OF_A_TERMINAL


def test_what_is_read_line_by_line_has_the_titles_of_the_cards() -> None:
    labels = [
        each.args[1]
        for path in (PACKAGE / "views").glob("*.py")
        for each in ast.walk(parsed(path))
        if isinstance(each, ast.Call) and ast.unparse(each.func) == "SpokenField"
        if len(each.args) > 1
    ]
    assert labels
    assert all(isinstance(each, ast.Name) for each in labels)


def test_the_keys_that_work_above_every_screen_are_in_the_table() -> None:
    made = [
        (name_of(path), each.args[0])
        for path in FACES
        for each in ast.walk(parsed(path))
        if isinstance(each, ast.Call) and ast.unparse(each.func) == "Binding"
        if isinstance(each.args[0], ast.Constant)
    ]
    keys = {key for spec in TABLE[Place.EVERYWHERE] for key in spec.keys}
    assert made
    assert {name for name, _ in made} == {"tui/base_app.py"}
    assert {ast.literal_eval(key) for _, key in made} <= keys


@pytest.mark.parametrize(
    "source",
    [
        'card = Card("Who is here")',
        'self.flash(f"{name} judges")',
        'self.flash("Saved.", "Press a key.")',
        'titles = {"made": ("For next time",)}',
    ],
)
def test_a_sentence_in_a_screen_would_be_found(source: str) -> None:
    assert [*sentences(ast.parse(source))]


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring, to be sure."""',
        'def show(of: "list[Row] | None") -> "Iterator[Row]": ...',
        'self.query_one("#shared > Static", Static)',
        'label = f"{name} {sign}"',
        'Content.styled("bold $primary")',
        'DEFAULT_CSS: ClassVar[str] = "Card { height: auto; }"',
    ],
)
def test_docstrings_types_selectors_and_styles_are_no_sentences(source: str) -> None:
    assert [*sentences(ast.parse(source))] == []


@pytest.mark.parametrize(
    "source",
    [
        'if event.key == "escape": ...',
        'if "enter" == key.key: ...',
        "if event.key in _LEAVING: ...",
        'if event.character == "x": ...',
        'match event.key:\n case "x": ...',
        "def key_escape(self): ...",
    ],
)
def test_a_key_that_a_screen_asks_for_would_be_found(source: str) -> None:
    assert [*compared_keys(ast.parse(source))]


def test_a_key_may_be_looked_up_among_those_of_the_table() -> None:
    source = "if key.key in action.spec.keys or key.key in self.active_bindings: ..."
    assert [*compared_keys(ast.parse(source))] == []
