"""Circles written into the folder of a sandbox."""

from pathlib import Path

from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.state import CircleState
from circle_tui.store.codec import file_contents
from tests.core.meetings import START

from .sandbox import Sandbox

NAME = 'Harbour, Pier; "Quay" 🌊'


def write_circle(sandbox: Sandbox, slug: str, state: CircleState) -> Path:
    sandbox.sessions.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = sandbox.sessions / f"{slug}.json"
    path.write_bytes(file_contents.encode(state).to_bytes())
    path.chmod(0o600)
    return path


def circle(
    members: str = "Maya, Tom, דנה", format_key: str = "peer-circle", name: str = NAME
) -> CircleState:
    first = START.replace(year=2090, tzinfo=None)
    made = make_circle(name, members, format_key, zone="UTC", now=START, first=first)
    return CircleState(circle=made)
