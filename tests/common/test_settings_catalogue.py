"""A setting takes values of its own kind only, and says so in words."""

import pytest

from common.errors import Refusal
from common.settings_catalogue import KINDS, Setting, catalogue

KEY_STAGES = (("KS1", "Key stage 1"), ("KS2", "Key stage 2"))


def setting(kind: str) -> Setting:
    return Setting("example", kind, None, "Example", low=1, high=10, choices=KEY_STAGES)


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("yes_no", True, True),
        ("yes_no", False, False),
        ("whole", 1, 1),
        ("whole", 10, 10),
        ("text", "  words  ", "words"),
        ("text", "", ""),
        ("choice", "KS1", "KS1"),
        ("choices", ["KS2", "KS1"], ["KS2", "KS1"]),
        ("choices", [], []),
        ("roles", ["osl", "dsl"], ["osl", "dsl"]),
        ("roles", [], []),
        ("time", "16:30", "16:30"),
        ("time", "07:05:00", "07:05"),
    ],
)
def test_value_of_the_kind_is_kept(kind, value, kept):
    assert setting(kind).clean(value) == kept


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("yes_no", "yes", "choose yes or no."),
        ("yes_no", 1, "choose yes or no."),
        ("whole", "5", "enter a whole number."),
        ("whole", True, "enter a whole number."),
        ("whole", 2.5, "enter a whole number."),
        ("whole", 0, "enter a number between 1 and 10."),
        ("whole", 11, "enter a number between 1 and 10."),
        ("text", None, "enter at most 500 characters."),
        ("text", "x" * 501, "enter at most 500 characters."),
        ("choice", "KS9", "choose one of the answers offered."),
        ("choice", None, "choose one of the answers offered."),
        ("choices", "KS1", "choose from the answers offered."),
        ("choices", ["KS1", "KS9"], "choose from the answers offered."),
        ("roles", "osl", "enter role codes, first choice first."),
        ("roles", ["OSL!"], "enter role codes, first choice first."),
        ("roles", [1], "enter role codes, first choice first."),
        ("roles", ["osl", "osl"], "name each role once."),
        ("time", "25:00", "enter a time such as 16:30."),
        ("time", None, "enter a time such as 16:30."),
        ("time", "half past four", "enter a time such as 16:30."),
    ],
)
def test_any_other_value_is_refused_in_words(kind, value, words):
    with pytest.raises(Refusal) as refused:
        setting(kind).clean(value)

    assert str(refused.value) == f"Example: {words}"


def test_every_declared_setting_is_of_a_known_kind_and_has_a_good_default():
    for one in catalogue().values():
        assert one.kind in KINDS
        assert one.clean(one.default) == one.default
        assert one.label
        assert one.area
        assert one.requirement
