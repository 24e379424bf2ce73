"""The result of judging a contract, and who is content with it."""

from circle_tui.core.ids import MemberId
from circle_tui.views.action_table import Place
from circle_tui.views.contract_result import ResultView, result_view
from circle_tui.views.presenters.contract_step import StepPresenter
from circle_tui.views.view import View


class ResultPresenter(StepPresenter):
    """The result of judging a contract, and who is content with it."""

    PLACE = Place.RESULT

    def view(self) -> ResultView:
        view = result_view(
            self.read(),
            self.contract_id,
            chosen=self.chosen,
            cursor=self.cursor,
            asking=self.asking,
        )
        self.cursor = view.cursor
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, ResultView)
        return len(view.rows)

    def choose_member(self, member: MemberId) -> None:
        things = self.view().things
        if member in things:
            # Who says their number means their own part, until the cursor says another.
            self.cursor = things.index(member)
        super().choose_member(member)
