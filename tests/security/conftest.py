"""Files that stay in a folder of the test's own."""

from tests.incidents.conftest import own_files

__all__ = ["own_files"]
