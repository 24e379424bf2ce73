"""People's words in a Markdown text.

Invariant: any Markdown reader shows escaped words unchanged, whatever is in them: they never become
emphasis, a link, a picture, a list or HTML.
"""

import re

_ANYWHERE = re.compile(r"([\\`*_{}\[\]<>|~&!#$@^=:])")
_LINK = re.compile(r"(www)\.", re.IGNORECASE)
_AT_THE_BEGINNING = re.compile(r"^([+-]|\d{1,9}(?=[.)]))")


def escape(words: str) -> str:
    """One line of words, escaped for any place in a Markdown text."""
    line = " ".join(words.split())
    escaped = _LINK.sub(r"\1\\.", _ANYWHERE.sub(r"\\\1", line))
    return _AT_THE_BEGINNING.sub(_escape_beginning, escaped)


def _escape_beginning(found: re.Match[str]) -> str:
    """A sign or a number that would begin a list."""
    return f"\\{found[1]}" if found[1] in "+-" else f"{found[1]}\\"
