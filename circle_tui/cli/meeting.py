"""`circle-tui` and `circle-tui demo`: the screens, or the same line by line."""

from pathlib import Path
from typing import TYPE_CHECKING

from circle_tui.cli.sessions import chosen_folder
from circle_tui.cli.terminal import line_by_line, make_ready_to_draw, require_terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: "argparse.Namespace") -> int:
    """Open a circle, or set one up, or show the demo; returns the exit status."""
    if line_by_line(arguments):
        from circle_tui.plain.run import run as run_line_by_line

        # The demo creates its own folder, so it works without a home folder.
        if arguments.command == "demo":
            return run_line_by_line(Path(), demo=True, demo_speed=arguments.speed)
        return run_line_by_line(chosen_folder(arguments))
    require_terminal("a meeting")
    make_ready_to_draw()
    from circle_tui.tui.app import DEMO_SPEED, CircleApp

    if arguments.command == "demo":
        # The demo creates its own folder, so it works without a home folder.
        app = CircleApp(Path(), demo_speed=arguments.speed or DEMO_SPEED)
    else:
        app = CircleApp(chosen_folder(arguments))
    try:
        return app.run_in_terminal()
    finally:
        # Also after a signal or a crash, park the meeting, so that its journal is a single file.
        app.let_go()
