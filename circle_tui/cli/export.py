"""`circle-tui export`: who came, as a file for an organisation."""

import argparse

from circle_tui.reports.command import export
from circle_tui.service.clock import SystemClock


def run(arguments: argparse.Namespace) -> int:
    """Write the file; returns the exit status."""
    return export(arguments.paths, arguments.parquet, SystemClock(), names=arguments.names)
