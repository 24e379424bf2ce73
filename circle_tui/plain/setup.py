"""Setting up a circle, one question after the other."""

from circle_tui.core.errors import AmbiguousError
from circle_tui.flow.circles import NewCircle
from circle_tui.plain.conversation import ESC, Conversation
from circle_tui.plain.typed import number_in
from circle_tui.views import first_run, line_by_line
from circle_tui.views.first_run import LABELS, SetupField
from circle_tui.views.presenters.first_run import FirstRunPresenter
from circle_tui.views.view import Request, Say

_DEMO = {"demo", "f2"}


def set_up(conversation: Conversation, *, first: bool) -> NewCircle | Request:
    """Ask for name, members and format; a request where somebody goes elsewhere instead.

    `first` is whether there is no circle yet, and so nothing to go back to.
    """
    setup = FirstRunPresenter(first=first)
    conversation.say(*setup.view().headline)
    ask = {SetupField.NAME: _name, SetupField.MEMBERS: _members, SetupField.FORMAT: _format}
    order = tuple(ask)
    at = 0
    while at < len(order):
        setup.field = order[at]
        conversation.say(f"{LABELS[setup.field]}.")
        goes = ask[setup.field](conversation, setup)
        if goes is True:
            at += 1
        elif goes is False and at:
            at -= 1
        elif goes is False and first:
            conversation.say(first_run.NOTHING_BEHIND)
        else:
            elsewhere = Request.CHOOSE_CIRCLE if goes is False else goes
            left = setup.leaving(elsewhere)
            if not isinstance(left, Say):
                return elsewhere
            conversation.say(left.sentence)
    return NewCircle(setup.name, setup.members, setup.format_key)


def _name(conversation: Conversation, setup: FirstRunPresenter) -> bool | Request:
    conversation.say(line_by_line.TYPE_NAME)
    conversation.ignore_early_empty_lines()
    while True:
        typed = conversation.read_line().strip()
        if typed.casefold() in ESC:
            return False
        if typed.casefold() in _DEMO:
            return Request.DEMO
        why_not = first_run.why_not_name(typed)
        if why_not is None:
            setup.name = typed
            return True
        conversation.say(why_not)


def _members(conversation: Conversation, setup: FirstRunPresenter) -> bool:
    setup.members = ""
    conversation.say(line_by_line.TYPE_MEMBERS)
    conversation.ignore_early_empty_lines()
    while True:
        typed = conversation.read_line().strip()
        if typed.casefold() in ESC:
            return False
        if typed:
            setup.members = f"{setup.members}\n{typed}".strip()
        asked = first_run.doubtful(setup.members)
        if asked is not None and not _is_clear(conversation, setup, asked):
            setup.members = ""
        view = setup.view()
        conversation.say(view.understood)
        # Names divided by commas are all of them; of one on a line, an empty line ends the list.
        if len(view.names) > 1 and (not typed or "," in typed):
            return True


def _is_clear(conversation: Conversation, setup: FirstRunPresenter, asked: AmbiguousError) -> bool:
    number = conversation.ask_question(first_run.ask_who_is_meant(asked))
    if number is None:
        return False
    setup.members = asked.readings[number - 1]
    return True


def _format(conversation: Conversation, setup: FirstRunPresenter) -> bool:
    rows = setup.view().formats
    conversation.say(
        *(f"{at} {row.name}: {row.text}, {row.state}" for at, row in enumerate(rows, 1)),
        line_by_line.takes_format(rows[setup.cursor].name),
    )
    conversation.ignore_early_empty_lines()
    while True:
        typed = conversation.read_line().strip()
        if typed.casefold() in ESC:
            return False
        number = number_in(typed)
        if number is not None and 1 <= number <= len(rows):
            setup.cursor = number - 1
            conversation.say(
                setup.view().explained, line_by_line.takes_format(rows[setup.cursor].name)
            )
        elif not typed or typed.casefold() == "enter":
            return True
        else:
            conversation.say(line_by_line.takes_format(rows[setup.cursor].name))
