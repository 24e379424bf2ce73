"""The guide's page of keys, made from the table of actions.

Invariant: the page is generated from the table. Generate it again after a change with
`python -m circle_tui.views.keys_page > circle_tui/guide/keys.md`; a test fails until then.
"""

from collections.abc import Iterator

from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.view import ActionSpec

_SIGNS = {
    "question_mark": "?",
    "plus": "+",
    "minus": "-",
    "slash": "/",
    "colon": ":",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "escape": "esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "shift+up": "shift+↑",
    "shift+down": "shift+↓",
}

_INTRODUCTION = """# Keys

Each screen shows at its bottom the keys that work there now; `?` lists them all. Here they are,
screen by screen.

While you type, letters are letters: `enter` takes what you typed, `esc` leaves the field.
"""

_NO_KEY = "in the palette"


def keys_page() -> str:
    """The page as Markdown."""
    return "\n".join([_INTRODUCTION, *_sections()])


def _sections() -> Iterator[str]:
    for place in Place:
        yield f"## {place.value[:1].upper()}{place.value[1:]}\n"
        yield "| key | what it does |\n|---|---|"
        for keys, label in _rows(TABLE[place]):
            yield f"| {keys} | {label} |"
        yield ""


def _rows(specs: tuple[ActionSpec, ...]) -> Iterator[tuple[str, str]]:
    """One row for each label, with all keys that have it."""
    rows: dict[str, list[str]] = {}
    for spec in specs:
        keys = rows.setdefault(spec.label, [])
        # "1…9" is the label of nine keys.
        written = [spec.key_label] if "…" in spec.key_label else map(_written, spec.keys)
        keys += [key for key in written if key not in keys]
    for label, keys in rows.items():
        yield " ".join(f"`{key}`" for key in keys) or _NO_KEY, label


def _written(key: str) -> str:
    return _SIGNS.get(key, key)


if __name__ == "__main__":
    print(keys_page(), end="")  # noqa: T201 - the page is what it is run for
