"""The app: which screen is shown, and which circle is open.

Law: screens ask (`messages.py`), the app answers. It opens files, chooses screens and rules
nothing; what a meeting may do is asked of the rules.
"""

import asyncio
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, TextArea

from circle_tui import demo
from circle_tui.clock import Clock, SystemClock, local_zone
from circle_tui.core.circle import make_circle
from circle_tui.core.meeting import Phase
from circle_tui.core.refused import Refused
from circle_tui.live import LiveMeeting
from circle_tui.opened import OpenedCircle
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.crash import keep_crash
from circle_tui.store.failures import NotSaved, Unreadable
from circle_tui.store.folder import circles
from circle_tui.store.throwaway import throw_away_folder
from circle_tui.tui import messages, wording
from circle_tui.tui.screens.base import CircleScreen, MeetingScreen
from circle_tui.tui.screens.choose import Choice, ChooseScreen
from circle_tui.tui.screens.closing import ClosingScreen
from circle_tui.tui.screens.commitments import CommitmentsScreen
from circle_tui.tui.screens.first_run import FirstRunScreen
from circle_tui.tui.screens.gathering import GatheringScreen
from circle_tui.tui.screens.help import HelpScreen, Key
from circle_tui.tui.screens.home import Glance, HomeScreen
from circle_tui.tui.screens.responses import ResponsesScreen
from circle_tui.tui.screens.resume import LONG_GAP, ResumeScreen
from circle_tui.tui.screens.share import ShareScreen
from circle_tui.tui.signals import end_on_signals
from circle_tui.tui.theme import DARK, THEMES

DEMO_SPEED = 20.0

_SCREENS: dict[Phase, type[MeetingScreen]] = {
    Phase.GATHERING: GatheringScreen,
    Phase.READY: ShareScreen,
    Phase.SHARE: ShareScreen,
    Phase.RESPONSES: ResponsesScreen,
    Phase.COMMITMENTS: CommitmentsScreen,
    Phase.CLOSING: ClosingScreen,
    Phase.CLOSED: ClosingScreen,
}


class CircleApp(App[None]):
    """One terminal that a circle sits around."""

    TITLE = "circle"
    CSS_PATH = "app.tcss"
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "Undo"),
        Binding("question_mark", "help", "Help", key_display="?"),
        Binding("f1", "help", "Help", show=False),
        Binding("q", "leave", "Leave"),
        Binding("colon", "command_palette", "Palette", show=False, key_display=":"),
        Binding("ctrl+c", "leave", "Leave", show=False, priority=True),
        Binding("ctrl+q", "leave", "Leave", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "Suspend", show=False),
    ]

    def __init__(
        self,
        folder: Path,
        clock: Clock | None = None,
        *,
        demo_speed: float | None = None,
        pulse_every: float | None = 1.0,
    ) -> None:
        """`pulse_every` is in seconds; None leaves the pulse to whoever moves the clock."""
        super().__init__()
        self._pulse_every = pulse_every
        self.folder = folder
        self.clock: Clock = clock or SystemClock()
        self.opened: OpenedCircle | None = None
        self.live: LiveMeeting | None = None
        self._demo_speed = demo_speed
        self._warned_of_loss = False
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def on_mount(self) -> None:
        speed = self._demo_speed
        self.push_screen(self._first() if speed is None else self._demo(speed))
        if self._pulse_every is not None:
            self.set_interval(self._pulse_every, self.pulse)
        if not self.is_headless:
            loop = asyncio.get_running_loop()

            def end() -> None:
                loop.call_soon_threadsafe(self.exit)

            end_on_signals(end)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The ring has colours that no other theme knows."""
        return dict(DARK.variables)

    # Which screen

    def _show(self, screen: Screen[None]) -> None:
        while isinstance(self.screen, ModalScreen):
            self.pop_screen()
        self.switch_screen(screen)

    def _say(self, sentence: str) -> None:
        if isinstance(self.screen, CircleScreen):
            self.screen.say(sentence)

    def _first(self) -> Screen[None]:
        """The circle, or the choice of one, or the way to a first one."""
        try:
            found = circles(self.folder)
        except Unreadable as trouble:
            return ChooseScreen((), self.folder, str(trouble))
        own = [each for each in found if each.contents is None or not each.contents.circle.sample]
        if not own:
            return FirstRunScreen(first=True)
        if len(own) == 1 and own[0].contents is not None:
            return self._open(own[0].file)
        return self._choice()

    def _choice(self, said: str | None = None) -> Screen[None]:
        try:
            found = circles(self.folder)
        except Unreadable as trouble:
            return ChooseScreen((), self.folder, str(trouble))
        choices = []
        for each in found:
            if each.contents is None:
                choices.append(
                    Choice(each.file.path, each.file.slug, "cannot be read", each.trouble)
                )
                continue
            circle = each.contents.circle
            parked = each.file.journal_path.exists()
            state = "a meeting is under way" if parked else f"{len(circle.members)} people"
            choices.append(
                Choice(each.file.path, circle.name, "the sample" if circle.sample else state)
            )
        return ChooseScreen(tuple(choices), self.folder, said)

    def _open(self, file: CircleFile) -> Screen[None]:
        """The screen a circle opens with: its home, or the meeting that was left under way."""
        self._let_go()
        try:
            self.opened = OpenedCircle(file, self.clock)
            return self._resume() or self._home()
        except Unreadable as trouble:
            if self.opened is None:
                return self._choice(str(trouble))
            return self._home(unreadable=str(trouble))
        except NotSaved as trouble:
            return self._home(str(trouble))

    def _resume(self) -> Screen[None] | None:
        """The screen that a parked meeting goes on with; None where none is parked."""
        if self.opened is None:
            return None
        self.live = self.opened.parked()
        if self.live is None:
            return None
        if self.live.gap_held or (self.live.gap is not None and self.live.gap > LONG_GAP):
            return ResumeScreen(self.live)
        return _SCREENS[self.live.meeting.phase](self.live)

    def _home(
        self, said: str | None = None, parked: str | None = None, unreadable: str | None = None
    ) -> Screen[None]:
        if self.opened is None:
            return self._choice(said)
        return HomeScreen(
            Glance(
                self.opened.standing,
                self.clock.now(),
                parked=parked,
                unreadable=unreadable,
                reading_only=self.opened.reading_only,
                said=said,
            )
        )

    def _let_go(self) -> None:
        """Park what is under way and close what is open."""
        if self.live is not None:
            self.live.park()
            self.live = None
        if self.opened is not None:
            self.opened.close()
            self.opened = None

    # What screens ask

    @on(messages.RouteRequested)
    def _route(self) -> None:
        """Show the meeting on the screen for its phase."""
        if self.live is None:
            return
        screen = _SCREENS[self.live.meeting.phase]
        if type(self.screen) is screen:
            self.screen.meeting = self.live.meeting
        else:
            self._show(screen(self.live))

    @on(messages.BeginRequested)
    def _begin(self) -> None:
        if self.opened is None:
            return
        try:
            screen = self._resume()
            if screen is None:
                self.live = self.opened.begin()
                screen = GatheringScreen(self.live)
        except (Refused, Unreadable, NotSaved) as trouble:
            self._say(str(trouble))
        else:
            self._show(screen)

    @on(messages.HomeRequested)
    def _go_home(self) -> None:
        parked = None
        if self.live is not None:
            if not self.live.untouched:
                parked = f"{wording.whereabouts(self.live.meeting, self.live.now)} Enter goes on."
            self.live.park()
            self.live = None
        self._show(self._home(parked=parked))

    @on(messages.CloseRequested)
    def _close(self) -> None:
        if self.live is None or self.opened is None:
            return
        try:
            self.live.finish()
            self.live = None
            self.opened.read()
        except (NotSaved, Unreadable) as failure:
            self._say(f"Not kept yet. {failure} Enter tries again.")
        else:
            number = self.opened.standing.number - 1
            self._show(self._home(f"Meeting {number} is kept. Until next time."))

    @on(messages.DropRequested)
    def _drop(self) -> None:
        if self.live is None:
            return
        try:
            self.live.drop()
        except NotSaved as failure:
            self._say(str(failure))
        else:
            self.live = None
            self._show(self._home("The meeting is dropped; it leaves no record."))

    @on(messages.SetAsideRequested)
    def _set_aside(self) -> None:
        if self.opened is None:
            return
        try:
            self.opened.set_aside()
        except NotSaved as failure:
            self._say(str(failure))
        else:
            self._show(self._home("It is set aside; the next meeting can begin."))

    @on(messages.ChoiceRequested)
    def _choose(self) -> None:
        self._let_go()
        self._show(self._choice())

    @on(messages.CircleChosen)
    def _chosen(self, chosen: messages.CircleChosen) -> None:
        self._show(self._open(CircleFile(chosen.path)))

    @on(messages.SetupRequested)
    def _set_up(self) -> None:
        self._let_go()
        self._show(FirstRunScreen(first=False))

    @on(messages.CircleRequested)
    def _make(self, asked: messages.CircleRequested) -> None:
        now, zone = self.clock.now(), local_zone()
        try:
            circle = make_circle(asked.name, asked.members, asked.format_key, zone=zone, now=now)
            file = CircleFile.create(self.folder, circle)
        except (Refused, NotSaved) as trouble:
            self._say(str(trouble))
        else:
            self._show(self._open(file))
            self._begin()

    @on(messages.DemoRequested)
    def _show_demo(self) -> None:
        try:
            self._show(self._demo(DEMO_SPEED))
        except NotSaved as failure:
            self._say(str(failure))

    def _demo(self, speed: float) -> Screen[None]:
        """The home of a throw-away copy of the sample, on a faster clock."""
        self._let_go()
        self.folder = throw_away_folder()
        file = demo.write_sample(self.folder, demo.begins_now(self.clock.now()))
        self.clock = SystemClock(speed)
        return self._open(file)

    def _leave(self) -> None:
        """Park and end; where the last acts could not be written, say so once first."""
        if self.live is not None and self.live.trouble and not self._warned_of_loss:
            self._warned_of_loss = True
            self._say(f"{self.live.trouble} Leaving now would lose the last acts; again leaves.")
            return
        self._let_go()
        self.exit()

    # Keys of every screen

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Undo is a meeting's own, and waits while the gap is asked about."""
        if action == "undo":
            return isinstance(self.screen, MeetingScreen) and self.screen.can_undo
        return True

    def action_undo(self) -> None:
        """Take back the last act."""
        if isinstance(self.screen, MeetingScreen):
            self.screen.undo()

    async def action_leave(self) -> None:
        """Leave the program."""
        self._leave()

    async def action_quit(self) -> None:
        """Textual's own way out is ours."""
        self._leave()

    def on_key(self, event: events.Key) -> None:
        """What is left of a key that nothing focused wanted.

        Keys typed in one go can overtake the focus they are meant for; here, where all of them
        pass in order, a letter still finds the field.
        """
        screen = self.screen
        if not isinstance(screen, CircleScreen):
            return
        field = screen.focused
        if isinstance(field, Input | TextArea) and event.is_printable and event.character:
            event.prevent_default()
            if isinstance(field, Input):
                field.insert_text_at_cursor(event.character)
            else:
                field.insert(event.character)
        else:
            screen.stray(event)

    def action_help(self) -> None:
        """The keys that work now."""
        self.push_screen(HelpScreen(self._keys_now()))

    def _keys_now(self) -> tuple[Key, ...]:
        keys: dict[str, list[str]] = {}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            hidden = binding.system or binding.action.startswith(
                ("screen.", "app.focus", "mark_seat")
            )
            if active.enabled and binding.description and not hidden:
                shown = self.get_key_display(binding)
                names = keys.setdefault(binding.description, [])
                if shown not in names:
                    names.append(shown)
        return tuple(Key(" ".join(names), does) for does, names in keys.items())

    def get_key_display(self, binding: Binding) -> str:
        """Keys by their names: the sign for enter is not in every font."""
        return "enter" if binding.key == "enter" else super().get_key_display(binding)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: what the keys do now, and the two looks."""
        for active in screen.active_bindings.values():
            binding = active.binding
            if active.enabled and binding.description and not binding.system:
                target, action = active.node, binding.action
                yield SystemCommand(
                    binding.description,
                    self.get_key_display(binding),
                    lambda target=target, action=action: self.call_later(
                        self.run_action, action, target
                    ),
                )
        for theme in THEMES:
            yield SystemCommand(
                f"Look: {theme.name}",
                "Change the colours",
                lambda name=theme.name: setattr(self, "theme", name),
            )

    # Time, and the end

    def pulse(self) -> None:
        """A second has passed: note that the program lives, and look at the clock."""
        if self.live is None:
            return
        slept = self.live.pulse()
        for screen in self.screen_stack:
            if isinstance(screen, MeetingScreen):
                screen.passing()
        if slept:
            self._route()
            self._say("This machine slept; the clock has been held since then. Space goes on.")

    def _fatal_error(self) -> None:
        """A crash says one sentence; the traceback goes to a file, without anybody's words."""
        where = keep_crash(traceback.format_exc())
        self._exit_renderables.clear()
        self.panic(
            "circle-tui has stopped on a mistake of its own. The meeting is parked: start again to "
            f"go on. What went wrong is in {where}."
            if where
            else "circle-tui has stopped on a mistake of its own; start again to go on."
        )
