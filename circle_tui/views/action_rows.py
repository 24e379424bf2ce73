"""Makes rows of the table of actions, and has the rows that many places share.

Invariant: a row is one action and its keys; it does not depend on a screen.
"""

from circle_tui.views.view import ActionSpec


def row(
    action: str,
    keys: str,
    label: str,
    *,
    footer: bool = True,
    palette: bool = True,
    shown: str = "",
    in_help: bool = True,
    spare: bool = True,
) -> ActionSpec:
    """A row; `keys` are separated by spaces, and `shown` replaces the name of the first in print.

    The others say where it is listed: `spare` is in a footer that has room to spare.
    """
    return ActionSpec(action, tuple(keys.split()), label, footer, palette, shown, in_help, spare)


def scroll(action: str, keys: str, label: str = "Move") -> ActionSpec:
    """A key that scrolls, and so does nothing if everything fits on the screen."""
    return row(action, keys, label, footer=False, palette=False, in_help=False)


def cursor(*, shown: bool = False, keys: bool = True) -> tuple[ActionSpec, ...]:
    """The keys that move the cursor: arrows, and `j` and `k` unless letters have other uses."""
    up, down = ("up k", "down j") if keys else ("up", "down")
    label = "↑↓" if shown else ""
    return (
        row("previous", up, "Choose", footer=False, palette=False, shown=label),
        row("next", down, "Choose", footer=shown, palette=False, shown=label),
    )


SCROLL = (
    scroll("scroll_up", "up k"),
    scroll("scroll_down", "down j"),
)
BY_SEAT = tuple(
    row(f"seat_{seat}", str(seat), "Choose by seat", footer=False, palette=False, shown="1…9")
    for seat in range(1, 10)
)
BACK = row("back", "escape", "Back", footer=False)
HELP = row("help", "question_mark f1", "Help", palette=False, shown="?", in_help=False)
"""Help about what lies above a screen, where the keys that work everywhere do not."""
