"""Documents that are made from the code say what the code says (house rules, 2 and 4)."""

import pytest
from django.conf import settings

from safeguard.management.commands.docs import documents


def test_the_matrix_and_every_workflow_are_printed():
    names = {str(path.relative_to(settings.BASE_DIR)) for path in documents()}

    assert "docs/permissions.md" in names
    assert any(name.startswith("docs/workflows/") for name in names)


@pytest.mark.parametrize(
    "path", sorted(documents()), ids=lambda path: str(path.relative_to(settings.BASE_DIR))
)
def test_document_is_not_stale(path):
    assert path.exists()
    assert path.read_text(encoding="utf-8") == documents()[path]()
