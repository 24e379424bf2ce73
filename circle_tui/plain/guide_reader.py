"""The guide, page by page and section by section, to be heard."""

import re
from collections.abc import Iterator

from circle_tui.plain.conversation import ESC, Conversation
from circle_tui.plain.typed import number_in
from circle_tui.store.guide_pages import guide_pages
from circle_tui.views import line_by_line

_MARKS = re.compile(r"(\*\*?|__|`)")
_BACK = {*ESC, "q"}
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


def read_guide(conversation: Conversation) -> None:
    """Let somebody choose a page, and read it a section at a time."""
    pages = guide_pages()
    while True:
        conversation.output.say(line_by_line.GUIDE)
        conversation.output.say(*(f"{at} {page.title}" for at, page in enumerate(pages, 1)))
        conversation.say(line_by_line.NUMBER_OR_ESC)
        chosen = _number(conversation, len(pages))
        if chosen is None:
            return
        _read_page(conversation, pages[chosen - 1].text)


def _number(conversation: Conversation, most: int) -> int | None:
    while True:
        typed = conversation.read_line().strip().casefold()
        if typed in _BACK:
            return None
        number = number_in(typed)
        if number is not None and 1 <= number <= most:
            return number
        conversation.say(line_by_line.NUMBER_OR_ESC)


def _read_page(conversation: Conversation, markdown: str) -> None:
    for section in sections(markdown):
        conversation.output.say(*section)
        conversation.say(line_by_line.NEXT_SECTION)
        conversation.ignore_early_empty_lines()
        while (typed := conversation.read_line().strip().casefold()) not in {"", "enter"}:
            if typed in _BACK:
                return
            conversation.say(line_by_line.NEXT_SECTION)
    conversation.say(line_by_line.END_OF_PAGE)


def sections(markdown: str) -> Iterator[list[str]]:
    """The sections of a page, each as its lines: the heading first, a paragraph a line."""
    for section in re.split(r"(?m)^(?=#+ )", markdown):
        lines = [line for block in re.split(r"\n\s*\n", section) for line in _lines(block)]
        if lines:
            yield lines


def _lines(block: str) -> Iterator[str]:
    """A paragraph as one line, a list as a line an item, a table as a line a row."""
    fenced = block.lstrip().startswith("```")
    line = ""
    for raw in block.split("\n"):
        if raw.startswith("```") or re.fullmatch(r"[|\s:-]+", raw):
            continue
        begins = fenced or re.match(r"\s*(#+ |[-*] |\d+\. |\|)", raw) is not None
        if begins and line:
            yield _spoken(line)
            line = ""
        line = f"{line} {raw}".strip()
    if line:
        yield _spoken(line)


def _spoken(line: str) -> str:
    line = re.sub(r"^(#+|[-*]) ", "", line.strip())
    if line.startswith("|"):
        line = ", ".join(cell.strip() for cell in line.strip("|").split("|") if cell.strip())
    return _MARKS.sub("", _LINK.sub(r"\1", line))
