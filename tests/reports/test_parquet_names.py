"""A Parquet file tells nobody who the people in it are, unless it is asked to name them."""

from datetime import timedelta

from msgspec.structs import replace

from circle_tui.core.circle.circle import Member
from circle_tui.reports import parquet
from tests.core.meetings import START, record

from .parquet_files import KEY, PRESENT, ids, met_once, reviewed, rows, write

HOUR = timedelta(hours=1)


def test_ids_stay_the_same_whatever_anybody_is_called_and_wherever_they_sit() -> None:
    before = ids(met_once("A", "Bo", "Cleo"))
    assert len(before) == 3
    assert ids(met_once("Cleo", "A", "Bo", name="Lighthouse"), path="else/harbour.json") == before
    assert ids(met_once("X", "Yo", "Zora")) == before
    assert before < ids(met_once("A", "Bo", "Cleo", "Dominic"))


def test_ids_of_two_circles_or_two_members_are_never_the_same() -> None:
    later = met_once("A", "Bo")
    members = (replace(later.circle.members[0], joined=START + HOUR), later.circle.members[1])
    later = replace(later, circle=replace(later.circle, members=members))
    found = [*ids(met_once("A", "Bo")), *ids(met_once("A", "Bo"), path="pier.json"), *ids(later)]
    assert len({circle for circle, _ in found}) == 3
    assert len({each for pair in found for each in pair}) == 9


def test_without_the_key_nobody_can_make_the_same_ids() -> None:
    mine, other = ids(met_once("A", "Bo")), ids(met_once("A", "Bo"), key=b"other")
    assert not {each for pair in mine for each in pair} & {each for pair in other for each in pair}


def test_no_name_and_no_path_stands_anywhere_in_a_file_of_ids() -> None:
    facts = met_once("Zebedee", "Yolanda!", name="Lighthouse")
    written = write(reviewed(facts, "/srv/circles/somewhere.json"))
    for name in (b"Zebedee", b"Yolanda", b"Lighthouse", b"somewhere", b"srv", b"m7", b"London"):
        assert name not in written


def test_a_slug_that_is_no_text_has_ids_as_well() -> None:
    assert len(ids(met_once("A", "Bo"), path="h\udce4fen.json")) == 2


def test_the_order_of_rows_does_not_tell_the_order_of_seats() -> None:
    one, other = met_once("A", "Bo", "Cleo"), met_once("Cleo", "Bo", "A")
    assert rows(reviewed(one)) == rows(reviewed(other))
    named = [rows(reviewed(each), names=parquet.real_names()) for each in (one, other)]
    assert named[0] == named[1]


def test_where_two_have_the_same_name_it_says_which_is_which() -> None:
    twins = met_once("Someone", "Ana")
    again = (*twins.circle.members, Member("m9", "Someone", START))
    met = record(1, attendance={member.id: PRESENT for member in again})
    facts = replace(twins, circle=replace(twins.circle, members=again), records=(met,))
    found = rows(
        reviewed(facts, "a/x.json"),
        reviewed(met_once("Ana"), "b/y.json"),
        names=parquet.real_names(),
    )
    assert [(row["circle"], row["member"]) for row in found] == [
        ("Harbour", "Ana"),
        ("Harbour", "Someone (m7)"),
        ("Harbour", "Someone (m9)"),
        ("Harbour (b/y.json)", "Ana"),
    ]


def test_a_circle_whose_newest_file_has_a_copys_name_keeps_its_ids() -> None:
    known = rows(reviewed(met_once("A", "Bo"), "harbour.json"))
    newer = reviewed(met_once("A", "Bo"), "harbour (1).json")._replace(slug="harbour")
    assert rows(newer) == known
    assert rows(newer._replace(slug="")) != known


def test_nobody_can_match_ids_to_files_by_their_order() -> None:
    """With the list of names in hand: the nth circle of the file is not that of the nth name."""
    several = [reviewed(met_once("A", "Bo"), f"{at:03}.json") for at in range(200)]
    names = parquet.anonymous_names(KEY)
    own = [names(each)[0] for each in several]
    for order in (several, several[::-1]):
        circles = [row["circle"] for row in rows(*order)][::2]
        assert circles == sorted(own)
        # As many as chance has it stand where their file does.
        assert sum(a == b for a, b in zip(circles, own, strict=True)) < 10


def test_the_same_circle_has_the_same_id_in_any_file_and_with_anybody_who_has_the_key() -> None:
    facts = met_once("A", "Bo")
    facts = replace(facts, circle=replace(facts.circle, id="0f" * 16))
    assert ids(facts, path="a.json") == ids(facts, path="elsewhere/b (1).facts.json")
    assert not ids(facts) & ids(facts, key=b"o" * 32)
