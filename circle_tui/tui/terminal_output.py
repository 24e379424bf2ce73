"""Writes the screen to the terminal itself, even if stderr is redirected.

Invariant: drawing goes to the terminal or nowhere, and raises no error. Textual draws in a thread
of its own, which would end with a traceback on the screen.
"""

import os
import select
from collections.abc import Callable


class TerminalOutput:
    """A file for Textual to draw on. `failed` is called once, with the first failure."""

    def __init__(self, fileno: int, encoding: str, failed: Callable[[OSError], object]) -> None:
        self._fileno = fileno
        self._encoding = encoding
        self._failed: Callable[[OSError], object] | None = failed
        self._drawn: list[str] = []

    def fileno(self) -> int:
        """The terminal's number."""
        return self._fileno

    def write(self, text: str) -> None:
        """Keep `text` for the next `flush`."""
        self._drawn.append(text)

    def flush(self) -> None:
        """Write what was kept. A letter that the terminal lacks becomes "?"."""
        data = memoryview("".join(self._drawn).encode(self._encoding, "replace"))
        self._drawn.clear()
        while data and self._failed is not None:
            try:
                data = data[os.write(self._fileno, data) :]
            except BlockingIOError:
                # Another program that has this terminal made it return at once.
                select.select((), (self._fileno,), ())
            except OSError as error:
                failed, self._failed = self._failed, None
                failed(error)
