"""The README, the guide and the pages for contributors, and how to look things up in them."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
GUIDE = ROOT / "circle_tui" / "guide"
GUIDE_PAGES = tuple(sorted(GUIDE.glob("*.md")))
PAGES = (README, *GUIDE_PAGES, *sorted((ROOT / ".github").glob("*.md")))


def section(page: Path, title: str) -> str:
    """The text under a heading, up to the next heading of the same level."""
    text = page.read_text(encoding="utf-8")
    return text.split(f"\n## {title}\n")[1].split("\n## ")[0]


def rows(text: str) -> Iterator[list[str]]:
    """The cells of each row of the tables in `text`, with their headings."""
    for line in text.splitlines():
        if line.startswith("| ") and not set(line) <= set("|- "):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def headings(page: Path) -> list[str]:
    """The headings of a page, in order."""
    return re.findall(r"^#{1,6} (.+)$", without_blocks(page), re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """What a link to a heading of this page may have after its "#", as forges make it."""
    return {
        re.sub(r"[^\w\- ]", "", each).strip().lower().replace(" ", "-") for each in headings(page)
    }


def links(page: Path) -> list[str]:
    """The targets of all links and pictures of a page."""
    return re.findall(r"\]\(([^)]+)\)", without_blocks(page))


def spans(page: Path) -> list[str]:
    """What stands between backticks, outside blocks of code."""
    return re.findall(r"`([^`\n]+)`", without_blocks(page))


def blocks(page: Path, language: str) -> list[str]:
    """The blocks of code in one language."""
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^ *```{language}\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE)


def without_blocks(page: Path) -> str:
    """A page without its blocks of code."""
    text = page.read_text(encoding="utf-8")
    return re.sub(r"^ *```.*?^ *```$", "", text, flags=re.DOTALL | re.MULTILINE)
