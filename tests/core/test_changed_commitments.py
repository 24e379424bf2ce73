"""Commitments changed between meetings can still get a date and daily reminders."""

from datetime import timedelta

from circle_tui.core.circle import commitments

from .meetings import START, commitments_of, history_of, record

NOW = START + timedelta(days=1)


def test_a_changed_commitment_can_get_a_due_date_and_become_daily_and_only_that_changes() -> None:
    made = commitments_of(("m1", "I run"), ("m1", "I read"), ("m2", "I write"))
    state = history_of([record(1, made=made)])
    state = commitments.renegotiate(state, NOW, "c1", "I walk")
    state = commitments.renegotiate(state, NOW, "c2", "I skim")
    state = commitments.set_due(state, NOW, "c4", "2 April")
    state = commitments.set_daily(state, NOW, "c5")
    assert {each.id: (each.due, each.daily) for each in commitments.open_commitments(state)} == {
        "c3": ("next", False),
        "c4": ("2026-04-02", False),
        "c5": ("next", True),
    }
    assert state.records[0].made == made


def test_new_commitments_are_numbered_on_after_one_was_released() -> None:
    state = history_of([record(1, made=commitments_of(("m1", "I run"), ("m1", "I read")))])
    state = commitments.release(state, NOW, "c1")
    state = commitments.renegotiate(state, NOW, "c2", "I skim")
    assert [each.id for each in commitments.open_commitments(state)] == ["c3"]
