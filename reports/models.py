"""Reports as they were issued, and the governors' reviews they are discussed in."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from people.models import Person, SchoolOwned, ToDo
from reports.workflow import REPORT_STATES, REVIEW_STATES


def pdf_path(_file: "ReportFile", _name: str) -> str:
    """Return where an issued report is stored: a name nobody can guess, outside the web root."""
    return f"reports/{uuid.uuid4().hex}"


class GovernorReport(SchoolOwned):
    """The report on one period to the governors, in one edition (REP-02).

    While it is written its figures are counted afresh; when the headteacher issues it they are
    frozen with their hash and the head of the trail, and a later change is a new edition that
    says why.
    """

    period_start = models.DateField()
    period_end = models.DateField()
    label = models.CharField(max_length=60)
    edition = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=9, choices=list(REPORT_STATES.items()), default="draft")
    lead_words = models.CharField(max_length=6_000, blank=True)
    head_words = models.CharField(max_length=6_000, blank=True)
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    returned_words = models.CharField(max_length=1_000, blank=True)
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    figures = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    trail_sequence = models.PositiveBigIntegerField(null=True)
    trail_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-period_end", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "period_start", "period_end", "edition"],
                name="one_report_per_edition",
            ),
            models.UniqueConstraint(
                fields=["school", "period_start", "period_end"],
                condition=~Q(state="issued"),
                name="one_report_in_hand_per_period",
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")), name="report_ends_after_start"
            ),
            models.CheckConstraint(
                condition=(~Q(state="issued") & Q(issued_at=None, sha256=""))
                | (Q(state="issued", issued_at__isnull=False) & ~Q(sha256="")),
                name="issued_reports_are_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, edition {self.edition}"


class ReportFile(SchoolOwned):
    """The PDF of an issued report, made once by the worker."""

    report = models.OneToOneField(GovernorReport, on_delete=models.PROTECT, related_name="pdf")
    file = models.FileField(upload_to=pdf_path)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.report)


class ReportReading(SchoolOwned):
    """A governor or leader opened an issued report for the first time (REP-02)."""

    report = models.ForeignKey(GovernorReport, on_delete=models.PROTECT, related_name="readings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["read_at"]
        constraints = [
            models.UniqueConstraint(fields=["report", "person"], name="one_reading_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.report_id}"


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


class GovernorAction(ToDo):
    """Something a governors' review asked for, followed until it is done (REP-18)."""

    review = models.ForeignKey(GovernorReview, on_delete=models.PROTECT, related_name="actions")
    carried_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="carried_to"
    )

    class Meta(ToDo.Meta):
        indexes = [
            models.Index(
                fields=["school", "due_date"],
                condition=Q(done_at=None),
                name="governor_actions_open",
            )
        ]
