"""Report that filtering failed, and mend it with a second person (FIL-11, FIL-12, c.7)."""

from tests.filtering import walk_failures as walk


def test_walks(cast):
    assert walk.make(cast, "closed").state == "closed"
