"""Which circle a start begins with, and the choice of one out of a folder.

Law: one circle is opened at once; of several, or of one that cannot be read, somebody chooses.
The sample is nobody's own.
"""

from pathlib import Path

from circle_tui.core import text
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.failures import Unreadable
from circle_tui.store.folder import circles
from circle_tui.tui.screens.base import CircleScreen
from circle_tui.tui.screens.choose import Choice, ChooseScreen
from circle_tui.tui.screens.first_run import FirstRunScreen


def first(folder: Path) -> CircleFile | CircleScreen:
    """The circle to open, or the screen to choose or set one up with."""
    try:
        found = circles(folder)
    except Unreadable as trouble:
        return ChooseScreen((), folder, str(trouble))
    own = [each for each in found if each.contents is None or not each.contents.circle.sample]
    if not own:
        return FirstRunScreen(first=True)
    if len(own) == 1 and own[0].contents is not None:
        return own[0].file
    return choice(folder)


def choice(folder: Path, said: str | None = None) -> ChooseScreen:
    """The circles of `folder`, to choose from."""
    try:
        found = circles(folder)
    except Unreadable as trouble:
        return ChooseScreen((), folder, str(trouble))
    choices = []
    for each in found:
        if each.contents is None:
            choices.append(
                Choice(each.file.path, text.clean(each.file.slug), "cannot be read", each.trouble)
            )
            continue
        circle = each.contents.circle
        parked = each.file.journal_path.exists()
        state = "a meeting is under way" if parked else f"{len(each.contents.active)} people"
        choices.append(
            Choice(each.file.path, circle.name, "the sample" if circle.sample else state)
        )
    return ChooseScreen(tuple(choices), folder, said)
