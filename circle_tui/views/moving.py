"""What is said when a circle's file arrives from another machine.

Invariant: of two versions it says which is newer and what differs; nobody has to guess.
"""


def here_already(name: str, where: str) -> str:
    """The very same circle is here."""
    return f"{name} is here already, and it's exactly the same: {where}."


def differs(name: str, sent: str, difference: str, *, is_newer: bool) -> str:
    """Which of the two is newer, and how the older one differs."""
    if is_newer:
        return f"{name} is here already, and {sent} is newer. The one here was {difference}."
    return f"{name} is here already, and newer than {sent}, which was {difference}."


def ask() -> str:
    """What the two keys do."""
    return "  r replaces the one here, and keeps a backup of it · esc leaves it as it is  "


def say_how(sent: str) -> str:
    """What to do where nobody can be asked."""
    return (
        f"Nothing has changed. Add --replace to use the one in {sent}, "
        "and keep this one as a backup."
    )


def replaced(name: str, backup: str) -> str:
    """It was replaced; where what was here is now."""
    return f"{name} is now the one you brought. The one before is in {backup}."


LEFT = "Nothing has changed."
