"""`circle-tui completions`: what a shell needs to complete commands by the tab key.

Invariant: it is made from the same parser that reads the command line, so it knows each option.
"""

import argparse
import re
from collections.abc import Iterator

import shtab

from circle_tui.cli.arguments import make_parser
from circle_tui.cli.output import CommandError
from circle_tui.cli.sessions import chosen_folder
from circle_tui.cli.shared_arguments import typed_path
from circle_tui.cli.write_out import write_out
from circle_tui.store.errors import LoadError
from circle_tui.store.folder import circle_files

_WORD = re.compile(r"[\w.-]+")
"""A name that every shell takes for one word."""
_FOLDERS = {"sessions", "into", "folder"}
_CIRCLES = {
    "bash": "_circle_tui_circles",
    "zsh": "_circle_tui_circles",
    "fish": "(circle-tui completions circles 2>/dev/null)",
}
_PREAMBLE = {
    "bash": """\
_circle_tui_circles() {
  local at folder=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    [[ ${COMP_WORDS[at]} == --sessions ]] && folder=(--sessions "${COMP_WORDS[at + 1]}")
  done
  compgen -W "$(circle-tui "${folder[@]}" completions circles 2>/dev/null)" -- "$1"
}
""",
    "zsh": """\
_circle_tui_circles() {
  local -a circles
  circles=(${(f)"$(circle-tui completions circles 2>/dev/null)"})
  compadd -a circles
}
""",
}


def run(arguments: argparse.Namespace) -> int:
    """Write the script for a shell, or the names of the circles; the exit status."""
    if arguments.shell == "circles":
        return _write_circles(arguments)
    parser = make_parser()
    for action in _actions(parser):
        _describe(action)
    preamble = _PREAMBLE.get(arguments.shell, "")
    script = shtab.complete(parser, arguments.shell, preamble=preamble)
    return write_out(f"{script.rstrip()}\n".encode(), None)


def _write_circles(arguments: argparse.Namespace) -> int:
    try:
        files = circle_files(chosen_folder(arguments))
    except LoadError as trouble:
        raise CommandError(str(trouble)) from None
    slugs = sorted(file.slug for file in files if _WORD.fullmatch(file.slug))
    return write_out("".join(f"{slug}\n" for slug in slugs).encode(), None)


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Every option and argument, of the commands too."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)
        else:
            yield action


def _describe(action: argparse.Action) -> None:
    """Say with what a shell completes the value of an option."""
    if "--circle" in action.option_strings or action.dest == "slug":
        action.complete = _CIRCLES  # type: ignore[attr-defined]
    elif action.type is typed_path:
        folder = action.dest in _FOLDERS
        action.complete = shtab.DIRECTORY if folder else shtab.FILE  # type: ignore[attr-defined]
