"""The options of the commands whose results other programs and hands take on.

Invariant: nothing slow is imported here. Each command's help ends with lines to copy.
"""

import argparse
from typing import Any

from circle_tui.cli.shared_arguments import add_circle, add_output, typed_path

_CALENDAR = """\
examples:
  circle-tui calendar -o harbour.ics           all dates of the cycle
  circle-tui calendar --next -o next.ics       one event, to send to someone
  circle-tui calendar --circle harbour -o -    to another program

After a change, import the file again: it updates what's there, and nothing appears twice.
"""
_NEXT = """\
examples:
  circle-tui next                              Harbour: Thursday 2 April, 10:00, in 3 days. …
  xdg-open "$(circle-tui next --mailto)"       a mail to everybody, to finish and send

every morning at eight, as a notification (systemd):
  systemd-run --user --on-calendar=08:00 sh -c 'notify-send "$(circle-tui next)"'

every morning at eight, as a mail to yourself (a line for crontab -e):
  0 8 * * * circle-tui next
"""
_SHEET = """\
examples:
  circle-tui sheet -o evening.html             print it from your browser
  circle-tui sheet --text                      for any printer: circle-tui sheet --text | lp
  circle-tui sheet --member Maya -o maya.html  Maya's commitments and her next date
"""
_PARTNERS = """\
The file has a heading line and one line for each person:

  name,topics,circle
  Maya,speaking up; delegating,Harbour
  Tom,delegating; writing,
  Lena,"writing; focus, at home",Pier

Nothing is saved.

examples:
  circle-tui partners people.csv
  circle-tui partners people.csv -o pairs.txt
"""
_CHECK = """\
examples:
  circle-tui check                             your own circles
  circle-tui check ~/circles                   those in another folder
  circle-tui check --repair                    bring back the previous version of a damaged file

It prints no names and no words except the names of files, so you can paste it into a report.
"""
_COMPLETIONS = """\
examples:
  circle-tui completions bash > ~/.local/share/bash-completion/completions/circle-tui
  circle-tui completions zsh > ~/.zfunc/_circle-tui        with ~/.zfunc in your $fpath
  circle-tui completions fish > ~/.config/fish/completions/circle-tui.fish
"""


def describe_forms(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add these commands."""
    calendar = _add(commands, "calendar", "your dates, as a file for any calendar", _CALENDAR)
    add_circle(calendar)
    add_output(calendar)
    calendar.add_argument("--next", action="store_true", help="only the next meeting, as one event")

    coming = _add(commands, "next", "when you meet next, in one line", _NEXT)
    add_circle(coming)
    coming.add_argument(
        "--mailto", action="store_true", help="a mail to everybody instead, as a mailto: address"
    )

    sheet = _add(commands, "sheet", "a page to print, for a meeting without a computer", _SHEET)
    add_circle(sheet)
    sheet.add_argument("--member", metavar="NAME", help="this person's own sheet")
    forms = sheet.add_mutually_exclusive_group()
    for form, what in (("html", "a page for a browser"), ("text", "plain lines")):
        forms.add_argument(
            f"--{form}",
            dest="form",
            action="store_const",
            const=form,
            help=f"{what} (or else by the file's name)",
        )
    add_output(sheet)

    partners = _add(
        commands, "partners", "who could work together, by the topics they share", _PARTNERS
    )
    partners.add_argument(
        "file", metavar="FILE.csv", type=typed_path, help="people and their topics"
    )
    add_output(partners)

    check = _add(commands, "check", "check that all files are fine", _CHECK)
    check.add_argument(
        "folder",
        nargs="?",
        metavar="FOLDER",
        type=typed_path,
        help="a folder to check (or else your own circles)",
    )
    check.add_argument(
        "--repair",
        action="store_true",
        help="replace a damaged file with its previous version, and save the damaged one beside it",
    )

    completions = _add(commands, "completions", "complete commands with the tab key", _COMPLETIONS)
    completions.add_argument(
        "shell",
        choices=["bash", "zsh", "fish", "circles"],
        help="which shell; circles prints the names that --circle takes",
    )


def _add(
    commands: "argparse._SubParsersAction[Any]", name: str, what: str, epilog: str
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name,
        help=what,
        description=f"{what[0].upper()}{what[1:]}.",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return command
