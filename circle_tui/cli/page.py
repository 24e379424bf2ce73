"""`circle-tui page`: the meeting on a page for a browser, without the screens."""

import argparse

from circle_tui.cli.followed_circle import find_followed
from circle_tui.cli.output import CommandError
from circle_tui.cli.sessions import chosen_folder
from circle_tui.exit_codes import FINE


def run(arguments: argparse.Namespace) -> int:
    """Serve the page until Ctrl+C; returns the exit status."""
    file = find_followed(chosen_folder(arguments), arguments.slug)
    from circle_tui.page.command import PageError, serve
    from circle_tui.service.clock import SystemClock
    from circle_tui.service.follower import CircleFollower
    from circle_tui.store.errors import LoadError

    try:
        follower = CircleFollower(file, SystemClock())
        serve(follower, lan=arguments.lan, port=arguments.port)
    except (LoadError, PageError) as trouble:
        raise CommandError(str(trouble)) from None
    return FINE
