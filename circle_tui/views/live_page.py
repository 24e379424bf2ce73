"""The page that shows a meeting in a browser: what it draws, and its texts.

Invariant: it shows the ring as it is followed, and holds no words of anybody.
"""

from msgspec import Struct

from circle_tui.core.meeting.followed import FollowedCircle
from circle_tui.views.followed import followed_view

CONNECTION_GONE = "No connection. Trying again…"
NEEDS_JAVASCRIPT = "This page needs JavaScript to follow the meeting."
RING = "The circle"
SCAN = "Open this address in a browser, or scan the code. Ctrl+C ends the page."
ONLY_HERE = "Only this computer can open it. --lan lets others in this network open it too."
WHOLE_NETWORK = (
    "Anyone in this network who has the address can look on. They see names, seats and the time, "
    "and nothing that anyone says or types."
)
NO_NETWORK = "This computer isn't on a network now. Join one, or leave --lan out."
ONLY_IPV6 = (
    "This computer has only an IPv6 address now, and the page needs an IPv4 one. Leave --lan out, "
    "and share the page's window in a call."
)

WRONG_ADDRESS = "There's nothing here. Ask for the page's whole address; it's new each time."
TOO_MANY = "Too many people have this page open. Try again in a moment."
REFUSED = "This page can't be opened from there. Type or scan its address."


class PageSeat(Struct, frozen=True):
    """One seat: a name, and the name of its state, as "now"."""

    name: str
    state: str


class PageState(Struct, frozen=True, kw_only=True):
    """What the page draws now; see `views.ring.RingFace`.

    `running` is whether the time drains on between two states. `state` says why the meeting stands
    still; it is empty while it doesn't.
    """

    circle: str
    headline: tuple[str, ...]
    seats: tuple[PageSeat, ...]
    remaining: float
    running: bool
    digits: str
    large: str
    caption: str
    note: str
    steps: tuple[int, int] | None
    state: str


def page_state(followed: FollowedCircle) -> PageState:
    """The page at this moment."""
    view = followed_view(followed)
    face = view.face
    circle, *rest = view.headline
    return PageState(
        circle=circle,
        # What is sent knows no kinds of parts.
        headline=tuple(map(str, rest)),
        seats=tuple(PageSeat(seat.name, seat.state.name.lower()) for seat in face.seats),
        remaining=round(min(max(face.remaining, 0.0), 1.0), 5),
        running=followed.remaining is not None,
        digits=face.digits,
        large=face.large,
        caption=face.caption,
        note=face.note,
        steps=face.steps,
        state=view.state,
    )


def port_in_use(port: int) -> str:
    """Why the page can't be served at `port`."""
    return (
        f"Port {port} can't be used, maybe because another program has it. "
        "Leave --port out to use any free one."
    )
