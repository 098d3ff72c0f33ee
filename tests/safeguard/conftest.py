"""A folder for servers of a test's own."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def folders() -> Iterator[Path]:
    """Return a folder outside pytest's own, which another run closes to PostgreSQL's account."""
    with tempfile.TemporaryDirectory(prefix="safeguard-", ignore_cleanup_errors=True) as name:
        yield Path(name)


@pytest.fixture
def var(folders: Path) -> Path:
    """Return a fresh folder for the data of embedded servers."""
    return Path(tempfile.mkdtemp(dir=folders))
