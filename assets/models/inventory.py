"""Equipment of the school, what data it keeps, and its life (AST-01)."""

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from assets.vocabulary import AssetKind, Encryption, MediumKind
from assets.workflow import ASSET_STATES
from people.models import Job, Person, SchoolOwned


def upload_path(_upload: "AssetImport", _name: str) -> str:
    """Return where an uploaded inventory waits: a name nobody can guess, outside the web root."""
    return f"imports/{uuid.uuid4().hex}"


class Room(SchoolOwned):
    """A place where equipment stands; one that is no longer used stays on record.

    Into a ``restricted`` one, such as that of the servers, only those listed go (AST-21).
    """

    name = models.CharField(max_length=60)
    restricted = models.BooleanField(default=False)
    secured_by = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("school", Upper("name"), name="one_room_per_name"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="ended_room_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Asset(SchoolOwned):
    """One piece of equipment the school owns, from its purchase to its disposal (AST-01).

    ``tag`` is the number on its label, unique at the school. ``keeps_data`` says that personal data
    may be on it; a loan for protected data sets it for good (AST-09). ``hazardous`` waste needs a
    consignment note. ``reserved`` is the device kept for investigations (AST-28).
    """

    tag = models.CharField(max_length=30)
    submission = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(
        max_length=12, choices=list(ASSET_STATES.items()), default="registered"
    )
    kind = models.CharField(max_length=10, choices=AssetKind)
    make = models.CharField(max_length=60)
    model = models.CharField(max_length=80)
    serial = models.CharField(max_length=80, blank=True)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, related_name="assets")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    used_for = models.CharField(max_length=120, blank=True)
    bought_date = models.DateField(null=True)
    cost = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    supplier = models.CharField(max_length=80, blank=True)
    warranty_until = models.DateField(null=True)
    review_date = models.DateField(null=True)
    operating_system = models.CharField(max_length=60, blank=True)
    support_until = models.DateField(null=True)
    encryption = models.CharField(max_length=10, choices=Encryption, default=Encryption.UNKNOWN)
    antivirus = models.CharField(max_length=60, blank=True)
    keeps_data = models.BooleanField(default=False)
    protected_data = models.BooleanField(default=False)
    hazardous = models.BooleanField(default=False)
    reserved = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    disposed_at = models.DateTimeField(null=True)
    words = models.GeneratedField(
        expression=SearchVector(
            "tag", "make", "model", "serial", "supplier", "used_for", "note", config="simple"
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["tag"]
        constraints = [
            models.UniqueConstraint("school", Upper("tag"), name="one_asset_per_tag"),
            models.UniqueConstraint(fields=["submission"], name="one_asset_per_submission"),
            models.CheckConstraint(
                condition=Q(state__in=list(ASSET_STATES)), name="asset_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="disposed", disposed_at__isnull=False)
                | (~Q(state="disposed") & Q(disposed_at=None)),
                name="disposed_asset_says_when",
            ),
            models.CheckConstraint(
                condition=Q(protected_data=False) | Q(keeps_data=True),
                name="protected_data_is_data",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "tag", "id"], name="asset_list_order"),
            models.Index(fields=["school", "state"], name="asset_by_state"),
            models.Index(fields=["school", "room", "tag"], name="asset_by_room"),
            models.Index(fields=["school", "holder"], name="asset_by_holder"),
            models.Index("school", Upper("serial"), name="asset_by_serial"),
            models.Index(
                fields=["school", "support_until"],
                name="asset_by_end_of_support",
                condition=Q(support_until__isnull=False),
            ),
            GinIndex(fields=["words"], name="asset_words"),
        ]

    def __str__(self) -> str:
        return self.tag

    @property
    def name(self) -> str:
        """Return what people call it."""
        return f"{self.get_kind_display()}, {self.make} {self.model}"


class Medium(SchoolOwned):
    """A disk, card or chip on which data is kept, with its own serial number (R-NIST-2)."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="media")
    kind = models.CharField(max_length=8, choices=MediumKind)
    make = models.CharField(max_length=60, blank=True)
    model = models.CharField(max_length=80, blank=True)
    serial = models.CharField(max_length=80)
    gigabytes = models.PositiveIntegerField(null=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("asset", Upper("serial"), name="one_medium_per_serial"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.serial}"


class AssetEvent(SchoolOwned):
    """One line of the life of a device: what was done, by whom, from which state to which."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="events")
    step = models.CharField(max_length=30)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    text = models.CharField(max_length=500, blank=True)
    incident_reference = models.CharField(max_length=12, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["asset", "-at"], name="life_of_asset")]

    def __str__(self) -> str:
        return f"{self.step} of {self.asset_id}"


class AssetImport(SchoolOwned):
    """A file of equipment: uploaded, looked at, then brought in or cancelled.

    The file itself is kept only while the import is open.
    """

    class State(models.TextChoices):
        """Where an import stands."""

        OPEN = "open", "Not finished"
        APPLIED = "applied", "Brought in"
        CANCELLED = "cancelled", "Cancelled"

    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    file = models.FileField(upload_to=upload_path, blank=True)
    file_name = models.CharField(max_length=120)
    rows = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, related_name="+")
    finished_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", finished_at=None)
                | Q(state__in=["applied", "cancelled"], finished_at__isnull=False, file=""),
                name="finished_asset_import_keeps_no_file",
            )
        ]

    def __str__(self) -> str:
        return f"Equipment from {self.file_name}"
