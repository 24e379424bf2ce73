"""Doing what actions say: commands, words that they need, and what a place does by itself.

Invariant: a command that is refused says why; words are asked for until they are taken, or somebody
goes back.
"""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, cast

from circle_tui.core.errors import AmbiguousError, RuleError
from circle_tui.plain.conversation import ESC, Conversation, Left
from circle_tui.plain.line_input import LineInput
from circle_tui.plain.line_output import LineOutput
from circle_tui.views import line_by_line, question
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.question import Question
from circle_tui.views.view import (
    Action,
    Answer,
    Ask,
    ChooseSeat,
    Command,
    DraftChange,
    Execute,
    GoToContract,
    GoToCorrection,
    Intent,
    Local,
    Move,
    Pick,
    Request,
    Say,
    Scroll,
)

if TYPE_CHECKING:
    from circle_tui.flow.handing_over import Handover
    from circle_tui.service.circle_service import CircleService

_CLEARS = "-"


class Performer(Conversation, ABC):
    """Whoever does what the actions of the place that is shown say."""

    def __init__(self, lines: LineInput, output: LineOutput) -> None:
        super().__init__(lines, output)
        self.presenter: Presenter | None = None
        self._said_once: set[str] = set()
        self._handover: Handover | None = None
        """The facts that would be handed over to a lead, while they are shown."""

    @property
    @abstractmethod
    def service(self) -> "CircleService | None":
        """The circle that is open."""

    @property
    def current_presenter(self) -> Presenter:
        """What is shown now."""
        assert self.presenter is not None
        return self.presenter

    def do(self, action: Action) -> None:
        """Do what an action says, or say why it can't be done."""
        if action.disabled_reason is not None:
            self.say(action.disabled_reason)
        else:
            self.perform(action.does)

    def perform(self, does: Intent) -> None:
        """Do what an action says."""
        match does:
            case Execute():
                self.execute(does)
            case Ask():
                self.ask(does)
            case Pick(question=asked, answers=answers):
                number = self.ask_question(question.ask(asked, *(label for label, _ in answers)))
                if number is not None:
                    self.perform(answers[number - 1][1])
            case Move(by=by):
                self.perform_rest(self.current_presenter.move(by))
            case ChooseSeat(seat=seat):
                self.perform_rest(self.current_presenter.choose_seat(seat))
            case Answer(number=number):
                self.perform_rest(self.current_presenter.answer(number))
            case Scroll():
                self.say(line_by_line.NOTHING_THERE)
            case Say(sentence=said):
                self.say(said)
            case Local():
                rest = self.current_presenter.local(does)
                if rest is does:
                    self.perform_local(does)
                else:
                    self.perform_rest(rest)
            case _:
                self.request(does)

    def perform_rest(self, rest: Intent | None) -> None:
        """Do what a presenter leaves to be done, if it leaves anything."""
        if rest is not None:
            self.perform(rest)

    @abstractmethod
    def request(self, does: Request | GoToContract | GoToCorrection) -> None:
        """Go to another place. Subclasses say how."""

    def perform_local(self, does: Local) -> None:
        """Do what concerns the user interface alone."""
        match does:
            case Local.QUIT:
                self.leave()
            case Local.THEME:
                self.say(line_by_line.NO_LOOK)
            case Local.FIND_FILE:
                self._find_file()
            case Local.HAND_OVER if self._handover is not None:
                trouble = self._handover.write()
                if trouble is not None:
                    self.say(trouble)

    def _find_file(self) -> None:
        from circle_tui.flow.handing_over import Handover
        from circle_tui.views.presenters.facts_for_lead import FactsForLeadPresenter

        assert self.service is not None
        assert isinstance(self.current_presenter, FactsForLeadPresenter)
        self._handover = Handover(self.service, self.current_presenter)
        self._handover.find()

    def leave(self) -> None:
        """End, with nothing lost."""
        raise Left

    def execute(self, does: Execute) -> bool:
        """Execute a command, and go where it leads; whether it was done."""
        try:
            rest = self.carry_out(does.command, *does.args)
        except RuleError as refused:
            self.say(str(refused))
            return False
        if does.flash is not None:
            self.say(does.flash)
        rest = self.current_presenter.executed(does) or rest
        self.perform_rest(does.then if does.then is not None else rest)
        return True

    def carry_out(self, command: Command, *args: Any) -> Intent | None:
        """Execute a command; what is left to do. Raises `RuleError` where it is refused."""
        if isinstance(command, DraftChange):
            return self.current_presenter.mark(command, *args)
        assert self.service is not None
        self.service.execute(cast("Any", command), *args)
        return self.current_presenter.changed()

    def ask(self, does: Ask) -> None:
        """Ask for words until they are taken, or somebody goes back."""
        presenter = self.current_presenter
        presenter.asking = True
        try:
            view = presenter.view()
            self.say(does.question)
            if does.value:
                self.output.say(*line_by_line.now_it_says(does.value))
            if view.status not in self._said_once:
                self._said_once.add(view.status)
                self.say(view.status)
            self.ignore_early_empty_lines()
            rest = self._take_words(does)
            if rest is None:
                self._cancel()
                return
        finally:
            presenter.asking = False
        if does.flash is not None:
            self.say(does.flash)
        self.perform_rest(presenter.typed(does) or rest[0])

    def _take_words(self, does: Ask) -> tuple[Intent | None] | None:
        """What is left to do once the words were taken; None where somebody goes back."""
        while True:
            typed = self.read_line().strip()
            if typed.casefold() in ESC:
                return None
            words = "" if does.value and typed == _CLEARS else typed or does.value
            while True:
                try:
                    return (self.carry_out(does.command, *does.args, words),)
                except AmbiguousError as asked:
                    number = self.ask_question(self.which_reading(does, asked))
                    if number is None:
                        self.say(does.question)
                        break
                    words = asked.readings[number - 1]
                except RuleError as refused:
                    self.say(str(refused))
                    break

    def which_reading(self, does: Ask, asked: AmbiguousError) -> Question:
        """Which reading of what was typed is meant. Subclasses say more of each."""
        return question.which_reading(asked)

    def _cancel(self) -> None:
        back = self.current_presenter.view().action("back")
        if back is not None and back.disabled_reason is None:
            self.perform(back.does)
