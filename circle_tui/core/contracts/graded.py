"""The way *graded*: criteria with weights, and tiers that give the share that is returned.

Invariant: fractions are exact. There is no total until every criterion has a mark, and a total
equal to a tier's limit reaches that tier.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from circle_tui.core.contracts import shares
from circle_tui.core.contracts.contract import Criterion, Graded
from circle_tui.core.errors import RuleError

CRITERIA_AT_LEAST, CRITERIA_AT_MOST = 3, 5
HEAVIEST = 100
TIERS_AT_LEAST, TIERS_AT_MOST = 2, 4

USUAL_TIERS = (("9/10", "1"), ("7/10", "1/2"), ("0", "0"))

_LIGHT = Fraction(1, 10)


def total(criteria: Sequence[Criterion], marks: Mapping[str, Fraction]) -> Fraction:
    """The weighted mean of the `marks`, from 0 to 1.

    Raises `RuleError` for a criterion without a mark, or a mark without a criterion.
    """
    for criterion in criteria:
        if criterion.name not in marks:
            raise RuleError(f"{criterion.name} has no mark yet.")
    if len(marks) > len(criteria):
        raise RuleError("One of the marks is for something that isn't on the list.")
    weighed = sum((criterion.weight * marks[criterion.name] for criterion in criteria), Fraction(0))
    return weighed / sum(criterion.weight for criterion in criteria)


def share_for_total(tiers: Sequence[tuple[str, str]], reached: Fraction) -> Fraction:
    """The share that is returned for a total: that of the highest tier it reaches."""
    for least, share in tiers:
        if shares.parse(least) <= reached:
            return shares.parse(share)
    return shares.NOTHING


def check_weight(weight: object) -> int:
    """`weight`, unchanged. Raises `RuleError` unless it is a whole number from 1 to 100."""
    if type(weight) is not int or not 1 <= weight <= HEAVIEST:
        raise RuleError("A weight is a whole number from 1 to 100.")
    return weight


def check_tiers(tiers: Sequence[tuple[Fraction, Fraction]]) -> tuple[tuple[str, str], ...]:
    """Two to four tiers, highest first, as they are stored.

    Raises `RuleError` unless both figures fall from tier to tier, and the last limit is 0.
    """
    if not TIERS_AT_LEAST <= len(tiers) <= TIERS_AT_MOST:
        raise RuleError("Write two to four tiers.")
    if any(not 0 <= each <= 1 for tier in tiers for each in tier):
        raise RuleError("A tier is between none and all.")
    falls = all(one[0] > other[0] and one[1] > other[1] for one, other in pairwise(tiers))
    if not falls:
        raise RuleError("Put the tiers in falling order: less comes back when less was met.")
    if tiers[-1][0] != 0:
        raise RuleError("The last tier has to begin at 0%: end with “else none”.")
    return tuple((shares.stored(least), shares.stored(share)) for least, share in tiers)


def unsettled(judged: Graded) -> tuple[str, ...]:
    """What is missing in the criteria and tiers, each as the end of a sentence."""
    found = []
    if not CRITERIA_AT_LEAST <= len(judged.criteria) <= CRITERIA_AT_MOST:
        found.append("three to five criteria")
    if not any(each.about == "outcome" for each in judged.criteria):
        found.append("one of them has to be about what came of it")
    if not TIERS_AT_LEAST <= len(judged.tiers) <= TIERS_AT_MOST:
        found.append("what comes back from which total on")
    return tuple(found)


def light(criteria: Sequence[Criterion]) -> tuple[str, ...]:
    """The criteria that weigh a tenth or less: 90% can be reached without any one of them."""
    whole = sum(each.weight for each in criteria)
    return tuple(each.name for each in criteria if Fraction(each.weight, whole) <= _LIGHT)
