"""What the keys of judging do: marks first, then handing them in, or passing the part on.

Invariant: marks stay on the screen; only handing them in, or passing the part on, is a command.
"""

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.contracts import judging
from circle_tui.core.contracts.results import Result
from circle_tui.core.contracts.standing import ContractSnapshot
from circle_tui.core.ids import ContractId, MemberId
from circle_tui.views.contract_judgement import FIGURE, MARK, MET, SIGN, Judgement
from circle_tui.views.contract_parts import name_of, part_in_words
from circle_tui.views.view import Ask, Intent, Local, Offer, Pick, ask, execute


def graded_offers(
    contract: ContractId, result: Result, judgement: Judgement, criterion: str
) -> dict[str, Offer | Intent]:
    """Marking one criterion, and handing all marks in."""
    typed = judgement.marks.get(criterion, "")
    return {
        "met": execute(MARK, criterion, "met"),
        "not_met": execute(MARK, criterion, "not met"),
        "partly": ask(
            f"{criterion}: how much of it? 85 for a percentage, or 17 of 20",
            MARK,
            criterion,
            value="" if typed in {"met", "not met"} else typed,
        ),
        "keep": execute(judging.grade, contract, result.of, result.by, judgement.marks),
    }


def reviewed_offers(
    contract: ContractId, result: Result, judgement: Judgement, names: tuple[str, ...], cursor: int
) -> dict[str, Offer | Intent]:
    """Saying whether it was met, looking at each of `names`, and handing that in."""
    word = names[cursor]
    offers: dict[str, Offer | Intent] = {
        "written_met": execute(MET, True),
        "written_not_met": execute(MET, False),
        "more": execute(SIGN, word, "+"),
        "as_agreed": execute(SIGN, word, "="),
        "less": execute(SIGN, word, "-"),
    }
    missing = _missing(judgement, names)
    if judgement.met is None:
        offers["keep"] = Offer(Local.NOWHERE, missing, "Leave it")
    elif judgement.figure is None:
        keep = execute(
            judging.review, contract, result.of, result.by, judgement.met, judgement.rubric
        )
        offers["keep"] = Offer(keep, missing, "Leave it")
    else:
        offers["keep"] = Offer(reason_for(contract, result, judgement), missing, "The reason")
    offers["change"] = Offer(
        ask("What comes back? 80 for a percentage, or 4/5", FIGURE, value=judgement.figure or ""),
        missing,
    )
    return offers


def reason_for(contract: ContractId, result: Result, judgement: Judgement) -> Ask:
    """The question for the reason of another figure; its answer hands the judgement in."""
    assert judgement.met is not None
    return ask(
        "The reason, in a sentence:",
        judging.review,
        contract,
        result.of,
        result.by,
        judgement.met,
        judgement.rubric,
        judgement.figure,
    )


def _missing(judgement: Judgement, names: tuple[str, ...]) -> str | None:
    if judgement.met is None:
        return "First say whether it was met as written: y or n."
    left = [each for each in names if each not in judgement.rubric]
    return f"Look at {left[0]}, too: + = or -." if left else None


def pass_on_offer(
    snapshot: CircleSnapshot, found: ContractSnapshot, result: Result, by: MemberId | None
) -> Offer:
    """Passing a part on: to the second, to whoever accepts it, or else the default counts."""
    args = (found.shown.contract, result.of, by)
    coming = judging.next_reviewers(snapshot.state, found.shown, result, found.now)
    second = judging.second_of(snapshot.state, found.shown, result)
    if second is not None or not coming:
        then = (
            f"{name_of(snapshot.state, second)} judges it now."
            if second is not None
            else "Nobody is left to judge it, so what you agreed for that case counts."
        )
        why_not = snapshot.why_not(judging.pass_on, *args)
        return Offer(execute(judging.pass_on, *args, flash=then), why_not)
    taking = tuple(
        (
            f"{name_of(snapshot.state, each.member)}, who {each.reason}",
            execute(judging.pass_on, *args, each.member),
        )
        for each in coming
    )
    why_not = snapshot.why_not(judging.pass_on, *args, coming[0].member)
    asked = f"Who will judge {part_in_words(snapshot.state, result.of)}? Press your own key."
    return Offer(Pick(asked, taking), why_not)
