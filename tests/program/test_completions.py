"""What shells complete with the tab key."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from .sandbox import PROGRAM, Sandbox
from .written_circles import circle, write_circle

LINES = (
    (("circle-tui", "cal"), {"calendar"}),
    (("circle-tui", "calendar", "--ne"), {"--next"}),
    (("circle-tui", "calendar", "--circle", "ha"), {"harbour"}),
    (("circle-tui", "export", "fa"), {"facts"}),
    (("circle-tui", "export", "circle", ""), {"harbour"}),
    (("circle-tui", "watch", "har"), {"harbour"}),
    (("circle-tui", "completions", ""), {"bash", "zsh", "fish", "circles"}),
)


@pytest.mark.usefixtures("harbour")
def test_bash_completes_commands_options_and_circles(sandbox: Sandbox, tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    _program_on_path(sandbox)
    (tmp_path / "c.bash").write_text(sandbox.run_in_process("completions", "bash").stdout)
    asked = "\n".join(f"try {' '.join(map(repr, words))}" for words, _ in LINES)
    done = _shell(
        sandbox,
        bash,
        f"source {tmp_path / 'c.bash'}\ncomplete -p circle-tui >&2\n"
        'try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()\n'
        '_shtab_circle_tui circle-tui "${@: -1}" "${@: -2:1}"; echo "${COMPREPLY[*]}"; }\n' + asked,
    )
    assert "_shtab_circle_tui circle-tui" in done.stderr
    assert [set(line.split()) for line in done.stdout.splitlines()] == [each for _, each in LINES]


@pytest.mark.usefixtures("harbour")
def test_bash_completes_the_circles_of_the_folder_that_was_named(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    _program_on_path(sandbox)
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    shutil.copy(sandbox.sessions / "harbour.json", elsewhere / "pier.json")
    (tmp_path / "c.bash").write_text(sandbox.run_in_process("completions", "bash").stdout)
    done = _shell(
        sandbox,
        bash,
        f"source {tmp_path / 'c.bash'}\n"
        f'COMP_WORDS=(circle-tui --sessions "{elsewhere}" sheet --circle ""); COMP_CWORD=5\n'
        '_shtab_circle_tui circle-tui "" --circle; echo "${COMPREPLY[*]}"\n',
    )
    assert done.stdout == "pier\n"


@pytest.mark.full
@pytest.mark.usefixtures("harbour")
def test_fish_completes_commands_options_and_circles(sandbox: Sandbox, tmp_path: Path) -> None:
    fish = shutil.which("fish")
    if fish is None:
        pytest.skip("fish is not installed")
    _program_on_path(sandbox)
    (tmp_path / "c.fish").write_text(sandbox.run_in_process("completions", "fish").stdout)
    for words, expected in LINES:
        done = _shell(
            sandbox, fish, f'source {tmp_path / "c.fish"}; complete -C "{" ".join(words)}"'
        )
        assert expected <= {line.split("\t")[0] for line in done.stdout.splitlines()}


def test_zsh_takes_its_script(sandbox: Sandbox, tmp_path: Path) -> None:
    zsh = shutil.which("zsh")
    if zsh is None:
        pytest.skip("zsh is not installed")
    script = tmp_path / "_circle-tui"
    script.write_text(sandbox.run_in_process("completions", "zsh").stdout)
    done = _shell(sandbox, zsh, f"autoload -U compinit; compinit -u; source {script}; print fine")
    assert done.stdout.endswith("fine\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shells_script_knows_every_command(sandbox: Sandbox, shell: str) -> None:
    from circle_tui.cli.main import _MODULES

    script = sandbox.run_in_process("completions", shell).stdout
    assert all(command in script for command in _MODULES if command is not None)
    assert "_circle_tui_circles" in script or "completions circles" in script


def test_circles_are_listed_where_they_are_one_word_for_a_shell(sandbox: Sandbox) -> None:
    for slug in ("harbour", "two words", "a;b", "north-2"):
        write_circle(sandbox, slug, circle(name=slug))
    assert sandbox.run_in_process("completions", "circles").stdout == "harbour\nnorth-2\n"


def _program_on_path(sandbox: Sandbox) -> None:
    """Let a shell in the sandbox find the program by its name."""
    folder = sandbox.home / "bin"
    folder.mkdir()
    program = folder / "circle-tui"
    program.write_text(f'#!/bin/sh\nexec {" ".join(PROGRAM)} "$@"\n')
    program.chmod(0o755)
    sandbox.environment["PATH"] = f"{folder}{os.pathsep}{os.defpath}"


def _shell(sandbox: Sandbox, shell: str, script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (shell, "-c", script),
        capture_output=True,
        encoding="utf-8",
        env=sandbox.environment,
        cwd=sandbox.home,
        timeout=60,
        check=True,
    )
