"""`circle-tui review` without a screen, and `circle-tui export`.

Invariant: the report goes to stdout, or completely into a file or not at all. Each file that could
not be read gets a line on stderr. Exit status: 0 for success, 1 for a problem, 130 after ctrl+c and
141 after a broken pipe, as shells use them.
"""

import codecs
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from circle_tui.core import text
from circle_tui.core.attendance.figures import ALL_DATES, DateRange
from circle_tui.core.attendance.roster import Order, order_of
from circle_tui.exit_codes import FINE, INTERRUPTED, NOBODY_READS, PROBLEM, WRONG_USAGE
from circle_tui.reports.progress import Progress
from circle_tui.service.clock import Clock
from circle_tui.service.reviews import CircleReview, reviews
from circle_tui.store.attendance_reader import UnreadableFile
from circle_tui.store.circle_paths import FoundFile, find
from circle_tui.store.copies import OlderCopy
from circle_tui.store.errors import LoadError, SaveError, save_error
from circle_tui.store.export_key import export_key, read_key
from circle_tui.store.output_file import discard_stdout, is_stream, output_file, refuse_input

Form = Callable[[Iterable[CircleReview | UnreadableFile], DateRange, Order], Iterator[str]]


def _in_form(
    name: str,
    circles: Iterable[CircleReview | UnreadableFile],
    within: DateRange,
    order: Order,
    **options: object,
) -> Iterator[str]:
    # Each is imported only when it is needed; an export needs none of them.
    as_form: Callable[..., Iterator[str]]
    match name:
        case "json":
            from circle_tui.reports.json_report import as_json as as_form
        case "csv":
            from circle_tui.reports.csv_report import as_csv as as_form
        case "svg":
            from circle_tui.reports.svg_report import as_svg as as_form
        case "text":
            from circle_tui.reports.text_report import as_text as as_form
        case _:
            from circle_tui.reports.html_report import as_html as as_form
    return as_form(circles, within, order, **options)


FORMS: dict[str, Form] = {
    name: partial(_in_form, name) for name in ("json", "csv", "svg", "text", "html")
}


def write_review(
    paths: Iterable[Path],
    form: str,
    within: DateRange,
    clock: Clock,
    *,
    seats: bool = False,
    output: Path | None = None,
    by: str = "member",
) -> int:
    """Write the review of the circles in `paths` as one of `FORMS`. Returns the exit status.

    `by` is what a row of a CSV is about.
    """
    # On the same terminal the progress line would appear in the middle of the report.
    silent = output is None and sys.stdout is not None and sys.stdout.isatty()
    progress = Progress(None if silent else sys.stderr, clock)
    reading = _Reading(paths, within, clock, progress, output)
    chunks = _with_options(form, by, clock.now())(reading, within, order_of(seats))
    if output is None:
        return _status(lambda: _to_stdout(chunks, form), reading)
    return _status(lambda: _to_file(chunks, form, output), reading, into_a_file=True)


def _with_options(form: str, by: str, now: datetime) -> Form:
    match form:
        case "csv":
            return partial(_in_form, "csv", by=by)
        case "json":
            return partial(_in_form, "json", made=now)
    return FORMS[form]


def review_as_xlsx(
    paths: Iterable[Path], within: DateRange, clock: Clock, output: Path, *, seats: bool = False
) -> int:
    """Write the review of the circles in `paths` as a spreadsheet. Returns the exit status."""
    try:
        from circle_tui.reports.xlsx_report import write_xlsx
    except ImportError:
        _say("a spreadsheet needs XlsxWriter. Install it with: pip install 'circle-tui[xlsx]'")
        return WRONG_USAGE
    reading = _Reading(paths, within, clock, Progress(sys.stderr, clock), output)

    def write() -> None:
        with output_file(output) as file:
            write_xlsx(reading, order_of(seats), file)

    return _status(write, reading, into_a_file=True)


class Export(NamedTuple):
    """How attendance is exported; `key` is the file of a shared key, None for one's own."""

    within: DateRange = ALL_DATES
    names: bool = False
    key: Path | None = None
    dates: str | None = None
    at_least: int = 0


_AS_USUAL = Export()


def write_export(paths: Iterable[Path], output: Path, clock: Clock, how: Export = _AS_USUAL) -> int:
    """Write the facts of the circles in `paths` as a Parquet file. Returns the exit status.

    Beside it goes the table of circles, as "attendance.circles.parquet"; beside a pipe, none.
    """
    try:
        from circle_tui.reports import parquet
    except ImportError:
        return _needs_pyarrow()
    reading = _Reading(paths, how.within, clock, Progress(sys.stderr, clock), output)
    options = parquet.Options(how.dates, how.at_least)

    def write() -> None:
        naming = parquet.real_names() if how.names else parquet.anonymous_names(_key(how))
        with ExitStack() as files:
            file = files.enter_context(output_file(output))
            circles = None
            if not is_stream(output):
                circles = files.enter_context(output_file(output.with_suffix(".circles.parquet")))
            if not parquet.write_parquet(reading, naming, file, reading.fail, circles, options):
                raise SaveError("No circle could be read, so nothing was written.")

    return _status(write, reading, into_a_file=True)


def export_into(paths: Sequence[Path], folder: Path, clock: Clock, how: Export) -> int:
    """Bring a folder of Parquet files up to date. Returns the exit status."""
    try:
        from circle_tui.reports import parquet
        from circle_tui.reports.parquet_parts import Parts, parts_in
    except ImportError:
        return _needs_pyarrow()
    reading = _Reading((), how.within, clock, Progress(sys.stderr, clock), None)

    def changed(parts: Parts, everything: Iterable[FoundFile | UnreadableFile]) -> Iterator[Path]:
        now = clock.now()
        for found in everything:
            if isinstance(found, UnreadableFile):
                reading.fail(found)
            elif parts.is_known(found, now):
                reading.any_circle = True
            else:
                yield found.path

    def write() -> None:
        coming = find(paths)
        for first in coming:
            if isinstance(first, FoundFile):
                break
            reading.fail(first)
        else:
            # Nothing is made where there is nothing to put.
            return
        key = _key(how)
        options = parquet.Options(how.dates, how.at_least)
        with parts_in(folder, key, options, repr(how.within)) as parts:
            reading.read(changed(parts, chain((first,), coming)))
            parts.update(reading, parquet.anonymous_names(key), reading.fail)

    return _status(write, reading, into_a_file=True)


def _key(how: Export) -> bytes:
    return export_key() if how.key is None else read_key(how.key)


def _needs_pyarrow() -> int:
    _say("a Parquet file needs pyarrow. Install it with: pip install 'circle-tui[parquet]'")
    return WRONG_USAGE


def _status(write: Callable[[], None], reading: "_Reading", *, into_a_file: bool = False) -> int:
    """Call `write`, report failures on stderr, and return the exit status."""
    try:
        write()
    except (SaveError, LoadError) as failure:
        reading.say(str(failure))
        return PROBLEM
    except KeyboardInterrupt:
        discard_stdout()
        reading.say("stopped, and nothing was written." if into_a_file else "stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        discard_stdout()
        return NOBODY_READS
    if not reading.any_circle and not reading.failed:
        reading.say("No circle was found: name a file or a folder with circles.")
        return PROBLEM
    return PROBLEM if reading.failed else FINE


class _Reading:
    """The reviews, one after the other, with progress and failures on stderr meanwhile."""

    def __init__(
        self,
        paths: Iterable[Path],
        within: DateRange,
        clock: Clock,
        progress: Progress,
        output: Path | None,
    ) -> None:
        self.failed = False
        """Whether anything could not be read."""
        self.any_circle = False
        self._within, self._clock = within, clock
        self._progress = progress
        self._output = output
        self.read(paths)

    def read(self, paths: Iterable[Path]) -> None:
        """Read these files instead of those given before."""
        self._reviews = reviews(paths, self._clock.now(), self._within, self._progress)

    def __iter__(self) -> Iterator[CircleReview | UnreadableFile]:
        for result in self._reviews:
            if self._output is not None:
                refuse_input(self._output, result.path)
            if isinstance(result, OlderCopy):
                # Nothing is missing: all of its circle is in the report.
                self.say(str(result))
                continue
            if isinstance(result, UnreadableFile):
                self.fail(result)
            else:
                self.any_circle = True
            yield result
        self._progress.clear()

    def fail(self, unread: UnreadableFile) -> None:
        """Report a file that could not be read or exported."""
        self.failed = True
        self.say(str(unread))

    def say(self, line: str) -> None:
        """Write a line to stderr in place of the progress."""
        self._progress.clear()
        _say(line)


def _to_stdout(chunks: Iterable[str], form: str) -> None:
    if sys.stdout is None:
        raise SaveError("There's nowhere to write to: give a file with -o.")
    with suppress(AttributeError):
        if form == "text":
            # A terminal that cannot encode a character shows a replacement.
            sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
        else:
            # Other programs expect UTF-8 and the format's own line ends on every platform.
            sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
    try:
        for chunk in chunks:
            sys.stdout.write(chunk)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        discard_stdout()
        raise save_error(error, Path("stdout")) from error


def _to_file(chunks: Iterable[str], form: str, output: Path) -> None:
    with output_file(output) as file:
        if form == "csv" and not is_stream(output):
            # Spreadsheets that are given a file take it for UTF-8 only where it says so.
            file.write(codecs.BOM_UTF8)
        for chunk in chunks:
            file.write(chunk.encode())


def _say(line: str) -> None:
    if sys.stderr is not None:
        # Names of files and folders may have control characters.
        print(f"circle-tui: {text.clean(line)}", file=sys.stderr)  # noqa: T201
