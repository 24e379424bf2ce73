"""A sheet as a page and as plain lines, read again by others: a parser of HTML, and a browser."""

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from circle_tui.core import text
from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.sheet import Blank, Section, Sheet, SheetRow
from circle_tui.reports.sheet_page import as_html, as_text
from circle_tui.views.sheet import meeting_sheet
from tests.core.meetings import START

NAMES = ("<script>alert(1)</script>", 'Ana "Quote" & Co; x', "דנה כהן", "王小明🌊", "Wölfchen, Jr.")


def sheet_of(*names: str) -> Sheet:
    rows = [SheetRow((f"10:{at:02}", Blank.BOX, name, Blank.LINE)) for at, name in enumerate(names)]
    begin = SheetRow(("9:55", "", "A moment of silence", ""), quiet=True)
    return Sheet(
        title=f"Harbour, {names[0]}",
        under=("Meeting 1 of cycle 1", "Thursday 5 March"),
        heads=("from", "here", "who", "Until next time"),
        rows=(begin, *rows),
        sections=(Section("We listen", ("No advice.", names[-1])),),
        blanks=("Guests", "Next date"),
    )


class Page(HTMLParser):
    """The words of each cell, the tags and the references of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [name for name, _ in attrs if name in {"href", "src", "onload", "style"}]

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(data.strip())


def test_any_name_is_read_as_it_is_and_nothing_is_loaded_or_run() -> None:
    page = Page(as_html(sheet_of(*NAMES)))
    assert set(NAMES) <= set(page.words)
    assert not {"script", "img", "link", "iframe"} & set(page.tags)
    assert page.links == []
    assert "url(" not in as_html(sheet_of(*NAMES))


def test_each_person_has_a_box_and_fewer_people_more_lines() -> None:
    few, many = as_html(sheet_of(*NAMES)), as_html(sheet_of(*NAMES * 4))
    assert few.count('class="tick"') == 5
    assert many.count('class="tick"') == 20
    assert few.count("<i></i>") > many.count("<i></i>")


def test_in_plain_lines_columns_stand_below_each_other_whatever_the_letters() -> None:
    lines = as_text(sheet_of(*NAMES)).splitlines()
    rows = [line for line in lines if "[ ]" in line]
    assert len(rows) == 5
    ends = {text.cell_width(line[: line.index("___")]) for line in rows}
    assert len(ends) == 1
    assert "  No advice." in lines
    assert any(line.startswith("Next date: ____") for line in lines)
    assert not any(line.endswith(" ") for line in lines)


def test_plain_lines_of_a_short_sheet_fit_on_any_printer() -> None:
    assert max(map(len, as_text(sheet_of("Ana", "Ben")).splitlines())) <= 80


def test_a_long_commitment_is_wrapped_and_its_day_stands_beside_it() -> None:
    words = " ".join(["I call one of the clients"] * 12)
    row = SheetRow((Blank.BOX, words, "by 2 May"))
    blank = SheetRow((Blank.BOX, Blank.LINE, ""))
    sheet = Sheet("Ana", ("Harbour",), ("", "Until next time", ""), (row, blank))
    lines = as_text(sheet).splitlines()
    assert max(map(len, lines)) <= 80
    (first,) = [line for line in lines if line.endswith("by 2 May")]
    assert first.startswith("[ ]  I call one")
    assert " ".join(lines).count("clients") == 12
    assert " ".join(" ".join(lines).split()).replace(" by 2 May", "").count(words) == 1


@pytest.mark.full
def test_twenty_long_names_are_one_page_in_a_browser(tmp_path: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("there is no Chromium to print with")
    # Of the two usual papers this is the lower one. The meeting takes longer than planned.
    long = ", ".join(f"Ngozi-Maximiliana Featherstonehaugh {at:04}" for at in range(20))
    circle = make_circle("Harbour", long, "peer-circle", zone="UTC", now=START)
    sheet = meeting_sheet(CircleSnapshot(CircleState(circle=circle), START))
    assert len(sheet.under) == 3
    page = tmp_path / "sheet.html"
    page.write_text(as_html(sheet).replace("size: auto", "size: Letter"))
    pdf = tmp_path / "sheet.pdf"
    subprocess.run(
        (
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={tmp_path / 'profile'}",
            f"--print-to-pdf={pdf}",
            str(page),
        ),
        capture_output=True,
        timeout=120,
        check=True,
    )
    assert len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes())) == 1
