"""A sheet as a page for a browser to print, or as plain lines.

Invariant: everything is escaped; the page loads nothing and runs nothing. It is one page on A4 and
on Letter for as many people as a circle can have: rows share what room there is.
"""

from collections.abc import Iterator
from html import escape
from itertools import zip_longest

from circle_tui.core import text
from circle_tui.core.sheet import Blank, Cell, Section, Sheet, SheetRow

_STYLE = """
@page { size: auto; margin: 14mm 16mm; }
* { box-sizing: border-box; }
html { height: 100%; }
body { margin: 0 auto; padding: 0 .4mm; max-width: 190mm; height: 100vh;
  display: flex; flex-direction: column;
  font: 11pt/1.35 "Source Sans 3", "Segoe UI", "Helvetica Neue", Helvetica, Arial, sans-serif;
  color: #1f2430; }
h1 { font-size: 23pt; line-height: 1.15; margin: 0 0 1mm; font-weight: 650;
  overflow-wrap: anywhere; }
header p { margin: 0; color: #565d6d; }
header p:first-of-type { color: #b3541e; font-weight: 600; }
.sections { display: flex; flex-wrap: wrap; gap: 5mm; margin-top: 5mm; }
section { flex: 1; min-width: 56mm; border: .35mm solid #d9b8a3; border-radius: 2.5mm;
  padding: 2.5mm 4mm; }
section:first-child { flex: 2; }
h2 { font-size: 11pt; margin: 0 0 .5mm; color: #b3541e; }
section p { margin: 0; }
table { margin-top: 4mm; flex: 1 1 auto; width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 600; font-size: 9pt; color: #565d6d; padding: 0 3mm 1mm 0;
  height: 1px; vertical-align: bottom; }
th:last-child { width: WIDE; }
td { text-align: left; padding: .4mm 3mm .4mm 0; border-top: .2mm solid #c9ccd4;
  vertical-align: middle;  overflow-wrap: anywhere; }
td.time { white-space: nowrap; width: 1px; color: #565d6d; font-variant-numeric: tabular-nums; }
td.name { font-weight: 600; }
tr.quiet { height: 1px; }
tr.quiet td { font-weight: 400; color: #565d6d; padding: 1.4mm 3mm 1.4mm 0; }
td.box { width: 1px; }
td.box:first-child + td.name { font-weight: 400; }
td.note { color: #565d6d; white-space: nowrap; width: 1px; }
td.line { border-left: .2mm solid #e4e6eb; position: relative; }
td.line div { position: absolute; inset: 0; display: flex; flex-direction: column;
  justify-content: space-evenly; }
td.line i { border-bottom: .2mm solid #d3d6de; }
tr.person { height: EACH; }
.tick { display: inline-block; width: 4.2mm; height: 4.2mm; border: .35mm solid #565d6d;
  border-radius: .8mm; vertical-align: middle; }
footer { display: grid; grid-template-columns: 1fr 1fr; gap: 1mm 8mm; margin-top: 4mm; }
footer p { margin: 0; height: 8.5mm; display: flex; align-items: flex-end; font-size: 9pt;
  color: #565d6d; }
footer i { flex: 1; border-bottom: .2mm solid #8b91a0; margin: 0 0 1mm 2mm; }
.many { font-size: 9.5pt; } .many h1 { font-size: 18pt; }
.many .sections { margin-top: 3mm; } .many table { margin-top: 2mm; }
.many section { padding: 1.5mm 3mm; }
.many th:last-child { width: 42%; } .many td { line-height: 1.15; }
.many footer { margin-top: 2mm; } .many footer p { height: 7mm; }
@media screen { body { height: 262mm; padding: 14mm 16mm; max-width: 210mm; background: white; }
  html { background: #e9eaee; } }
"""
_MANY = 11
"""From so many rows on, the page is set smaller."""
_COLUMNS = 78
_SHORTEST_LINE = 20


def as_html(sheet: Sheet) -> str:
    """The page."""
    return "".join(_page(sheet))


def _page(sheet: Sheet) -> Iterator[str]:
    people = sum(not row.quiet for row in sheet.rows)
    with_lines = any(row.cells[-1] is Blank.LINE for row in sheet.rows)
    style = _STYLE.replace("WIDE", "52%" if with_lines else "auto")
    style = style.replace("EACH", f"{100 / max(people, 1):.1f}%")
    many = ' class="many"' if len(sheet.rows) > _MANY else ""
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{escape(sheet.title)}</title>\n<style>{style}</style>\n</head>\n"
    yield f'<body{many}>\n<header>\n<h1 dir="auto">{escape(sheet.title)}</h1>\n'
    yield from (f'<p dir="auto">{escape(line)}</p>\n' for line in sheet.under)
    yield "</header>\n"
    if sheet.sections:
        yield '<div class="sections">\n'
        yield from map(_section, sheet.sections)
        yield "</div>\n"
    heads = "".join(f"<th>{escape(head)}</th>" for head in sheet.heads)
    yield f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    rules = "<i></i>" * _rules(people)
    yield from (_row(row, rules) for row in sheet.rows)
    yield "</tbody>\n</table>\n"
    if sheet.blanks:
        yield "<footer>\n"
        yield from (f"<p>{escape(blank)}<i></i></p>\n" for blank in sheet.blanks)
        yield "</footer>\n"
    yield "</body>\n</html>\n"


def _section(section: Section) -> str:
    lines = "".join(f'<p dir="auto">{escape(line)}</p>' for line in section.lines)
    return f"<section><h2>{escape(section.title)}</h2>{lines}</section>\n"


def _rules(people: int) -> int:
    """How many lines there are to write on in one row, besides the row's own edge."""
    return 3 if people <= 4 else 2 if people <= 6 else 1 if people <= _MANY else 0


def _row(row: SheetRow, rules: str) -> str:
    if row.quiet:
        first, _, what, *_ = map(_html_cell, row.cells)
        return (
            f'<tr class="quiet"><td class="time">{first}</td><td></td>'
            f'<td colspan="2">{what}</td></tr>\n'
        )
    cells = "".join(
        f'<td class="{_kind(row, at)}" dir="auto">{_html_cell(cell, rules)}</td>'
        for at, cell in enumerate(row.cells)
    )
    return f'<tr class="person">{cells}</tr>\n'


def _kind(row: SheetRow, at: int) -> str:
    cell = row.cells[at]
    if isinstance(cell, Blank):
        return cell.value
    if at == 0:
        return "time"
    return "note" if at == len(row.cells) - 1 else "name"


def _html_cell(cell: Cell, rules: str = "") -> str:
    match cell:
        case Blank.BOX:
            return '<span class="tick"></span>'
        case Blank.LINE:
            return f"<div>{rules}</div>" if rules else ""
        case _:
            return escape(cell)


# Plain lines


def as_text(sheet: Sheet) -> str:
    """The same in plain lines."""
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield sheet.title
    yield from sheet.under
    for section in sheet.sections:
        yield from ("", section.title)
        yield from (f"  {line}" for line in section.lines)
    widths = _widths(sheet)
    yield from ("", *_text_rows(sheet.heads, widths))
    for row in sheet.rows:
        # What no person stands for has all of the line behind its time.
        yield from _quiet_row(row, widths) if row.quiet else _text_rows(row.cells, widths)
        if Blank.LINE in row.cells:
            yield ""
    yield ""
    for blank in sheet.blanks:
        yield f"{blank}: {'_' * max(_COLUMNS - text.cell_width(blank) - 2, 8)}"
        yield ""


def _widths(sheet: Sheet) -> list[int]:
    """The cells that each column takes; of what is too wide for a line, the widest is wrapped."""
    columns = zip(sheet.heads, *(row.cells for row in sheet.rows if not row.quiet), strict=True)
    found = [max(text.cell_width(_text_cell(cell)) for cell in column) for column in columns]
    found[0] = max([found[0], *(text.cell_width(_text_cell(row.cells[0])) for row in sheet.rows)])
    if sheet.rows and sheet.rows[-1].cells[-1] is Blank.LINE:
        found[-1] = max(found[-1], _SHORTEST_LINE)
    widest = found.index(max(found))
    found[widest] -= max(0, sum(found) + 2 * (len(found) - 1) - _COLUMNS)
    found[widest] = max(found[widest], _SHORTEST_LINE)
    return found


def _text_rows(cells: tuple[Cell, ...], widths: list[int]) -> Iterator[str]:
    """A row, over several lines where a cell is too wide for its column."""
    columns = []
    for at, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        if cell is Blank.LINE:
            # To the end of the line, if nothing is to stand behind it.
            last = not any(cells[at + 1 :])
            before = sum(widths[:at]) + 2 * at
            columns.append(["_" * (max(_COLUMNS - before, _SHORTEST_LINE) if last else width)])
        else:
            columns.append(_wrapped(_text_cell(cell), width))
    for parts in zip_longest(*columns, fillvalue=""):
        padded = (
            part + " " * (width - text.cell_width(part))
            for part, width in zip(parts, widths, strict=True)
        )
        yield "  ".join(padded).rstrip()


def _quiet_row(row: SheetRow, widths: list[int]) -> Iterator[str]:
    first, *others = map(_text_cell, row.cells)
    what = " ".join(filter(None, others))
    before = widths[0] + 2 + widths[1] + 2
    for at, part in enumerate(_wrapped(what, _COLUMNS - before)):
        time = first if at == 0 else ""
        yield f"{time}{' ' * (before - text.cell_width(time))}{part}".rstrip()


def _wrapped(words: str, width: int) -> list[str]:
    """The words in lines of at most `width` cells; a longer word has a line of its own."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text.cell_width(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _text_cell(cell: Cell) -> str:
    if cell is Blank.BOX:
        return "[ ]"
    return "" if isinstance(cell, Blank) else cell
