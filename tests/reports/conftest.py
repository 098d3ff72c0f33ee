"""What the pages of a report need: made-up figures, files of their own, the end of a term."""

import pytest
import time_machine

from reports.models import GovernorReport
from tests.reports import walk_reports as walk


@pytest.fixture
def end_of_term(monkeypatch, settings, tmp_path):
    """Tell made-up figures, keep files apart, and let the clock stand at the end of the term."""
    walk.tell(monkeypatch)
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(walk.AT, tick=True):
        yield


@pytest.fixture
def report(cast, end_of_term) -> GovernorReport:
    """Return a report that was issued."""
    return walk.make(cast, "issued")
