"""A certificate of continuity as Markdown, and the sentences about a verified one.

Invariant: it says on which days somebody met with others, never whether they kept anything.
"""

from collections.abc import Iterator
from datetime import date

from circle_tui.core.circle.certificate import AttendedMeeting, Certificate, CodeComparison, Proof
from circle_tui.views.markdown import escape

TOO_LONG_AGO = "a meeting before the days shown here"


def certificate_page(found: Certificate) -> str:
    """The certificate as Markdown, to read and to print."""
    return "\n".join(_page(found))


def _page(found: Certificate) -> Iterator[str]:
    check_ins = found.check_ins
    first, last = check_ins[0].day, check_ins[-1].day
    member, circle = escape(found.member), escape(found.circle)
    yield f"# {member}, in {circle}\n"
    when = f"On {_day(first)}"
    if last > first:
        when = f"From {_day(first)} to {_day(last)}, {_days(first, last)}"
    yield f"{when}, {member} had {_times(len(check_ins), 'check-in')} on a commitment.\n"
    yield "| day | meeting | others there | code |"
    yield "|---|---|---|---|"
    for each in check_ins:
        yield f"| {_day(each.day)}{_note(each)} | {each.number} | {each.others} | `{each.code}` |"
    yield ""
    yield (
        "This says that people met and heard each other. It says nothing about what was promised, "
        "or how it went.\n"
    )
    yield (
        "Each code is made from all the meetings before it. The people who were there may have "
        "written it down: ask them for theirs. `circle-tui verify` compares them with the same "
        "certificate, "
        "made with `--json`."
    )
    yield ""


def _note(each: AttendedMeeting) -> str:
    return " (corrected later)" if each.corrected else ""


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _days(first: date, last: date) -> str:
    return _times((last - first).days + 1, "day")


def _times(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


# Verifying


def verified(proof: Proof, answer: CodeComparison) -> tuple[str, ...]:
    """The result, sentence by sentence: the chain, then each code, then the conclusion."""
    found = [_chain(proof)]
    for code, at in zip(answer.codes, answer.fitting, strict=True):
        found.append(
            f"{code} doesn't match." if at is None else f"{code} matches: {_which(proof, at)}."
        )
    if answer.codes:
        found.append(_conclusion(proof, answer))
    return tuple(found)


def _chain(proof: Proof) -> str:
    if proof.broken is not None:
        return (
            f"From {_which(proof, proof.broken)} on, the codes don't match the meetings: "
            "something was changed."
        )
    told = [day for day in proof.days if day is not None]
    if not told:
        return "There's no chain in it yet: it begins when a meeting closes."
    links = _times(len(proof.days), "link")
    return f"The chain is whole: {links}, {_day(min(told))} to {_day(max(told))}."


def _which(proof: Proof, at: int) -> str:
    """A link in words: the meeting of its day, or its position among those with a day."""
    day = proof.days[at]
    if day is not None:
        return f"the meeting of {_day(day)}"
    before = [each for each in proof.days[:at] if each is not None]
    if before:
        return f"one after the meeting of {_day(before[-1])}, which isn't shown here"
    return TOO_LONG_AGO


def _conclusion(proof: Proof, answer: CodeComparison) -> str:
    if answer.all_fit:
        assert answer.last is not None
        upto = _which(proof, answer.last)
        return f"Everything up to {upto} is unchanged since that code was written down."
    if answer.last is None:
        return (
            "None of these codes match: something was changed before the first of them, or they "
            "belong to another circle."
        )
    return (
        f"Everything up to {_which(proof, answer.last)} is unchanged since that code was written "
        "down. After that something was changed, or the other codes belong to another circle."
    )
