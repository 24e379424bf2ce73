"""What the page sends: the newest state, at each change and each second, and no word."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from circle_tui.core.circle.circle import make_circle
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.page.broadcast import Broadcast
from circle_tui.page.command import Feed, PageError, serve
from circle_tui.page.document import document
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.service.follower import CircleFollower
from circle_tui.store.circle_file import CircleFile
from circle_tui.views import live_page
from circle_tui.views.live_page import PageState

CANARY = "kanarienvogel"
NOW = datetime(2026, 3, 5, 10, tzinfo=UTC)


class Served:
    """A circle, its meeting, and the feed of its page."""

    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock(NOW)
        circle = make_circle("Harbour", "Maya, Tom, Priya", "peer-circle", zone="UTC", now=NOW)
        self.service = CircleService(CircleFile.create(folder, circle), self.clock)
        self.follower = CircleFollower(self.service.file, self.clock)
        self.broadcast = Broadcast()
        self.feed = Feed(self.follower, self.broadcast)
        self.sent = [self.broadcast.latest]
        self.seconds = 0.0

    def look(self, seconds: float = 0.1) -> bool:
        """Let time pass and the feed look; whether it sent anything."""
        self.seconds += seconds
        self.clock.move(timedelta(seconds=seconds))
        self.feed.look(self.seconds)
        _, state = self.broadcast.after(0) or (0, b"")
        self.sent.append(state)
        return self.sent[-1] is not self.sent[-2]

    @property
    def state(self) -> PageState:
        return msgspec.json.decode(self.broadcast.latest, type=PageState)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = Served(tmp_path)
    yield made
    made.follower.close()
    made.service.close()


def test_a_circle_without_a_meeting_says_when_the_next_is(served: Served) -> None:
    assert (served.state.large, served.state.caption) == ("5 March", "Thursday, 10:00")


def test_every_step_is_sent_at_the_next_look(served: Served) -> None:
    served.service.begin()
    for command, large in (
        (commands.begin, "Maya"),
        (commands.start, "Maya"),
        (commands.pause, "HOLD"),
        (commands.resume, "Maya"),
        (commands.finish, "Tom"),
        (commands.end_responses, "Maya"),
        (commands.end_turn, "Tom"),
        (closing_commands.cut_short, ""),
        (closing_commands.keep_date, "19 March"),
    ):
        served.service.execute(command)
        assert served.look()
        assert served.state.large == large
    served.service.undo()
    assert served.look()
    assert served.state.large == ""


def test_a_running_clock_is_sent_each_second_and_a_held_one_less_often(served: Served) -> None:
    served.service.begin()
    served.service.execute(commands.begin)
    served.service.execute(commands.start)
    served.look()
    assert sum(served.look() for _ in range(30)) in {2, 3, 4}
    assert served.state.running
    served.service.execute(commands.pause)
    served.look()
    assert sum(served.look() for _ in range(39)) == 1
    assert not served.state.running


def test_no_word_is_sent(served: Served) -> None:
    served.service.begin()
    for command in (commands.begin, commands.start, commands.finish, commands.end_responses):
        served.service.execute(command)
    served.service.execute(commands.promise, f"I call the {CANARY}")
    served.look()
    served.service.execute(closing_commands.cut_short)
    served.service.execute(closing_commands.keep_date)
    served.look()
    served.service.execute(closing_commands.close)
    served.service.finish()
    served.look(1.0)
    assert served.state.large == "19 March"
    assert CANARY in served.service.file.path.read_text()
    assert CANARY.encode() not in b"".join(served.sent)
    assert CANARY.encode() not in document(served.broadcast.latest, "nonce")


def test_a_name_can_neither_end_the_script_nor_become_part_of_the_page() -> None:
    name = '</script><script>alert(1)</script><!--"&$nonce'
    state = msgspec.json.encode({"circle": name, "large": name})
    page = document(state, "n0nce").decode()
    assert page.count("<script") == 2
    assert "alert(1)</script>" not in page
    first = page.partition('id="first" nonce="n0nce">')[2].partition("</script>")[0]
    assert msgspec.json.decode(first)["large"] == name


def test_a_port_that_is_in_use_is_reported(served: Served) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PageError) as refused:
            serve(served.follower, lan=False, port=port)
    assert str(refused.value) == live_page.port_in_use(port)
