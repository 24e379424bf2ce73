"""Which circle a start begins with, and the choice of one out of a folder.

Invariant: the only circle of a folder is opened at once; of several, somebody chooses. The sample
does not count as one.
"""

from pathlib import Path

from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError
from circle_tui.store.folder import Found, circle_files, circles, is_sample
from circle_tui.tui.screens.base import BaseScreen
from circle_tui.views.choose import CircleSummary


def first(folder: Path) -> CircleFile | BaseScreen:
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


def choice(
    folder: Path, first_said: str | None = None, came_from: Path | None = None
) -> BaseScreen:
    """The circles of `folder`, to choose from; `came_from` is the file of the one before."""
    from circle_tui.tui.screens.choose import ChooseScreen

    try:
        found = circles(folder)
    except LoadError as trouble:
        return ChooseScreen((), folder, str(trouble))
    choices = tuple((each.file.path, _summary(each)) for each in found)
    return ChooseScreen(choices, folder, first_said, came_from)


def _summary(found: Found) -> CircleSummary:
    slug, state = found.file.slug, found.contents
    if state is None:
        return CircleSummary(slug=slug, trouble=found.trouble)
    return CircleSummary(
        slug=slug,
        name=state.circle.name,
        people=len(state.active),
        under_way=found.file.under_way,
        sample=state.circle.sample,
    )
