"""Every screen and state of the app, and how to get there."""

from datetime import timedelta
from pathlib import Path

from circle_tui.core.circle import settings
from circle_tui.core.circle.circle import Circle
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.service.live_meeting import LiveMeeting

from .app_driver import (
    AppDriver,
    add_first_meeting,
    create_circle,
    execute_all,
    meeting_under_way,
)
from .contract_states import CONTRACT_STATES, Before

PEOPLE = "Maya, Tom, Priya"
PEOPLE_OF_CONTRACTS = f"{PEOPLE}, Lena, Sam"
COMMITMENTS = ("I call the client", "I rest on Sunday")
OWN_COMMITMENTS = {
    "Maya": ("I send Jo the first draft", "I walk on Sunday"),
    "Tom": ("I call the client back",),
    "Priya": ("I ask for one more week", "I read to my son"),
    "Lena": ("I say no to one thing", "I book the dentist"),
    "Sam": ("I write one page a day",),
}
"""What five people may promise, for a picture that strangers see."""


def _gathering(live: LiveMeeting) -> None:
    execute_all(live, (commands.mark_next, "m1"), (commands.mark_next, "m1"))
    execute_all(live, (commands.mark_next, "m1"), (commands.mark_next, "m1"))


def _ready(live: LiveMeeting) -> None:
    execute_all(live, commands.begin)


def _share(live: LiveMeeting) -> None:
    execute_all(live, commands.begin, commands.start, commands.pause)


def _responses(live: LiveMeeting) -> None:
    execute_all(live, commands.begin, commands.start, commands.finish)


def _commitments(live: LiveMeeting) -> None:
    _responses(live)
    execute_all(live, commands.end_responses)


def _closing(live: LiveMeeting) -> None:
    execute_all(live, (commands.mark_next, "m3"), (commands.mark_next, "m3"), commands.begin)
    while live.meeting.phase is not Phase.CLOSING:
        execute_all(live, commands.pass_turn)


def _share_running(live: LiveMeeting) -> None:
    execute_all(live, commands.begin, commands.start)


# What happened before the app is started; which keys then; which screen that is.
SCREEN_STATES = {
    "first run": (None, (), "FirstRun"),
    "choose": (None, (), "Choose"),
    "home": (None, (), "Home"),
    "gathering": (_gathering, (), "Gathering"),
    "ready": (_ready, (), "Share"),
    "share": (_share, ("space",), "Share"),
    "held": (_share, (), "Share"),
    "responses": (_responses, (), "Responses"),
    "commitments": (_commitments, (), "Commitments"),
    "missed": (_commitments, ("m", "enter"), "Commitments"),
    "closing": (_closing, (), "Closing"),
    "reach out": (_closing, ("enter",), "Closing"),
    "close": (_closing, ("enter", "enter"), "Closing"),
    "resume": (_share_running, (), "Resume"),
    "resume late": (_share_running, (), "Resume"),
    "rule": (_share, ("space", "a"), "Share"),
    "comings": (_share, ("l",), "Arrivals"),
    "help": (_share, ("question_mark",), "Help"),
    "guide": (_share, ("question_mark", *"guide", "enter"), "Guide"),
    "palette": (_share, ("colon",), "CommandPalette"),
    "typing": (_commitments, ("n",), "Commitments"),
    "why": (_commitments, ("m",), "Commitments"),
    "date": (_closing, ("d",), "Closing"),
    "on paper": (None, ("m", "down", "space", "down", "o"), "PaperMeeting"),
    "passing up": (None, ("g", "space", "down"), "PassingUp"),
    "question": (_closing, ("d", *"12/5", "enter"), "Question"),
}

MAIN_STATES = tuple(SCREEN_STATES)[: tuple(SCREEN_STATES).index("rule")]
"""The scenes with nothing open over them and no field in use."""


def create_folder_for(
    folder: Path,
    clock: ManualClock,
    scene: str,
    people: str | None = None,
    *,
    own_commitments: bool = False,
) -> Circle | None:
    """The folder that a scene begins with, and its circle.

    With `own_commitments` each has promised something else.
    """
    if scene == "first run":
        return None
    usual = PEOPLE_OF_CONTRACTS if scene in CONTRACT_STATES else PEOPLE
    file = create_circle(folder, clock, people or usual)
    if own_commitments:
        add_first_meeting(file, by_name=OWN_COMMITMENTS)
    else:
        add_first_meeting(file, *COMMITMENTS)
    if scene == "choose":
        create_circle(folder, clock, name="Quay")
        (folder / "broken.json").write_text("{")
    if scene in CONTRACT_STATES:
        before = Before(file, clock)
        CONTRACT_STATES[scene].happened(before)
        before.service.close()
        return file.read().circle
    happened = SCREEN_STATES[scene][0]
    if happened is not None:
        with meeting_under_way(file, clock) as live:
            happened(live)
    if scene.startswith("resume"):
        clock.move(timedelta(hours=2 if scene == "resume late" else 0, minutes=5))
    if scene == "passing up":
        service = CircleService(file, clock)
        service.execute(settings.switch, "passes_up")
        service.close()
    if scene == "on paper":
        # A meeting was planned meanwhile, and nobody had the program there.
        clock.move(timedelta(days=20))
    return file.read().circle


async def go_to_state(driver: AppDriver, scene: str) -> None:
    """Go on to the scene, and see that it is the one."""
    _, keys, at = CONTRACT_STATES[scene] if scene in CONTRACT_STATES else SCREEN_STATES[scene]
    await driver.press(*keys)
    assert driver.screen_name == at
