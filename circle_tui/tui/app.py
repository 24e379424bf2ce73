"""The app: what screens ask of it, and what the flow's replies do to its screens.

Invariant: screens ask (`messages.py`), the flow replies, the app shows. It opens no file and rules
nothing.
"""

from textual import on

from circle_tui.flow.replies import (
    AskFirst,
    Back,
    Chooser,
    Destination,
    Home,
    Meeting,
    Reply,
    Review,
    Show,
    Work,
)
from circle_tui.flow.requests import reply_to
from circle_tui.service.clock import DEMO_SPEED
from circle_tui.store.circle_file import CircleFile
from circle_tui.tui import messages
from circle_tui.tui.routes import screen_for
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.screens.service_screen import ServiceScreen
from circle_tui.tui.service_app import ServiceApp
from circle_tui.views.view import GoToContract, Request, Say

__all__ = ["DEMO_SPEED", "CircleApp"]


class CircleApp(ServiceApp):
    """One terminal that a circle sits around."""

    # Parsed at once, with what is the first screen as a rule.
    CSS_PATH = ["app.tcss", "screens/base.tcss", "screens/home.tcss"]

    # Requests

    @on(messages.Said)
    def _flash(self, said: messages.Said) -> None:
        self.flash(said.sentence)

    @on(messages.Requested)
    async def _requested(self, asked: messages.Requested) -> None:
        if asked.what is Request.BACK and asked.by is not self.screen:
            # Two keys have come at once, and the first has left it.
            return
        if asked.what is Request.TAKE_OVER:
            await self._take_over()
            return
        beside = self.place_beside_meeting
        await self.perform_reply(reply_to(self.flow, asked.what, beside_meeting=beside))

    @on(messages.CircleChosen)
    async def _chosen(self, chosen: messages.CircleChosen) -> None:
        await self.perform_reply(self.flow.open(CircleFile(chosen.path)))

    @on(messages.CircleRequested)
    async def _make(self, asked: messages.CircleRequested) -> None:
        from circle_tui.flow.circles import NewCircle, make

        new = NewCircle(asked.name, asked.members, asked.format_key)
        await self.perform_reply(make(self.flow, new))

    async def _take_over(self) -> None:
        """Continue the meeting that was followed; the screen doesn't look meanwhile."""
        watching = self.watching
        if watching is None:
            return
        watching.stop_following()
        reply = self.flow.take_over()
        if isinstance(reply, Say):
            watching.follow()
        await self.perform_reply(reply)

    # Replies

    async def perform_reply(self, reply: Reply) -> None:
        match reply:
            case Say(sentence=said):
                self.flash(said)
            case Show(place=place, says=says, then=then):
                await self._show_place(place, " ".join(says))
                if then is not None:
                    await self.perform_reply(then)
            case AskFirst(question=question, then=then_of):

                async def answered(number: int | None) -> None:
                    await self.perform_reply(then_of(number))

                self.ask_question(question, answered)
            case Work(do=do, then=then_after):
                then = then_after(await self.in_a_thread(do))
                if isinstance(then, Say) and isinstance(self.screen, ServiceScreen):
                    # It isn't left, and doesn't show yet what was done before.
                    self.screen.show_changed()
                await self.perform_reply(then)
            case Back():
                await self.pop_screen()

    async def _show_place(self, place: Destination, said: str) -> None:
        match place:
            case Meeting():
                await self.show_meeting()
            case Review():
                await self.push_screen(screen_for(self.flow, place, said, self.ahead))
            case Request() | GoToContract() if self.live is not None:
                await self._show_beside_meeting(place, said)
            case _:
                await self.show(screen_for(self.flow, place, said, self.ahead))
        if said and not isinstance(place, Home | Chooser):
            # Posted, so that it comes after what is said of the place before.
            self.post_message(messages.Said(said))

    async def _show_beside_meeting(self, place: Request | GoToContract, said: str) -> None:
        """Show a place instead of the one shown beside the meeting, above the meeting's screen."""
        screen = screen_for(self.flow, place, said, self.ahead)
        if isinstance(self.screen, CircleScreen):
            await self.switch_screen(screen)
        else:
            await self.push_screen(screen)
