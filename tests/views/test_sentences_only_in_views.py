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
    "tui/key_input_app.py": {"Zs"},  # Unicode's name for spaces
    "tui/routes.py": {"at the end", "look back"},  # ids of steps of a contract
    "tui/screens/paper_meeting.py": {"cycle end", "to change"},  # ids of kinds of rows
    "plain/run.py": {"circle-tui: …"},  # whose sentence it is, as a shell has it
    "plain/spoken.py": {"Response", "Signer"},  # kinds of rows
}
"""What looks like a sentence and isn't: nobody reads it, or nothing is said by it."""

TOLD_APART = {
    "plain/typed.py": {"seat_"},  # ids of actions
}
"""Beginnings and ends that are looked for and are no wording."""

KEYS_OF_A_TERMINAL = {
    # The sign for enter is not in every font.
    "tui/base_app.py": {"key == 'enter'"},
    # A key is one too many where it comes twice, and only one that leads on can be.
    "tui/double_press.py": {"key == self._key", "key in _KEYS"},
    # A space in a field isn't one too many.
    "tui/key_input_app.py": {"event.key == 'space'"},
    # A way out doesn't wait.
    "tui/key_queue.py": {"event.key in _LEAVING"},
    # A key is that of the first action that has it, and named like its first key.
    "tui/screens/action_screen.py": {
        "key in taken",
        "key == action.spec.keys[0]",
    },
    # Enter on an empty line ends a list of names.
    "tui/screens/first_run.py": {"event.key == 'enter'"},
    # Enter ends what is typed.
    "tui/widgets/words_field.py": {"event.key == 'enter'"},
    # A key that is drawn with a sign is typed as a word; one is listed once.
    "plain/typed.py": {"_SPOKEN.get(key)", "key in taken"},
}
"""Where a key is told apart by what it does in a terminal or in a field, not by what it means."""

_WORD = re.compile(r"[^\W\d_]|…")
_STYLE = re.compile(r"\$|^#[\w-]+ ")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_CAPITALIZED = re.compile(r"[“(]?[A-Z][a-z]*\W*$")
_SHOWS = {"Button", "Card", "Content", "Label", "Static"}
_SAYS = {"ask", "flash", "notify", "say", "set_title", "styled", "update"}
_OF_STRINGS = {name for name in dir(str) if not name.startswith("_")}
_LOOKS_FOR = {"endswith", "find", "index", "removeprefix", "removesuffix", "startswith"}
_MADE_FROM_THE_TABLE = {"keys", "active_bindings"}
"""What a key may be compared with anywhere."""


def sentences(module: ast.Module) -> Iterator[str]:
    """The strings that somebody could read, with "…" for each value.

    One of several words could be read anywhere; a single one where it's shown, or if it has a
    capital letter.
    """
    shown = {part for node in ast.walk(module) for part in parts_shown(node)}
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
        readable = len(found) > 1 or node in shown or _CAPITALIZED.match(words.strip())
        if readable and _LETTERS.search(words) and not _STYLE.search(words):
            yield " ".join(words.split())


def parts_shown(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of `node` that it puts on the screen, or says."""
    match node:
        case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in _SHOWS | _SAYS:
            yield first
        case ast.Call(func=ast.Attribute(attr=name), args=[first, *_]) if name in _SAYS:
            yield first
        case ast.Call(func=ast.Attribute(attr="assemble"), args=pieces):
            yield from (
                each.elts[0] if isinstance(each, ast.Tuple) and each.elts else each
                for each in pieces
            )


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
        case ast.Call(func=ast.Name(id="cast"), args=[kind, *_]):
            yield kind
    match node:
        case ast.AnnAssign(target=ast.Name(id="DEFAULT_CSS"), value=ast.expr() as style):
            yield style
        case ast.Assign(targets=[ast.Name(id="DEFAULT_CSS")], value=style):
            yield style


def wordings_compared(module: ast.Module) -> Iterator[str]:
    """The words by which a text of somebody else is told apart."""
    constants = {
        target.id: node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Attribute(attr=name), args=[sought, *_]) if name in _LOOKS_FOR:
                if isinstance(sought, ast.Name):
                    sought = constants.get(sought.id, sought)
                for part in ast.walk(sought):
                    words = part.value if isinstance(part, ast.Constant) else None
                    if isinstance(words, str) and _WORD.search(words):
                        yield words


def compared_keys(module: ast.Module) -> Iterator[str]:
    """Where a key is told apart by one that isn't the table's, as it's written."""
    names = {name for node in ast.walk(module) for name in _names_of_keys(node)}

    def is_key(node: ast.AST) -> bool:
        if isinstance(node, ast.Tuple):
            return any(map(is_key, node.elts))
        if isinstance(node, ast.NamedExpr):
            return is_key(node.value)
        return _has_key(node) or (isinstance(node, ast.Name) and node.id in names)

    for node in ast.walk(module):
        match node:
            case ast.Compare(left=left, ops=ops, comparators=others):
                if isinstance(ops[0], ast.Is | ast.IsNot):
                    continue
                rest = [each for each in (left, *others) if not is_key(each)]
                if len(rest) <= len(others) and not all(map(_is_of_table, rest)):
                    yield ast.unparse(node)
            case ast.Match(subject=subject) if is_key(subject):
                yield ast.unparse(subject)
            case ast.MatchClass(kwd_attrs=attributes, kwd_patterns=patterns):
                sought = zip(attributes, patterns, strict=True)
                if any(name in _OF_A_KEY and not _takes_all(each) for name, each in sought):
                    yield ast.unparse(node)
            case ast.Call(func=ast.Attribute(value=key, attr=method)) if is_key(key):
                if method in _OF_STRINGS:
                    yield ast.unparse(node)
            case ast.Call(func=ast.Attribute(attr="get"), args=[key, *_]) if is_key(key):
                yield ast.unparse(node)
            case ast.Subscript(slice=key) if is_key(key):
                yield ast.unparse(node)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                if name.startswith("key_"):
                    yield name


_OF_A_KEY = {"key", "character"}


def _has_key(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in _OF_A_KEY


def _names_of_keys(node: ast.AST) -> Iterator[str]:
    """The names that `node` gives to a key."""
    match node:
        case ast.Assign(targets=targets, value=value) if _has_key(value):
            yield from (each.id for each in targets if isinstance(each, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name), value=value) if value and _has_key(value):
            yield name
        case ast.NamedExpr(target=ast.Name(id=name), value=value) if _has_key(value):
            yield name
        case ast.arg(arg="key", annotation=ast.Name(id="str")):
            yield "key"
        case ast.For(target=ast.Name(id="key")) | ast.comprehension(target=ast.Name(id="key")):
            yield "key"


def _takes_all(pattern: ast.pattern) -> bool:
    return isinstance(pattern, ast.MatchAs) and pattern.pattern is None


def _is_of_table(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in _MADE_FROM_THE_TABLE


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_no_user_interface_has_a_sentence_of_its_own() -> None:
    found = {name_of(path): said for path in FACES if (said := set(sentences(parsed(path))))}
    assert found == NOT_SAID


def test_no_user_interface_tells_a_view_by_its_wording() -> None:
    found = {name_of(path): by for path in FACES if (by := set(wordings_compared(parsed(path))))}
    assert found == TOLD_APART


def test_no_screen_asks_which_key_was_pressed() -> None:
    found = {name_of(path): asked for path in FACES if (asked := set(compared_keys(parsed(path))))}
    assert found == KEYS_OF_A_TERMINAL


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
        'yield Card("Members")',
        'yield Card("members", id="members")',
        'yield Button("Yes")',
        'self.query_one("#saved", Static).update("saved")',
        'Content.assemble((f"{name} passed", "bold"))',
        'Content.assemble(("passed", "bold"))',
        'title = "Members"',
        'status = "Saved."',
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
        'app = cast("App", self.app)',
        'yield Static(id="members", classes="explained")',
        'Content.assemble((each.words, "bold"))',
        'self.post_message(LineOfWords("kept"))',
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
        "async def key_escape(self): ...",
        'key = event.key\nif key == "enter": ...',
        "if (pressed := event.character) in _LEAVING: ...",
        "def leads_on(key: str): return key in _KEYS",
        "for key in pressed:\n if key in _LEAVING: ...",
        'match event:\n case Key(key="x"): ...',
        'match event:\n case Key(key="x" | "y" as key): ...',
        'match (event.key, self.asking):\n case "x", True: ...',
        'if (event.key, self.asking) == ("x", True): ...',
        'if event.key.startswith("ctrl"): ...',
        '{"x": self.leave}[event.key]()',
        "_DOES.get(event.key)",
    ],
)
def test_a_key_that_a_screen_asks_for_would_be_found(source: str) -> None:
    assert [*compared_keys(ast.parse(source))]


@pytest.mark.parametrize(
    "source",
    [
        'if part.startswith("Cycle "): ...',
        '_ENDS = "ends "\nif part.startswith(_ENDS): ...',
        'any(line.startswith(f"{number} people") for line in lines)',
        'line.removesuffix(" left")',
        'keys.index("t: ")',
    ],
)
def test_a_wording_that_is_told_apart_would_be_found(source: str) -> None:
    assert [*wordings_compared(ast.parse(source))]


def test_punctuation_and_numbers_are_no_wording() -> None:
    source = 'line.startswith(f"{number} ") or label.endswith("?") or text.find(sought)'
    assert [*wordings_compared(ast.parse(source))] == []


def test_what_is_called_key_may_be_something_else() -> None:
    source = (
        "def keep(self, key: Hashable): self.drafts[key] = 1\nmatch e:\n case Key(key=key): ..."
    )
    assert [*compared_keys(ast.parse(source))] == []


def test_a_key_may_be_looked_up_among_those_of_the_table() -> None:
    source = "if key.key in action.spec.keys or key.key in self.active_bindings: ..."
    assert [*compared_keys(ast.parse(source))] == []
