"""Which circle a start begins with, and the choice of one out of a folder.

Invariant: the only circle of a folder is opened at once; of several, somebody chooses. The sample
does not count as one.
"""

from pathlib import Path

from circle_tui.store.errors import LoadError
from circle_tui.store.folder import ListedCircle, list_circles, without_copies
from circle_tui.tui.screens.base import BaseScreen
from circle_tui.views.choose import CircleSummary


def first(folder: Path) -> ListedCircle | BaseScreen:
    """The circle to open, or the screen to choose or set one up with."""
    try:
        listed = _listed(folder)
    except LoadError as trouble:
        return choice(folder, str(trouble))
    own = [each for each in listed if not each.sample]
    if not own:
        from circle_tui.tui.screens.first_run import FirstRunScreen

        return FirstRunScreen(first=True)
    return own[0] if len(own) == 1 else _choice(listed, folder)


def choice(
    folder: Path, first_said: str | None = None, came_from: Path | None = None
) -> BaseScreen:
    """The circles of `folder`, to choose from; `came_from` is the file of the one before."""
    try:
        return _choice(_listed(folder), folder, first_said, came_from)
    except LoadError as trouble:
        return _choice([], folder, str(trouble))


def _choice(
    listed: list[ListedCircle],
    folder: Path,
    first_said: str | None = None,
    came_from: Path | None = None,
) -> BaseScreen:
    from circle_tui.tui.screens.choose import ChooseScreen

    choices = tuple((each.file.path, _summary(each)) for each in listed)
    return ChooseScreen(choices, folder, first_said, came_from)


def _listed(folder: Path) -> list[ListedCircle]:
    return sorted(without_copies(list_circles(folder)), key=_name)


def _name(listed: ListedCircle) -> str:
    return (listed.name or listed.file.slug).casefold()


def _summary(listed: ListedCircle) -> CircleSummary:
    return CircleSummary(
        slug=listed.file.slug,
        name=listed.name,
        people=listed.people,
        under_way=listed.trouble is None and listed.file.under_way,
        sample=listed.sample,
        trouble=listed.trouble,
        copies=listed.copies,
    )
