"""`circle-tui verify`: recomputes a chain of meetings, and compares it with codes people hold."""

import argparse
from pathlib import Path

from circle_tui.cli.output import CommandError, UsageError, say
from circle_tui.cli.typed_path import read_path
from circle_tui.core.circle.certificate import compare
from circle_tui.core.errors import RuleError
from circle_tui.exit_codes import FINE, PROBLEM
from circle_tui.service.certificates import read_proof
from circle_tui.store.errors import LoadError
from circle_tui.views.certificate import verified


def run(arguments: argparse.Namespace) -> int:
    """Say what fits and what doesn't; the exit status is 1 if anything doesn't."""
    file, codes = _file_and_codes(arguments)
    try:
        proof = read_proof(file)
        answer = compare(proof, codes)
    except LoadError as trouble:
        raise CommandError(str(trouble)) from None
    except RuleError as refused:
        raise UsageError(str(refused)) from None
    for sentence in verified(proof, answer):
        say(sentence)
    return FINE if proof.broken is None and proof.codes and answer.all_fit else PROBLEM


def _file_and_codes(arguments: argparse.Namespace) -> tuple[Path, list[str]]:
    """What is typed after `--code` counts as codes, so the file may be the last of them."""
    if arguments.file is not None:
        return arguments.file, arguments.code
    *codes, last = arguments.code or [""]
    if not codes:
        raise UsageError("say which file: circle-tui verify FILE --code CODE.")
    return read_path(last), codes
