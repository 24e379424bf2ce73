"""Which parts of a status line can be clicked, and what they do."""

import pytest

from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.clickable_keys import with_clickable_keys
from circle_tui.views.text import plain
from circle_tui.views.view import Action, Local, Offer, offered


def parts(sentence: str, place: Place, *action_ids: str) -> list[tuple[str, str]]:
    """The parts that can be clicked, each with its action, where these actions can be done."""
    actions = offered(TABLE[place], dict.fromkeys(action_ids, Local.NOWHERE))
    text = with_clickable_keys(sentence, actions)
    assert plain(text) == sentence
    return [(span.text, span.action_id) for span in text if span.action_id]


@pytest.mark.parametrize(
    ("sentence", "place", "expected"),
    [
        (
            "Talk about it, then give one answer for all of us: y yes · p partly · n no",
            Place.CLOSING,
            [("y yes", "answer_yes"), ("p partly", "answer_partly"), ("n no", "answer_no")],
        ),
        (
            "Enter continues · s saves it as it is · x drops it",
            Place.RESUME,
            [
                ("Enter continues", "continue"),
                ("s saves it as it is", "close"),
                ("x drops it", "drop"),
            ],
        ),
        ("n to add one · Enter to close the meeting", Place.COMMITMENTS, [
            ("n to add one", "promise"), ("Enter to close the meeting", "end"),
        ]),
        ("No need to explain. Enter to continue, Esc to undo.", Place.COMMITMENTS, [
            ("Enter to continue", "end"), ("Esc to undo", "back"),
        ]),
        ("It's the day. Sit together and press l to look back.", Place.CONTRACT, [
            ("l to look back", "look_back"),
        ]),
        ("k kept · p partly\nStarting again: a the same", Place.COMMITMENTS, [
            ("k kept", "kept"), ("p partly", "partly"), ("a the same", "again"),
        ]),
        ("+ more than agreed · = as agreed · - less", Place.JUDGING, [
            ("+ more than agreed", "more"), ("= as agreed", "as_agreed"), ("- less", "less"),
        ]),
    ],
)  # fmt: skip
def test_what_is_said_of_a_key_does_its_action(
    sentence: str, place: Place, expected: list[tuple[str, str]]
) -> None:
    assert parts(sentence, place, *(action_id for _, action_id in expected)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "One word each around the circle.",
        "With so few, a result shows every vote, e.g. on A4.",
        "↑ ↓ to choose · < > to move their seat",
        "See you next time, a week from now. m2 opens.",
    ],
)
def test_a_word_that_is_no_key_cannot_be_clicked(sentence: str) -> None:
    for place, specs in TABLE.items():
        assert parts(sentence, place, *(spec.id for spec in specs)) == []


def test_what_cannot_be_done_now_cannot_be_clicked() -> None:
    sentence = "Enter if that works for everyone · d for another date"
    assert parts(sentence, Place.CLOSING, "other_date") == [("d for another date", "other_date")]
    refused: tuple[Action, ...] = offered(
        TABLE[Place.CLOSING], {"other_date": Offer(Local.NOWHERE, "Not now.")}
    )
    assert not any(span.action_id for span in with_clickable_keys(sentence, refused))
