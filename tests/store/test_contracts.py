"""Contracts and judgings in a file: what is stored, forgotten, and deleted at a term's end."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from circle_tui.core.circle import membership
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import judging, looking_back
from circle_tui.core.contracts.contract import (
    BallotChoice,
    CommonResult,
    Contract,
    Criterion,
    Ending,
    Graded,
    Judging,
    JudgingStep,
    Line,
    LineKind,
    Panel,
    Part,
    Reviewed,
    TieRule,
)
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec.file_contents import decode, encode
from tests.core.contracts.agreements import DUE, START, circle_of, contract_of

from .conftest import NOW
from .full_state import edit_json, folder_contents, read_json
from .histories import IDS, MOMENTS, WORDS

SHARES = st.sampled_from(("0", "1", "1/2", "2/3", "899/1000"))
MEMBERS = ("m1", "m2", "m3")
PEOPLE = st.sampled_from(MEMBERS)
KEY_PRESSES = st.dictionaries(PEOPLE, MOMENTS, max_size=2)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(8999, 12, 31))
JUDGED_BY = st.dictionaries(PEOPLE, PEOPLE, min_size=1)
COMMONS = st.none() | st.builds(
    CommonResult,
    text=WORDS,
    own=SHARES,
    by=st.none() | PEOPLE,
    voters=st.dictionaries(PEOPLE, st.just(3)),
)
HELPERS = {"third": st.none() | PEOPLE, "decider": st.none() | PEOPLE, "common": COMMONS}
WAYS = st.one_of(
    st.none(),
    st.builds(
        Graded,
        by=JUDGED_BY,
        criteria=st.lists(
            st.builds(
                Criterion,
                name=WORDS,
                weight=st.integers(1, 100),
                about=st.sampled_from(("outcome", "effort")),
            ),
            max_size=3,
            unique_by=lambda each: each.name,
        ).map(tuple),
        tiers=st.just((("9/10", "1"), ("0", "0"))),
        default=SHARES,
        **HELPERS,
    ),
    st.builds(
        Reviewed,
        by=JUDGED_BY,
        rubric=st.lists(WORDS, max_size=3).map(tuple),
        second=st.none() | PEOPLE,
        default=SHARES,
        **HELPERS,
    ),
    st.builds(
        Panel,
        voters=st.dictionaries(PEOPLE, st.integers(1, 100)),
        partly=SHARES,
        quorum=st.integers(0, 5),
        tie=st.sampled_from(TieRule),
        default=SHARES,
        **HELPERS,
    ),
)
PARTS = st.lists(
    st.builds(
        Part,
        member=PEOPLE,
        lines=st.lists(st.builds(Line, kind=st.sampled_from(LineKind), text=WORDS), max_size=5).map(
            tuple
        ),
        stake=WORDS,
    ),
    min_size=2,
    max_size=3,
    unique_by=lambda part: part.member,
).map(tuple)
CONTRACTS = st.builds(
    Contract,
    contract=st.just("k1"),
    version=st.just(1),
    term=st.integers(1, 9),
    name=WORDS,
    template=st.none() | IDS,
    written=MOMENTS,
    lasts=WORDS,
    milestone=st.booleans(),
    starts=DAYS,
    review=st.none() | DAYS,
    trial=st.none() | WORDS,
    parts=PARTS,
    judged=WAYS,
    signatures=KEY_PRESSES,
    accepted=KEY_PRESSES,
    reached=st.none() | MOMENTS,
    opened=st.none() | MOMENTS,
    content=KEY_PRESSES,
    stepped_out=KEY_PRESSES,
    let_go=KEY_PRESSES,
    ended=st.none() | MOMENTS,
    choice=st.none() | st.sampled_from(Ending),
    worked=WORDS,
    unclear=WORDS,
    settled=KEY_PRESSES,
)
JUDGINGS = st.builds(
    Judging,
    id=st.just("j1"),
    contract=st.just("k1"),
    version=st.just(1),
    of=PEOPLE | st.just("common"),
    step=st.sampled_from(JudgingStep),
    by=st.none() | PEOPLE,
    at=MOMENTS,
    comes_back=st.none() | SHARES,
    marks=st.dictionaries(WORDS, SHARES, max_size=2),
    reason=WORDS,
    named=st.none() | PEOPLE,
    voted=st.just(()) | st.just(MEMBERS),
)


@given(contract=CONTRACTS, judging=JUDGINGS)
def test_contracts_and_judgings_are_read_as_they_were_written(
    contract: Contract, judging: Judging
) -> None:
    base = CircleState(circle=_circle(), contracts=(contract,), judgings=(judging,))
    raw = encode(base).to_bytes()
    assert decode(raw).state == base
    assert _floats(raw) == []


def _circle() -> Circle:
    from circle_tui.core.circle.circle import make_circle

    return make_circle("Harbour", "Ana, Ben, Cleo", "pod", zone="UTC", now=NOW, circle_id="0f" * 16)


def _floats(raw: bytes) -> list[float]:
    found: list[float] = []
    json.loads(raw, parse_float=lambda said: found.append(float(said)))
    return found


def test_a_circle_without_contracts_has_no_tables_for_them(
    circle: Circle, record_of: Callable[..., MeetingRecord]
) -> None:
    state = CircleState(circle=circle, records=(record_of(1),))
    tables = json.loads(encode(state).to_bytes())
    assert list(tables) == ["circle", "members", "sessions"]
    assert "judged_a_month" not in tables["circle"]["1"]


def test_a_file_with_everything_in_it_contains_no_floats(file: CircleFile) -> None:
    assert _floats(file.path.read_bytes()) == []


def test_the_example_document_of_the_design_is_read(file: CircleFile) -> None:
    document = {
        "contract": "k7", "version": 1, "term": 1, "name": "Onboarding flow",
        "template": "design-feedback", "written": "2026-03-05T10:58:10Z",
        "scope": "One design, from the first sketch to a version we both stand by.",
        "lasts": "two weeks", "starts": "2026-03-05", "review": "2026-03-19",
        "parts": [
            {"member": "m1", "lines": [
                {"kind": "will", "text": "Show the first sketches by Tuesday evening."},
                {"kind": "boundary", "text": "No messages about it after seven in the evening."},
            ], "stake": "Twenty into the coffee box, else to the food bank"},
            {"member": "m4", "lines": [{"kind": "needs", "text": "One link."}]},
        ],
        "judged": {
            "way": "panel", "voters": {"m2": 1, "m3": 1, "m1": 1}, "partly": "2/3", "quorum": 3,
            "tie": "talk over", "decider": None, "third": None, "default": "1",
            "common": {"text": "The flow is live.", "own": "1/2"},
        },
        "in_touch": "Fridays, a quarter of an hour.",
        "if_changes": "Whoever falls behind says so the same day.",
        "signatures": {"m1": "2026-03-05T10:59:02Z", "m4": "2026-03-05T10:59:09Z"},
    }  # fmt: skip
    edit_json(file, lambda found: found["contracts"].update({"9": document}))
    contract = file.read().contracts[-1]
    assert isinstance(contract.judged, Panel)
    assert contract.judged.tie is TieRule.TALK_OVER
    file.save(structs.replace(file.read(), wins=()))
    assert read_json(file)["contracts"]["9"] == document


def test_a_newer_versions_fields_of_one_part_survive_a_change_of_another(
    file: CircleFile, full_state: CircleState
) -> None:
    def add_unknown(found: dict[str, dict[str, dict[str, list[dict[str, str]]]]]) -> None:
        found["contracts"]["1"]["parts"][1]["mood"] = "fine"
        found["contracts"]["1"]["judged"]["criteria"][1]["hint"] = "look"  # type: ignore[call-overload]

    edit_json(file, add_unknown)
    first, *others = full_state.contracts
    one, two = first.parts
    assert isinstance(first.judged, Graded)
    criteria = (structs.replace(first.judged.criteria[0], weight=9), *first.judged.criteria[1:])
    changed = structs.replace(
        first,
        parts=(structs.replace(one, stake="Ten"), two),
        judged=structs.replace(first.judged, criteria=criteria),
    )
    file.save(structs.replace(full_state, contracts=(changed, *others)))
    document = read_json(file)["contracts"]["1"]
    assert document["parts"][0]["stake"] == "Ten"
    assert document["parts"][1]["mood"] == "fine"
    assert document["judged"]["criteria"][1]["hint"] == "look"
    assert document["judged"]["criteria"][0]["weight"] == 9


# Forgetting


CANARY = "walrus"


def with_canaries_of_ben(state: CircleState) -> CircleState:
    """The same state with a canary in every text of Ben's, also in what he wrote about others."""
    contracts = []
    for contract in state.contracts:
        ana, ben = contract.parts
        lines = tuple(structs.replace(each, text=f"{CANARY} {each.text}") for each in ben.lines)
        ben = structs.replace(ben, lines=lines, stake=f"A {CANARY}")
        going_on = structs.replace(contract, ended=None, choice=None, stepped_out={})
        contracts.append(structs.replace(going_on, parts=(ana, ben)))
    judgings = (
        *(
            structs.replace(
                each,
                reason=f"The {CANARY} was late, and said so.",
                marks={f"{CANARY}s": "1"},
                rubric={f"{CANARY}s": "="},
            )
            for each in state.judgings
            if each.by == "m2"
        ),
        Judging(
            id="j9", contract="k1", version=1, of="m2", step=JudgingStep.JUDGED, by="m1", at=NOW,
            reason=f"Ben's {CANARY} did well.", comes_back="1",
        ),
    )  # fmt: skip
    return structs.replace(state, contracts=tuple(contracts), judgings=judgings)


@pytest.fixture
def service(file: CircleFile, full_state: CircleState) -> CircleService:
    members = tuple(
        structs.replace(each, left=None, away=None) if not each.forgotten else each
        for each in full_state.circle.members
    )
    whole = structs.replace(full_state, circle=structs.replace(full_state.circle, members=members))
    file.save(with_canaries_of_ben(whole))
    return CircleService(file, ManualClock(NOW + timedelta(days=20)))


def test_forgetting_a_member_removes_all_their_words_from_contracts(
    file: CircleFile, service: CircleService
) -> None:
    assert CANARY.encode() in file.path.read_bytes()
    service.execute(membership.forget, "m2", "Ben")
    assert not any(CANARY.encode() in content for content, _ in folder_contents(file).values())
    state = file.read()
    assert all(part.member != "m2" for each in state.contracts for part in each.parts)
    assert all("m2" not in each.signatures for each in state.contracts)
    assert [each.id for each in state.judgings if each.of == "m2"] == []
    by_ben = [each for each in state.judgings if each.by == "m2"]
    assert by_ben
    assert not any(each.reason or each.marks or each.rubric for each in by_ben)
    assert {each.scope for each in state.contracts} == {"One design"}
    service.close()


def test_a_contract_ends_if_forgetting_a_member_leaves_one_person_in_it(
    file: CircleFile, service: CircleService
) -> None:
    service.execute(membership.forget, "m2", "Ben")
    newest = [each for each in service.state.contracts if each.contract == "k3"][-1]
    assert newest.ended is not None
    service.close()


# The end of a term


GRADED = Graded(
    by={"m1": "m2", "m2": "m1"},
    criteria=(Criterion(name="On the day"), Criterion(name="Useful"), Criterion(name="For users")),
    tiers=(("9/10", "1"), ("0", "0")),
)
REVIEWED = Reviewed(
    by={"m1": "m2", "m2": "m1"}, second=None, rubric=("outcome", "effort", "quality")
)
PANEL = Panel(voters={"m3": 1, "m4": 1, "m5": 1})
FOUND: dict[str, tuple[Graded | Reviewed | Panel, dict[str, object]]] = {
    "graded": (GRADED, {"marks": {"On the day": "9/10", "Useful": "17/20", CANARY: "1"}}),
    "reviewed": (
        REVIEWED,
        {"rubric": {"outcome": "=", "effort": "+"}, "reason": f"The {CANARY} came."},
    ),
    "panel": (
        PANEL,
        {"votes": {BallotChoice.MET: "2/3", BallotChoice.PARTLY: "1/3"}, "voted": ("m3", "m4")},
    ),
}
GONE = frozenset({"comes_back", "marks", "rubric", "reason", "votes", "voted", "tied"})


@pytest.mark.parametrize("ending", [Ending.END, Ending.RENEW, Ending.CHANGE])
@pytest.mark.parametrize("way", FOUND)
def test_results_are_deleted_at_the_end_and_from_the_backup_at_the_next_write(
    tmp_path: Path, way: str, ending: Ending
) -> None:
    judged, found = FOUND[way]
    six = circle_of(6)
    contract = contract_of(
        judged=judged,
        signatures={"m1": START, "m2": START},
        accepted=dict.fromkeys(("m3", "m4", "m5"), START) if way == "panel" else {},
        opened=DUE,
    )
    step = JudgingStep.COUNTED if way == "panel" else JudgingStep.JUDGED
    judgings = tuple(
        Judging(
            id=f"j{at}", contract="k1", version=1, of=of, step=step, comes_back="17/29",
            by=None if way == "panel" else by, at=DUE + timedelta(hours=1), **found,
        )
        for at, (of, by) in enumerate((("m1", "m2"), ("m2", "m1")), 1)
    )  # fmt: skip
    file = CircleFile.create(tmp_path / "sessions", six)
    file.save(CircleState(circle=six, contracts=(contract,), judgings=judgings))
    service = CircleService(file, ManualClock(DUE + timedelta(hours=2)))
    service.execute(judging.accept_results, "k1", "m1")
    service.execute(judging.accept_results, "k1", "m2")
    service.execute(looking_back.look_back, "k1", "It worked.", "", ending)
    backup = file.path.with_name(f"{file.path.name}.bak")
    share = b"17/29"
    assert share not in file.path.read_bytes()
    assert share in backup.read_bytes()
    kept = read_json(file)["judgings"].values()
    assert len(kept) == 2
    assert GONE.isdisjoint(key for each in kept for key, value in each.items() if value)
    service.execute(membership.join, "Noor")
    for path in file.path.parent.iterdir():
        content = path.read_bytes()
        assert share not in content
        assert CANARY.encode() not in content
    service.close()
