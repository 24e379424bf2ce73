"""A wheel built from a clean clone, installed by itself, is the whole program."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from .sandbox import Sandbox

pytestmark = pytest.mark.full

ROOT = Path(__file__).parents[2]
OFFLINE = ("--no-deps", "--no-index", "--disable-pip-version-check", "--quiet")


def run(*command: str | Path, at: Path) -> str:
    """What a command prints in a folder; it has to succeed."""
    done = subprocess.run(command, cwd=at, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but what the wheel of the last commit puts there."""
    place = tmp_path_factory.mktemp("wheel")
    for needed in ("pip", "hatchling"):
        if find_spec(needed) is None:
            pytest.skip(f"{needed} isn't installed, which builds the wheel")
    if not (ROOT / ".git").exists():
        pytest.skip("this isn't a checkout that can be cloned")
    run("git", "clone", "--quiet", ROOT, "clone", at=place)
    pip = (sys.executable, "-m", "pip")
    build = ("wheel", "--no-build-isolation", *OFFLINE, "--wheel-dir", "wheels", "./clone")
    run(*pip, *build, at=place)
    (wheel,) = (place / "wheels").iterdir()
    run(*pip, "install", *OFFLINE, "--target", "installed", wheel, at=place)
    return place / "installed"


def test_the_demo_runs_from_an_empty_folder_as_it_was_installed(
    installed: Path, sandbox: Sandbox
) -> None:
    sandbox.environment["PYTHONPATH"] = str(installed)
    where = "import circle_tui; print(circle_tui.__file__)"
    assert Path(sandbox.run_python("-c", where).stdout.strip()).is_relative_to(installed)
    assert not list(sandbox.home.iterdir())
    terminal = sandbox.start("demo")
    terminal.wait_for("Begin the meeting")
    terminal.press("?")
    terminal.wait_for("The guide")


def test_styles_guide_and_licence_are_installed(installed: Path) -> None:
    package = installed / "circle_tui"
    cloned = installed.parent / "clone" / "circle_tui"
    for pattern in ("*.tcss", "guide/*.md", "LICENSE"):
        carried = {path.relative_to(cloned) for path in cloned.rglob(pattern)}
        assert carried
        assert carried == {path.relative_to(package) for path in package.rglob(pattern)}
    assert list(installed.glob("*.dist-info/licenses/circle_tui/LICENSE"))
