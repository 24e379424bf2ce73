"""What another program may follow of a meeting contains no words, whatever was said."""

import pytest
from msgspec import Struct, inspect
from msgspec.structs import replace

from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.health_check import QUESTIONS
from circle_tui.core.circle.record import CommitmentResult, Outcome
from circle_tui.core.circle.state import CircleState
from circle_tui.core.fields import WORDS_KINDS, Changer, kind_of
from circle_tui.core.meeting.followed import meeting_without_words, state_without_words
from circle_tui.core.meeting.meeting import ClosingStep, Meeting, MissedCommitment, Phase, Turn
from tests.core.eventful_meeting import eventful_meeting
from tests.core.meetings import START
from tests.core.meetings import record as record_of
from tests.store.full_state import full_history

CANARY = "kanarienvogel"
with_canaries = Changer(dict.fromkeys(WORDS_KINDS, lambda _words: CANARY))


def full_state() -> CircleState:
    circle = make_circle("Harbour", "Ana, Ben, Cleo", "pod", zone="UTC", now=START)
    return full_history(circle, record_of)


def full_meeting() -> Meeting:
    """A meeting in which every text field is used."""
    meeting = eventful_meeting().meeting
    return replace(
        meeting,
        turn=Turn("m2", START, missed=MissedCommitment("c1", "words")),
        answered=(CommitmentResult("c0", Outcome.MISSED, "words"),),
        worked="words",
        change="words",
        vitality={QUESTIONS[0]: "yes", CANARY: CANARY},
        reopened=record_of(),
        context=replace(meeting.context, question=None, contracts_due=("words",)),
    )


def test_a_followed_meeting_contains_no_words() -> None:
    planted = replace(
        with_canaries(full_meeting()), vitality={QUESTIONS[0]: CANARY, CANARY: CANARY}
    )
    assert CANARY in repr(planted)
    assert CANARY not in repr(meeting_without_words(planted))


def test_a_followed_circle_contains_no_words() -> None:
    planted = with_canaries(full_state())
    assert repr(planted).count(CANARY) > 20
    assert CANARY not in repr(state_without_words(planted))


@pytest.mark.parametrize("said", ["worked", "change"])
def test_a_followed_meeting_shows_the_step_of_the_closing(said: str) -> None:
    meeting = replace(full_meeting(), **{said: None})
    assert getattr(meeting_without_words(meeting), said) is None


def test_a_followed_meeting_shows_which_questions_were_answered_but_not_how() -> None:
    meeting = replace(full_meeting(), phase=Phase.CLOSING, vitality={QUESTIONS[0]: "no"})
    followed = meeting_without_words(meeting)
    assert followed.vitality == {QUESTIONS[0]: ""}
    assert followed.closing_step is meeting.closing_step is ClosingStep.VITALITY


UNMARKED = {
    "Meeting": "id order waiting waiting_again passed finished offered vitality reaches_out",
    "Circle": "format zone",
    "Person": "id name",
    "Turn": "member responded",
    "MissedCommitment": "commitment",
    "MeetingContext": "question",
}
"""Text fields of a live meeting without a mark: ids, names, and the program's own sentences."""


def test_every_text_field_of_a_meeting_is_marked_or_known_to_hold_no_words() -> None:
    """A new text field must be marked, or listed here, before it can be followed."""
    found: dict[str, str] = {}
    for shape in shapes(Meeting):
        fields = inspect.type_info(shape).fields  # type: ignore[union-attr]
        names = [field.name for field in fields if has_plain_text(field.type)]
        if names:
            found[shape.__name__] = " ".join(names)
    assert found == UNMARKED


def has_plain_text(info: inspect.Type) -> bool:
    if kind_of(info) is not None:
        return False
    return isinstance(info, inspect.StrType) or any(map(has_plain_text, parts(info)))


def parts(info: inspect.Type) -> list[inspect.Type]:
    match info:
        case inspect.Metadata(type=inner):
            return [inner]
        case inspect.UnionType(types=types):
            return list(types)
        case inspect.VarTupleType(item_type=item):
            return [item]
        case inspect.TupleType(item_types=items):
            return list(items)
        case inspect.DictType(key_type=keys, value_type=values):
            return [keys, values]
    return []


def shapes(shape: type[Struct]) -> set[type[Struct]]:
    found: set[type[Struct]] = set()

    def visit(info: inspect.Type) -> None:
        if isinstance(info, inspect.StructType) and info.cls not in found:
            found.add(info.cls)
            for field in info.fields:
                visit(field.type)
        for part in parts(info):
            visit(part)

    visit(inspect.type_info(shape))
    return found
