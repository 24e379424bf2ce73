"""The base of all views: headline, status line, and the actions that the keys offer now.

Invariant: an action that is not in `actions` is not available; one with a `disabled_reason` is
shown but only says why it is disabled. What an action does is a value, an `Intent`, which each user
interface performs in its own way.
"""

from collections.abc import Callable
from datetime import datetime
from enum import Enum, auto
from typing import Any, ClassVar, Literal, TypeVarTuple

from msgspec import Struct

from circle_tui.core.ids import CommitmentId, ContractId, MeetingId

Command = Callable[..., Any]
"""A `MeetingCommand` or `CircleCommand`; leads' views must not import these types."""


class Request(Enum):
    """A request to the app rather than to the circle."""

    SHOW_MEETING = auto()
    """Show the meeting on the screen for its phase."""
    BEGIN_MEETING = auto()
    """Begin the next meeting, or continue the parked one."""
    SAVE_MEETING = auto()
    """Save the closed meeting's record, and go home."""
    DROP_MEETING = auto()
    REOPEN_MEETING = auto()
    """Open the last meeting again at its closing."""
    REBOOK_INSTEAD = auto()
    """Leave a gathering of too few without a record, and find another date."""
    SET_ASIDE = auto()
    """Set aside a live meeting that cannot be read."""
    BACK = auto()
    """Go back to the screen from which this one was opened."""
    HOME = auto()
    TAKE_OVER = auto()
    """Open a circle that was followed, and continue its meeting here."""
    COMMITMENTS = auto()
    COVENANT = auto()
    PEOPLE = auto()
    SETTINGS = auto()
    CHECKINS = auto()
    TRADES = auto()
    FACTS_FOR_LEAD = auto()
    REBOOKING = auto()
    CALENDAR = auto()
    """Save the circle's dates as a file for a calendar."""
    CONTRACTS = auto()
    NEW_CONTRACT = auto()
    PASSING_UP = auto()
    PAPER_MEETING = auto()
    """Record a meeting that was held without the program."""
    REVIEW = auto()
    CHOOSE_CIRCLE = auto()
    NEW_CIRCLE = auto()
    DEMO = auto()


ContractStep = Literal[
    "contract", "at the end", "way", "look back", "judge", "vote", "result", "dispute", "stakes",
    "map",
]  # fmt: skip
"""The places that a contract has; "at the end" is its page with the cursor there."""


class GoToContract(Struct, frozen=True):
    """Open a step of a contract (by id): its page, its look back, its judging."""

    contract: ContractId
    step: ContractStep


class GoToCorrection(Struct, frozen=True):
    """Correct the record of a meeting; the cursor begins on a commitment, if given; both by id."""

    meeting: MeetingId
    commitment: CommitmentId | None = None


class Execute(Struct, frozen=True):
    """Execute a command; then make the request `then` and flash a sentence, if they are given."""

    command: Command
    args: tuple[Any, ...] = ()
    then: Request | GoToContract | None = None
    flash: str | None = None


class Ask(Struct, frozen=True):
    """Ask for text, starting from `value`, and pass it to the command as its last argument.

    The first typed character replaces `value`; to edit it instead, people move the cursor first.
    `about` names what the text is about on its place, where the question and `args` don't: a draft
    comes back with the same one, and a screen may put the field where that is shown.
    """

    question: str
    command: Command
    args: tuple[Any, ...] = ()
    value: str = ""
    flash: str | None = None
    about: str = ""


_Args = TypeVarTuple("_Args")


def execute(
    command: Callable[[Any, datetime, *_Args], Any],
    *args: *_Args,
    then: Request | GoToContract | None = None,
    flash: str | None = None,
) -> Execute:
    """An `Execute` whose `args` a type checker compares with what the command takes.

    Those of a `DraftChange` are not compared, because it takes a draft instead of state and moment.
    """
    return Execute(command, args, then, flash)


def ask(
    question: str,
    command: Callable[[Any, datetime, *_Args, str], Any],
    *args: *_Args,
    value: str = "",
    flash: str | None = None,
    about: str = "",
) -> Ask:
    """An `Ask` whose `args`, and the text after them, a type checker compares as `execute` does."""
    return Ask(question, command, args, value, flash, about)


class Move(Struct, frozen=True):
    """Move the cursor by `by` rows."""

    by: int


class ChooseSeat(Struct, frozen=True):
    """Put the cursor on a seat, counted from 1."""

    seat: int


class Pick(Struct, frozen=True):
    """Ask a question with several answers, each a label and what it then does."""

    question: str
    answers: tuple[tuple[str, "Intent"], ...]


class DraftChange(Struct, frozen=True):
    """A pure change of a draft that only the screen has until it is saved.

    It is used like a command, and takes the draft instead of the circle's state.
    """

    change: Callable[..., Any]

    def __call__(self, before: Any, *args: Any) -> Any:
        """The draft after the change."""
        return self.change(before, *args)


class Answer(Struct, frozen=True):
    """Give an answer to a question, counted from 1."""

    number: int


class Scroll(Struct, frozen=True):
    """Scroll by `by` lines."""

    by: int


class Say(Struct, frozen=True):
    """Show a sentence and do nothing else."""

    sentence: str


class Local(Enum):
    """An intent that concerns only the user interface, such as help, overlays or confirmations."""

    UNDO = auto()
    HELP = auto()
    QUIT = auto()
    PALETTE = auto()
    SUSPEND = auto()
    REDO = auto()
    BACK = auto()
    """Close what is open on this screen."""
    HAND_OVER_WORDS = auto()
    """Do with what is typed what it is asked for."""
    NOWHERE = auto()
    """There is nothing to go back to; the action's `disabled_reason` says so."""
    DIGITS = auto()
    THEME = auto()
    """Change between the dark and the light look."""
    LISTENING_RULE = auto()
    SHOW_COVENANT = auto()
    ARRIVALS = auto()
    CONFIRM = auto()
    """Explain an action before it can be done."""
    CHECKINS = auto()
    DETAILS = auto()
    OTHER_LIST = auto()
    EARLIER_VERSIONS = auto()
    SELECT = auto()
    """Take what the cursor is on."""
    MARK = auto()
    """Mark what the cursor is on, or remove the mark."""
    NEXT_PART = auto()
    """Go to the next part of a contract that is judged or objected to."""
    BEGIN_VOTE = auto()
    TAKE_BALLOT = auto()
    """Give the keyboard to the voter whose turn it is."""
    COUNT_VOTE = auto()
    LEAVE_VOTE = auto()
    QUIT_VOTE = auto()
    NEXT_FIELD = auto()
    FIND_FILE = auto()
    """Find a file that there isn't yet, and tell the place."""
    HAND_OVER = auto()
    """Write the file that is shown, and tell the place."""
    NEXT_NAMES = auto()
    """Change how members are named: by names, initials or seats, in turn."""
    REORDER = auto()
    """Show the list in its next order."""
    CORRECT = auto()
    """Correct the meeting, or the outcome, that the cursor is on."""
    SHOW_ONLY = auto()
    """Show only the next kind of rows."""
    ERASE = auto()
    """Take the last letter away from what is searched for."""
    SHOW_ALL = auto()
    """Show again what a filter hides."""
    NEXT_QUESTION = auto()
    """Go to the next question."""
    SCREENFUL_UP = auto()
    SCREENFUL_DOWN = auto()
    TOP = auto()
    BOTTOM = auto()
    CONTINUE = auto()
    """Continue the meeting; the gap does not count as speaking time."""
    COUNT_GAP = auto()
    """Continue the meeting; the gap counts as speaking time."""


Intent = (
    Execute
    | Ask
    | Pick
    | Move
    | ChooseSeat
    | Answer
    | Scroll
    | Say
    | Local
    | Request
    | GoToContract
    | GoToCorrection
)


class ActionSpec(Struct, frozen=True):
    """One row of the table of actions: its keys on one screen, and its label.

    `keys` are terminal key names ("enter", "plus", "shift+up"), of which the first is shown.
    `label` is for the footer, help and palette. `key_label` replaces the name of the key.
    Keys that only scroll are not `in_help`, because they do nothing if everything fits. The footer
    has room to spare for those `in_spare_room`.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    in_footer: bool = True
    in_palette: bool = True
    key_label: str = ""
    in_help: bool = True
    in_spare_room: bool = True


class Action(Struct, frozen=True):
    """An action that a view offers now."""

    spec: ActionSpec
    does: Intent
    label: str
    disabled_reason: str | None = None


class AvailableKey(Struct, frozen=True):
    """A key of an available action, enabled or not; `shown` is how the key is written."""

    key: str
    shown: str
    action: Action


class Row(Struct, frozen=True):
    """One line of a list: a glyph, a text, a word about its state, and the name of whose it is."""

    glyph: str
    text: str
    state: str = ""
    dim: bool = False
    name: str = ""


class SpokenField(Struct, frozen=True):
    """A field of a view that is read aloud, together with `with_field` if there is one.

    `label` is the title of its card; `label_field` is the field with the title, where it changes.
    Rows that can be chosen are `numbered`. What is read `once` isn't read again after a change.
    """

    field: str
    label: str = ""
    with_field: str = ""
    label_field: str = ""
    numbered: bool = False
    once: bool = False


class View(Struct, frozen=True, kw_only=True):
    """What a screen says and offers.

    `headline` is the top row, most important part first. `status` is shown above the keys unless a
    message replaces it. `signs` are the glyphs on the screen and their meanings. `only_action` is
    the id of the one action that the footer shows; empty if it shows all. `SPOKEN` is what is read
    of it where a circle is carried line by line, in that order.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = ()

    headline: tuple[str, ...]
    status: str = ""
    actions: tuple[Action, ...] = ()
    signs: tuple[tuple[str, str], ...] = ()
    only_action: str = ""

    def action(self, action_id: str) -> Action | None:
        """The action with that id; None if it is not available now."""
        return next((action for action in self.actions if action.spec.id == action_id), None)


class Offer(Struct, frozen=True):
    """What an action does now, optionally with another label or a reason why it is disabled."""

    does: Intent
    disabled_reason: str | None = None
    label: str | None = None


def offered(specs: tuple[ActionSpec, ...], offers: dict[str, Offer | Intent]) -> tuple[Action, ...]:
    """The actions whose ids are in `offers`, in the order of `specs`.

    Raises `KeyError` if an offer has an id that is not in `specs`.
    """
    known = {spec.id for spec in specs}
    if unknown := offers.keys() - known:
        raise KeyError(f"not in the table of actions: {', '.join(sorted(unknown))}")
    actions = []
    for spec in specs:
        offer = offers.get(spec.id)
        if offer is None:
            continue
        if not isinstance(offer, Offer):
            offer = Offer(offer)
        actions.append(Action(spec, offer.does, offer.label or spec.label, offer.disabled_reason))
    return tuple(actions)
