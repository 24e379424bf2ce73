"""Keys as they are written: "↑", "esc", "?".

Invariant: a key without a name of its own here is written as terminals name it.
"""

_NAMES = {
    "question_mark": "?",
    "plus": "+",
    "minus": "-",
    "slash": "/",
    "colon": ":",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "escape": "esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "shift+up": "shift+↑",
    "shift+down": "shift+↓",
}


def key_name(key: str) -> str:
    """A terminal's name of a key as it is written."""
    return _NAMES.get(key, key)
