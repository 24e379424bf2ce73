"""The page beside a real meeting, in a real browser."""

import json
import signal
from collections.abc import Iterator

import pytest

from . import facilitator
from .browser import CHROMIUM, Browser
from .sandbox import Sandbox
from .served_page import ServedPage, asker_of

LARGE = "[...document.querySelectorAll('.large')].map((each) => each.textContent).join(' ')"
PHONE, PROJECTOR = (320, 568), (1920, 1080)

needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as made:
        yield made


def test_the_page_prints_its_address_first_and_ctrl_c_ends_it(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox)
    before = sandbox.files()
    with ServedPage(sandbox) as page:
        asker = asker_of(page)
        assert asker.address.host == "127.0.0.1"
        assert asker.ask().status == 200
        asker.close()
        status, out, err = page.end()
    assert status == 0
    assert out == ""
    assert "Only this computer can open it" in err
    assert "Traceback" not in err
    assert sandbox.files() == before


def test_serving_it_loads_neither_textual_nor_the_journals_writer(sandbox: Sandbox) -> None:
    loaded = "{'textual', 'rich', 'tinydb', 'segno', 'circle_tui.store.journal'} & set(sys.modules)"
    done = sandbox.run_python("-c", f"import sys, circle_tui.page.command; print({loaded})")
    assert done.stdout.strip() == "set()", done


def test_on_a_terminal_it_draws_a_code_to_scan(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox)
    terminal = sandbox.start("page", rows=40)
    terminal.wait_for("Ctrl+C ends the page")
    assert terminal.text.startswith("http://127.0.0.1:")
    assert terminal.text.count("▀") + terminal.text.count("▄") > 100
    terminal.press("ctrl+c")
    assert terminal.wait_exit() == 0


@pytest.mark.full
def test_the_stream_of_the_page_follows_the_keys_and_holds_no_words(sandbox: Sandbox) -> None:
    first = facilitator.begin_a_share(sandbox)
    with ServedPage(sandbox) as page:
        asker = asker_of(page)
        stream = asker.follow()
        seen = [stream.next()]
        first.press("space")
        while json.loads(seen[-1])["large"] != "HOLD":
            seen.append(stream.next())
        first.press("space")
        first.wait_for(facilitator.speaking("Ana"))
        facilitator.end_share(first, "Ana")
        facilitator.add_commitment(first, "I call the kanarienvogel")
        first.press("enter")
        while json.loads(seen[-1])["large"] != "Ben":
            seen.append(stream.next())
        assert b"kanarienvogel" not in b"".join(seen)
        asker.close()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("end", [signal.SIGSTOP, signal.SIGKILL], ids=lambda each: each.name)
def test_the_meeting_goes_on_whatever_becomes_of_the_page(
    sandbox: Sandbox, end: signal.Signals
) -> None:
    first = facilitator.begin_a_share(sandbox)
    with ServedPage(sandbox) as page:
        asker_of(page)
        page.send(end)
        first.press("space")
        first.wait_for(facilitator.PAUSED)
        first.press("u")
        first.wait_for(facilitator.speaking("Ana"))


@pytest.mark.full
def test_the_page_goes_on_whatever_becomes_of_the_meeting(sandbox: Sandbox) -> None:
    first = facilitator.begin_a_share(sandbox)
    with ServedPage(sandbox) as page:
        asker = asker_of(page)
        stream = asker.follow()
        assert json.loads(stream.next())["state"] == ""
        first.kill(signal.SIGKILL)
        while not json.loads(stream.next())["state"].startswith("The meeting is paused"):
            pass
        again = facilitator.resume_in_the_share(sandbox)
        while not json.loads(stream.next())["running"]:
            pass
        again.press("space")
        while json.loads(stream.next())["large"] != "HOLD":
            pass
        asker.close()


@needs_browser
def test_a_browser_follows_and_loads_nothing_else(
    sandbox: Sandbox, request: pytest.FixtureRequest
) -> None:
    first = facilitator.begin_a_share(sandbox)
    # Only now: while a browser starts, keys may reach the program too late to be two presses.
    browser: Browser = request.getfixturevalue("browser")
    with ServedPage(sandbox) as page:
        browser.look_like(*PROJECTOR)
        browser.open(page.url)
        browser.until(f"{LARGE} === 'Ana'")
        first.press("space")
        browser.until(f"{LARGE} === 'HOLD'")
        assert browser.ask("document.title") == "HOLD Ana · Four Winds"
        first.press("space")
        browser.until(f"{LARGE} === 'Ana'")
        loaded = browser.ask("performance.getEntriesByType('resource').map((e) => e.name)")
        assert {each.rpartition("/")[2] for each in loaded} <= {"events", "favicon.ico"}
        assert browser.ask("document.cookie + localStorage.length") == "0"


@pytest.mark.full
@needs_browser
def test_a_browser_says_when_the_connection_is_gone_and_comes_back(
    sandbox: Sandbox, browser: Browser
) -> None:
    first = facilitator.begin_a_share(sandbox)
    with ServedPage(sandbox) as page:
        browser.open(page.url)
        browser.until(f"{LARGE} === 'Ana'")
        page.send(signal.SIGSTOP)
        browser.until("document.body.innerText.includes('No connection. Trying again')")
        first.press("space")
        first.wait_for(facilitator.PAUSED)
        page.send(signal.SIGCONT)
        browser.until(f"{LARGE} === 'HOLD'")
        browser.until("!document.body.innerText.includes('No connection')")


NAMES = (
    "[...document.querySelectorAll(document.body.classList.contains('wide')"
    " ? '#seats text' : '#names li')].map((each) => each.textContent)"
)
BOXES = """
[...document.querySelectorAll("svg.ring text, li")]
    .map((each) => each.getBoundingClientRect())
    .filter((box) => box.width)
    .map((box) => [box.left, box.top, box.right, box.bottom, box.height])
"""


@needs_browser
def test_a_browser_shows_everything_at_any_size_dark_and_light(
    sandbox: Sandbox, browser: Browser, full: bool
) -> None:
    sizes = (PHONE, PROJECTOR, (568, 320), (1024, 768))
    members = "Maximiliane-Katharina, Tom, Priya Ramanathan Iyer, Lena, Sam, Bo"
    facilitator.make_circle(sandbox, members=members)
    with ServedPage(sandbox) as page:
        for width, height in sizes if full else sizes[:2]:
            for dark in (True, False):
                browser.look_like(width, height, dark=dark)
                browser.open(page.url)
                assert browser.ask("document.documentElement.scrollWidth") == width
                assert browser.ask("document.documentElement.scrollHeight") == height
                assert browser.ask(NAMES) == members.split(", ")
                boxes = browser.ask(BOXES)
                assert len(boxes) > len(members.split(", "))
                for left, top, right, bottom, tall in boxes:
                    assert -1 <= left < right <= width + 1
                    assert -1 <= top < bottom <= height + 1
                    assert tall >= (20 if height > 600 else 10)
                ground = browser.ask("getComputedStyle(document.body).backgroundColor")
                assert ground == ("rgb(10, 12, 16)" if dark else "rgb(252, 251, 248)")
