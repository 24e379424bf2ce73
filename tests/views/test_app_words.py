"""What the app says when it has to stop."""

import pytest

from circle_tui.views.app_words import crashed


@pytest.mark.parametrize("parked", [True, False])
def test_only_after_a_first_crash_the_user_is_told_to_start_again(parked: bool) -> None:
    first = crashed("/log/crash.txt", parked=parked, repeated=False)
    second = crashed("/log/crash.txt", parked=parked, repeated=True)
    assert "Start circle-tui again to continue." in first
    assert "Start circle-tui again to continue." not in second
    assert "starting again may not help" in second
    for said in (first, second):
        assert "What went wrong is in /log/crash.txt." in said
        assert ("Your meeting is safe." in said) is parked


def test_if_no_crash_report_could_be_written_none_is_mentioned() -> None:
    said = crashed(None, parked=False, repeated=False)
    assert "None" not in said
    assert "circle-tui again" not in said
