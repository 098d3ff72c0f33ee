"""The governors’ reviews in which reports are discussed, and what governors ask."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from people.models import Person, SchoolOwned
from reports.models.reports import GovernorReport
from reports.workflow import REVIEW_STATES


class GovernorReview(SchoolOwned):
    """The online-safety governor and the lead look through reports and logs (REP-03, c.14)."""

    reference = models.CharField(max_length=12)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=9, choices=list(REVIEW_STATES.items()), default="scheduled")
    label = models.CharField(max_length=60)
    due_date = models.DateField()
    planned_at = models.DateTimeField()
    report = models.ForeignKey(
        GovernorReport, on_delete=models.PROTECT, null=True, related_name="reviews"
    )
    pack = models.JSONField(default=dict)
    prepared_at = models.DateTimeField(null=True)
    held_date = models.DateField(null=True)
    logs_seen = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    findings = models.CharField(max_length=4_000, blank=True)
    held_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    held_at = models.DateTimeField(null=True)
    governor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    governor_signed_at = models.DateTimeField(null=True)
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    lead_signed_at = models.DateTimeField(null=True)
    text_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-due_date", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "reference"], name="one_governor_review_per_reference"
            ),
            models.UniqueConstraint(
                fields=["school", "label"], name="one_governor_review_per_term"
            ),
            models.CheckConstraint(
                condition=~Q(state="signed")
                | Q(governor_signed_at__isnull=False, lead_signed_at__isnull=False),
                name="signed_review_has_both_signatures",
            ),
            models.CheckConstraint(
                condition=Q(governor=None) | Q(lead=None) | ~Q(governor=F("lead")),
                name="two_people_sign_the_review",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.label}"


class ReviewAttendee(SchoolOwned):
    """Somebody who took part in a governors' review."""

    review = models.ForeignKey(GovernorReview, on_delete=models.PROTECT, related_name="attendees")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "person"], name="one_seat_per_attendee")
        ]

    def __str__(self) -> str:
        return str(self.person)


class GovernorQuestion(SchoolOwned):
    """A question of a governor and its answer with evidence: the challenge log."""

    review = models.ForeignKey(
        GovernorReview, on_delete=models.PROTECT, null=True, related_name="questions"
    )
    report = models.ForeignKey(
        GovernorReport, on_delete=models.PROTECT, null=True, related_name="questions"
    )
    text = models.CharField(max_length=2_000)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=4_000, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at"]

    def __str__(self) -> str:
        return self.text
