"""What every test of the program line by line is to be spared."""

import pytest

from circle_tui.flow import circles


@pytest.fixture(autouse=True)
def zone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The computer's zone, whatever computer it is; what looks it up remembers it for ever."""
    monkeypatch.setattr(circles, "find_local_zone", lambda: "UTC")
