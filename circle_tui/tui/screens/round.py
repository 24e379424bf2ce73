"""What the screens of a round share: who comes and goes, and what is shown to everybody.

Invariant: the listening rule and the covenant lie over the round until a key puts them away. Who
comes or goes is chosen on a screen of its own.
"""

from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.arrivals import ArrivalsScreen
from circle_tui.tui.screens.meeting import MeetingScreen
from circle_tui.tui.widgets.covenant_overlay import CovenantOverlay
from circle_tui.tui.widgets.listening_rule import ListeningRule
from circle_tui.views import meeting_words, rounds
from circle_tui.views.view import Ask, Execute, Local, View

Overlay = ListeningRule | CovenantOverlay


class RoundScreen(MeetingScreen):
    """A screen of the round: somebody may come or go, and the rule may be shown."""

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._overlay: Overlay | None = None

    def on_mount(self) -> None:
        # Textual calls the base's own as well.
        if rounds.covenant_of_first_turn(self.live.meeting):
            self._show_covenant(rounds.BEGIN_OR_PUT_AWAY)
        self._ask_what_is_due()

    def build_view(self) -> View:
        self.presenter.overlay_shown = self.overlay_shown
        return super().build_view()

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.ARRIVALS:
                self._choose_who_comes_or_goes()
            case Local.LISTENING_RULE:
                self._toggle_rule()
            case Local.SHOW_COVENANT:
                self._toggle_covenant()
            case Local.BACK if self.overlay_shown and not self.prompt_open:
                self._put_away()
            case _:
                super().perform_local(does)

    def _choose_who_comes_or_goes(self) -> None:
        def chosen(does: Execute | None) -> None:
            if does is not None:
                self.execute(does)

        self.app.push_screen(ArrivalsScreen(self.snapshot), chosen)

    # What lies over the round

    def _toggle_rule(self) -> None:
        if isinstance(self._overlay, ListeningRule):
            self._put_away()
        else:
            lines = meeting_words.listening_rule(self.live.meeting.circle)
            self._show(ListeningRule(lines, rounds.PUT_AWAY))

    def _toggle_covenant(self) -> None:
        if isinstance(self._overlay, CovenantOverlay):
            self._put_away()
        else:
            self._show_covenant(rounds.PUT_AWAY)

    def _show_covenant(self, hint: str) -> None:
        words = rounds.covenant_read_aloud(self.live.meeting)
        self._show(CovenantOverlay(words, hint))

    def _show(self, overlay: Overlay) -> None:
        self.hide_overlay()
        self.mount(overlay)
        self._overlay = overlay
        self.refresh_view()

    def _put_away(self) -> None:
        """Back to the round, whose keys mean again what they did."""
        self.hide_overlay()
        self.refresh_view()

    def hide_overlay(self) -> None:
        """Back to the rounds."""
        if self._overlay is not None:
            self._overlay.remove()
        self._overlay = None

    def flash(self, sentence: str) -> None:
        # What lies over the round would hide it.
        if self.overlay_shown:
            self.hide_overlay()
            self.refresh_view()
        super().flash(sentence)

    @property
    def overlay_shown(self) -> bool:
        """Whether the rule or the covenant covers the round: esc puts it away."""
        return self._overlay is not None

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
