"""The advisor's table, the common result, the list of stakes, the map, and fair rotation."""

from datetime import timedelta
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from circle_tui.core.contracts import (
    advisor,
    common_result,
    judging,
    ledger,
    looking_back,
    lookup,
    reviewers,
    signing,
    typed_ways,
    voting,
    wording,
)
from circle_tui.core.contracts import (
    graded as grading,
)
from circle_tui.core.contracts import (
    panel as voting_rules,
)
from circle_tui.core.contracts.advisor import AtStake, Visibility
from circle_tui.core.contracts.contract import (
    BallotChoice,
    Criterion,
    Ending,
    Judging,
    JudgingStep,
    Way,
)
from circle_tui.core.contracts.panel import Counted

from .agreements import (
    ADA,
    BEN,
    CLEO,
    CRITERIA,
    DAY,
    DEV,
    DUE,
    EVE,
    FINN,
    HOUR,
    LIMIT,
    START,
    K,
    Runner,
    State,
    circle_of,
    contract_of,
    graded,
    judged_before,
    panel,
    with_stakes,
)

TABLE = [
    ("2", "y", "yn", "graded", "graded", "can count it, so agree on the rules"),
    ("2", "p", "y", "reviewed", "reviewed", "you have someone for that"),
    ("2", "p", "n", "graded", "graded", "Clear rules protect"),
    ("2", "n", "y", "reviewed", "reviewed", "one fair person is the least effort"),
    ("2", "n", "n", "graded", "graded", "three things you can see"),
    ("3", "y", "yn", "graded", "graded", "only be more work"),
    ("3", "p", "y", "reviewed", "reviewed", "an appeal, is enough"),
    ("3", "p", "n", "panel", "graded", "Several people judge more evenly"),
    ("3", "n", "y", "panel", "reviewed", "let several people judge"),
    ("3", "n", "n", "panel", "graded", "let several people judge"),
]


@pytest.mark.parametrize(("hangs", "seen", "trusts", "with_five", "without_five", "because"), TABLE)
def test_the_advisor_follows_its_table(
    hangs: str, seen: str, trusts: str, with_five: str, without_five: str, because: str
) -> None:
    for trust in trusts:
        asked = (AtStake(hangs), Visibility(seen), trust == "y")
        enough = advisor.suggest(*asked, enough_to_vote=True)
        assert enough.way == with_five
        assert because in enough.because
        assert bool(enough.also) == (enough.way is Way.GRADED)
        few = advisor.suggest(*asked, enough_to_vote=False)
        assert few.way == without_five
        assert ("too few for a vote" in few.because) == (with_five == "panel")


def test_if_only_a_word_is_at_stake_the_advisor_suggests_talk() -> None:
    for seen, trust, enough in product(Visibility, (True, False), (True, False)):
        found = advisor.suggest(AtStake.WORD, seen, trust, enough_to_vote=enough)
        assert found.way is Way.TALK


def test_a_panel_needs_five_in_the_circle() -> None:
    run = Runner(contract_of(), people=5)
    assert advisor.enough_to_vote(run.state, run.standing.newest)
    run = Runner(contract_of(), people=4)
    assert not advisor.enough_to_vote(run.state, run.standing.newest)


def test_a_trial_is_suggested_for_a_first_judged_contract_with_a_stake() -> None:
    run = Runner(contract_of(judged=graded()))
    assert not advisor.a_trial_helps(run.state, K, START)
    run.do(wording.set_stake, K, ADA, "A dinner.")
    assert advisor.a_trial_helps(run.state, K, START)
    run.do(wording.set_trial, K)
    assert not advisor.a_trial_helps(run.state, K, START)


# The common result


def test_a_common_result_is_judged_by_somebody_outside_the_contract() -> None:
    run = Runner(contract_of(judged=graded())).do(common_result.set_common, K, "It is live.")
    judged = run.standing.newest.judged
    assert judged is not None
    assert judged.common is not None
    assert judged.common.by == CLEO
    assert "is in the contract" in run.refused(common_result.set_common_reviewer, K, ADA)
    assert "is in the contract" in run.refused(common_result.set_common_voter, K, ADA, 1)
    for voter in (DEV, EVE):
        run.do(common_result.set_common_voter, K, voter, 1)
    assert "who judges the common result" in run.refused(signing.sign, K, ADA)
    run.do(common_result.set_common_voter, K, FINN, 1).sign_all()
    assert run.where is State.RUNNING
    assert set(lookup.judges(run.standing.shown)) == {ADA, BEN, DEV, EVE, FINN}


def test_a_common_result_is_given_to_a_vote_and_back_to_one_reviewer() -> None:
    run = Runner(contract_of(judged=graded())).do(common_result.set_common, K, "It is live.")
    run.do(common_result.set_common_reviewer, K, None)
    common = lookup.newest(run.state, K).judged.common
    assert (common.by, common.voters) == (None, {CLEO: 1, DEV: 1, EVE: 1, FINN: 1})
    run.do(typed_ways.write_common_vote, K, DEV, "3").do(typed_ways.write_common_vote, K, FINN, "0")
    assert lookup.newest(run.state, K).judged.common.voters == {CLEO: 1, DEV: 3, EVE: 1}
    assert "whole number" in run.refused(typed_ways.write_common_vote, K, DEV, "much")
    run.do(common_result.set_own_part, K, "2/3").do(common_result.set_common, K, "It stays live.")
    common = lookup.newest(run.state, K).judged.common
    # Other words leave who judges it, and how much it counts.
    assert (common.text, common.own, common.voters[DEV]) == ("It stays live.", "2/3", 3)
    run.do(common_result.set_common_reviewer, K, EVE)
    common = lookup.newest(run.state, K).judged.common
    assert (common.by, common.voters) == (EVE, {})


def test_with_fewer_than_three_outside_nobody_votes_on_the_common_result() -> None:
    run = Runner(contract_of(judged=graded()), people=4)
    run.do(common_result.set_common, K, "It is live.")
    assert "needs three people" in run.refused(common_result.set_common_reviewer, K, None)


def test_without_anybody_left_to_judge_it_there_is_no_common_result() -> None:
    run = Runner(contract_of(judged=graded()), people=2)
    assert run.refused(common_result.set_common, K, "It is live.").startswith(
        "Nobody is left to judge it"
    )
    talk = Runner(contract_of())
    assert "Nobody judges this contract yet" in talk.refused(
        common_result.set_common, K, "It is live."
    )


def test_a_reviewer_judges_the_common_result_by_the_same_criteria() -> None:
    run = Runner(contract_of(judged=graded())).do(common_result.set_common, K, "It is live.")
    run.opened().do(judging.grade, K, "common", CLEO, dict.fromkeys(CRITERIA, "met"))
    assert run.result("common").comes_back == 1


def test_a_panel_votes_on_every_part_and_on_the_common_result() -> None:
    run = Runner(contract_of(judged=panel())).do(common_result.set_common, K, "It is live.")
    run.opened()
    assert list(voting.voted_on(run.standing)) == [ADA, BEN, "common"]
    run.vote_all("mmp")
    assert run.where is State.JUDGED


# Stakes


def ended(default: str = "1") -> Runner:
    run = Runner(with_stakes(contract_of(judged=graded(default=default)))).opened()
    return run.wait(2 * LIMIT + HOUR)


def test_a_stake_is_listed_once_it_is_final_and_people_say_when_it_is_settled() -> None:
    run = ended("1/2")
    rows = ledger.stakes(run.state, run.now)
    assert [(row.member, row.comes_back, row.settled) for row in rows] == [
        (ADA, Fraction(1, 2), False),
        (BEN, Fraction(1, 2), False),
    ]
    run.do(ledger.settle, K, 1, ADA)
    assert ledger.stakes(run.state, run.now)[0].settled
    run.do(ledger.settle, K, 1, ADA)
    assert not ledger.stakes(run.state, run.now)[0].settled
    run.do(ledger.settle, K, 1, ADA).do(looking_back.look_back, K, "", "", Ending.END)
    assert [row.member for row in ledger.stakes(run.state, run.now)] == [BEN]
    assert "isn't there" in run.refused(ledger.settle, K, 1, ADA)


def test_a_contract_under_way_is_not_in_the_list_of_stakes() -> None:
    run = Runner(with_stakes(contract_of(judged=graded()))).opened()
    assert ledger.stakes(run.state, run.now) == ()


# The map


def test_the_map_begins_with_the_member_who_has_contracts_with_most_people() -> None:
    run = Runner(
        contract_of((ADA, BEN), name="Flow"),
        contract_of((DEV, BEN), contract="k2", name="Branch"),
        contract_of((EVE, FINN), contract="k3"),
    )
    run.sign_all().sign_all("k2")
    rows = ledger.contract_map(run.state, run.now)
    assert [(row.member, row.hub) for row in rows] == [(BEN, True), (ADA, False), (DEV, False)]
    assert [(each.name, each.members) for each in rows[0].neighbours] == [
        ("Flow", (ADA,)),
        ("Branch", (DEV,)),
    ]


# Properties


@given(
    weights=st.lists(st.integers(1, 100), min_size=3, max_size=5),
    marks=st.lists(st.integers(0, 100), min_size=5, max_size=5),
    times=st.integers(1, 9),
    at=st.integers(0, 2),
    more=st.integers(0, 100),
)
def test_a_higher_mark_never_lowers_a_share_and_the_scale_of_weights_does_not_matter(
    weights: list[int], marks: list[int], times: int, at: int, more: int
) -> None:
    def total(scale: int, marked: list[int]) -> Fraction:
        criteria = [
            Criterion(name=str(place), weight=weight * scale)
            for place, weight in enumerate(weights)
        ]
        given_marks = {str(place): Fraction(marked[place], 100) for place in range(len(weights))}
        return grading.total(criteria, given_marks)

    before = total(1, marks)
    assert total(times, marks) == before
    better = [*marks]
    better[at] = max(better[at], more)
    tiers = grading.USUAL_TIERS
    assert (
        0
        <= grading.share_for_total(tiers, before)
        <= grading.share_for_total(tiers, total(1, better))
    )
    assert grading.share_for_total(tiers, total(1, better)) <= 1


@given(
    weights=st.lists(st.integers(1, 100), min_size=3, max_size=5),
    said=st.lists(st.sampled_from(BallotChoice), min_size=5, max_size=5),
    better=st.lists(st.sampled_from(BallotChoice), min_size=5, max_size=5),
    times=st.integers(1, 9),
)
def test_a_better_ballot_never_lowers_a_vote_and_the_scale_of_weights_does_not_matter(
    weights: list[int], said: list[BallotChoice], better: list[BallotChoice], times: int
) -> None:
    def count(scale: int, ballots: list[BallotChoice]) -> object:
        by_voter = {str(at): weight * scale for at, weight in enumerate(weights)}
        found = dict(zip(by_voter, ballots, strict=False))
        return voting_rules.count(by_voter, Fraction(2, 3), 3, found)

    order = list(BallotChoice)
    risen = [min(one, two, key=order.index) for one, two in zip(said, better, strict=True)]
    before, after = count(1, said), count(1, risen)
    assert count(times, said) == before
    if isinstance(before, Counted) and isinstance(after, Counted):
        assert 0 <= before.comes_back <= after.comes_back <= 1


@given(seed=st.integers(0, 2**32))
def test_rotation_spreads_judging_evenly_and_never_picks_the_same_person_twice_running(
    seed: int,
) -> None:
    chance = Random(seed)
    people = chance.randint(3, 6)
    state = replace(judged_before(), circle=circle_of(people), judgings=())
    members = [each.id for each in state.circle.members]
    parts = members[: chance.randint(1, 2)]
    judged = dict.fromkeys(members, 0)
    last: dict[str, str] = {}
    now = START
    for number in range(24):
        of = chance.choice(parts)
        found = reviewers.propose_reviewer(state, of, now)
        assert found is not None
        assert found.member != of
        assert found.member != last.get(of) or people == 2
        judged[found.member] += 1
        last[of] = found.member
        now += DAY
        step = Judging(
            id=f"j{number}",
            contract=K,
            version=1,
            of=of,
            step=JudgingStep.JUDGED,
            by=found.member,
            at=now,
        )
        state = replace(state, judgings=(*state.judgings, step))
        others = [judged[member] for member in members if member not in parts]
        assert max(others) - min(others) <= 1


@given(people=st.integers(2, 5), term=st.integers(1, 12))
def test_in_judging_each_other_nobody_judges_themselves_and_everybody_judges_once(
    people: int, term: int
) -> None:
    members = [f"m{at}" for at in range(people)]
    by = reviewers.each_other(members, term)
    assert sorted(by.values()) == members
    assert all(member != reviewer for member, reviewer in by.items())
    if people > 2:
        assert by != reviewers.each_other(members, term + 1)


def test_reading_a_length_again_gives_the_same_due_day() -> None:
    run = Runner(contract_of(judged=graded())).opened().wait(timedelta(hours=47))
    assert run.standing == run.standing
    assert run.standing.until == DUE + LIMIT
