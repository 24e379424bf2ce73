"""The sentences that only the line-by-line interface needs.

Invariant: the most important word of a sentence comes first; no sentence refers to a screen.
"""

from circle_tui.views.keyboard import why_unknown

MODE = "circle, line by line. ? lists the keys, t tells the time, q quits."
HOME = "Home."
COVENANT = "Our covenant:"
KEYS = "Keys that work now"
NUMBER_CHOOSES = "a number: choose from the list"
NUMBER_IS_SEAT = "a number: choose someone by their seat"
TIME = "what time it is, and how much is left"
SEATS = "seats: whose turn it is, who is next, who has spoken"
NO_SEATS = "There's no meeting now. In a meeting, this tells you whose turn it is."
ALWAYS = (
    ".: hear everything again",
    "guide: the pages of the guide",
)

TYPE_NAME = "Type it, then Enter."
TYPE_MEMBERS = (
    "Type the names with commas between them. Or one name a line, then Enter on an empty line."
)
FIRST = "demo shows a made-up circle. Ctrl+D quits."

NO_ENTER = "Enter does nothing here. ? lists what does."
NUMBER_OR_ESC = "Type a number, or esc to go back."
NO_LIST = "There's nothing to choose by number here."
NOT_TEXT = "That line wasn't text I can read. Please type it again."
NO_LOOK = "There are no colours to change line by line."
NOTHING_THERE = "There's nothing more to read here."

GUIDE = "The guide"
NEXT_SECTION = "Enter reads on, esc goes back."
END_OF_PAGE = "End of the page."

VOTE = (
    "A secret vote isn't possible line by line: what's typed stays there to be read.",
    "On paper: everyone with a vote writes met, partly or not met on a slip, and folds it. "
    "Mix the slips, then someone reads them out.",
    "To have the votes counted here, open the circle on a screen and vote there.",
)


def now_it_says(value: str) -> tuple[str, ...]:
    """The words that are there already, before they are typed anew."""
    return f"Now: {value}", "Enter keeps it, - clears it."


def chosen(row: str) -> str:
    """What the keys are about now, in a list that was just read."""
    return f"Chosen: {row}"


def no_row(number: int, rows: int) -> str:
    """The answer to a number that is not in the list."""
    return f"There's no {number}. The list goes to {rows}."


def unknown(typed: str) -> str:
    """The answer to a line that is neither a key nor a name."""
    why = why_unknown(typed) if len(typed) == 1 else None
    said = f"“{typed}”" if typed.strip() else "Space"
    return f"{said} does nothing here. {why or '? lists what does.'}"


def which_of(names: tuple[str, ...]) -> str:
    """The answer to the beginning of several names."""
    return f"Which one: {', '.join(names)}?"


def by_name(labels: tuple[str, ...]) -> str:
    """Where to go without a key."""
    return f"By name: {'; '.join(labels)}"


def takes_format(title: str) -> str:
    """The format that an empty line takes."""
    return f"Enter chooses {title}. A number tells you about another one."


def time_by(key: str) -> str:
    """How to ask for the time."""
    return f"{key}: {TIME}"


def farewell(*, parked: bool, nothing_saved: bool) -> str:
    """The last line; `parked` is whether a meeting waits."""
    if nothing_saved:
        return "Bye."
    return "The meeting waits for you right here. Bye." if parked else "Saved. Bye."
