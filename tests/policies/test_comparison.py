"""What differs between two versions is said in words."""

from policies.comparison import compare
from policies.document import Change, change_document
from policies.libraries import read_library


def changed(*changes: Change):
    """Return what the comparison says of changes to the A–D ladder."""
    before = read_library("abcd")
    return [
        (found.section, found.label, found.kind, found.changes)
        for found in compare(before, change_document(before, changes))
    ]


def test_same_version_has_no_differences():
    assert changed() == []


def test_step_taken_out_leaves_the_steps_after_it_unchanged():
    assert changed(Change("steps", "pupil B.escalation_measure.1", remove=True)) == [
        ("steps", "Internet access removed for a time", "taken out", [])
    ]


def test_added_row_is_named():
    row = {"key": "PA5", "label": "Games in a lesson", "of": "pupil A"}
    assert changed(Change("infringements", values=row)) == [
        ("infringements", "Games in a lesson", "added", [])
    ]


def test_values_are_given_in_words():
    assert changed(
        Change("categories", "pupil B", {"confirmed_by": "head", "decided_by": ["dsl"]}),
        Change("infringements", "pupil PA1", {"must_act": True}),
        Change("steps", "pupil D.safeguarding.4", {"agency": "social_care"}),
    ) == [
        (
            "infringements",
            "Off-task websites in a lesson",
            "changed",
            [("Must be acted on", "No", "Yes")],
        ),
        (
            "steps",
            "Report to the police",
            "changed",
            [("Goes to", "Police", "Children's social care")],
        ),
        (
            "categories",
            "Repeated or careless misuse",
            "changed",
            [
                (
                    "Decided by",
                    (
                        "Online safety lead, Designated safeguarding lead, "
                        "Deputy headteacher, Headteacher"
                    ),
                    "Designated safeguarding lead",
                ),
                ("Confirmed by", "Nobody", "Headteacher"),
            ],
        ),
    ]
