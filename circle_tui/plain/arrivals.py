"""Choosing who arrives or leaves during a round."""

from circle_tui.plain.conversation import ESC, Conversation
from circle_tui.plain.spoken import parts
from circle_tui.plain.typed import number_in
from circle_tui.views import every_screen, line_by_line
from circle_tui.views.presenters.arrivals import ArrivalsPresenter
from circle_tui.views.presenters.meeting_presenter import ReadMeeting
from circle_tui.views.view import Execute


def choose(face: Conversation, read: ReadMeeting) -> Execute | None:
    """What is to be executed for whoever was chosen; None where somebody goes back.

    A number chooses, and says what would happen; an empty line does it.
    """
    arrivals = ArrivalsPresenter(read)
    view = arrivals.view()
    face.say(view.headline[0])
    face.output.say(*(line for part in parts(view) for line in part.spoken()))
    face.say(view.status if arrivals.chosen is not None else line_by_line.NUMBER_OR_ESC)
    face.wait_until_heard()
    while True:
        typed = face.read_line().strip().casefold()
        number = number_in(typed)
        action = arrivals.view().action("choose")
        if typed in ESC:
            return None
        if number is not None and 1 <= number <= arrivals.rows(view):
            arrivals.choose_row(number - 1)
            face.say(arrivals.view().status)
            face.wait_until_heard()
        elif typed in {"", "enter"} and action is not None and isinstance(action.does, Execute):
            return action.does
        else:
            face.say(line_by_line.NUMBER_OR_ESC if number is None else every_screen.no_seat(number))
