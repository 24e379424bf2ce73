"""The driver for the Linux console, where `TERM` is "linux".

Invariant: it writes the same as the other driver, with signs that console fonts have.
"""

from textual.driver import Driver

from circle_tui.tui.console_signs import CONSOLE_SIGNS


def driver_with_console_signs(driver: type[Driver]) -> type[Driver]:
    """A driver like `driver`, with other signs."""

    class ConsoleDriver(driver):  # type: ignore[valid-type,misc]
        def write(self, data: str) -> None:
            super().write(data.translate(CONSOLE_SIGNS))

    return ConsoleDriver
