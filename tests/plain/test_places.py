"""Every place but the meeting's own, as somebody hears it who types line by line."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from circle_tui.core.contracts.contract import Way
from circle_tui.plain.line_output import LineOutput
from circle_tui.plain.session import Session
from circle_tui.store.circle_file import CircleFile
from circle_tui.views import line_by_line

from .listener import NOW, ManualClock, Meanwhile, TypedLines, after, listen
from .walks import FIVE, evening, judged, later, sample


def saved(folder: Path):
    return CircleFile(next(folder.glob("*.json"))).read()


def test_the_first_circle_is_set_up_by_questions(tmp_path: Path) -> None:
    heard = listen(tmp_path, "", "Quay", "Ada", "Ben", "", "2", "esc", "Ada, Ben, Cy", "2", "", "q")
    assert after(heard, "") == ["Your circle has no name yet. Type one."]
    assert after(heard, "Ada") == ["1 person: Ada. Add someone."]
    assert "2 people: Ada and Ben." in after(heard, "Ben")
    assert after(heard, "2")[-1] == "Enter chooses Pod. A number tells you about another one."
    state = saved(tmp_path)
    assert state.circle.format == "pod"
    assert [each.name for each in state.circle.members] == ["Ada", "Ben", "Cy"]


def test_a_word_of_the_program_can_be_a_name_all_the_same(tmp_path: Path) -> None:
    listen(tmp_path, "q", "help, quit, Maya", "", "q")
    assert saved(tmp_path).circle.name == "q"


def test_leaving_the_setup_says_first_that_it_loses_what_is_typed(tmp_path: Path) -> None:
    listen(tmp_path, *FIVE, "q")
    heard = listen(tmp_path, "new circle", "Quay", "Ada", "esc", "esc", "esc", "q")
    assert after(heard, "esc", 2)[0] == (
        "You'll lose what you typed here. Press the same key again to leave."
    )
    assert after(heard, "esc", 3)[0].startswith("Which circle?")
    assert [each.name for each in tmp_path.glob("*.json")] == ["harbour.json"]


def test_the_demo_can_be_seen_instead_of_a_setup(tmp_path: Path) -> None:
    heard = listen(tmp_path, "Quay", "esc", "demo", "demo", "q")
    assert after(heard, "demo")[0].startswith("You'll lose what you typed here.")
    assert after(heard, "demo", 2)[0].startswith("Harbour Circle.")


def test_a_circle_is_chosen_by_number(tmp_path: Path) -> None:
    listen(tmp_path, *FIVE)
    listen(tmp_path, "new circle", "Quay", "Ada, Ben", "", "q")
    (tmp_path / "broken.json").write_text("{")
    heard = listen(tmp_path, "1", "", "2", "", "q")
    assert "Circles:" in heard
    assert "This one can't be opened." in after(heard, "1")
    assert after(heard, "", 2)[0].startswith("Harbour.")


def test_a_damaged_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "harbour.json").write_text('{"circle": [1,')
    heard = listen(tmp_path, "enter", "q")
    assert not any("Traceback" in line or "Error" in line for line in heard)
    assert " ".join(after(heard, "enter")).endswith("is damaged: bring back a copy of your own.")


def test_the_covenant_is_changed_dated_and_signed(tmp_path: Path) -> None:
    heard = evening(tmp_path, "v", "w", "2", "e", "Every other Thursday", "d", "1 june", "5", "s")
    assert "2 How often we meet: Every other Thursday" in after(heard, "Every other Thursday")
    assert after(heard, "1 june") == ["We'll review this on 1 June."]
    assert after(heard, "s")[:2] == ["Maya has signed.", "5 Maya: signed 5 March"]
    assert saved(tmp_path).covenant.signatures


def test_people_come_and_go(tmp_path: Path) -> None:
    heard = evening(tmp_path, "p", "2", "a", "r", "Thomas", "n", "Zoe", "l", "u")
    assert "2 Tom: away since 5 March" in after(heard, "a")
    assert "2 Thomas: away since 5 March" in after(heard, "Thomas")
    assert "6 Zoe: here since 5 March" in after(heard, "Zoe")
    assert after(heard, "l")[0] == "Zoe has left. Records of their meetings keep their name."
    assert after(heard, "u")[0].startswith("Undone: Zoe")


def test_forgetting_is_explained_and_can_be_left(tmp_path: Path) -> None:
    heard = evening(tmp_path, "p", "2", "l", "f", "esc", "q")
    assert after(heard, "f")[0].startswith("Forget Tom?")
    assert saved(tmp_path).circle.members[1].name == "Tom"


def test_a_setting_is_chosen_and_typed(tmp_path: Path) -> None:
    heard = evening(tmp_path, "s", "2", "enter", "-", "esc", "u", "q")
    assert any(line.startswith("Now: ") for line in after(heard, "enter"))
    assert "Enter keeps it, - clears it." in after(heard, "enter")


def test_a_meeting_is_cancelled_and_rebooked(tmp_path: Path) -> None:
    heard = evening(tmp_path, "b", "x", "d", "12/3", "1", "esc", "next friday 10:00", "esc", "q")
    assert any(line.startswith("Cancelled: Thursday 19 March") for line in after(heard, "x"))
    assert "Type a number, or esc to go back." in after(heard, "12/3")
    assert len(saved(tmp_path).cancelled) == 1


def test_open_commitments_are_changed_dated_and_let_go(tmp_path: Path) -> None:
    heard = evening(
        tmp_path, "c", "2", "e", "I rest a lot", "t", "1 may", "x", "u", "enter", "left", "tab"
    )
    assert "2 Maya: I rest a lot" in " ".join(after(heard, "I rest a lot"))
    assert after(heard, "1 may")[0] == "Due 1 May."
    assert after(heard, "u")[0].startswith("Undone: ")
    assert after(heard, "tab")[0].startswith("Kept")


def test_check_ins_are_written_in_one_line(tmp_path: Path) -> None:
    heard = listen(
        tmp_path, "Move", "Ada, Ben, Cy", "3", "", "esc", "i", "2", "n", "It goes well.", "q"
    )
    assert any("It goes well." in line for line in after(heard, "It goes well."))
    assert [each.text for each in saved(tmp_path).checkins] == ["It goes well."]


def test_trades_are_noted(tmp_path: Path) -> None:
    heard = listen(tmp_path, "Pair", "Ada, Ben", "4", "", "t", "2", "s", "r", "u", "q")
    assert after(heard, "s") == ["2 Ben: sent yes, received not yet"]
    assert after(heard, "u")[0].startswith("Undone: ")
    later_on = listen(tmp_path, "t", clock=later(days=9))
    assert "From 2 March: Ada sent not yet, received not yet; Ben sent yes" in " ".join(later_on)


def test_a_contract_is_made_changed_and_signed(tmp_path: Path) -> None:
    heard = evening(
        tmp_path, "contracts", "n", "1", "enter", "1", "space", "2", "space", "enter",
        "6", "e", "I draw two", "w", "a", "1", "y", "2", "esc", "2", "enter", "signatures", "q",
    )  # fmt: skip
    assert "1 Maya: who draws, in it" in after(heard, "space")
    assert any("I draw two" in line for line in after(heard, "I draw two"))
    assert len(saved(tmp_path).contracts) >= 1


def test_a_graded_contract_is_judged_objected_to_and_agreed_on(tmp_path: Path) -> None:
    heard = judged(
        tmp_path, Way.GRADED, "h", "enter", "j", "1", "m", "m", "m", "enter",
        "2", "n", "n", "n", "enter", "1", "o", "enter", "enter", "60", "1", "s", "2", "s",
    )  # fmt: skip
    assert after(heard, "m")[-1] == "Useful for a decision, counts 1"
    assert "Maya: 60% comes back" in after(heard, "s", 2)


def test_undo_takes_back_a_mark_before_anything_that_was_handed_in(tmp_path: Path) -> None:
    heard = judged(
        tmp_path, Way.GRADED, "h", "enter", "j", "1", "m", "m", "m", "enter",
        "2", "n", "u", "u", "q",
    )  # fmt: skip
    assert after(heard, "u")[0] == "Taken back: the last thing you marked."
    assert any(line.startswith("Undone: the judging of") for line in after(heard, "u", 2))


def test_a_number_of_nobody_unchooses_whoever_judges(tmp_path: Path) -> None:
    heard = judged(tmp_path, Way.GRADED, "h", "enter", "j", "1", "9", "m", "q")
    assert "press 1" in " ".join(after(heard, "m"))


def test_another_figure_is_asked_with_its_reason(tmp_path: Path) -> None:
    heard = judged(
        tmp_path, Way.REVIEWED, "h", "enter", "j", "1", "y", "=", "=", "=", "=", "c",
        "90", "The sources had to be checked twice.", "q",
    )  # fmt: skip
    assert after(heard, "c")[0] == "What comes back? 80 for a percentage, or 4/5"
    assert after(heard, "90")[0] == "The reason, in a sentence:"


def test_a_secret_vote_is_refused_with_the_way_on_paper(tmp_path: Path) -> None:
    heard = judged(tmp_path, Way.PANEL, "h", "enter", "j", "q")
    said = " ".join(after(heard, "j"))
    assert "isn't possible line by line" in said
    assert "On paper: everyone with a vote writes" in said
    assert saved(tmp_path).contracts[-1].opened is not None


def test_looking_back_on_a_contract_asks_one_question_after_the_other(tmp_path: Path) -> None:
    clock = later()
    evening(
        tmp_path, "contracts", "n", "1", "enter", "1", "space", "2", "space", "enter",
        "28", "s", "29", "s", "16", "s", "17", "s", "18", "s", "19", "s", "q", clock=clock,
    )  # fmt: skip
    clock.move(timedelta(days=15))
    heard = listen(tmp_path, "h", "enter", "l", "It went well", "", "?", clock=clock)
    assert after(heard, "It went well")[-1] == "What should change?"
    assert "r: Renew" in after(heard, "?")


def test_the_review_names_who_came_and_is_set_right(tmp_path: Path) -> None:
    heard = sample(tmp_path, "r", "3", "days", "1 jan 2026", "", "1", "e", "space", "u", "q")
    assert "excused: Lena" in after(heard, "3")
    assert "From 1 January 2026." in after(heard, "")
    assert any(line.startswith("1 Maya, late") for line in after(heard, "space"))


def test_the_guide_is_read_section_by_section(tmp_path: Path) -> None:
    heard = evening(tmp_path, "guide", "1", "", "esc", "esc", "?")
    assert "1 The practice" in after(heard, "guide")
    assert after(heard, "1")[0] == "The practice"
    assert "Why a circle" in heard
    assert line_by_line.KEYS in after(heard, "?")


def test_the_demo_is_left_only_when_asked_twice_once_something_was_done(tmp_path: Path) -> None:
    heard = listen(tmp_path, "demo", "p", "2", "a", "q", "q", "t")
    assert after(heard, "q") == ["What you did in the demo isn't saved. q again to quit."]
    assert heard[-1] == "> q"
    assert not list(tmp_path.iterdir())


def test_a_place_beside_a_meeting_goes_back_to_it(tmp_path: Path) -> None:
    heard = listen(tmp_path, *FIVE, "", "", "people", "2", "esc", "t", "q", "q")
    assert "Members:" in after(heard, "people")
    assert after(heard, "t")[0].startswith("Maya speaks:")


def test_what_another_program_holds_is_only_read(tmp_path: Path) -> None:
    from circle_tui.service.circle_service import CircleService

    listen(tmp_path, *FIVE)
    service = CircleService(CircleFile(next(tmp_path.glob("*.json"))), ManualClock(NOW))
    try:
        heard = listen(tmp_path, "", "q")
    finally:
        service.close()
    assert len([line for line in heard if "open" in line.casefold()]) >= 1
    assert "Who is here:" not in heard


@pytest.mark.sampled(2)
@pytest.mark.parametrize("place", ["commitments", "covenant", "people", "settings", "contracts"])
def test_a_place_is_gone_to_by_its_name(tmp_path: Path, place: str) -> None:
    heard = evening(tmp_path, place)
    assert after(heard, place)[0].casefold().startswith(place)


def test_a_meeting_held_on_paper_is_put_down(tmp_path: Path) -> None:
    heard = evening(
        tmp_path, "m", "esc", "m", "3", "space", "u", "U", "esc", "t", "enter", clock=later()
    )
    assert after(heard, "space")[0] == "3 Tom: late"
    assert after(heard, "u")[0] == "Undone: how someone came. U to redo."
    assert after(heard, "esc", 2)[0].startswith("Nothing of this meeting is saved yet.")


def test_lines_are_passed_up_one_by_one(tmp_path: Path) -> None:
    heard = evening(tmp_path, "s")
    at = next(n for n, line in enumerate(heard) if re.match(r"\d+ Passing up", line))
    number = heard[at].split()[0]
    heard = listen(
        tmp_path, "s", number, "enter", "esc", "pass something up", "1", "space", "q",
        clock=later(),
    )  # fmt: skip
    assert after(heard, "space")[0].endswith("goes up")
    assert saved(tmp_path).records[-1].passed_up


def test_what_a_lead_would_get_is_said_before_it_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "circles").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(tmp_path / "home"))
    heard = evening(tmp_path / "circles", "f", "initials only", "enter")
    said = " ".join(after(heard, "f"))
    for part in ("What your lead gets:", "Each meeting:", "What stays here:", "The file:"):
        assert part in said
    # The meetings are heard once, and not again with each kind of name.
    assert " ".join(after(heard, "initials only")) == (
        "People: M, T, P, L and S, by their initials; when they joined, were away or left"
    )
    assert after(heard, "enter")[0] == "It's written."
    (written,) = (tmp_path / "home").glob("*.facts.json")
    assert "I call the client" not in written.read_text()


def test_a_file_of_facts_that_is_there_by_now_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(tmp_path))
    heard: list[str] = []

    def taken() -> None:
        (tmp_path / "harbour-2026-03-05.facts.json").write_text("mine")

    (tmp_path / "circles").mkdir()
    heard = evening(tmp_path / "circles", "f", Meanwhile("taken", taken), "enter", "enter", "q")
    assert "Enter writes another" in " ".join(after(heard, "enter"))
    assert after(heard, "enter", 2)[0] == "It's written."
    assert (tmp_path / "harbour-2026-03-05.facts.json").read_text() == "mine"


def test_the_row_that_is_chosen_already_is_said_when_its_number_is_typed(tmp_path: Path) -> None:
    heard = sample(tmp_path, "c", "2", "esc", "p", "1", "1")
    assert after(heard, "1", 2)[0].startswith("1 Maya: here since")
    # Home is known by now, and its first row isn't said again for a cursor that was elsewhere.
    assert after(heard, "esc") == ["Home.", "Enter begins the meeting."]


def test_a_history_is_said_again_where_a_screen_unfolds_it(tmp_path: Path) -> None:
    heard = sample(tmp_path, "c", "enter", "esc")
    assert after(heard, "enter")[0] == "Maya: how it came about:"
    assert after(heard, "esc")[0] == "Home."


def test_dates_are_saved_for_a_calendar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "circles").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(tmp_path / "home"))
    heard = evening(tmp_path / "circles", "a", clock=later())
    assert after(heard, "a")
    assert any(tmp_path.rglob("*.ics"))


@pytest.mark.parametrize(("name", "left"), [("tom", {}), ("esc", {"a field": "Tom's sister"})])
def test_forgetting_somebody_line_by_line_erases_what_was_left_in_a_field(
    tmp_path: Path, name: str, left: dict[str, str]
) -> None:
    evening(tmp_path, "q")
    clock = ManualClock(NOW + timedelta(days=1))
    lines = TypedLines(clock, iter(("p", "2", "f", "f", name, "q")))
    session = Session(lines, LineOutput(lambda _written: None), tmp_path, clock)
    draft = {"a field": "Tom's sister"}
    lines.on_line = lambda line: line == "p" and session.flow.drafts.update(draft)
    session.run()
    assert session.flow.drafts == left
    session.flow.let_go()
