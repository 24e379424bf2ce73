"""Which circle a start begins with, and the choice of one out of a folder.

Invariant: one circle is opened at once; of several, or of one that cannot be read, somebody
chooses. The sample is nobody's own.
"""

from collections import Counter
from pathlib import Path

from circle_tui.core import text
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError
from circle_tui.store.folder import circle_files, circles, is_sample
from circle_tui.tui.screens.old_base import OldScreen


def first(folder: Path) -> CircleFile | OldScreen:
    """The circle to open, or the screen to choose or set one up with."""
    try:
        files = circle_files(folder)
    except LoadError as trouble:
        return choice(folder, str(trouble))
    # Only as much is read as tells the sample from others; whoever opens one reads it whole.
    own = [file for file in files if not is_sample(file)]
    if not own:
        from circle_tui.tui.screens.first_run import FirstRunScreen

        return FirstRunScreen(first=True)
    return own[0] if len(own) == 1 else choice(folder)


def choice(folder: Path, said: str | None = None, come_from: Path | None = None) -> OldScreen:
    """The circles of `folder`, to choose from; `come_from` is the file of the one before."""
    from circle_tui.tui.screens.choose import Choice, ChooseScreen

    try:
        found = circles(folder)
    except LoadError as trouble:
        return ChooseScreen((), folder, str(trouble))
    choices = []
    names = Counter(each.contents.circle.name for each in found if each.contents is not None)
    for each in found:
        if each.contents is None:
            choices.append(
                Choice(each.file.path, text.clean(each.file.slug), "cannot be read", each.trouble)
            )
            continue
        circle = each.contents.circle
        people = f"{len(each.contents.active)} people"
        state = "a meeting is under way" if each.file.under_way else people
        alone = names[circle.name] == 1
        called = circle.name if alone else f"{circle.name} ({text.clean(each.file.slug)})"
        choices.append(Choice(each.file.path, called, "the sample" if circle.sample else state))
    return ChooseScreen(tuple(choices), folder, said, come_from)
