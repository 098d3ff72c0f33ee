"""What every test of filtering starts from."""

import pytest

from tests.cast import Cast
from tests.filtering.staff import give_status


@pytest.fixture(autouse=True)
def filtering_status(cast: Cast) -> None:
    """Let Tina hold the filtering-management status."""
    give_status(cast)
