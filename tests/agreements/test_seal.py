"""The seal covers every field of a signature and takes nothing it could confuse."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agreements.seal import MAY_BE_NONE, SEAL_VERSION, SEALED_FIELDS, seal_of
from common.seals import sealed_moment

FIELDS = {
    "reference": "S-2026-0001",
    "school": "dee-meadow",
    "agreement": "staff",
    "version": "3",
    "language": "en",
    "shown_sha256": "a" * 64,
    "statement_sha256": "b" * 64,
    "signer": "12",
    "typed_name": "Ada Example",
    "capacity": "self",
    "about": "-",
    "method": "account",
    "assurance": "Signed in with a second factor",
    "witness": "-",
    "issued_at": "2026-09-01T08:00:00.000000Z",
    "opened_at": "2026-09-02T08:00:00.000000Z",
    "signed_at": "2026-09-02T08:05:00.000000Z",
    "valid_until": "2027-09-01",
}
# Fields without a form of their own, where characters may move from one to the next.
FREE = [name for name in SEALED_FIELDS if not name.endswith(("_at", "_sha256", "_until"))]
VALUES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1).filter(
    lambda value: value.strip() and value != "-"
)


def sealed(**changes: str) -> str:
    return seal_of(FIELDS | changes)


def test_seal_of_version_1_stays_what_it_is():
    """A changed seal would make every signature ever given look forged."""
    assert SEAL_VERSION == 1
    assert sealed() == "2ab90bb9535115d730f96bca988120a2a7da2631cad5add6d014529d0cd89306"


def test_order_in_which_fields_are_given_does_not_count():
    assert seal_of(dict(reversed(FIELDS.items()))) == sealed()


@pytest.mark.parametrize("name", SEALED_FIELDS)
def test_every_field_is_sealed(name):
    other = {
        "shown_sha256": "c" * 64,
        "statement_sha256": "c" * 64,
        "issued_at": "2026-09-01T08:00:00.000001Z",
        "opened_at": "2026-09-02T08:00:00.000001Z",
        "signed_at": "2026-09-02T08:05:00.000001Z",
        "valid_until": "2027-09-02",
    }.get(name, f"{FIELDS[name]}x")

    assert sealed(**{name: other}) != sealed()


@given(st.data())
def test_characters_moved_between_neighbours_change_the_seal(data):
    index = data.draw(st.integers(0, len(FREE) - 2))
    words = data.draw(VALUES.filter(lambda value: len(value) > 1))
    first, second = (
        data.draw(st.integers(1, len(words) - 1)),
        data.draw(st.integers(1, len(words) - 1)),
    )
    parts = [(words[:cut], words[cut:]) for cut in (first, second)]
    assume(parts[0] != parts[1])
    assume(all(part.strip() and part != "-" for pair in parts for part in pair))

    one, other = (sealed(**{FREE[index]: left, FREE[index + 1]: right}) for left, right in parts)
    assert one != other


@given(
    st.dictionaries(st.sampled_from(FREE), VALUES), st.dictionaries(st.sampled_from(FREE), VALUES)
)
def test_two_signatures_share_a_seal_only_if_they_are_the_same(some, others):
    assert (sealed(**some) == sealed(**others)) == (FIELDS | some == FIELDS | others)


@pytest.mark.parametrize("name", SEALED_FIELDS)
@pytest.mark.parametrize("value", ["", " ", "a\nb", "a\rb", "a\tb", "a\0b", "a\u2028b", "a\x85b"])
def test_empty_values_and_control_characters_are_refused(name, value):
    with pytest.raises(ValueError, match=f"field {name} "):
        sealed(**{name: value})


@pytest.mark.parametrize("name", SEALED_FIELDS)
def test_dash_stands_only_where_there_may_be_nobody_and_no_end(name):
    if name in MAY_BE_NONE:
        assert len(sealed(**{name: "-"})) == 64
    else:
        with pytest.raises(ValueError, match=f"field {name} "):
            sealed(**{name: "-"})


@pytest.mark.parametrize("name", SEALED_FIELDS)
def test_missing_field_is_refused(name):
    with pytest.raises(ValueError, match=f"check {name}"):
        seal_of({key: value for key, value in FIELDS.items() if key != name})


def test_unknown_field_is_refused():
    with pytest.raises(ValueError, match="check colour"):
        seal_of(FIELDS | {"colour": "red"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("shown_sha256", "A" * 64),
        ("statement_sha256", "b" * 63),
        ("issued_at", "2026-09-01T08:00:00Z"),
        ("opened_at", "2026-09-01T09:00:00.000000+01:00"),
        ("signed_at", "2026-09-01 08:00:00.000000Z"),
        ("valid_until", "1 September 2027"),
        ("version", 3),
        ("typed_name", None),
    ],
)
def test_value_in_another_form_is_refused(name, value):
    with pytest.raises(ValueError, match=f"field {name} "):
        sealed(**{name: value})


def test_moment_is_sealed_in_utc_with_microseconds():
    summer = timezone(timedelta(hours=1))

    assert sealed_moment(datetime(2026, 9, 1, 9, tzinfo=summer)) == "2026-09-01T08:00:00.000000Z"
    assert sealed_moment(datetime(2026, 9, 1, 8, 0, 0, 7, UTC)) == "2026-09-01T08:00:00.000007Z"


def test_moment_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        sealed_moment(datetime(2026, 9, 1, 9))  # noqa: DTZ001
