"""The pages of the guide, as they come with the program.

Invariant: a page is read from the installed package, never from the user's own folders.
"""

import re
from importlib.resources import files
from typing import NamedTuple

_INDEX = "index.md"


class GuidePage(NamedTuple):
    """One page: its file's name, as in links between pages, its title, and its Markdown."""

    name: str
    title: str
    text: str


def guide_pages() -> tuple[GuidePage, ...]:
    """All pages but the index, in its order; none if they cannot be read."""
    try:
        texts = {
            file.name: file.read_text(encoding="utf-8")
            for file in (files("circle_tui") / "guide").iterdir()
            if file.name.endswith(".md")
        }
    except (OSError, UnicodeDecodeError):
        return ()
    order = re.findall(r"\]\(([a-z-]+\.md)\)", texts.pop(_INDEX, ""))
    names = [*(name for name in order if name in texts), *sorted(texts.keys() - set(order))]
    return tuple(GuidePage(name, _title(texts[name], name), texts[name]) for name in names)


def _title(page: str, name: str) -> str:
    """The text of the first heading; the file's name if there is none."""
    found = re.search(r"^# (.+)$", page, re.MULTILINE)
    return found[1].strip() if found else name


def link_to(heading: str) -> str:
    """The fragment after "#" in a link to a heading, as GitHub and other forges make it."""
    return re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-")
