"""The page of the real program, in a process of its own."""

import os
import re
import signal
import subprocess
import sys
from types import TracebackType

from circle_tui.page.address import Address
from tests.page.asking import Asker

from .sandbox import Sandbox


class ServedPage:
    """One run of `circle-tui page`; `url` is what it says first."""

    def __init__(self, sandbox: Sandbox, *arguments: str) -> None:
        self.process = subprocess.Popen(
            (sys.executable, "-m", "circle_tui", "page", *arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=sandbox.environment,
            cwd=sandbox.home,
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()

    def __enter__(self) -> "ServedPage":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
        self.process.communicate()

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.process.pid, number)

    def end(self) -> tuple[int, str, str]:
        """Ctrl+C: the exit status, and the rest of both outputs."""
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, out, err


def asker_of(page: ServedPage) -> Asker:
    """Who asks this page."""
    found = re.fullmatch(r"http://([\d.]+):(\d+)/([\w-]{20,})/", page.url)
    assert found is not None, page.url
    return Asker(Address(found[1], int(found[2]), found[3]))
