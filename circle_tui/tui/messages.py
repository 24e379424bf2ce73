"""What screens ask of the app.

Invariant: a screen never opens a file and never chooses the next screen; it asks here, and the
app answers.
"""

from pathlib import Path

from textual.message import Message

from circle_tui.views.view import Request


class Requested(Message):
    """Something is asked of the app that no command does."""

    def __init__(self, what: Request) -> None:
        super().__init__()
        self.what = what


class Said(Message):
    """A sentence to flash on whatever screen is shown then."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


class ActionChosen(Message):
    """Do what was chosen in the help, on the screen below it."""

    def __init__(self, action_id: str) -> None:
        super().__init__()
        self.action_id = action_id


class GuideRequested(Message):
    """Show a page of the guide above the help; `page` counts from 0."""

    def __init__(self, page: int) -> None:
        super().__init__()
        self.page = page


class ContractStep(Message):
    """Go on with a contract, by id, at a step of it: see `routes.CONTRACT_STEPS`."""

    def __init__(self, contract_id: str, step: str) -> None:
        super().__init__()
        self.contract_id = contract_id
        self.step = step


class CorrectionRequested(Message):
    """Set right the record of a meeting, perhaps beginning with one commitment; both by id."""

    def __init__(self, meeting: str, commitment: str | None = None) -> None:
        super().__init__()
        self.meeting = meeting
        self.commitment = commitment


class CircleChosen(Message):
    """Open the circle in this file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path


class CircleRequested(Message):
    """Make a circle out of what was typed, `again` also where there is one like it."""

    def __init__(self, name: str, members: str, format_key: str) -> None:
        super().__init__()
        self.again = False
        self.name = name
        self.members = members
        self.format_key = format_key
