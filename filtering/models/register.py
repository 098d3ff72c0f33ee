"""What is in use: products, profiles, rules, and what was confirmed about them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from filtering.vocabulary import Direction, ServiceKind, Statement, TargetKind
from people.models import Person, SchoolOwned


def evidence_path(_attestation: "Attestation", _name: str) -> str:
    """Return where evidence is stored: a name nobody can guess, outside the web root."""
    return f"filtering/{uuid.uuid4().hex}"


class InForce(SchoolOwned):
    """Something that was so from a moment to a moment: never altered, ended and written anew.

    So the register can be read as at any date.
    """

    from_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__gte=F("from_at"), ended_by__isnull=False),
                name="%(class)s_ends_after_it_began",
            )
        ]


class Service(InForce):
    """A filtering, monitoring or protecting product as the school described it (FIL-01, FIL-31)."""

    kind = models.CharField(max_length=10, choices=ServiceKind)
    name = models.CharField(max_length=120)
    provider = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=500)
    covers = models.CharField(max_length=300, blank=True)
    used_by = models.CharField(max_length=300, blank=True)
    contract = models.CharField(max_length=120, blank=True)
    contract_ends_date = models.DateField(null=True)
    privacy_notice = models.URLField(max_length=300, blank=True)
    uses_ai = models.BooleanField(default=False)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(InForce.Meta):
        ordering = ["kind", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class Profile(InForce):
    """A group of users that is filtered in its own way (FIL-23, R-FM-5)."""

    name = models.CharField(max_length=60)
    whom = models.CharField(max_length=200)
    network = models.CharField(max_length=120, blank=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="profiles")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(InForce.Meta):
        ordering = ["name", "pk"]
        constraints = [
            *InForce.Meta.constraints,
            models.UniqueConstraint(
                fields=["school", "name"],
                condition=Q(ended_at=None),
                name="one_profile_in_force_per_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Rule(InForce):
    """One address or category is blocked or allowed for a profile, and why (FIL-02, R-FM-1).

    ``sites`` are names of the school's sites; none means all. A rule of the baseline has no
    change; every other one was made by an approved change, and ended by one.
    """

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="rules")
    kind = models.CharField(max_length=8, choices=TargetKind)
    target = models.CharField(max_length=500)
    domain = models.CharField(max_length=253, blank=True)
    direction = models.CharField(max_length=5, choices=Direction)
    why = models.CharField(max_length=500)
    sites = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    change = models.ForeignKey(
        "filtering.ChangeRequest", on_delete=models.PROTECT, null=True, related_name="rules_made"
    )
    ended_change = models.ForeignKey(
        "filtering.ChangeRequest", on_delete=models.PROTECT, null=True, related_name="rules_ended"
    )

    class Meta(InForce.Meta):
        ordering = ["kind", "target", "pk"]
        indexes = [
            models.Index(fields=["profile", "kind", "target"], name="rules_of_profile"),
            models.Index(fields=["school", "domain"], name="rules_by_domain"),
        ]

    def __str__(self) -> str:
        return self.target


class Attestation(SchoolOwned):
    """Somebody confirmed something about the filtering, on what evidence, and until when.

    FIL-01, FIL-04, FIL-18, FIL-22, R-FM-4. The latest of each statement counts.
    """

    statement = models.CharField(max_length=12, choices=Statement)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=500)
    evidence = models.FileField(upload_to=evidence_path, blank=True)
    evidence_name = models.CharField(max_length=120, blank=True)
    evidence_kind = models.CharField(max_length=100, blank=True)
    evidence_sha256 = models.CharField(max_length=64, blank=True)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    next_date = models.DateField()

    class Meta:
        ordering = ["-confirmed_at", "-pk"]
        indexes = [
            models.Index(
                fields=["school", "statement", "-confirmed_at"], name="attestations_latest"
            )
        ]

    def __str__(self) -> str:
        return self.get_statement_display()
