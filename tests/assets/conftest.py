"""What tests of equipment share."""

import pytest

from common.scope import school_scope
from tests.assets import walk_disposal


@pytest.fixture(scope="module")
def company(stage):
    """Give a company of the register that may be chosen, entered and approved once for a file."""
    cast = stage["cast"]
    with school_scope(cast.school.pk):
        return walk_disposal.in_register(cast)
