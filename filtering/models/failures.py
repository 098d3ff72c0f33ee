"""Reports that the filter let something through, or does not work (workflows c.7)."""

from django.db import models
from django.db.models import F, Q

from filtering.vocabulary import Exposed, ReportKind
from filtering.workflow import FAILURE_STATES
from people.models import Person, SchoolOwned


class FailureReport(SchoolOwned):
    """Something unsuitable was reached, or filtering does not work (FIL-11, FIL-12, FIL-24).

    Another report of the same site while one is open joins it: ``joined``. Its lines are in the
    change log. ``incident_reference`` is the incident opened because a pupil was exposed.
    """

    reference = models.CharField(max_length=12)
    submission = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(
        max_length=12, choices=list(FAILURE_STATES.items()), default="reported"
    )
    kind = models.CharField(max_length=12, choices=ReportKind)
    address = models.CharField(max_length=500, blank=True)
    domain = models.CharField(max_length=253, blank=True)
    what = models.CharField(max_length=2_000)
    device = models.CharField(max_length=120, blank=True)
    site = models.CharField(max_length=120, blank=True)
    seen_at = models.DateTimeField()
    exposed = models.CharField(max_length=6, choices=Exposed, default=Exposed.UNSURE)
    urgent = models.BooleanField(default=True)
    joined = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="joined_by"
    )
    incident_reference = models.CharField(max_length=12, blank=True)
    no_incident_reason = models.CharField(max_length=300, blank=True)
    reported_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    due_at = models.DateTimeField()

    acknowledged_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True)
    provider = models.CharField(max_length=120, blank=True)
    provider_ticket = models.CharField(max_length=60, blank=True)
    escalated_at = models.DateTimeField(null=True)
    authority_told_at = models.DateTimeField(null=True)
    fixed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    fixed_at = models.DateTimeField(null=True)
    cause = models.CharField(max_length=1_000, blank=True)
    verified_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "reference"], name="one_failure_per_reference"
            ),
            models.UniqueConstraint(fields=["submission"], name="one_failure_per_submission"),
            models.CheckConstraint(
                condition=Q(state__in=list(FAILURE_STATES)), name="failure_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | Q(verified_by__isnull=False, verified_at__isnull=False)
                | Q(joined__isnull=False),
                name="failure_is_verified_before_it_closes",
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=F("fixed_by")),
                name="another_person_verifies_the_repair",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "-reported_at", "-id"], name="failure_list_order"),
            models.Index(fields=["school", "state"], name="failure_by_state"),
        ]

    def __str__(self) -> str:
        return self.reference
