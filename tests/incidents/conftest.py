"""Files that stay in a folder of the test's own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path: Path) -> Path:
    """Keep files in a folder that goes with the test."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
