"""Reports as they were issued, and who opened them."""

import uuid

from django.db import models
from django.db.models import F, Q

from people.models import Person, SchoolOwned
from reports.audiences import TITLES, Audience
from reports.workflow import REPORT_STATES


def pdf_path(_file: "ReportFile", _name: str) -> str:
    """Return where an issued report is stored: a name nobody can guess, outside the web root."""
    return f"reports/{uuid.uuid4().hex}"


class GovernorReport(SchoolOwned):
    """The report on one period to one audience, in one edition (REP-01, REP-02, REP-05).

    Mostly to the governors; the lead reports to the headteacher and the school to its authority in
    the same way. While it is written its figures are counted afresh; when it is issued or sent
    they are frozen with their hash and the head of the trail, and a later change is a new edition
    that says why.
    """

    audience = models.CharField(max_length=9, choices=Audience.choices, default=Audience.GOVERNORS)
    recipient = models.CharField(max_length=120, blank=True)
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
                fields=["school", "audience", "period_start", "period_end", "edition"],
                name="one_report_per_audience_and_edition",
            ),
            models.UniqueConstraint(
                fields=["school", "audience", "period_start", "period_end"],
                condition=~Q(state="issued"),
                name="one_report_in_hand_per_audience",
            ),
            models.CheckConstraint(
                condition=Q(audience="authority") ^ Q(recipient=""),
                name="report_to_outside_names_who_gets_it",
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

    @property
    def title(self) -> str:
        """Return what it is called by whom it is for."""
        return TITLES[self.audience]


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
