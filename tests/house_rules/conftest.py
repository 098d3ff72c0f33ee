"""The stage, set once for the tests of a file."""

from tests.incidents.conftest import cast, ladder, ladder_stage, other, own_files, stage, today

__all__ = ["cast", "ladder", "ladder_stage", "other", "own_files", "stage", "today"]
