"""What the app says of itself when it has to stop."""

import pytest

from circle_tui.views.app_words import crashed


@pytest.mark.parametrize("parked", [True, False])
def test_start_again_to_go_on_is_said_only_of_a_first_crash(parked: bool) -> None:
    first = crashed("/log/crash.txt", parked=parked, repeated=False)
    second = crashed("/log/crash.txt", parked=parked, repeated=True)
    assert "Start again to continue." in first
    assert "Start again to continue." not in second
    assert "starting again may not help" in second
    for said in (first, second):
        assert "What went wrong is in /log/crash.txt." in said
        assert ("Your meeting is safe." in said) is parked


def test_where_nothing_could_be_written_no_file_is_named_and_nothing_promised() -> None:
    said = crashed(None, parked=False, repeated=False)
    assert "None" not in said
    assert "Start again to go on" not in said
