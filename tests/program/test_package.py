"""What is installed is all of the program, and nothing of anybody's circle."""

import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

import circle_tui

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files of a wheel, by name."""
    place = tmp_path_factory.mktemp("wheel")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(place), versions=["standard"])
    with zipfile.ZipFile(built) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, full: bool) -> set[str]:
    """The names of the files of a source distribution, without its folder's.

    With `--full` it is built; packing all the pictures takes longer than saying which they are.
    """
    builder = SdistBuilder(str(ROOT))
    if not full:
        return {file.distribution_path for file in builder.recurse_included_files()}
    place = tmp_path_factory.mktemp("source")
    (built,) = builder.build(directory=str(place), versions=["standard"])
    with tarfile.open(built) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def of_the_program(*endings: str) -> set[str]:
    folder = ROOT / "circle_tui"
    return {
        path.relative_to(ROOT).as_posix() for path in folder.rglob("*") if path.suffix in endings
    }


def test_the_wheel_has_every_module_style_page_and_template(wheel: dict[str, str]) -> None:
    needed = of_the_program(".py", ".tcss", ".md", ".html")
    assert {Path(name).suffix for name in needed} == {".py", ".tcss", ".md", ".html"}
    assert needed <= set(wheel)


def test_wheel_and_source_carry_the_licence(wheel: dict[str, str], source: set[str]) -> None:
    licence = (ROOT / "circle_tui" / "LICENSE").read_text(encoding="utf-8")
    (metadata,) = (text for name, text in wheel.items() if name.endswith("/METADATA"))
    assert "License-Expression: MIT\nLicense-File: circle_tui/LICENSE\n" in metadata
    assert [text for name, text in wheel.items() if name.endswith("LICENSE")] == [licence] * 2
    assert "circle_tui/LICENSE" in source


def test_the_source_has_what_the_wheel_has_and_what_the_tests_of_pages_read(
    source: set[str], full: bool
) -> None:
    assert of_the_program(".py", ".tcss", ".md") <= source
    assert {"README.md", ".github/CHANGELOG.md"} <= source
    # Whoever builds it puts this in, whatever is chosen.
    assert "pyproject.toml" in source or not full


def test_nothing_of_a_circle_goes_with_it(wheel: dict[str, str], source: set[str]) -> None:
    assert not [name for name in (*wheel, *source) if name.startswith("sessions")]


def test_the_version_stands_once(wheel: dict[str, str]) -> None:
    (metadata,) = (text for name, text in wheel.items() if name.endswith("/METADATA"))
    assert f"\nVersion: {circle_tui.__version__}\n" in metadata
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["dynamic"] == ["version"]
    assert "version" not in project
