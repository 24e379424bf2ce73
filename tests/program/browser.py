"""A real browser without a window, for the page: Chromium, told what to do through two pipes.

Invariant: nothing sleeps; whoever waits asks again until it is so, and says what there was if it
never came.
"""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from .terminal import LOOK_AGAIN, PATIENCE

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
"""Where the browser is; None where there is none."""

# Chromium reads from 3 and writes to 4; neither pipe may be lost while both are put there.
_PLACE_PIPES = (
    "import fcntl, os, sys; "
    "ends = [fcntl.fcntl(int(each), fcntl.F_DUPFD, 10) for each in sys.argv[1:3]]; "
    "[os.dup2(end, 3 + at) for at, end in enumerate(ends)]; "
    "os.execv(sys.argv[3], sys.argv[3:])"
)


class Browser:
    """One browser with one page."""

    def __init__(self, profile: Path) -> None:
        assert CHROMIUM is not None
        there, self._write = os.pipe()
        self._read, back = os.pipe()
        options = "--headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run"
        self._process = subprocess.Popen(
            (
                sys.executable,
                "-c",
                _PLACE_PIPES,
                str(there),
                str(back),
                CHROMIUM,
                *options.split(),
                "--remote-debugging-pipe",
                f"--user-data-dir={profile}",
                "about:blank",
            ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(there, back),
            start_new_session=True,
        )
        for each in (there, back):
            os.close(each)
        self._number = 0
        self._buffer = b""
        self._session = ""
        targets = self._call("Target.getTargets")["targetInfos"]
        target = next(each["targetId"] for each in targets if each["type"] == "page")
        attached = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self._call("Page.enable")
        self._call("Network.enable")

    def __enter__(self) -> "Browser":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for each in (self._read, self._write):
            os.close(each)

    def open(self, url: str) -> None:
        """Go to an address."""
        self._call("Page.navigate", url=url)
        self.until("document.readyState === 'complete'")

    def look_like(self, width: int, height: int, *, dark: bool = True) -> None:
        """Have a screen of this size, whose owner likes it dark or light."""
        self._call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < height,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("Emulation.setEmulatedMedia", features=[scheme])

    def ask(self, script: str) -> Any:
        """The value of an expression on the page."""
        found = self._call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def until(self, script: str) -> None:
        """Wait until an expression on the page is true."""
        until = time.monotonic() + PATIENCE
        while not self.ask(script):
            shown = self.ask("document.body ? document.body.innerText : ''")
            assert time.monotonic() < until, (script, shown)
            select.select([], [], [], LOOK_AGAIN)

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        asked: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._write, json.dumps(asked).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            ready: Sequence[int] = select.select([self._read], [], [], PATIENCE)[0]
            assert ready, "the browser does not answer"
            self._buffer += os.read(self._read, 1 << 20)
        message, _, self._buffer = self._buffer.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer
