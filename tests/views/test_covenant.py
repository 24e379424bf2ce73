"""What the screen of the covenant says and offers, without a terminal."""

from datetime import datetime, timedelta

import pytest

from circle_tui.core.circle import covenant, membership
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState, Clause
from circle_tui.views.covenant import (
    ABOUT_CLAUSES,
    ABOUT_REVIEW,
    CLAUSES,
    CovenantView,
    covenant_view,
    cursor_of_seat,
    version_before,
)
from circle_tui.views.text import Emphasis
from circle_tui.views.view import Action, Ask, Execute, Local, Move, Request, Scroll
from tests.core.meetings import START, circle_of, history_of


def agreed(*signing: str, people: int = 5) -> CircleState:
    """A circle with a covenant, its review date, and some signatures."""
    state = covenant.write(history_of(circle=circle_of(people)), START)
    state = covenant.set_review(state, START, "28 May 2026")
    for member in signing:
        state = covenant.sign(state, START, member)
    return state


def view_of(
    state: CircleState,
    cursor: int = 0,
    *,
    earlier: int | None = None,
    asking: bool = False,
    now: datetime = START,
    under_way: bool = False,
) -> CovenantView:
    snapshot = CircleSnapshot(state, now, under_way=under_way)
    return covenant_view(snapshot, cursor=cursor, earlier=earlier, asking=asking)


def ids(view: CovenantView) -> set[str]:
    return {each.spec.id for each in view.actions if not each.spec.id.startswith("seat_")}


def offered(view: CovenantView, action_id: str) -> Action:
    action = view.action(action_id)
    assert action is not None
    return action


def why_not(view: CovenantView, action_id: str) -> str | None:
    return offered(view, action_id).disabled_reason


def test_a_circle_without_a_covenant_can_only_write_one() -> None:
    view = view_of(history_of())
    assert view.headline == ("Thursday", "covenant")
    assert view.status == "w writes a first draft that you can change"
    assert view.clauses == ()
    assert {each.spec.id: each.does for each in view.actions} == {
        "write": Execute(covenant.write),
        "back": Request.HOME,
    }


def test_the_covenant_is_shown_with_version_clauses_and_review_date() -> None:
    view = view_of(agreed())
    assert view.headline == ("Thursday", "covenant", "version 1, written 5 March")
    assert [each.label for each in view.clauses] == [
        "What we're here for",
        "How often we meet",
        "If someone misses a meeting",
        "Our boundaries",
    ]
    assert view.clauses[1].words == "We meet fortnightly."
    assert view.review.text == "We'll review this on 28 May."


def test_an_empty_clause_is_marked_as_empty() -> None:
    state = agreed()
    state.covenants[0].clauses[Clause.RHYTHM] = ""
    assert view_of(state).clauses[1].words == "Nothing here yet."


@pytest.mark.parametrize(("cursor", "clause"), list(enumerate(Clause)))
def test_changing_a_clause_starts_from_its_words(cursor: int, clause: Clause) -> None:
    view = view_of(agreed(), cursor)
    ask = offered(view, "edit").does
    assert isinstance(ask, Ask)
    assert ask.question == f"{view.clauses[cursor].label}, in a sentence or two:"
    assert (ask.command, ask.args) == (covenant.change, (clause,))
    assert ask.value == view.clauses[cursor].words


def test_the_question_for_the_review_date_proposes_a_day() -> None:
    ask = offered(view_of(agreed()), "review_date").does
    assert isinstance(ask, Ask)
    assert (ask.command, ask.value) == (covenant.set_review, "28 May 2026")


def test_a_due_review_is_shown_and_emphasised() -> None:
    view = view_of(agreed("m1"), CLAUSES + 1, now=START + timedelta(weeks=12))
    assert view.review.text == "Set for 28 May: it's time to review."
    assert view.review.emphasis is Emphasis.STRONG
    assert view.status == "Talk it over: is it still right? Then press d for the next review date."
    assert why_not(view, "sign") == (
        "It's time to review it: look at it together, then press d for the next date."
    )


def test_without_a_review_date_signing_is_disabled() -> None:
    view = view_of(covenant.write(history_of(), START), CLAUSES)
    assert view.review.text == "No review date yet."
    assert view.status == "Press d to choose a review date. Then you can sign."
    assert "Choose a review date first" in (why_not(view, "sign") or "")


def test_the_key_for_signing_signs_for_the_chosen_member_only() -> None:
    state = agreed("m1")
    assert why_not(view_of(state), "sign") == (
        "Choose yourself first, by number or with ↑ ↓. Then press s to sign."
    )
    assert view_of(state).status == "To sign, choose yourself by number or with ↑ ↓, then press s."
    ben = view_of(state, CLAUSES + 1)
    assert ben.status == "Are you Ben? Press s to sign."
    assert offered(ben, "sign").does == Execute(covenant.sign, ("m2",), flash="Ben has signed.")
    assert why_not(ben, "sign") is None
    assert why_not(ben, "edit") == "Choose a clause with ↑ ↓ first."
    assert why_not(view_of(state, CLAUSES), "sign") == "Ada has already signed this version."


def test_members_are_listed_in_seat_order_with_their_signatures() -> None:
    rows = [each.row for each in view_of(agreed("m3", people=3)).signers]
    assert [(row.glyph, row.name, row.text) for row in rows] == [
        ("○", "1 Ada", "not signed yet"),
        ("○", "2 Ben", "not signed yet"),
        ("●", "3 Cleo", "signed 5 March"),
    ]


def test_when_all_have_signed_nobody_is_asked_to_sign() -> None:
    view = view_of(agreed("m1", "m2", people=2))
    assert view.status == "Everyone has signed. You can change any clause at any time."


def test_the_number_keys_are_the_same_as_in_a_meeting() -> None:
    view = view_of(membership.go_away(agreed(people=3), START, "m1"))
    assert [each.row.name for each in view.signers] == ["  Ada", "1 Ben", "2 Cleo"]
    assert cursor_of_seat(view, 1) == CLAUSES + 1
    assert cursor_of_seat(view, 3) is None


def test_a_member_who_left_is_listed_only_if_they_signed() -> None:
    state = agreed("m1", people=3)
    for member in ("m1", "m2"):
        state = membership.leave(state, START, member)
    assert [each.name for each in view_of(state).signers] == ["Ada", "Cleo"]


def test_the_cursor_stays_valid_when_members_leave() -> None:
    state = membership.leave(agreed(people=3), START, "m3")
    assert view_of(state, CLAUSES + 2).cursor == CLAUSES + 1


def test_an_earlier_version_can_only_be_read() -> None:
    state = covenant.change(agreed("m1"), START, Clause.RHYTHM, "Weekly.")
    assert "earlier" in ids(view_of(state))
    view = view_of(state, earlier=0)
    assert view.headline[-1] == "version 1, written 5 March"
    assert view.clauses[1].words == "We meet fortnightly."
    assert [each.row.name for each in view.signers] == ["Ada"]
    assert view.review.text == "The review was set for 28 May."
    assert view.cursor is None
    assert {each.spec.id: each.does for each in view.actions} == {
        "earlier": Local.EARLIER_VERSIONS,
        "previous": Scroll(-1),
        "next": Scroll(1),
        "back": Local.BACK,
    }
    assert view.status == "This was the first version. Esc for today's version"


def test_the_first_version_offers_no_earlier_one() -> None:
    assert "earlier" not in ids(view_of(agreed("m1")))


def test_earlier_versions_are_shown_back_to_the_first_and_then_the_current_one() -> None:
    state = agreed("m1")
    for words in ("Weekly.", "Daily."):
        state = covenant.change(state, START, Clause.RHYTHM, words)
        state = covenant.sign(state, START, "m1")
    assert version_before(state, None) == 1
    assert version_before(state, 1) == 0
    assert version_before(state, 0) is None
    assert (
        view_of(state, earlier=1).status == "h for the previous version · Esc for today's version"
    )


def test_while_typing_only_esc_is_an_action() -> None:
    view = view_of(agreed(), asking=True)
    assert {each.spec.id: each.does for each in view.actions} == {"back": Local.BACK}
    assert view.status == "Enter saves · Esc cancels"


def test_the_covenant_can_be_changed_and_signed_while_a_meeting_is_under_way() -> None:
    view = view_of(agreed(), CLAUSES, under_way=True)
    assert why_not(view, "sign") is None
    assert why_not(view_of(agreed(), under_way=True), "edit") is None
    assert offered(view, "next").does == Move(1)


@pytest.mark.parametrize("cursor", range(CLAUSES + 2))
def test_what_is_typed_says_which_clause_or_date_it_is_about(cursor: int) -> None:
    view = view_of(agreed(), cursor)
    about = {each.spec.id: each.does.about for each in view.actions if isinstance(each.does, Ask)}
    clause = {"edit": ABOUT_CLAUSES[cursor]} if cursor < CLAUSES else {}
    assert about == {"review_date": ABOUT_REVIEW, **clause}
