"""One circle as leads and members see it, meeting by meeting.

Invariant: it's made of facts about attendance alone.
"""

from datetime import datetime

from circle_tui.core.attendance import figures
from circle_tui.core.attendance.facts import AttendanceFacts
from circle_tui.core.attendance.figures import ALL_DATES, DateRange
from circle_tui.views import review_of_one
from circle_tui.views.action_table import Place
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.review_of_one import ReviewOfOneView
from circle_tui.views.view import Ask, GoToCorrection, Intent, Local, View


class ReviewOfOnePresenter(Presenter):
    """The attendance of one circle, with the cursor on a meeting."""

    PLACE = Place.REVIEW_OF_ONE

    def __init__(
        self,
        facts: AttendanceFacts,
        now: datetime,
        within: DateRange = ALL_DATES,
        *,
        made: datetime | None = None,
        by_seat: bool = False,
        as_members: bool = False,
        can_go_back: bool = False,
        can_correct: bool = False,
    ) -> None:
        """`made` is when facts were handed over; the rest is what `review_of_one_view` takes."""
        super().__init__()
        self._facts, self._now, self._made = facts, now, made
        self._by_seat, self._as_members = by_seat, as_members
        self._can_go_back, self._can_correct = can_go_back, can_correct
        self.look_within(within)

    def look_within(self, within: DateRange) -> None:
        """Look at these days."""
        self.review = figures.review(self._facts, self._now, within, self._made)
        self.cursor = review_of_one.last_meeting(self.review)

    def view(self) -> ReviewOfOneView:
        return review_of_one.review_of_one_view(
            self.review,
            cursor=self.cursor,
            by_seat=self._by_seat,
            as_members=self._as_members,
            can_go_back=self._can_go_back,
            can_correct=self._can_correct,
            asking=self.asking,
        )

    def rows(self, view: View) -> int:
        return review_of_one.last_meeting(self.review) + 1

    def local(self, does: Local) -> Intent | None:
        match does:
            case Local.REORDER:
                self._by_seat = not self._by_seat
            case Local.CORRECT:
                held = self.view().held
                return None if held is None else GoToCorrection(held)
            case _:
                return does
        return None

    def answered(self, answer: object) -> Intent | None:
        """Ask the next question about the days, or look at those that were chosen."""
        if isinstance(answer, DateRange):
            self.look_within(answer)
        return answer if isinstance(answer, Ask) else None
