"""What a contract says: its lines and their limits, changed before and after it is signed."""

import pytest
from msgspec.structs import replace

from circle_tui.core.contracts import looking_back, making, signing, wording
from circle_tui.core.contracts.contract import Ending, LineKind, Part

from .agreements import ADA, BEN, DUE, K, Runner, State, contract_of, graded, lines, made


def test_a_part_has_between_two_and_five_lines() -> None:
    run = Runner(contract_of())
    for number in range(3):
        run.do(wording.add_line, K, ADA, LineKind.WILL, f"Line {number}.")
    assert run.refused(wording.add_line, K, ADA, LineKind.WILL, "Once more.") == (
        "Five lines are the most: take one away first."
    )
    run = Runner(contract_of()).do(wording.remove_line, K, ADA, 1)
    said = run.refused(signing.sign, K, ADA)
    assert "at least two lines for Ada" in said
    assert "what Ada needs, or where a boundary is" in said


def test_a_part_must_say_what_somebody_will_do_and_not_only_needs() -> None:
    part = Part(
        member=ADA, lines=tuple(replace(each, kind=LineKind.NEEDS) for each in lines("a", "b"))
    )
    run = Runner(contract_of())
    contract = run.state.contracts[0]
    run.state = replace(run.state, contracts=(replace(contract, parts=(part, contract.parts[1])),))
    assert run.refused(signing.sign, K, BEN) == "Before it can be signed: what Ada will do."


@pytest.mark.parametrize(
    ("command", "args"),
    [
        (wording.rename, ("x" * 41,)),
        (wording.set_sentence, ("scope", "x" * 141)),
        (wording.set_length, ("until " + "x" * 60,)),
        (wording.add_line, (ADA, LineKind.WILL, "x" * 141)),
        (wording.set_stake, (ADA, "x" * 81)),
    ],
)
def test_a_text_that_is_too_long_is_refused_and_not_cut(
    command: object, args: tuple[object]
) -> None:
    run = Runner(contract_of(judged=graded()))
    assert "shorten" in run.refused(command, K, *args)  # type: ignore[arg-type]


def test_changing_a_signed_version_makes_a_new_one_while_the_old_one_stays_in_force() -> None:
    run = Runner(contract_of()).sign_all().do(wording.rename, K, "Flow")
    assert run.where is State.BEING_CHANGED
    assert (run.standing.shown.name, run.standing.newest.name) == ("Onboarding flow", "Flow")
    run.do(signing.sign, K, ADA)
    assert run.standing.shown.version == 1
    run.do(signing.sign, K, BEN)
    assert (run.where, run.standing.shown.name) == (State.RUNNING, "Flow")


def test_changing_an_unsigned_version_makes_no_new_one() -> None:
    run = Runner(contract_of()).do(wording.rename, K, "Flow")
    assert [each.version for each in run.state.contracts] == [1]
    assert run.refused(wording.rename, K, "Flow") == "That's what it says already."


def test_a_due_contract_cannot_be_changed() -> None:
    run = Runner(contract_of()).sign_all().at(DUE)
    assert run.refused(wording.rename, K, "Flow") == (
        "It's due. Look back on it, and you can change it then."
    )


def test_a_lines_kind_changes_in_turn() -> None:
    run = Runner(contract_of())
    kinds = []
    for _ in range(3):
        run.do(wording.next_line_kind, K, ADA, 0)
        part = run.standing.newest.part(ADA)
        assert part is not None
        kinds.append(part.lines[0].kind)
    assert kinds == [LineKind.NEEDS, LineKind.BOUNDARY, LineKind.WILL]


# Dropping


def test_dropping_a_change_leaves_the_old_version_as_it_was() -> None:
    run = Runner(contract_of()).sign_all()
    before = run.state
    assert "It's running" in run.refused(making.drop, K)
    run.do(wording.rename, K, "Flow").do(signing.sign, K, ADA).do(wording.rename, K, "Other")
    run.do(making.drop, K)
    assert run.state == before


def test_dropping_a_draft_deletes_it_and_dropping_a_renewal_ends_the_contract() -> None:
    assert made().do(making.drop, K).state.contracts == ()
    run = Runner(contract_of()).sign_all().at(DUE)
    run.do(looking_back.look_back, K, "It worked.", "", Ending.RENEW).do(making.drop, K)
    assert run.where is State.ENDED
    assert run.standing.newest.worked == "It worked."
