"""The one loop: say what there is, read a line, do what it means, say what changed.

Invariant: an empty line does what enter does only where it came after the place was said. While
somebody speaks nothing is said but the marks, and what was asked for.
"""

from abc import abstractmethod
from collections.abc import Hashable

from circle_tui.plain.announcer import Announcer
from circle_tui.plain.conversation import Left
from circle_tui.plain.line_input import LineInput
from circle_tui.plain.line_output import LineOutput
from circle_tui.plain.performer import Performer
from circle_tui.plain.typed import Several, action_for, listed, number_in
from circle_tui.views import every_screen, line_by_line
from circle_tui.views.view import Action, Intent, Local

_AGAIN = "."


class LineLoop(Performer):
    """The loop line by line. Subclasses decide what it shows."""

    def __init__(self, lines: LineInput, output: LineOutput) -> None:
        super().__init__(lines, output)
        self.announcer = Announcer()
        self._scene: Hashable = None
        self._about_turn: tuple[Hashable, ...] | None = None

    # The loop

    def run(self) -> int:
        """Go on until somebody leaves; the exit status."""
        try:
            self.begin()
            while True:
                self.refresh()
                self.take(self.read_line())
        except Left as left:
            return left.code

    @abstractmethod
    def begin(self) -> None:
        """Open the first place. Subclasses say which."""

    @property
    def scene(self) -> Hashable:
        """Where an empty line would work; subclasses tell more scenes apart."""
        return id(self.presenter)

    def refresh(self) -> None:
        """Say what there is, where it's new, or what has changed; then ask what is due."""
        view = self.current_presenter.view()
        rows = self.current_presenter.rows(view)
        cursor = self.current_presenter.cursor if rows else None
        asks = self.due()
        new = self.scene != self._scene
        self._scene = self.scene
        if self.announcer.presenter is not self.current_presenter:
            self.announcer.presenter = self.current_presenter
            self.output.say(*self.announcer.enter(view, cursor), *self.about_turn())
            self.ignore_early_empty_lines()
        elif new:
            self.output.say(*self.announcer.changes(view, cursor), *self.about_turn())
            self.ignore_early_empty_lines()
        else:
            changes = self.announcer.changes(view, cursor)
            if asks is None:
                self.output.say(*changes, *self.about_turn())
        if asks is None:
            self.say_status(view.status, again=new)
        else:
            # The question says what is about to be typed.
            self.perform(asks)
            self.refresh()

    def about_turn(self) -> list[str]:
        """What is said of a turn that has changed. Subclasses know."""
        return []

    def say_status(self, status: str, *, again: bool = False) -> None:
        """Say what to do now."""
        self.output.say(*self.announcer.status(status, again=again))

    def due(self) -> Intent | None:
        """What is asked without a key."""
        return self.current_presenter.asks()

    # What a line means

    @property
    def actions(self) -> tuple[Action, ...]:
        """What can be done now: the view's own actions, then the common ones."""
        return (
            *self.current_presenter.view().actions,
            *every_screen.actions(can_undo=None, can_redo=False),
        )

    def take(self, typed: str) -> None:
        """Do what a line means."""
        first, _, rest = typed.partition(" ")
        chosen = number_in(first) if rest and number_in(rest.split()[0]) is None else None
        if chosen is not None and not self.is_action(typed):
            if self.choose(chosen):
                self.take(rest.strip())
            return
        key = {"": "enter", " ": "space"}.get(typed, typed)
        number = number_in(key)
        choosing = number is not None and self.numbers_choose
        found = None if choosing else action_for(key, self.actions)
        if isinstance(found, Several):
            self.say(line_by_line.which_of(tuple(each.label for each in found.actions)))
        elif found is not None:
            self.do(found)
        elif number is not None:
            self.choose(number)
        elif not self.own_word(typed.casefold()):
            self.say(line_by_line.unknown(typed) if typed else line_by_line.NO_ENTER)

    @property
    def numbers_choose(self) -> bool:
        """Whether a number is that of a row, also where a seat has a key of the same number."""
        presenter = self.current_presenter
        return not presenter.NUMBERS_ARE_SEATS and presenter.rows(presenter.view()) > 0

    def is_action(self, typed: str) -> bool:
        """Whether a whole line names an action."""
        return isinstance(action_for(typed, self.actions), Action)

    def choose(self, number: int) -> bool:
        """Choose what has that number; whether there is one."""
        presenter = self.current_presenter
        if presenter.NUMBERS_ARE_SEATS:
            self.perform_rest(presenter.choose_seat(number))
            return True
        rows = presenter.rows(presenter.view())
        if not 1 <= number <= rows:
            self.say(line_by_line.no_row(number, rows) if rows else line_by_line.NO_LIST)
            return False
        self.announcer.ask_for_row()
        self.perform_rest(presenter.choose_row(number - 1))
        return True

    def own_word(self, typed: str) -> bool:
        """Do what only works line by line; whether `typed` is such a word."""
        if typed == _AGAIN:
            self.say_again()
        elif typed in {"t", "time"}:
            self.say(self.time_told())
        elif typed == "seats":
            self.output.say(*(self.seats_told() or (line_by_line.NO_SEATS,)))
        elif typed == "guide":
            from circle_tui.plain.guide_reader import read_guide

            read_guide(self)
        else:
            return False
        return True

    def say_again(self) -> None:
        """Say everything that there is here."""
        self.announcer.forget()
        self._scene, self._about_turn = None, None

    def time_told(self) -> str:
        """What time it is. Subclasses know."""
        return ""

    def seats_told(self) -> tuple[str, ...]:
        """Whose turn it is, and who is next; empty outside a meeting. Subclasses know."""
        return ()

    def perform(self, does: Intent) -> None:
        if does is Local.DETAILS:
            # A screen unfolds what is read in full here anyhow.
            self.announcer.ask_for("history")
        else:
            super().perform(does)

    def perform_local(self, does: Local) -> None:
        if does in {Local.HELP, Local.PALETTE}:
            self.say_keys()
        else:
            super().perform_local(does)

    def say_keys(self) -> None:
        """The keys that work now, one a line."""
        presenter = self.current_presenter
        numbers = []
        if presenter.NUMBERS_ARE_SEATS:
            numbers = [line_by_line.NUMBER_IS_SEAT]
        elif presenter.rows(presenter.view()):
            numbers = [line_by_line.NUMBER_CHOOSES]
        keys = listed(self.actions)
        time = line_by_line.time_by("t" if action_for("t", self.actions) is None else "time")
        seats = [line_by_line.SEATS] if self.seats_told() else []
        self.output.say(line_by_line.KEYS, *keys, *numbers, time, *seats, *line_by_line.ALWAYS)

    # Words
