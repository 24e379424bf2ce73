"""Saying lines and reading lines, whatever they are about.

Invariant: an empty line that was typed before what it would answer could be heard is left out.
"""

from circle_tui.plain.line_input import End, LineInput
from circle_tui.plain.line_output import LineOutput
from circle_tui.plain.spoken import sentence
from circle_tui.plain.typed import number_in
from circle_tui.views import line_by_line
from circle_tui.views.question import Question

HEARD_AFTER = 0.3
"""Seconds after a place was said in which nobody can have heard it: an empty line that comes before
then was meant for the place before."""

ESC = {"esc", "escape"}
"""The words that go back where words or a number are asked for."""


class Left(SystemExit):
    """Somebody leaves, or the input has ended; `code` is the exit status."""

    code: int

    def __init__(self, code: int = 0) -> None:
        super().__init__(code)


class Conversation:
    """Lines that are said, and lines that answer them."""

    def __init__(self, lines: LineInput, output: LineOutput) -> None:
        self.lines, self.output = lines, output
        self._heard_from = 0.0

    def say(self, *lines: str) -> None:
        """Say these sentences."""
        self.output.say(*(sentence(each) for each in lines if each))

    def ignore_early_empty_lines(self) -> None:
        """Leave out empty lines until what is said now can have been heard.

        They were meant for what was said before.
        """
        self._heard_from = self.lines.time() + HEARD_AFTER

    def read_line(self) -> str:
        """The next line that was meant for what was said; a line of blanks is a space."""
        while True:
            came = self.lines.next(self.read_timeout())
            self.pulse()
            if came is None:
                continue
            if isinstance(came, End):
                raise Left(came.status)
            if came.words is None:
                self.say(line_by_line.NOT_TEXT)
                continue
            typed = came.words.strip()
            if typed or came.arrived >= self._heard_from:
                return typed or came.words[:1]

    def read_timeout(self) -> float | None:
        """How many seconds to wait for a line before `pulse` is called; None: for ever."""
        return None

    def pulse(self) -> None:
        """Called after each wait for a line. Subclasses do what time brings."""

    def ask_question(self, asked: Question) -> int | None:
        """The number of the answer; None where somebody goes back."""
        self.say(asked.asked)
        self.output.say(*(f"{row.name} {sentence(row.text)}" for row in asked.answers))
        self.say(line_by_line.NUMBER_OR_ESC)
        self.ignore_early_empty_lines()
        while True:
            typed = self.read_line().strip()
            if typed.casefold() in ESC:
                return None
            number = number_in(typed)
            if number is not None and 1 <= number <= len(asked.answers):
                return number
            self.say(line_by_line.NUMBER_OR_ESC)
