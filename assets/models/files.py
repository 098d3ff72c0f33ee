"""A file that comes to a record later, and stays as it came."""

import uuid

from django.db import models

from people.models import Person, SchoolOwned


def kept_path(_record: models.Model, _name: str) -> str:
    """Return where a file is kept: a name nobody can guess, outside the web root."""
    return f"equipment/{uuid.uuid4().hex}"


class KeptFile(SchoolOwned):
    """Base of a record with one file: a certificate or a report; ``sha256`` is "" without one."""

    file = models.FileField(upload_to=kept_path, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    file_kind = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    file_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    file_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
