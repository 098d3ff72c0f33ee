"""The cast's school with a ladder in force."""

import pytest

from policies.actions import load_policy, put_in_force
from tests.cast import NOW, START


@pytest.fixture
def version(cast):
    """Give the A–D ladder, published and in force since the start of the year."""
    version = load_policy(school=cast.school, data_name="abcd", by=cast.hana, at=NOW)
    put_in_force(
        school=cast.school,
        version=version,
        from_date=START,
        by=cast.hana,
        at=NOW,
        reason="The school has worked by it since September.",
    )
    return version
