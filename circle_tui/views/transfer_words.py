"""The sentences when a circle's file arrives from another machine.

Invariant: they say which of two versions is newer and what differs.
"""


def here_already(name: str, where: str) -> str:
    """The same version of the circle is here already."""
    return f"{name} is here already, and it's exactly the same: {where}."


def differs(name: str, sent: str, difference: str, *, is_newer: bool) -> str:
    """Which of the two is newer, and how the older one differs."""
    if is_newer:
        return f"{name} is here already, and {sent} is newer. The one here was {difference}."
    return f"{name} is here already, and newer than {sent}, which was {difference}."


def ask_whether_to_replace() -> str:
    """The question whether to replace the circle here, with its two keys."""
    return "  r replaces the one here, and keeps a backup of it · esc leaves it as it is  "


def how_to_decide(sent: str) -> str:
    """What to do if nobody can be asked, because there is no terminal."""
    return (
        f"Nothing has changed. Add --replace to use the one in {sent}, "
        "and keep this one as a backup."
    )


def replaced(name: str, backup: str) -> str:
    """The circle was replaced; `backup` is where the previous version is."""
    return f"{name} is now the one you brought. The one before is in {backup}."


LEFT = "Nothing has changed."
