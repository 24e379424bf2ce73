"""`circle-tui partners`: who could work together, by the topics they share."""

import argparse
import sys

from circle_tui.cli.output import CommandError, UsageError, say
from circle_tui.cli.write_out import write_out
from circle_tui.core.errors import RuleError
from circle_tui.service.partners import NoNetworkxError, people_in, suggest_partners
from circle_tui.store.errors import LoadError, SaveError, clean_path
from circle_tui.views.partners import NOBODY, looking, partner_lines

_MANY = 200
"""So many people take more than a moment."""


def run(arguments: argparse.Namespace) -> int:
    """Write the suggestions; the exit status."""
    path, goal = arguments.file, arguments.output
    try:
        people = people_in(path, written_to=goal)
        if len(people) < 2:
            raise RuleError(NOBODY)
        if len(people) > _MANY and sys.stderr is not None and sys.stderr.isatty():
            say(looking(len(people)), sys.stderr)
        found = suggest_partners(people)
    except RuleError as refused:
        raise CommandError(f"{clean_path(path)}: {refused}") from None
    except (LoadError, SaveError) as trouble:
        raise CommandError(str(trouble)) from None
    except NoNetworkxError as missing:
        raise UsageError(str(missing)) from None
    groups = [([each.name for each in pair.people], pair.topics) for pair in found.pairs]
    lines = partner_lines(groups, [each.name for each in found.alone])
    return write_out("".join(f"{line}\n" for line in lines).encode(), goal)
