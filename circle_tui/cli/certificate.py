"""`circle-tui certificate`: the days on which someone met with others, to show to somebody else."""

import argparse

from circle_tui.cli.member_seat import chosen_circles
from circle_tui.cli.output import CommandError, UsageError, complain, stdout_or
from circle_tui.cli.sessions import chosen_folder
from circle_tui.core.attendance.figures import read_range
from circle_tui.core.circle.certificate import certificate
from circle_tui.core.circle.name_lookup import unambiguous_match
from circle_tui.core.errors import RuleError
from circle_tui.exit_codes import FINE
from circle_tui.service import certificates
from circle_tui.service.clock import SystemClock
from circle_tui.store.codec.certificate_document import encode_certificate
from circle_tui.store.errors import LoadError, SaveError
from circle_tui.views.certificate import certificate_page


def run(arguments: argparse.Namespace) -> int:
    """Write a member's certificate; returns the exit status."""
    try:
        within = read_range(arguments.start, arguments.end)
        # Also who has left may want to show that they were there.
        seats = [
            (found, member)
            for found in chosen_circles(chosen_folder(arguments), arguments.circle)
            for member in found.circle.members
            if not member.forgotten
        ]
        at = unambiguous_match(arguments.name, [member.name for _, member in seats])
    except RuleError as refused:
        raise UsageError(str(refused)) from None
    if len(at) > 1:
        either = " or ".join(f"--circle {seats[each][0].file.slug}" for each in at)
        raise UsageError(
            f"{seats[at[0]][1].name} is in more than one circle: say which with {either}."
        )
    found, member = seats[at[0]]
    for sentence in found.copies:
        complain(sentence)
    try:
        made = certificate(found.file.read(), SystemClock().now(), member, within)
        content = encode_certificate(made) if arguments.json else certificate_page(made).encode()
        certificates.write_certificate(content, stdout_or(arguments.output))
    except (RuleError, LoadError, SaveError) as trouble:
        raise CommandError(str(trouble)) from None
    return FINE
