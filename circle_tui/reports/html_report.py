"""Attendance as one page to print: an overview, then a page for each circle.

Invariant: everything in it is facts, and is escaped. It loads nothing and runs nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from circle_tui.core.attendance import labels
from circle_tui.core.attendance.facts import Cancelled, HeldMeeting
from circle_tui.core.attendance.figures import (
    Cycle,
    DateRange,
    Review,
    count_attendance,
    meeting_date,
)
from circle_tui.core.attendance.roster import Order, people
from circle_tui.core.attendance.summary import (
    cycle_title,
    format_sentence,
    no_meeting,
    summary,
)
from circle_tui.reports.tables import cycle_choice, excused
from circle_tui.service.reviews import CircleReview
from circle_tui.store.attendance_reader import UnreadableFile

_CYCLES = 6
"""So many cycles have a bar in the overview, as on the screen."""

_BAR_WIDTH, _BAR_HEIGHT = 9, 22
_LINE_LENGTH, _LINE_HEIGHT = 180, 9
"""Pixels of a bar beside others, and of one that lies alone below its cycle's heading."""

_MEETINGS_ACROSS = 13
"""So many meetings fit beside the names on an upright sheet."""

_STYLE = """
body { font: 11pt/1.4 system-ui, Helvetica, Arial, sans-serif; color: #222; margin: 2em auto;
  max-width: 60em; padding: 0 1em; }
h1 { font-size: 1.5em; } h2 { font-size: 1.25em; margin-bottom: 0; } h3 { font-size: 1em; }
table { border-collapse: collapse; margin: .5em 0 1em; }
th, td { padding: .15em .5em; text-align: left; border-bottom: 1px solid #ddd; }
th { font-weight: 600; } td.n, th.n { text-align: right; } td.s, th.s { text-align: center; }
svg { vertical-align: middle; } svg .all { fill: #e6e6e6; } svg .came { fill: #2b7a9e; }
h3 + svg { display: block; margin: -.6em 0 .6em; }
.short { white-space: nowrap; } td.name { min-width: 9em; }
 .bars span { display: inline-block; width: 3.2em; }
p.question { font-weight: 600; } .quiet { color: #666; }
@page { size: A4; margin: 15mm; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } section { break-before: page; }
  tr, h3 { break-inside: avoid; } thead { display: table-header-group; } a { color: inherit; } }
"""


def as_html(
    reviewed: Iterable[CircleReview | UnreadableFile], within: DateRange, order: Order
) -> Iterator[str]:
    """The reviews as one page. The circles' own pages are kept until the overview is written."""
    title = f"Who came {labels.date_range(within)}".strip()
    rows: list[str] = []
    pages: list[str] = []
    unread: list[str] = []
    for result in reviewed:
        if isinstance(result, UnreadableFile):
            unread.append(f"<p>{escape(str(result))}</p>\n")
            continue
        pages.append(_page(result.review, len(pages) + 1, order))
        rows.append(_overview_row(result.review, len(pages)))
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n"
    )
    yield from _table(
        ("circle", "last met", "members", "held", "attendance", "next", "question"), rows
    )
    yield from unread
    yield from pages
    yield f'<p class="quiet">{escape(_legend())}</p>\n</body>\n</html>\n'


def _overview_row(review: Review, number: int) -> str:
    circle, met = review.circle, review.facts.records
    held = [cycle for cycle in review.cycles if cycle.held]
    name = f'<td class="name"><a href="#c{number}">{escape(circle.name)}</a></td>'
    cells = (
        escape(labels.short_day(met[-1].started, circle)) if met else "",
        str(sum(member.expected for member in circle.members)),
        f"{review.held} of {review.planned}" if review.circle.preset.meets else "",
        _bars(held) if held else _weeks(review),
        escape(_next(review)),
        escape(review.question or ""),
    )
    *short, question = cells
    return (
        name + "".join(f'<td class="short">{cell}</td>' for cell in short) + f"<td>{question}</td>"
    )


def _next(review: Review) -> str:
    if review.as_of is not None:
        return f"as of {labels.short_day(review.as_of, review.circle)}"
    if review.resting:
        return "resting"
    if review.next is None:
        return "no meetings"
    day = labels.short_day(review.next, review.circle)
    return f"was due {day}" if review.overdue else day


def _page(review: Review, number: int, order: Order) -> str:
    parts = [f'<section id="c{number}">\n<h2>{escape(review.circle.name)}</h2>\n']
    parts.append(f'<p class="quiet">{escape(format_sentence(review))}</p>\n')
    parts += (f"<p>{escape(line)}</p>\n" for line in summary(review))
    if not review.cycles and (none := no_meeting(review)):
        parts.append(f"<p>{escape(none)}</p>\n")
    for cycle in review.cycles:
        parts.append(f"<h3>{escape(_heading(cycle))}</h3>\n{_line(cycle)}")
        for at in range(0, len(cycle.meetings), _MEETINGS_ACROSS):
            parts += _grid(review, cycle.meetings[at : at + _MEETINGS_ACROSS], order)
    return "".join([*parts, "</section>\n"])


def _bars(held: Sequence[Cycle]) -> str:
    """The attendance of the last cycle that was held, and a bar for each of the last ones."""
    last = held[-_CYCLES:]
    drawn = []
    for at, cycle in enumerate(last):
        tall = round((cycle.attendance.ratio or 0) * _BAR_HEIGHT)
        place = f'x="{at * _BAR_WIDTH}" width="{_BAR_WIDTH - 2}"'
        drawn.append(
            f'<rect class="all" {place} y="0" height="{_BAR_HEIGHT}"/>'
            f'<rect class="came" {place} y="{_BAR_HEIGHT - tall}" height="{tall}"/>'
        )
    said = ", ".join(f"cycle {each.number}: {labels.percent(each.attendance)}" for each in last)
    bars = _picture(len(last) * _BAR_WIDTH, _BAR_HEIGHT, said, drawn)
    return f'<div class="bars"><span>{labels.percent(last[-1].attendance)}</span>{bars}</div>'


def _line(cycle: Cycle) -> str:
    """A bar that lies, as long as a cycle's attendance."""
    if cycle.attendance.ratio is None:
        return ""
    long = round(cycle.attendance.ratio * _LINE_LENGTH)
    place = f'y="0" height="{_LINE_HEIGHT}"'
    drawn = (
        f'<rect class="all" {place} width="{_LINE_LENGTH}"/>'
        f'<rect class="came" {place} width="{long}"/>'
    )
    said = f"attendance {labels.percent(cycle.attendance)}"
    return _picture(_LINE_LENGTH, _LINE_HEIGHT, said, [drawn]) + "\n"


def _picture(width: int, height: int, said: str, drawn: Iterable[str]) -> str:
    """A picture that a browser prints even where it leaves out the colours behind texts."""
    return (
        f'<svg role="img" width="{width}" height="{height}" aria-label="{escape(said)}">'
        f"<title>{escape(said)}</title>{''.join(drawn)}</svg>"
    )


def _weeks(review: Review) -> str:
    return f"{labels.weeks(review.weeks)} weeks" if review.weeks else ""


def _heading(cycle: Cycle) -> str:
    said = [cycle_title(cycle)]
    if cycle.held:
        said.append(f"{labels.count(cycle.attendance)} came, {labels.percent(cycle.attendance)}")
        if without := excused(cycle.held):
            said.append(f"{without} excused")
    else:
        said.append("none held")
    if chosen := cycle_choice(cycle):
        said.append(f"then: {chosen}")
    return " · ".join(said)


def _grid(
    review: Review, meetings: tuple[HeldMeeting | Cancelled, ...], order: Order
) -> Iterator[str]:
    circle = review.circle
    days = [meeting_date(meeting).astimezone(circle.tz) for meeting in meetings]
    heads = "".join(f'<th class="s">{day.day}<br>{day:%b}</th>' for day in days)
    yield f"<table>\n<thead><tr><th></th>{heads}</tr></thead>\n<tbody>\n"
    for person in people(review, order):
        cells = []
        for meeting in meetings:
            glyph, word = labels.participation(meeting, person, circle)
            cells.append(f'<td class="s" title="{escape(word)}">{escape(glyph)}</td>')
        yield f"<tr><th>{escape(person.name)}</th>{''.join(cells)}</tr>\n"
    came = "".join(f'<td class="s">{_came(meeting)}</td>' for meeting in meetings)
    yield f'<tr class="quiet"><th>came</th>{came}</tr>\n</tbody>\n</table>\n'


def _came(meeting: HeldMeeting | Cancelled) -> str:
    if isinstance(meeting, Cancelled):
        return ""
    guests = f" +{meeting.guests}" if meeting.guests else ""
    return f"{labels.short_count(count_attendance((meeting,)))}{guests}"


def _table(heads: Iterable[str], rows: Iterable[str]) -> Iterator[str]:
    yield f"<table>\n<thead><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr></thead>\n"
    yield "<tbody>\n"
    for row in rows:
        yield f"<tr>{row}</tr>\n"
    yield "</tbody>\n</table>\n"


def _legend() -> str:
    return " · ".join(f"{glyph} {word}" for glyph, word in labels.SIGNS)
