"""Files of people exported from the school's MIS, and the remembered meaning of their columns."""

import uuid

from django.db import models
from django.db.models import Q

from people.models.jobs import Job
from people.models.school import SchoolOwned


def upload_path(_upload: "PeopleImport", _name: str) -> str:
    """Return where an uploaded file waits: a name nobody can guess, outside the web root."""
    return f"imports/{uuid.uuid4().hex}"


class PeopleImport(SchoolOwned):
    """One file of people: uploaded, looked at, then applied or cancelled (ROL-29).

    The file itself is kept only while the import is open; who, what and how many stay on record.
    """

    class Kind(models.TextChoices):
        """What the rows of the file are."""

        STAFF = "staff", "Staff"
        PUPILS = "pupils", "Pupils"
        CARERS = "carers", "Parents and carers"

    class State(models.TextChoices):
        """Where an import stands."""

        OPEN = "open", "Not finished"
        APPLIED = "applied", "Brought in"
        CANCELLED = "cancelled", "Cancelled"

    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    file = models.FileField(upload_to=upload_path, blank=True)
    file_name = models.CharField(max_length=120)
    rows = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, related_name="imports")
    finished_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", finished_at=None)
                | Q(state__in=["applied", "cancelled"], finished_at__isnull=False, file=""),
                name="finished_imports_keep_no_file",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.file_name}"


class ImportMapping(SchoolOwned):
    """Which column of the school's MIS export means what, remembered for next time."""

    kind = models.CharField(max_length=10)
    columns = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "kind"], name="one_mapping_per_kind")
        ]

    def __str__(self) -> str:
        return self.kind
