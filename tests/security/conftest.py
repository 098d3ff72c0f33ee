"""The stage, set once for the tests of a file."""

from tests.incidents.conftest import cast, other, stage, today

__all__ = ["cast", "other", "stage", "today"]
