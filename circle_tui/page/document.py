"""The page's HTML, filled in.

Invariant: what is filled in is text, whatever it holds; scripts and styles are the file's own.
"""

import html
import string

import msgspec

from circle_tui.store.package_files import package_text
from circle_tui.views import live_page


def document(state: bytes, nonce: str) -> bytes:
    """The page as it is now; `state` is JSON, `nonce` allows its script and style."""
    template = string.Template(package_text("page", "page.html"))
    return template.substitute(
        nonce=nonce,
        state=_in_script(state),
        ring=html.escape(live_page.RING),
        gone=html.escape(live_page.CONNECTION_GONE),
        noscript=html.escape(live_page.NEEDS_JAVASCRIPT),
        title=html.escape(msgspec.json.decode(state)["circle"]),
    ).encode()


def _in_script(state: bytes) -> str:
    """JSON that can't end the script that it stands in."""
    text = state.decode()
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
