"""Signs for the Linux console, whose fonts have 256 or 512 characters.

Invariant: each sign becomes another of one cell that is in code page 437, which every console font
has. Seats stay different from one another, and letters stay as they are.
"""

_SIGNS = {
    # Seats, attendance and what was done.
    "●": "*",
    "▶": ">",
    "◎": "O",
    "○": "o",
    "◌": "-",
    "◉": "@",
    "◐": "(",
    "◑": ")",
    "×": "x",
    "↻": "+",
    "↷": "~",
    "✓": "√",
    # Cards, bars and scroll bars.
    "╭": "┌",
    "╮": "┐",
    "╰": "└",
    "╯": "┘",
    "━": "═",
    "╸": "═",
    "╺": "═",
    "▁": "_",
    "▂": "_",
    "▃": "▄",
    "▅": "▄",
    "▆": "█",
    "▇": "█",
    "▔": "▀",
    "▉": "█",
    "▊": "█",
    "▋": "▌",
    "▍": "▌",
    "▎": "▌",
    "▏": "▌",
    # The edge of the ring.
    "▘": "▀",
    "▝": "▀",
    "▖": "▄",
    "▗": "▄",
    "▙": "█",
    "▟": "█",
    "▛": "█",
    "▜": "█",
    "▚": "▒",
    "▞": "▒",
    # Punctuation.
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "…": ">",
    "›": ">",
    "–": "-",
    "—": "-",
    "−": "-",
    "•": "·",
}
_TOP, _LEFT = 0b00011011, 0b01000111
"""The dots of a braille sign that are in its upper half, and in its left one."""


def _block(dots: int) -> str:
    """The block that looks most like a braille sign with these dots."""
    if not dots:
        return " "
    if dots & ~_TOP == 0:
        return "▀"
    if dots & _TOP == 0:
        return "▄"
    if dots & ~_LEFT == 0:
        return "▌"
    if dots & _LEFT == 0:
        return "▐"
    return "█" if dots.bit_count() > 4 else "▒"


CONSOLE_SIGNS = str.maketrans(
    {**_SIGNS, **{chr(0x2800 + dots): _block(dots) for dots in range(256)}}
)
"""For `str.translate`."""
