"""Choosing who arrives or leaves during a round."""

from circle_tui.plain.conversation import ESC, Conversation
from circle_tui.plain.spoken import parts
from circle_tui.plain.typed import number_in
from circle_tui.views import every_screen, line_by_line
from circle_tui.views.presenters.arrivals import ArrivalsPresenter
from circle_tui.views.presenters.meeting_presenter import ReadMeeting
from circle_tui.views.view import Execute


def choose(conversation: Conversation, read: ReadMeeting) -> Execute | None:
    """What is to be executed for whoever was chosen; None where somebody goes back.

    A number chooses, and says what would happen; an empty line does it.
    """
    arrivals = ArrivalsPresenter(read)
    view = arrivals.view()
    conversation.say(view.headline[0])
    conversation.output.say(*(line for part in parts(view) for line in part.spoken()))
    conversation.say(view.status if arrivals.chosen is not None else line_by_line.NUMBER_OR_ESC)
    conversation.ignore_early_empty_lines()
    while True:
        typed = conversation.read_line().strip().casefold()
        number = number_in(typed)
        action = arrivals.view().action("choose")
        if typed in ESC:
            return None
        if number is not None and 1 <= number <= arrivals.rows(view):
            arrivals.choose_row(number - 1)
            conversation.say(arrivals.view().status)
            conversation.ignore_early_empty_lines()
        elif typed in {"", "enter"} and action is not None and isinstance(action.does, Execute):
            return action.does
        else:
            conversation.say(
                line_by_line.NUMBER_OR_ESC if number is None else every_screen.no_seat(number)
            )
