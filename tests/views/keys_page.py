"""The guide's page of keys, made from the table of actions.

Invariant: the page is generated from the table. Generate it again after a change with
`python -m tests.views.keys_page > circle_tui/guide/keys.md`; a test fails until then.
"""

from collections.abc import Iterator

from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.key_names import key_name
from circle_tui.views.view import ActionSpec

_INTRODUCTION = """# Keys

Each screen shows the keys that work now in its last line. `?` lists them all: type to find one, and
`enter` runs it. Here they are, screen by screen.

While you type, letters are letters: `enter` saves what you typed, `esc` cancels.
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
        written = [spec.key_label] if "…" in spec.key_label else map(key_name, spec.keys)
        keys += [key for key in written if key not in keys]
    for label, keys in rows.items():
        yield " ".join(f"`{key}`" for key in keys) or _NO_KEY, label


if __name__ == "__main__":
    print(keys_page(), end="")  # noqa: T201 - the page is what it is run for
