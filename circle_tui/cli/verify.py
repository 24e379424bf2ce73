"""`circle-tui verify`: recomputes a chain of meetings, and compares it with codes people hold."""

import argparse

from circle_tui.cli.output import CommandError, UsageError, say
from circle_tui.core.circle.certificate import compare
from circle_tui.core.errors import RuleError
from circle_tui.exit_codes import FINE, PROBLEM
from circle_tui.service.certificates import read_proof
from circle_tui.store.errors import LoadError
from circle_tui.views.certificate import verified


def run(arguments: argparse.Namespace) -> int:
    """Say what fits and what doesn't; the exit status is 1 if anything doesn't."""
    try:
        proof = read_proof(arguments.file)
        answer = compare(proof, arguments.code)
    except LoadError as trouble:
        raise CommandError(str(trouble)) from None
    except RuleError as refused:
        raise UsageError(str(refused)) from None
    for sentence in verified(proof, answer):
        say(sentence)
    return FINE if proof.broken is None and proof.codes and answer.all_fit else PROBLEM
