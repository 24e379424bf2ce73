"""What is offered while the listening rule or the covenant lies over a screen of the round."""

import pytest

from circle_tui.core.circle import covenant
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views import rounds
from circle_tui.views.presenters.places import presenter_of
from circle_tui.views.presenters.round_presenter import RoundPresenter
from circle_tui.views.rounds import Overlay
from circle_tui.views.view import Local
from tests.core.meetings import START, MeetingRunner, circle_of, history_of

from .actions import intents, why_not


def with_covenant() -> MeetingRunner:
    return MeetingRunner(state=covenant.write(history_of([], circle_of(4)), START)).begin()


STATES = {
    "before a share": with_covenant,
    "a share": lambda: with_covenant().do(commands.start),
    "held": lambda: with_covenant().do(commands.start).do(commands.pause),
    "responses": lambda: with_covenant().share(),
    "commitments": lambda: with_covenant().to_commitments(),
    "closing": lambda: with_covenant().rest_of_round(),
}


def place(runner: MeetingRunner, overlay: Overlay | None) -> RoundPresenter:
    presenter = presenter_of(runner.meeting.phase)(
        lambda: MeetingSnapshot(runner.meeting, runner.now)
    )
    assert isinstance(presenter, RoundPresenter)
    presenter.overlay = overlay
    return presenter


@pytest.mark.parametrize("overlay", [Overlay.RULE, Overlay.COVENANT])
@pytest.mark.parametrize("state", STATES)
def test_below_the_rule_or_the_covenant_keys_only_close_it_or_show_the_other(
    state: str, overlay: Overlay
) -> None:
    runner = STATES[state]()
    view = place(runner, overlay).view()
    assert intents(view) == {
        "put_away": Local.BACK,
        "rule": Local.LISTENING_RULE,
        "covenant": Local.SHOW_COVENANT,
    }
    first = view.actions[0]
    assert first.spec.keys == ("escape", "enter")
    assert first.label == "Close"
    assert [each.spec.id for each in view.actions if each.spec.in_footer] == ["put_away"]
    assert view.status == rounds.PUT_AWAY
    assert view.only_action == ""
    for action in place(runner, None).view().actions:
        if action.spec.id not in {"rule", "covenant", "back"}:
            assert why_not(view, action.spec.id) == rounds.PUT_AWAY_FIRST


def test_undo_waits_until_the_rule_is_closed() -> None:
    covered = place(with_covenant().do(commands.start), Overlay.RULE)
    assert covered.undo_offer(can_undo=True, can_redo=True) == (None, False)
    assert why_not(covered.view(), "undo") == rounds.PUT_AWAY_FIRST
    covered.overlay = None
    assert covered.undo_offer(can_undo=True, can_redo=True) == (True, True)
    assert covered.view().action("undo") is None


def test_below_the_covenant_of_the_first_turn_enter_starts_and_esc_closes() -> None:
    view = place(with_covenant(), Overlay.COVENANT_OF_FIRST_TURN).view()
    by_key: dict[str, str] = {}
    for action in view.actions:
        for key in action.spec.keys:
            by_key.setdefault(key, action.spec.id)
    assert by_key["enter"] == "start"
    assert by_key["escape"] == "put_away"
    assert by_key["p"] == "pass"
    assert view.status == rounds.BEGIN_OR_PUT_AWAY


def test_with_nothing_above_it_a_place_offers_nothing_to_close() -> None:
    view = place(with_covenant().do(commands.start), None).view()
    assert view.action("put_away") is None
    assert why_not(view, "back") == rounds.MEETING_IS_ON
