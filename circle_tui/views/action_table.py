"""The table of actions: every key of every screen, and the label of what it does.

Invariant: footer, help, palette and the guide's page of keys are made from this table only; a key
that is not in it does nothing.
"""

from enum import Enum

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.views import contract_actions, help_actions, record_actions
from circle_tui.views.action_rows import BACK as _BACK
from circle_tui.views.action_rows import BY_SEAT as _BY_SEAT
from circle_tui.views.action_rows import HELP as _HELP
from circle_tui.views.action_rows import SCROLL as _SCROLL
from circle_tui.views.action_rows import cursor as _cursor
from circle_tui.views.action_rows import row as _spec
from circle_tui.views.action_rows import scroll as _scroll
from circle_tui.views.view import ActionSpec


class Place(Enum):
    """The screens and other places that have keys; the value is the name in the guide."""

    EVERYWHERE = "everywhere"
    TYPING = "while words are typed"
    HOME = "home"
    FIRST_RUN = "setting up a circle"
    CHOOSE = "choosing a circle"
    GATHERING = "gathering"
    SHARE = "a share"
    RESPONSES = "responses"
    COMMITMENTS = "commitments"
    CLOSING = "closing"
    ARRIVALS = "who arrives or leaves"
    QUESTION = "a question with several answers"
    RESUME = "after a gap"
    DURING_A_MEETING = "during a meeting"
    WATCH = "watching a meeting"
    OPEN_COMMITMENTS = "open commitments"
    COVENANT = "covenant"
    PEOPLE = "people"
    SETTINGS = "settings"
    REBOOKING = "rebooking"
    CHECKINS = "check-ins"
    TRADES = "trades"
    FACTS_FOR_LEAD = "facts for your lead"
    CONTRACTS = "contracts"
    NEW_CONTRACT = "a new contract"
    CONTRACT = "a contract"
    CONTRACT_WAY = "how a contract is judged"
    LOOK_BACK = "looking back on a contract"
    CORRECTION = "correcting a meeting"
    PAPER_MEETING = "a meeting held on paper"
    PASSING_UP = "passing up"
    JUDGING = "judging a contract"
    VOTE = "a vote"
    RESULT = "the result"
    DISPUTE = "an objection"
    LEDGER = "stakes and the map"
    REVIEW_OF_MANY = "review of many"
    REVIEW_OF_ONE = "review of one"
    HELP = "help"
    GUIDE = "the guide"
    PALETTE = "searching for a command"


_IN_ROUND = (
    _spec("arrivals", "l", "Someone arrives or leaves", footer=False),
    _spec("rule", "a", "The listening rule", footer=False),
    _spec("covenant", "v", "The covenant", footer=False),
    _spec("put_away", "escape enter", "Close"),
)
_DAYS = _spec("days", "d", "Days")

ANSWERS = ("yes", "partly", "no")
"""Repeated from `core.circle.health_check`, which the leads' views must not import."""

CHOICE_KEYS = {
    CycleChoice.RENEW: "r",
    CycleChoice.REDESIGN: "e",
    CycleChoice.REST: "z",
    CycleChoice.GRADUATE: "g",
}

TABLE: dict[Place, tuple[ActionSpec, ...]] = {
    Place.EVERYWHERE: (
        _spec("undo", "u", "Undo"),
        # Offered at home only, where nothing else is undone.
        _spec("reopen", "u", "Open the last meeting again", footer=False),
        _spec("redo", "U ctrl+y", "Redo", footer=False),
        _spec("help", "question_mark f1", "Help", shown="?"),
        _spec("quit", "q ctrl+c ctrl+q", "Quit"),
        _spec("palette", "ctrl+p colon", "Search commands", footer=False, palette=False, shown=":"),
        _spec("suspend", "ctrl+z", "Suspend", footer=False),
    ),
    # The field has enter, and escape goes back on each screen: these say what both do meanwhile.
    Place.TYPING: (
        _spec("save", "enter", "Save"),
        _spec("answer", "enter", "Continue"),
        _spec("cancel", "escape", "Cancel"),
        _spec("take_back", "escape", "Undo"),
    ),
    Place.HOME: (
        _spec("begin", "enter", "Begin the meeting"),
        _spec("continue", "enter", "Continue the meeting"),
        _spec("wake", "w", "Wake up"),
        _spec("set_aside", "x", "Set it aside"),
        _spec("reached", "d", "Reached out"),
        _spec("next", "tab", "Choose", palette=False),
        _spec("previous", "shift+tab", "Choose", footer=False, palette=False),
        _spec("commitments", "c", "Commitments"),
        _spec("covenant", "v", "Covenant"),
        _spec("people", "p", "People"),
        _spec("settings", "s", "Settings", footer=False),
        _spec("rebooking", "b", "Cancel or rebook", footer=False),
        _spec("checkins", "i", "Check in"),
        _spec("trades", "t", "Trades"),
        _spec("contracts", "h", "Contracts"),
        # Whoever has no contract sees it in the help and the palette alone.
        _spec("first_contract", "h", "Contracts", footer=False, spare=False),
        _spec("review", "r", "Review", footer=False),
        _spec("calendar", "a", "Dates for a calendar", footer=False, spare=False),
        _spec("paper_meeting", "m", "Record a meeting", footer=False),
        _spec("passing_up", "g", "Pass something up", footer=False),
        _spec("facts", "f", "Facts for your lead", footer=False, spare=False),
        _spec("new_circle", "n", "New circle", footer=False),
        _spec("choose_circle", "o", "Open another", footer=False),
        *_SCROLL,
        _BACK,
    ),
    Place.FIRST_RUN: (
        _spec("next_field", "tab", "Next field"),
        _spec("create", "enter", "Create the circle"),
        *_cursor(),
        _spec("demo", "f2", "See the demo"),
        _BACK,
    ),
    Place.CHOOSE: (
        _spec("open", "enter", "Open"),
        *_cursor(shown=True),
        _spec("new_circle", "n", "New circle"),
        _spec("demo", "d", "See the demo"),
        _BACK,
    ),
    Place.GATHERING: (
        _spec("stop_reading", "enter", "Back to the plan"),
        _spec("begin_pair", "enter", "Talk as a pair"),
        _spec("begin", "enter", "Begin"),
        _spec("rebook", "r", "Rebook"),
        _spec("checkins", "i", "Check-ins"),
        _spec("mark", "space", "Mark"),
        *_cursor(),
        *_BY_SEAT,
        _spec("fit", "f", "Fit to time"),
        _spec("guest", "g", "Guest"),
        _spec("longer", "plus", "Longer shares", footer=False, shown="+"),
        _spec("shorter", "minus", "Shorter shares", footer=False, shown="-"),
        _spec("drop", "x", "Drop it", footer=False),
        _BACK,
    ),
    Place.SHARE: (
        _spec("start", "enter space", "Start"),
        _spec("next_step", "enter", "Next"),
        _spec("resume", "space enter", "Resume"),
        _spec("finish", "enter n", "Finish"),
        # While the clock is held enter resumes it; who finishes then says so with a key of its own.
        _spec("finish_held", "n", "Finish"),
        _spec("hold", "space", "Hold"),
        _spec("pass", "p", "Pass"),
        _spec("arrive_and_pass", "h", "Here, and passes"),
        _spec("longer", "plus", "1 min more", shown="+"),
        _spec("shorter", "minus", "1 min less", footer=False, shown="-"),
        _spec("backdate", "b", "Began a minute ago", footer=False),
        _spec("digits", "d", "Digits on or off", footer=False),
        _spec("bell", "r", "Bell on or off", footer=False),
        *_IN_ROUND,
        _BACK,
    ),
    Place.RESPONSES: (
        _spec("respond", "t", "The first response"),
        _spec("respond_aloud", "w", "The second response"),
        _spec("end", "enter n", "Skip"),
        *_IN_ROUND,
        _BACK,
    ),
    Place.COMMITMENTS: (
        _spec("kept", "k", "Kept"),
        _spec("partly", "p", "Partly"),
        _spec("missed", "m", "Missed"),
        _spec("changed", "c", "Changed"),
        _spec("released", "x", "Let go"),
        _spec("again", "a", "Again"),
        _spec("smaller", "s", "Smaller"),
        _spec("different", "d", "Different"),
        _spec("let_go", "x l", "Let go"),
        _spec("promise", "n", "Add one"),
        *_cursor(keys=False),
        _spec("end", "enter", "Done"),
        _spec("say_why", "enter", "What got in the way"),
        *_IN_ROUND,
        _BACK,
    ),
    Place.CLOSING: (
        _spec("look_back", "enter", "Look back"),
        *(
            _spec(f"choose_{choice}", key, choice.capitalize())
            for choice, key in CHOICE_KEYS.items()
        ),
        *(_spec(f"answer_{answer}", answer[0], answer.capitalize()) for answer in ANSWERS),
        _spec("keep_date", "enter", "That date"),
        _spec("reach_out", "enter", "Save"),
        _spec("close", "enter", "Save and close"),
        *_cursor(),
        *_SCROLL,
        _spec("other_date", "d", "Another date"),
        _spec("contracts", "h", "Contracts"),
        _spec("leave_as_it_was", "x", "Leave as it was"),
        *_IN_ROUND,
        _BACK,
    ),
    Place.ARRIVALS: (
        *_cursor(shown=True),
        *_BY_SEAT,
        _spec("choose", "enter space", "Choose"),
        _spec("back", "escape l q", "Back"),
        _HELP,
    ),
    Place.QUESTION: (
        *(
            _spec(
                f"answer_{number}",
                str(number),
                "This answer",
                footer=False,
                palette=False,
                shown="1…9",
            )
            for number in range(1, 10)
        ),
        _BACK,
        _HELP,
    ),
    Place.RESUME: (
        _spec("continue", "enter", "Continue"),
        _spec("count", "c", "Count the time away"),
        _spec("close", "s", "Save as it is"),
        _spec("drop", "x", "Drop it"),
        _BACK,
    ),
    # These have no keys, because every key has a meaning during a meeting; the palette offers them.
    Place.DURING_A_MEETING: (
        _spec("open_commitments", "", "Commitments", footer=False),
        _spec("change_covenant", "", "Covenant", footer=False),
        _spec("people", "", "People", footer=False),
        _spec("settings", "", "Settings", footer=False),
        _spec("check_in", "", "Check in", footer=False),
        _spec("contracts", "", "Contracts", footer=False),
        _spec("cut_short", "", "End the round and close", footer=False),
        _spec("home", "", "Home, and the meeting waits", footer=False),
    ),
    Place.WATCH: (
        _spec("take_over", "enter", "Continue it here"),
        _spec("open", "enter", "Open the circle"),
        _BACK,
    ),
    Place.OPEN_COMMITMENTS: (
        _spec("kept", "tab", "Kept"),
        _spec("open", "tab", "Open"),
        _spec("chain", "enter right", "History"),
        _spec("list", "left enter", "The list", shown="←"),
        _spec("change", "e", "Change"),
        _spec("release", "x", "Let go"),
        _spec("due", "t", "Due"),
        _spec("daily", "y", "Daily"),
        _spec("correct", "o", "Correct the outcome", footer=False),
        *_cursor(),
        _BACK,
    ),
    Place.COVENANT: (
        _spec("write", "w", "Write a draft"),
        _spec("edit", "e enter", "Change", shown="e"),
        _spec("review_date", "d", "Review date"),
        _spec("sign", "s", "Sign"),
        _spec("earlier", "h", "Earlier versions"),
        *_cursor(),
        *_BY_SEAT,
        _BACK,
    ),
    Place.PEOPLE: (
        _spec("join", "n", "Add"),
        _spec("away", "a", "Away"),
        _spec("come_back", "a", "Back again"),
        _spec("leave", "l", "Leaves"),
        _spec("rename", "r", "Rename"),
        _spec("forget", "f", "Forget"),
        _spec("seat_up", "less_than_sign K shift+up", "Seat up", footer=False, shown="<"),
        _spec("seat_down", "greater_than_sign J shift+down", "Seat down", footer=False, shown=">"),
        *_cursor(),
        *_BY_SEAT,
        _BACK,
    ),
    Place.SETTINGS: (
        *_cursor(),
        _spec("change", "enter space", "Change", shown="enter"),
        _BACK,
    ),
    Place.REBOOKING: (
        _spec("cancel", "x", "Cancel this meeting"),
        _spec("other_date", "d", "Another date"),
        _spec("wake", "w", "Wake up"),
        *_SCROLL,
        _BACK,
    ),
    Place.CHECKINS: (
        _spec("write", "n enter", "Write"),
        *_cursor(shown=True),
        *_BY_SEAT,
        _scroll("read_on", "right pagedown", "Read on"),
        _scroll("read_back", "left pageup", "Read back"),
        _BACK,
    ),
    Place.FACTS_FOR_LEAD: (
        _spec("write", "enter", "Write the file"),
        _spec("names", "n", "Initials only"),
        *_SCROLL,
        _BACK,
    ),
    Place.TRADES: (
        *_cursor(),
        _scroll("scroll_up", "pageup"),
        _scroll("scroll_down", "pagedown"),
        _spec("partner_1", "1", "Partner 1", footer=False),
        _spec("partner_2", "2", "Partner 2", footer=False),
        _spec("sent", "s", "Sent"),
        _spec("received", "r", "Received"),
        _BACK,
    ),
    Place.CONTRACTS: contract_actions.CONTRACTS,
    Place.NEW_CONTRACT: contract_actions.NEW_CONTRACT,
    Place.CONTRACT: contract_actions.CONTRACT,
    Place.CONTRACT_WAY: contract_actions.CONTRACT_WAY,
    Place.LOOK_BACK: contract_actions.LOOK_BACK,
    Place.CORRECTION: (
        _spec("attendance", "space enter", "How they came"),
        _spec("opener", "o", "Opened"),
        _spec("kept", "k", "Kept"),
        _spec("partly", "p", "Partly"),
        _spec("missed", "m", "Missed"),
        _spec("released", "x", "Released"),
        *_cursor(keys=False),
        _BACK,
    ),
    Place.PAPER_MEETING: record_actions.PAPER_MEETING,
    Place.PASSING_UP: record_actions.PASSING_UP,
    Place.JUDGING: contract_actions.JUDGING,
    Place.VOTE: contract_actions.VOTE,
    Place.RESULT: contract_actions.RESULT,
    Place.DISPUTE: contract_actions.DISPUTE,
    Place.LEDGER: contract_actions.LEDGER,
    Place.REVIEW_OF_MANY: (
        _spec("open", "enter", "Open"),
        *_cursor(shown=True),
        _spec("ten_back", "pageup", "Ten back", footer=False, palette=False),
        _spec("ten_on", "pagedown", "Ten further", footer=False, palette=False),
        _spec("first", "home", "First", footer=False),
        _spec("last", "end", "Last", footer=False),
        _spec("filter", "slash", "Filter", shown="/"),
        _spec("only", "f", "Only some"),
        _spec("sort", "s", "Sort"),
        _DAYS,
        _BACK,
    ),
    Place.REVIEW_OF_ONE: (
        _spec("back", "escape", "Back", shown="esc"),
        # The same key without a screen to go back to; the footer does not show this one.
        _spec("escape", "escape", "Back", footer=False),
        _spec("previous", "left h", "Meeting", footer=False, palette=False, shown="←→"),
        _spec("next", "right l", "Meeting", palette=False, shown="←→"),
        _spec("previous_cycle", "pageup", "Cycle", footer=False, palette=False, shown="pgup pgdn"),
        _spec("next_cycle", "pagedown", "Cycle", shown="pgup pgdn"),
        _spec("first", "home", "First meeting", footer=False),
        _spec("last", "end", "Last meeting", footer=False),
        _spec("scroll_up", "up k", "More members", footer=False, palette=False, shown="↑↓"),
        _spec("scroll_down", "down j", "More members", footer=False, shown="↑↓"),
        _spec("order", "o", "Order"),
        _DAYS,
        _spec("correct", "e", "Correct it"),
    ),
    Place.HELP: help_actions.HELP,
    Place.GUIDE: help_actions.GUIDE,
    Place.PALETTE: help_actions.PALETTE,
}


def spec(place: Place, action: str) -> ActionSpec:
    """The row of the table. Raises `KeyError` if there is none."""
    for row in TABLE[place]:
        if row.id == action:
            return row
    raise KeyError(f"{place.value}: {action}")
