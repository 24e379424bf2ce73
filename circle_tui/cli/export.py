"""`circle-tui export`: what leaves a circle, and what leaves its lead."""

import argparse


def run(arguments: argparse.Namespace) -> int:
    """Write what was asked for; the exit status."""
    if arguments.what == "facts":
        from circle_tui.cli.export_facts import run as run_facts

        return run_facts(arguments)
    from circle_tui.reports.command import export
    from circle_tui.service.clock import SystemClock

    return export(arguments.paths, arguments.parquet, SystemClock(), names=arguments.names)
