"""The chronology of an incident, its feedback, its closing records and its evidence."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.files.storage import storages
from django.db import models
from django.db.models import GeneratedField, Q

from incidents.models.incident import Incident
from incidents.vocabulary import EventKind
from people.models import Person, SchoolOwned


class Event(SchoolOwned):
    """One line of the chronology; append-only. An amendment is a new line that names the old.

    ``occurred_at`` is when it happened, ``at`` when it was written: a backdated line shows both.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=EventKind)
    text = models.TextField(max_length=10_000, blank=True)
    facts = models.JSONField(default=dict)
    occurred_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    amends = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="amendments"
    )
    search = GeneratedField(
        expression=SearchVector("text", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    amended_by: "Event"  # set by ``queries.story_of`` on a line that has an amendment

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(
                fields=["incident"], condition=Q(kind="reopened"), name="chronology_reopened"
            ),
            models.Index(fields=["incident", "at"], name="chronology"),
            GinIndex(fields=["search"], name="chronology_words"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def backdated(self) -> bool:
        """Return whether the line was written on a later day than what it tells of."""
        return self.occurred_at.date() < self.at.date()


class Feedback(SchoolOwned):
    """What the reporter was told about the outcome, or why they were told nothing (INC-38)."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="feedback")
    text = models.TextField(max_length=2_000, blank=True)
    excused_reason = models.CharField(max_length=500, blank=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text or self.excused_reason


class ClosingRecord(SchoolOwned):
    """The five records without which no incident closes, and the lessons (R-KCSIE-1, INC-40)."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="closings")
    summary = models.TextField(max_length=4_000)
    follow_up = models.TextField(max_length=4_000)
    action = models.TextField(max_length=4_000)
    decision = models.TextField(max_length=4_000)
    outcome = models.TextField(max_length=4_000)
    lessons = models.TextField(max_length=4_000)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Closing of {self.incident}"


def random_name(evidence: "Evidence", _filename: str) -> str:
    """Return a stored name that tells nothing: the school, and the random key of the file."""
    return f"evidence/{evidence.school_id}/{evidence.key.hex}"


def evidence_storage() -> Any:
    """Return the storage that holds evidence, outside the web root."""
    return storages["default"]


class Evidence(SchoolOwned):
    """A file about an incident, checked by content and served only through a permission check."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="evidence")
    key = models.UUIDField(unique=True)
    file = models.FileField(upload_to=random_name, storage=evidence_storage, max_length=200)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "evidence"
        constraints = [models.UniqueConstraint(fields=["incident", "sha256"], name="one_file_once")]

    def __str__(self) -> str:
        return self.name


class CustodyLine(SchoolOwned):
    """One line of a file's custody: taken in, seen, handed on (INC-37)."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="custody")
    deed = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.deed
