"""The look is stored per user; preferences that cannot be read never stop the program."""

from pathlib import Path

import pytest

from circle_tui.store.errors import LoadError, SaveError
from circle_tui.store.preferences import Preferences, read_preferences, write_preferences


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's preferences, which does not exist yet."""
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_, **__: tmp_path / "config")
    return tmp_path / "config"


def test_without_a_file_the_defaults_are_used() -> None:
    assert read_preferences() == Preferences()


def test_saved_preferences_are_read_again() -> None:
    for theme in ("circle-light", "circle-dark"):
        write_preferences(Preferences(theme))
        assert read_preferences() == Preferences(theme)


def test_preferences_of_a_newer_version_are_ignored(config: Path) -> None:
    config.mkdir()
    (config / "preferences.json").write_text('{"theme": "circle-light", "sound": {"a": 1}}')
    assert read_preferences().theme == "circle-light"


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"theme": 3}', "\x00\xff", "[" * 5000])
def test_a_damaged_file_is_reported_in_one_sentence_and_can_be_overwritten(
    config: Path, content: str
) -> None:
    config.mkdir()
    (config / "preferences.json").write_text(content, encoding="latin-1")
    with pytest.raises(LoadError, match=r"^\S+preferences.json can't be read") as refused:
        read_preferences()
    assert "\n" not in str(refused.value)
    write_preferences(Preferences("circle-light"))
    assert read_preferences().theme == "circle-light"


def test_a_folder_in_the_files_place_is_reported(config: Path) -> None:
    (config / "preferences.json").mkdir(parents=True)
    with pytest.raises(LoadError):
        read_preferences()


def test_preferences_that_cannot_be_saved_are_reported(config: Path) -> None:
    config.write_text("a file where the folder should be")
    with pytest.raises(SaveError, match="aren't saved for next time"):
        write_preferences(Preferences("circle-light"))
    assert read_preferences() == Preferences()


def test_without_a_home_folder_the_defaults_are_used_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless(*_: object, **__: object) -> Path:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.chdir(tmp_path)
    for answer in (homeless, lambda *_, **__: Path("~/.config")):
        monkeypatch.setattr("platformdirs.user_config_path", answer)
        assert read_preferences() == Preferences()
        with pytest.raises(SaveError, match=r"aren't saved for next time.*no home folder"):
            write_preferences(Preferences("circle-light"))
    assert list(tmp_path.iterdir()) == []
