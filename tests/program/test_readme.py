"""README is a short front door whose two commands work."""

from .documentation import README, blocks, links, section

WORDS_AT_MOST = 900


def test_the_readme_is_short() -> None:
    assert len(README.read_text(encoding="utf-8").split()) <= WORDS_AT_MOST


def test_the_first_two_commands_of_the_readme_run_the_app_and_the_tests() -> None:
    first, second = blocks(README, "sh")[:2]
    begin = "python3 -m venv .venv && .venv/bin/pip install -q -e"
    assert first == f"{begin} . && .venv/bin/circle-tui\n"
    assert second == f"{begin} '.[test]' && .venv/bin/pytest\n"


def test_the_pictures_in_the_readme_are_ones_that_the_tests_compare() -> None:
    pictures = [each for each in links(README) if each.endswith(".svg")]
    assert pictures == [
        f"tests/tui/__snapshots__/test_snapshots/test_a_picture_in_readme[{scene}].svg"
        for scene in ("home", "share", "close")
    ]


def test_a_meeting_takes_five_steps() -> None:
    steps = [
        line
        for line in section(README, "A meeting in five steps").splitlines()
        if line[:1].isdigit()
    ]
    assert [step.split(".")[0] for step in steps] == ["1", "2", "3", "4", "5"]
