"""Files that stay in a folder of the test's own."""

from pathlib import Path

import pytest

from tests.people.mail_server import mail_server

__all__ = ["mail_server", "own_files"]


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path: Path) -> Path:
    """Keep uploaded and made files in a folder that goes with the test."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
