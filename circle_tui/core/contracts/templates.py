"""The templates a contract can begin from.

Invariant: these are data. “…” marks a gap that has to be filled before anybody signs; {A}, {B} and
{S} stand for the names of those in it, in the order they were chosen.
"""

from msgspec import Struct

from circle_tui.core.contracts.contract import Line, LineKind, Way
from circle_tui.core.contracts.reviewed import USUAL_RUBRIC

GAP = "…"


class Role(Struct, frozen=True):
    """The lines that one party's part begins with; `who` is their role in a few words."""

    lines: tuple[Line, ...]
    who: str = ""


class Template(Struct, frozen=True, kw_only=True):
    """What a contract begins with. Parties beyond the last role have the last role, too."""

    key: str
    title: str
    about: str
    name: str
    scope: str = ""
    lasts: str = "a month"
    in_touch: str = ""
    if_changes: str = ""
    criteria: tuple[str, ...] = ()
    rubric: tuple[str, ...] = USUAL_RUBRIC
    roles: tuple[Role, ...]
    way: Way = Way.TALK

    def role(self, at: int, people: int) -> Role:
        """The role of person number `at` (from 0) of `people`; the last person has the last."""
        if len(self.roles) == 1:
            return self.roles[0]
        last = at == people - 1
        return self.roles[-1] if last else self.roles[min(at, len(self.roles) - 2)]


def _will(text: str) -> Line:
    return Line(LineKind.WILL, text)


def _needs(text: str) -> Line:
    return Line(LineKind.NEEDS, text)


def _boundary(text: str) -> Line:
    return Line(LineKind.BOUNDARY, text)


_SORTING = Role(
    (
        _will("Look at each request within 48 hours: yes, later, or no."),
        _will("Bring to {S} only what we two disagree on, or what costs money."),
        _needs("That {S} sends everybody to us, also those who ask in person."),
        _boundary("I sort; I promise no dates for others."),
    ),
    "who sorts",
)

BLANK = "blank"
HUB = "hub"
SPOKE = "spoke"

TEMPLATES = {
    template.key: template
    for template in (
        Template(
            key="design-feedback",
            title="Design feedback",
            about="one draws, one answers; a fortnight",
            name="Design feedback",
            scope="One design, from the first sketch to a version we both stand by.",
            lasts="two weeks",
            in_touch="Fridays, a quarter of an hour, for whatever our answers left open.",
            if_changes="Whoever falls behind says so the same day and names a new one.",
            criteria=(
                "Shown or answered on the day",
                "Useful for a decision",
                "About users, not taste",
            ),
            roles=(
                Role(
                    (
                        _will("Show the first sketches by Tuesday evening."),
                        _will("Say with each of them what I want to know."),
                        _needs("Answers in writing, all in one place."),
                        _boundary("No messages about it after seven in the evening."),
                    ),
                    "who draws",
                ),
                Role(
                    (
                        _will("Answer in writing by Thursday evening."),
                        _will("Speak of what the people who use it are after, not of my taste."),
                        _needs("One link, and what is new since last time."),
                        _boundary("One round a week; for more we agree first."),
                    ),
                    "who answers",
                ),
            ),
        ),
        Template(
            key="shared-branch",
            title="Shared branch",
            about="announce what moves; a month",
            name="Shared branch",
            scope="Work on the same code, so that nobody builds on what is just being moved.",
            in_touch="Mondays, ten minutes: what will move this week.",
            if_changes="A forgotten announcement is talked over, without blame, before anything "
            "is rewritten.",
            criteria=("Announced in time", "Looked at in time", "No work done twice"),
            roles=(
                Role(
                    (
                        _will("Announce a change of structure within two hours of committing it."),
                        _will("Look at such an announcement within a working day."),
                        _needs("A day to object before a change counts as settled."),
                        _boundary("Changes inside my own part need no announcement."),
                    )
                ),
            ),
        ),
        Template(
            key="request-triage",
            title="Request triage",
            about="two sort, one is relieved; a month",
            name="Triage",
            scope="Everything that is asked of us from outside.",
            in_touch="Once a week, half an hour, over what was decided.",
            if_changes="When more comes than can be sorted in 48 hours, we stop and make a new "
            "rule within the week.",
            criteria=(
                "Sorted within 48 hours",
                "Only the agreed things passed up",
                "Decisions left standing",
            ),
            roles=(
                _SORTING,
                Role(
                    (
                        _will("Pass every request on without answering it."),
                        _will("Stand by what was decided until we meet."),
                        _needs("A short list each week of what was decided."),
                        _boundary("Money stays with me."),
                    ),
                    "who is relieved",
                ),
            ),
        ),
        Template(
            key="writing",
            title="Writing",
            about="pages on Sundays, read by Wednesdays; a month",
            name="Writing",
            scope="One piece of writing each, finished.",
            in_touch="Wednesdays, twenty minutes.",
            if_changes="When life gets in the way we halve the pages, not the days.",
            way=Way.REVIEWED,
            roles=(
                Role(
                    (
                        _will(
                            "Write for four half-hours a week, and send what there is on Sunday."
                        ),
                        _will("Read the other's pages by Wednesday and say what I would keep."),
                        _needs("Nobody to correct commas before the last week."),
                        _boundary("A week without pages is told, not explained."),
                    )
                ),
            ),
        ),
        Template(
            key="trial",
            title="A fortnight's trial",
            about="of working together",
            name="A fortnight's trial",
            scope="The one thing between us that rubs: …",
            lasts="two weeks",
            in_touch="Ten minutes at the end of the first week.",
            if_changes="Each of us may stop it after the first week, with one word and no reason.",
            roles=(
                Role(
                    (
                        _will("Say in one sentence what I need before I begin."),
                        _will("Answer within a working day, if only to say when."),
                        _needs("To hear of trouble from you first."),
                        _boundary("Not by message after six in the evening."),
                    )
                ),
            ),
        ),
        Template(
            key=HUB,
            title="Hub and spokes",
            about="for more than five people",
            name="Hub",
            scope="How the parts of a larger group keep in step.",
            in_touch="Once a week, a quarter of an hour, the hub alone.",
            if_changes="Whoever can no longer speak for their people says so, and someone else "
            "takes the seat.",
            roles=(
                Role(
                    (
                        _will(
                            "Speak here for those I work with, and bring back to them what we "
                            "agree."
                        ),
                        _will("Have a contract of my own with each of them."),
                        _needs("No decision about my people without me."),
                        _boundary("I cannot promise for them: I ask first."),
                    ),
                    "in the hub",
                ),
            ),
        ),
        Template(
            key=BLANK,
            title="Blank",
            about="",
            name="Contract",
            scope=GAP,
            lasts="two weeks",
            roles=(Role((_will(GAP), _needs(GAP))),),
        ),
    )
}
"""The templates by key, in the order they are offered."""

SPOKE_TEMPLATE = Template(
    key=SPOKE,
    title="Spoke",
    about="made from the map",
    name="Spoke",
    scope="How one of us and the hub keep in step.",
    in_touch="Once a week, a quarter of an hour.",
    if_changes="Whoever can no longer speak for their people says so, and someone else takes "
    "the seat.",
    roles=(
        Role(
            (
                _will("Bring what you tell me into the next talk of the hub."),
                _needs("To know it by the evening before."),
            ),
            "in the hub",
        ),
        Role(
            (
                _will("Say by the evening before what the hub should know."),
                _boundary("I am not asked for reports."),
            ),
            "a spoke",
        ),
    ),
)
