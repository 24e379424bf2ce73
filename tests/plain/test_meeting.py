"""A whole meeting, as somebody hears it who types line by line."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import SaveError
from circle_tui.store.journal import SQLiteJournal

from .listener import Ahead, NotText, Wait, after, listen
from .walks import FIVE, WHOLE_MEETING, evening, later


def test_five_people_hold_a_whole_meeting(tmp_path: Path) -> None:
    heard = listen(tmp_path, *WHOLE_MEETING, "q")
    assert heard[0].startswith("circle, line by line.")
    assert "5 people: Maya, Tom, Priya, Lena and Sam." in heard
    assert "1 Maya, here" in heard
    assert "Maya's turn: 8 minutes, a breath first, together." in heard
    assert "Maya speaks: 8 minutes left." in heard
    assert "For next time: I call the client" in heard
    assert "Priya's turn: 8 minutes, passed earlier: share now?" in heard
    assert "Maya: I rest on Sunday" in heard
    assert any(line.startswith("Meeting 1 saved.") for line in heard)
    state = CircleFile(next(tmp_path.glob("*.json"))).read()
    assert [len(record.attendance) for record in state.records] == [5]
    assert {each.text for each in state.records[0].made} == {
        "I call the client",
        "I rest on Sunday",
        "I write one page",
    }


def test_the_marks_of_a_share_are_said_when_they_are_crossed(tmp_path: Path) -> None:
    heard = listen(tmp_path, *FIVE, "", "", Wait(230), "t", Wait(300), "")
    answers = after(heard, "", 3) + after(heard, "t")
    assert [line for line in answers if not line.startswith(("Just", "Maya", "19:", "It's"))] == [
        "Half the time is left.",
        "One minute left.",
        "That's your time. Finish when you're ready.",
    ]


def test_nothing_but_the_marks_is_said_while_somebody_speaks(tmp_path: Path) -> None:
    heard = listen(tmp_path, *WHOLE_MEETING)
    for at, line in enumerate(heard):
        if line.startswith("Tom speaks"):
            answers = heard[at + 1 :]
            assert answers[: answers.index("> ")] == ["Half the time is left."]
            return
    raise AssertionError("nobody spoke")


def test_on_hold_no_mark_is_said(tmp_path: Path) -> None:
    heard = listen(tmp_path, *FIVE, "", "", "hold", Wait(1200), "t", "space", "q", "q")
    assert after(heard, "hold") == ["On hold. Take all the time you need. Space resumes."]
    assert after(heard, "t")[0].startswith("On hold: Maya, 7 minutes 58 seconds left.")
    assert after(heard, "space") == ["Maya speaks: 7 minutes 58 seconds left."]


def test_a_minute_more_moves_the_marks(tmp_path: Path) -> None:
    heard = listen(tmp_path, *FIVE, "", "", Wait(480), "+", Wait(30), "t", Wait(120), "")
    assert after(heard, "+")[0].startswith("Maya speaks:")
    said = [line for line in heard if line.startswith("That's your time")]
    assert len(said) == 2


def test_what_is_left_is_said_whenever_it_is_changed(tmp_path: Path) -> None:
    heard = listen(tmp_path, *FIVE, "", "", Wait(60), "b", "hold", "+", "-", "b", "space", "q", "q")
    assert after(heard, "b") == ["Maya speaks: 5 minutes 58 seconds left."]
    assert after(heard, "hold") == ["On hold. Take all the time you need. Space resumes."]
    assert after(heard, "+") == ["On hold: Maya, 6 minutes 56 seconds left."]
    assert after(heard, "-") == ["On hold: Maya, 5 minutes 56 seconds left."]
    assert after(heard, "b", 2) == ["On hold: Maya, 4 minutes 56 seconds left."]
    assert after(heard, "space") == ["Maya speaks: 4 minutes 56 seconds left."]


def test_the_seats_are_told_at_every_step(tmp_path: Path) -> None:
    heard = listen(
        tmp_path, "Harbour", "Maya, Tom, Priya, Lena, Sam", "", "5", *("space",) * 3,
        "seats", "begin", "p", "start", "seats", "hold", "seats", "finish", "t", "seats", "end",
        "seats", "end the round", "seats", "q",
    )  # fmt: skip
    assert [after(heard, "seats", time) for time in range(1, 7)] == [
        ["Opens: Maya.", "Here: Tom, Priya and Lena.", "Not here: Sam."],
        ["Speaks: Tom.", "Next: Priya.", "Then: Lena.", "Asked again: Maya.", "Not here: Sam."],
        ["On hold: Tom.", "Next: Priya.", "Then: Lena.", "Asked again: Maya.", "Not here: Sam."],
        ["Has spoken: Tom.", "Responds now: Lena.",
         "Responds after that: Maya.", "Has responded: Priya.",
         "Not here: Sam."],
        ["Names commitments: Tom.", "Next: Priya.", "Then: Lena.", "Asked again: Maya.",
         "Not here: Sam."],
        ["Had their turn: Tom.", "Had no turn: Maya, Priya and Lena.", "Not here: Sam."],
    ]  # fmt: skip


def test_an_empty_line_typed_ahead_does_not_carry_on(tmp_path: Path) -> None:
    heard = listen(tmp_path, *FIVE, "", Ahead(""), Ahead(""), "t")
    assert not any("speaks" in line for line in heard)
    assert heard[-1].startswith("It's 18:30.")


def test_a_name_typed_ahead_is_what_it_says(tmp_path: Path) -> None:
    heard = listen(tmp_path, *FIVE, "begin", Ahead("start"), Ahead("finish"), "t")
    assert "Tom to Maya" in heard


def test_an_empty_line_typed_ahead_answers_no_question(tmp_path: Path) -> None:
    evening(tmp_path)
    heard = listen(
        tmp_path,
        "",
        "",
        *("p",) * 4,
        "",
        "n",
        "end",
        "m",
        Ahead(""),
        "too much",
        clock=later(days=14),
    )  # fmt: skip
    # The question came with m: the empty line was typed before it could be heard.
    assert after(heard, "too much")[0].startswith("What would you like to do with it?")


def test_a_missed_commitment_starts_again_in_three_lines(tmp_path: Path) -> None:
    evening(tmp_path)
    heard = listen(
        tmp_path, "", "", "p", "p", "p", "p", "", "n", "end", "m", "", "a", clock=later(days=14)
    )
    assert after(heard, "m")[0] == "What got in the way? A few words, or just Enter."
    assert any("starting again" in line for line in after(heard, "a"))


def test_undo_says_what_it_undid_and_the_question_is_not_asked_by_it(tmp_path: Path) -> None:
    evening(tmp_path)
    heard = listen(
        tmp_path, "", "", "p", "p", "p", "p", "", "n", "end", "m", "esc", "?", clock=later(days=14)
    )
    assert after(heard, "esc")[0].startswith("Undone: ")
    assert "k: Kept" in after(heard, "?")


def test_somebody_late_joins_by_number(tmp_path: Path) -> None:
    heard = listen(tmp_path, *FIVE, "5", "space", "space", "space", "", "l", "5", "enter", "q")
    assert after(heard, "5", 2) == ["Enter: Sam is here"]
    assert after(heard, "enter")[0] == "Sam is here and joins at the end."
    assert "5 Sam, absent" in after(heard, "l")


def test_number_and_key_can_stand_on_one_line(tmp_path: Path) -> None:
    heard = listen(tmp_path, *FIVE, "2 space", "q")
    assert "2 Tom, late" in after(heard, "2 space")


def test_the_end_of_the_input_parks_the_share(tmp_path: Path) -> None:
    clock = later()
    listen(tmp_path, *FIVE, "", "", Wait(58), clock=clock)
    clock.move(timedelta(minutes=5))
    heard = listen(tmp_path, "", "t", clock=clock)
    assert any(line.startswith("Welcome back: Maya was speaking, with 7:0") for line in heard)
    assert any(line.startswith("On hold") for line in after(heard, ""))


def test_leaving_a_share_takes_a_second_q(tmp_path: Path) -> None:
    heard = listen(tmp_path, *FIVE, "", "", "q", "t", "q", "q", "t")
    assert after(heard, "q") == [
        "Maya is speaking. Press the same key again to quit. The clock stops."
    ]
    assert heard[-1] == "> q"


def test_bytes_that_are_no_text_are_asked_for_again(tmp_path: Path) -> None:
    heard = listen(tmp_path, "Harbour", NotText(), "Maya, Tom", "", "q")
    assert after(heard, "(not text)") == ["That line wasn't text I can read. Please type it again."]
    assert "2 people: Maya and Tom." in heard


def test_a_line_that_means_nothing_is_reported(tmp_path: Path) -> None:
    heard = listen(tmp_path, *FIVE, "fly", "9", "U", "com", "q")
    assert after(heard, "fly") == ["“fly” does nothing here. ? lists what does."]
    assert after(heard, "9") == ["There's no seat 9."]
    assert after(heard, "U") == ["There's nothing to redo."]
    assert after(heard, "com")[0].startswith("Commitments.")


def test_a_space_is_not_called_enter(tmp_path: Path) -> None:
    heard = listen(tmp_path, *FIVE, "esc", " ", "q")
    assert after(heard, " ") == ["Space does nothing here. ? lists what does."]


def test_home_says_once_which_meeting_comes(tmp_path: Path) -> None:
    heard = after(evening(tmp_path, "."), ".")
    assert [each for each in heard if "eeting 2" in each] == ["meeting 2 of 6, cycle 1"]


def test_home_says_only_what_is_new_there(tmp_path: Path) -> None:
    heard = evening(tmp_path, "p", "esc", ".")
    assert "Maya: I rest on Sunday" not in after(heard, "esc")
    assert "Maya: I rest on Sunday" in after(heard, ".")


def test_keys_are_listed_one_a_line_with_their_names(tmp_path: Path) -> None:
    heard = evening(tmp_path, "?")
    keys = after(heard, "?")
    assert {"enter: Begin the meeting", "v: Covenant", "q: Quit"} <= set(keys)
    assert not any("↑" in line or "ctrl+p" in line for line in keys)


def test_a_cycle_ends_with_a_look_back(tmp_path: Path) -> None:
    clock = later()
    # From week six on the circle is asked how it is.
    passing = (*("p",) * 10, *("y",) * 4, "", "")
    listen(tmp_path, *FIVE, "", *passing, clock=clock)
    for _ in range(4):
        clock.move(timedelta(days=14))
        listen(tmp_path, "", "", *passing, clock=clock)
    clock.move(timedelta(days=14))
    heard = listen(
        tmp_path, "", "", *("p",) * 10, "The breath first", "", "?", "r", *passing, clock=clock
    )
    assert "What worked? Enter to skip." in heard
    assert "What should change? Enter to skip." in after(heard, "The breath first")
    assert "r: Renew" in after(heard, "?")
    assert any(line.startswith("Meeting 6 saved.") for line in heard)


def test_a_full_disk_is_reported_and_leaving_then_takes_a_second_q(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = "The disk is full: free some space, then try again."
    written = []
    write = SQLiteJournal.write

    def write_twice(journal: SQLiteJournal, *args: Any) -> None:
        written.append(args)
        if len(written) > 2:
            raise SaveError(full)
        write(journal, *args)

    monkeypatch.setattr(SQLiteJournal, "write", write_twice)
    heard = listen(tmp_path, *FIVE, "", "pass", "t", "q", "q", "t")
    assert full in after(heard, "pass")
    assert " ".join(after(heard, "q")) == (
        f"{full} Quitting now loses the last changes. q again to quit."
    )
    assert heard[-1] == "> q"


def test_the_covenant_is_read_aloud_once_as_the_round_begins_and_again_when_asked_for(
    tmp_path: Path,
) -> None:
    evening(tmp_path, "v", "w", "q")
    heard = listen(tmp_path, "", "", "p", "v", "u", "q", clock=later(days=14))
    assert heard.count("Our covenant:") == 2
    assert "We meet fortnightly." in after(heard, "v")
