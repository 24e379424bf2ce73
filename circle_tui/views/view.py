"""What every view has: a headline, a status line, and the actions that a key offers now.

Invariant: an action that is not in `actions` does not exist now; one with a `disabled_reason` is
shown, does nothing, and says why. Whatever an action does is a value, so that each face performs
it in its own way.
"""

from collections.abc import Callable
from enum import Enum, auto
from typing import Any, NamedTuple

from msgspec import Struct

Command = Callable[..., Any]
"""A `MeetingCommand` or `CircleCommand`. Those know what people said; leads' views may not."""


class Request(Enum):
    """What is asked of the app, not of the circle."""

    SHOW_MEETING = auto()
    """Show the meeting on the screen for its phase."""
    BEGIN_MEETING = auto()
    """Begin the next meeting, or continue the parked one."""
    SAVE_MEETING = auto()
    """Save the closed meeting's record, and go home."""
    DROP_MEETING = auto()
    REBOOK_INSTEAD = auto()
    """Too few came: leave the gathering without a record, and find another date."""
    SET_ASIDE = auto()
    """Put a live meeting that cannot be read out of the way."""
    BACK = auto()
    """Back to where this screen was opened from."""
    HOME = auto()
    COMMITMENTS = auto()
    COVENANT = auto()
    PEOPLE = auto()
    SETTINGS = auto()
    CHECKINS = auto()
    TRADES = auto()
    REBOOKING = auto()
    REVIEW = auto()
    CHOOSE_CIRCLE = auto()
    NEW_CIRCLE = auto()
    DEMO = auto()


class Execute(Struct, frozen=True):
    """Execute a command; then make a request, and flash a sentence, where they are given."""

    command: Command
    args: tuple[Any, ...] = ()
    then: Request | None = None
    flash: str | None = None


class Ask(Struct, frozen=True):
    """Ask for words, with `value` to begin with; the command takes them as its last argument.

    What is typed replaces `value` if `replacing`, and continues it otherwise.
    """

    question: str
    command: Command
    args: tuple[Any, ...] = ()
    value: str = ""
    replacing: bool = False
    flash: str | None = None


class Move(Struct, frozen=True):
    """Move the cursor by so many rows."""

    by: int


class ChooseSeat(Struct, frozen=True):
    """Put the cursor on a seat, counted from 1."""

    seat: int


class Scroll(Struct, frozen=True):
    """Move through what has no room."""

    by: int


class Say(Struct, frozen=True):
    """Say a sentence, and do nothing else."""

    sentence: str


class Local(Enum):
    """What concerns only how a face shows things, or asks once more before it acts."""

    UNDO = auto()
    HELP = auto()
    QUIT = auto()
    PALETTE = auto()
    SUSPEND = auto()
    REDO = auto()
    BACK = auto()
    """Out of what is open on this screen."""
    NOWHERE = auto()
    """There is nothing to go back to, and the status says so."""
    DIGITS = auto()
    LISTENING_RULE = auto()
    SHOW_COVENANT = auto()
    ARRIVALS = auto()
    CONFIRM = auto()
    """Show what an act means, before it can be done."""
    CHECKINS = auto()
    DETAILS = auto()
    OTHER_LIST = auto()
    EARLIER_VERSIONS = auto()
    SELECT = auto()
    """Take what the cursor is on."""
    NEXT_FIELD = auto()
    REORDER = auto()
    """Show the list in its next order."""
    SHOW_ALL = auto()
    """Show again what a filter hides."""
    NEXT_QUESTION = auto()
    """On to what is asked after this."""
    CONTINUE = auto()
    """Continue the meeting; the time while nobody was here does not count."""
    COUNT_GAP = auto()
    """Continue the meeting; the time while nobody was here counts."""


Intent = Execute | Ask | Move | ChooseSeat | Scroll | Say | Local | Request


class ActionSpec(Struct, frozen=True):
    """One row of the table of actions: its keys in one place, and its name.

    `keys` are terminal key names ("enter", "plus", "shift+up"), the first one shown. `label` is
    for the footer, help and palette. `key_label` replaces the key's own name. Keys that only move
    through what has no room are not `in_help`: on a large terminal they do nothing.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    in_footer: bool = True
    in_palette: bool = True
    key_label: str = ""
    in_help: bool = True


class Action(Struct, frozen=True):
    """An action that a view offers now."""

    spec: ActionSpec
    does: Intent
    label: str
    disabled_reason: str | None = None


class KeyNow(NamedTuple):
    """A key that works now, or says why it does not; `shown` is how it is written."""

    key: str
    shown: str
    action: Action


class Row(Struct, frozen=True):
    """One line of a list: a glyph, the text, and a word about its state."""

    glyph: str
    text: str
    state: str = ""
    dim: bool = False


class View(Struct, frozen=True, kw_only=True):
    """What a screen says and offers.

    `headline` is the top row, most needed first. `status` stands above the keys while nothing
    else is said there. `signs` are the glyphs on the screen and what each means.
    """

    headline: tuple[str, ...]
    status: str = ""
    actions: tuple[Action, ...] = ()
    signs: tuple[tuple[str, str], ...] = ()

    def action(self, action_id: str) -> Action | None:
        """The action of that id; None if it is not offered now."""
        return next((each for each in self.actions if each.spec.id == action_id), None)


class Offer(Struct, frozen=True):
    """What an action does now, with another label or a reason why it is disabled."""

    does: Intent
    disabled_reason: str | None = None
    label: str | None = None


def offered(specs: tuple[ActionSpec, ...], offers: dict[str, Offer | Intent]) -> tuple[Action, ...]:
    """The actions of `specs` that are among `offers`, in the table's order.

    Raises `KeyError` for an offer that no spec names.
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
