"""What the screens of a round share: who comes and goes, and what is shown to everybody.

Invariant: the listening rule and the covenant lie over the round until a key puts them away. Who
comes or goes is chosen on a screen of its own.
"""

from textual import on

from circle_tui.tui.screens.arrivals import ArrivalsScreen
from circle_tui.tui.screens.meeting import MeetingScreen
from circle_tui.tui.widgets.covenant_overlay import CovenantOverlay
from circle_tui.tui.widgets.listening_rule import ListeningRule
from circle_tui.tui.widgets.overlay import Overlay
from circle_tui.tui.widgets.stage import Stage
from circle_tui.views import meeting_words, rounds
from circle_tui.views.presenters.round_presenter import RoundPresenter
from circle_tui.views.view import Ask, Execute, Local, View

_AROUND = 4
"""Rows around the rule: the headline, the seats, a status of one line, and the keys."""


class RoundScreen(MeetingScreen):
    """A screen of the round: somebody may come or go, and the rule may be shown."""

    lies_above: rounds.Overlay | None = None
    presenter: RoundPresenter

    def on_mount(self) -> None:
        # Textual calls the base's own as well.
        if rounds.covenant_of_first_turn(self.live.meeting):
            self._lay_over(rounds.Overlay.COVENANT_OF_FIRST_TURN)
        self._ask_what_is_due()

    def build_view(self) -> View:
        self.presenter.overlay = self.lies_above
        return super().build_view()

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.ARRIVALS:
                self._choose_who_comes_or_goes()
            case Local.LISTENING_RULE if self.lies_above is not rounds.Overlay.RULE:
                self._lay_over(rounds.Overlay.RULE)
            case Local.SHOW_COVENANT if self.lies_above in {None, rounds.Overlay.RULE}:
                self._lay_over(rounds.Overlay.COVENANT)
            case Local.LISTENING_RULE | Local.SHOW_COVENANT:
                self._put_away()
            case Local.BACK if self.lies_above is not None and not self.prompt_open:
                self._put_away()
            case _:
                super().perform_local(does)

    def _choose_who_comes_or_goes(self) -> None:
        def chosen(does: Execute | None) -> None:
            if does is not None:
                self.execute(does)

        self.app.push_screen(ArrivalsScreen(self.snapshot), chosen)

    # What lies over the round

    def _lay_over(self, overlay: rounds.Overlay) -> None:
        self.hide_overlay()
        meeting = self.live.meeting
        self.query_one(Stage).mount(
            ListeningRule(meeting_words.listening_rule(meeting.circle))
            if overlay is rounds.Overlay.RULE
            else CovenantOverlay(rounds.covenant_read_aloud(meeting))
        )
        self.lies_above = overlay
        self.add_class("-covered")
        self._fit_rule()
        self.refresh_view()

    def on_resize(self) -> None:
        """There may be more room for the rule now, or less."""
        self._fit_rule()

    def _fit_rule(self) -> None:
        """On a small screen all words of the rule come before the lines around it."""
        width, height = self.size
        crowded = any(
            rule.least_rows(width) > height - _AROUND for rule in self.query(ListeningRule)
        )
        self.set_class(crowded, "-crowded")

    @on(Overlay.Clicked)
    def _put_away(self) -> None:
        """Back to the round, whose keys mean again what they did."""
        self.hide_overlay()
        # What closes it was perhaps just said.
        self.status.clear()
        self.refresh_view()

    def hide_overlay(self) -> None:
        """Back to the round."""
        if self.lies_above is not None:
            self.query(Overlay).remove()
            self.lies_above = None
            self.remove_class("-covered", "-crowded")

    def watch_meeting(self) -> None:
        self.hide_overlay()
        super().watch_meeting()
        if self.is_mounted:
            self._ask_what_is_due()

    # Typing

    def _ask_what_is_due(self) -> None:
        """Ask what is asked without a key, but not by undo or redo.

        The next press of their key would be typed into the field.
        """
        asks = self.current_presenter.asks()
        if asks is not None and not self.live.last_was_undo_or_redo:
            self.ask(asks)
        else:
            self.stop_asking()

    def after_typing(self, does: Ask) -> None:
        # The field was closed as its words were taken; the next question may be due.
        self._ask_what_is_due()
