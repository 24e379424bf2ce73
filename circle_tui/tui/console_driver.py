"""The driver for the Linux console, where `TERM` is "linux".

Invariant: it writes what Textual's own driver writes, with signs that console fonts have.
"""

from textual.drivers.linux_driver import LinuxDriver

from circle_tui.tui.console_signs import CONSOLE_SIGNS


class ConsoleDriver(LinuxDriver):
    """Textual's driver, with other signs."""

    def write(self, data: str) -> None:
        super().write(data.translate(CONSOLE_SIGNS))
