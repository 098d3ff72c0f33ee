"""What changed between two texts of an agreement is told clause by clause and word by word."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from agreements.comparison import compare, differences, word_pieces
from agreements.document import AgreementDocument, ClauseText

ONE = ClauseText("1", "Passwords", "I keep my password secret and tell nobody what it is.")
TWO = ClauseText("2", "Phones", "I use my own phone only where no pupils are.")
THREE = ClauseText("3", "Email", "I write to parents only from my school address.")
OLD = AgreementDocument(
    title="Staff agreement",
    intro="Please read this.",
    clauses=(ONE, TWO, THREE),
    rules="Misuse is dealt with.",
    statement="I agree.",
)
TEXTS = st.text(st.sampled_from("ab \n"), max_size=30)


def told(**changes: object) -> list[tuple[str, str, str, str]]:
    """Return part, kind, old and new number of what differs."""
    return [
        (change.part, change.kind, change.old_number, change.new_number)
        for change in differences(OLD, replace(OLD, **changes))
    ]


def renumbered(*clauses: ClauseText) -> tuple[ClauseText, ...]:
    return tuple(replace(clause, number=str(n)) for n, clause in enumerate(clauses, 1))


def test_same_text_has_no_differences():
    assert [change.kind for change in compare(OLD, OLD)] == ["same"] * 7
    assert told() == []


def test_changed_words_are_marked_between_those_that_stay():
    text = "I keep my password secret and tell no colleague what it is."
    [change] = differences(OLD, replace(OLD, clauses=(replace(ONE, text=text), TWO, THREE)))

    assert (change.part, change.kind, change.old_number) == ("clause", "changed", "1")
    assert change.heading == (("same", "Passwords"),)
    assert change.text == (
        ("same", "I keep my password secret and tell "),
        ("removed", "nobody "),
        ("added", "no colleague "),
        ("same", "what it is."),
    )


def test_clause_put_in_is_added_and_the_renumbered_stay_the_same():
    new = ClauseText("1", "Copyright", "I copy nothing that others own.")

    assert told(clauses=renumbered(new, ONE, TWO, THREE)) == [("clause", "added", "", "1")]


def test_clause_taken_out_is_told_where_it_stood():
    changes = compare(OLD, replace(OLD, clauses=renumbered(ONE, THREE)))

    assert [
        (one.kind, one.old_number, one.new_number) for one in changes if one.part == "clause"
    ] == [
        ("same", "1", "1"),
        ("removed", "2", ""),
        ("same", "3", "2"),
    ]


def test_clause_in_another_place_was_moved():
    assert told(clauses=renumbered(THREE, ONE, TWO)) == [("clause", "moved", "3", "1")]


def test_clause_rewritten_and_renumbered_is_still_the_same_clause():
    new = ClauseText("1", "Copyright", "I copy nothing that others own.")
    rewritten = replace(TWO, text="I use my own phone only in the staff room.")

    assert told(clauses=renumbered(new, ONE, rewritten, THREE)) == [
        ("clause", "added", "", "1"),
        ("clause", "changed", "2", "3"),
    ]


def test_clause_replaced_by_another_is_removed_and_added():
    other = ClauseText("2", "Copyright", "Nothing that others own is copied.")

    assert told(clauses=(ONE, other, THREE)) == [
        ("clause", "added", "", "2"),
        ("clause", "removed", "2", ""),
    ]


def test_whom_a_clause_is_for_and_its_picture_are_told():
    other = replace(TWO, roles=("teacher",), picture="phone")
    [change] = differences(OLD, replace(OLD, clauses=(ONE, other, THREE)))

    assert (change.kind, change.details) == ("changed", ("picture", "roles"))


def test_other_parts_are_told():
    assert told(intro="", rules="Misuse is dealt with fairly.", statement="I agree.  ") == [
        ("intro", "removed", "", ""),
        ("rules", "changed", "", ""),
    ]
    assert [one.kind for one in differences(replace(OLD, intro=""), OLD)] == ["added"]


def test_pieces_keep_the_lines_of_the_new_text():
    assert word_pieces("one two", "one\n\ntwo") == (("same", "one\n\ntwo"),)


@given(TEXTS, TEXTS)
def test_pieces_hold_every_word_of_both_texts(old, new):
    pieces = word_pieces(old, new)

    def words(other: str) -> list[str]:
        return "".join(text for kind, text in pieces if kind != other).split()

    assert words("added") == old.split()
    assert words("removed") == new.split()


@given(st.permutations(range(6)), st.sets(st.integers(0, 5)), st.sets(st.integers(0, 5)))
def test_every_clause_of_both_texts_is_told_once(order, out, rewritten):
    numbers = "one two three four five six".split()
    old = tuple(ClauseText(n, n, f"{n} {n} words stand here") for n in numbers)
    new = tuple(
        replace(old[place], text=f"{numbers[place]} new") if place in rewritten else old[place]
        for place in order
        if place not in out
    )
    changes = [
        change
        for change in compare(replace(OLD, clauses=old), replace(OLD, clauses=new))
        if change.part == "clause"
    ]

    assert [one.new_number for one in changes if one.new_number] == [one.number for one in new]
    assert sorted(one.old_number for one in changes if one.old_number) == sorted(numbers)
    assert [one.kind for one in changes if not one.old_number] == [
        "added" for one in changes if not one.old_number
    ]
