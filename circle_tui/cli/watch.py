"""`circle-tui watch`: a second terminal follows the meeting of the first."""

import argparse

from circle_tui.cli.followed_circle import find_followed
from circle_tui.cli.sessions import chosen_folder
from circle_tui.cli.terminal import line_by_line, make_ready_to_draw, require_terminal


def run(arguments: argparse.Namespace) -> int:
    """Follow a circle, on a screen or line by line; returns the exit status."""
    if line_by_line(arguments):
        from circle_tui.plain.run import run as run_line_by_line

        folder = chosen_folder(arguments)
        return run_line_by_line(folder, watched=find_followed(folder, arguments.slug))
    require_terminal("watching")
    make_ready_to_draw()
    folder = chosen_folder(arguments)
    file = find_followed(folder, arguments.slug)
    from circle_tui.tui.app import CircleApp

    app = CircleApp(folder, watched=file)
    try:
        return app.run_in_terminal()
    finally:
        # It may have taken the meeting over.
        app.let_go()
