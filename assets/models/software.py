"""Programs the school has licences for, and where they are installed (AST-02)."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from assets.models.inventory import Asset
from assets.vocabulary import LicenceKind
from people.models import Person, SchoolOwned


class Software(SchoolOwned):
    """A program the school has licences for (AST-02).

    ``approved`` is False for something found on a device that nobody allowed (AST-29).
    """

    title = models.CharField(max_length=100)
    release = models.CharField(max_length=40, blank=True)
    publisher = models.CharField(max_length=80, blank=True)
    supplier = models.CharField(max_length=80, blank=True)
    licence_kind = models.CharField(max_length=6, choices=LicenceKind)
    licence_number = models.CharField(max_length=80, blank=True)
    seats = models.PositiveIntegerField(null=True)
    expires_date = models.DateField(null=True)
    approved = models.BooleanField(default=True)
    note = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    submission = models.UUIDField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["title", "release", "pk"]
        constraints = [
            models.UniqueConstraint(
                "school",
                Upper("title"),
                Upper("release"),
                condition=Q(ended_at=None),
                name="one_software_per_title",
            ),
            models.UniqueConstraint(fields=["submission"], name="one_software_per_submission"),
            models.CheckConstraint(
                condition=~Q(licence_kind__in=["seats", "users"]) | Q(seats__isnull=False),
                name="counted_licence_says_how_many",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.release}".strip()


class Installation(SchoolOwned):
    """A program on a device, until it is taken off.

    ``incident_reference`` is the incident raised because nobody had approved it (AST-29).
    """

    software = models.ForeignKey(Software, on_delete=models.PROTECT, related_name="installations")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="installations")
    installed_date = models.DateField()
    removed_date = models.DateField(null=True)
    incident_reference = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["software", "asset"],
                condition=Q(removed_date=None),
                name="installed_once_on_a_device",
            ),
            models.CheckConstraint(
                condition=Q(removed_date=None) | Q(removed_date__gte=F("installed_date")),
                name="removed_after_installed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.software_id} on {self.asset_id}"
