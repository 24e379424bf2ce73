"""`circle-tui check`: whether all files are well, in sentences that can go into a report."""

import argparse
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from circle_tui import __version__
from circle_tui.cli.output import CommandError, complain
from circle_tui.cli.sessions import chosen_folder
from circle_tui.cli.write_out import write_out
from circle_tui.core.errors import CircleError
from circle_tui.exit_codes import FINE, PROBLEM
from circle_tui.store.errors import LoadError, clean_path
from circle_tui.store.inspection import Finding, FindingKind, inspect, repair
from circle_tui.views.check import NO_CIRCLE, finding_line, last_line, repaired_line

_LIBRARIES = ("textual", "tinydb", "msgspec", "filelock", "icalendar")


def run(arguments: argparse.Namespace) -> int:
    """Look, and with `--repair` mend; 0 if all is well then, 1 if not."""
    folder = chosen_folder(arguments) if arguments.folder is None else arguments.folder
    lines = list(_versions(folder))
    try:
        findings = list(inspect(folder))
        if arguments.repair and any(each.kind is FindingKind.REPAIRABLE for each in findings):
            lines += _repair(findings)
            findings = list(inspect(folder))
    except LoadError as trouble:
        raise CommandError(str(trouble)) from None
    if not findings:
        raise CommandError(NO_CIRCLE.format(folder=clean_path(folder)))
    problems = sum(each.problem for each in findings)
    lines += ["", *map(_line, findings), "", last_line(problems)]
    status = write_out("".join(f"{line}\n" for line in lines).encode(), None)
    return status if status != FINE else PROBLEM if problems else FINE


def _versions(folder: Path) -> Iterator[str]:
    """What a report of a fault needs to know."""
    yield f"circle-tui {__version__}, Python {platform.python_version()}, {platform.system()}"
    found = []
    for library in _LIBRARIES:
        try:
            found.append(f"{library} {version(library)}")
        except PackageNotFoundError:
            found.append(f"no {library}")
    yield ", ".join(found)
    yield f"Circles: {clean_path(folder)}"


def _line(finding: Finding) -> str:
    return finding_line(
        finding.kind.name,
        clean_path(Path(finding.path.name)),
        sentence=finding.sentence,
        where=[each.value for each in finding.where],
        meetings=finding.meetings,
        schema=finding.schema,
    )


def _repair(findings: list[Finding]) -> list[str]:
    lines = [""]
    for finding in findings:
        if finding.kind is not FindingKind.REPAIRABLE:
            continue
        try:
            done = repair(finding.path)
        except CircleError as failure:
            complain(str(failure))
            continue
        kept = None if done.kept is None else clean_path(Path(done.kept.name))
        lines.append(repaired_line(clean_path(Path(done.path.name)), kept))
    return lines
