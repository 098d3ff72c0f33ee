"""Weekly monitoring reports, filter checks and reviews (R-FM-2, R-FM-3, R-FM-7)."""

from django.db import models
from django.db.models import F, Q

from common.dates import uk_date
from filtering.models.failures import FailureReport
from filtering.models.register import Profile
from filtering.vocabulary import Capacity, CheckTest, Outcome, Trigger
from filtering.workflow import REVIEW_STATES
from people.models import Person, SchoolOwned, ToDo


class MonitoringReport(SchoolOwned):
    """What monitoring showed in a week: looked through by IT, signed off by the lead (FIL-19).

    ``figures`` are frozen when it is signed; until then they are counted afresh.
    """

    week_start = models.DateField()
    version = models.PositiveIntegerField(default=1)
    figures = models.JSONField(default=dict)
    technical_note = models.CharField(max_length=2_000, blank=True)
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(null=True)
    breaches = models.CharField(max_length=2_000, blank=True)
    actions = models.CharField(max_length=2_000, blank=True)
    due_at = models.DateTimeField()
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-week_start"]
        constraints = [
            models.UniqueConstraint(fields=["school", "week_start"], name="one_report_per_week"),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="signed_report_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"Week of {uk_date(self.week_start)}"


class MonitoringFinding(SchoolOwned):
    """Something found in looking through the logs; an incident may be raised from it (FIL-20)."""

    report = models.ForeignKey(MonitoringReport, on_delete=models.PROTECT, related_name="findings")
    text = models.CharField(max_length=1_000)
    breach = models.BooleanField(default=False)
    incident_reference = models.CharField(max_length=12, blank=True)
    found_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class CheckPoint(SchoolOwned):
    """Where filtering is checked every term: a kind of device, at a site, on a network (R-FM-3)."""

    device_kind = models.CharField(max_length=80)
    site = models.CharField(max_length=120)
    network = models.CharField(max_length=120)
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["site", "device_kind", "network", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "device_kind", "site", "network", "profile"],
                condition=Q(ended_at=None),
                name="one_check_point_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.device_kind}, {self.site}, {self.network}, {self.profile}"


class FilterCheck(SchoolOwned):
    """One check at one point, by somebody from safeguarding and somebody from IT together."""

    point = models.ForeignKey(CheckPoint, on_delete=models.PROTECT, related_name="checks")
    submission = models.UUIDField()
    checked_date = models.DateField()
    safeguarding_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    it_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    device = models.CharField(max_length=120)
    note = models.CharField(max_length=1_000, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-checked_date", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission"], name="one_check_per_submission"),
            models.CheckConstraint(
                condition=~Q(safeguarding_by=F("it_by")), name="two_people_check_the_filter"
            ),
        ]
        indexes = [models.Index(fields=["point", "-checked_date"], name="checks_of_point")]

    def __str__(self) -> str:
        return f"{self.point} on {uk_date(self.checked_date)}"


class CheckResult(SchoolOwned):
    """What one test of a check expected and found, and the report that followed. No picture."""

    check_made = models.ForeignKey(FilterCheck, on_delete=models.PROTECT, related_name="results")
    test = models.CharField(max_length=12, choices=CheckTest)
    expected = models.CharField(max_length=10, choices=Outcome, default=Outcome.BLOCKED)
    actual = models.CharField(max_length=10, choices=Outcome)
    note = models.CharField(max_length=500, blank=True)
    failure = models.ForeignKey(
        FailureReport, on_delete=models.PROTECT, null=True, related_name="found_by_checks"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["check_made", "test"], name="one_result_per_test")
        ]

    def __str__(self) -> str:
        return self.get_test_display()


class Review(SchoolOwned):
    """A review of filtering and monitoring: once a year, or because something happened (FIL-21)."""

    reference = models.CharField(max_length=12)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=7, choices=list(REVIEW_STATES.items()), default="open")
    trigger = models.CharField(max_length=13, choices=Trigger)
    trigger_words = models.CharField(max_length=500, blank=True)
    incident_reference = models.CharField(max_length=12, blank=True)
    year_name = models.CharField(max_length=20)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    due_date = models.DateField()

    pupils = models.CharField(max_length=2_000, blank=True)
    devices = models.CharField(max_length=2_000, blank=True)
    ai_use = models.CharField(max_length=2_000, blank=True)
    limits = models.CharField(max_length=2_000, blank=True)
    provision = models.CharField(max_length=4_000, blank=True)
    findings = models.CharField(max_length=4_000, blank=True)
    text_hash = models.CharField(max_length=64, blank=True)
    offered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "reference"], name="one_review_per_reference"
            ),
            models.UniqueConstraint(
                fields=["school", "year_name"],
                condition=Q(trigger="annual"),
                name="one_annual_review_per_year",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ReviewParticipant(SchoolOwned):
    """Somebody who takes part in a review, as what."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=12, choices=Capacity)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "person"],
                condition=Q(dropped_at=None),
                name="one_capacity_per_participant",
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class ReviewAction(ToDo):
    """Something a review says is to be done, by whom and when."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="actions")
    dropped_at = models.DateTimeField(null=True)


class ReviewSignature(SchoolOwned):
    """One of the four signatures under the exact text of a review."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="signatures")
    capacity = models.CharField(max_length=12, choices=Capacity)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "capacity", "text_hash"], name="one_signature_per_capacity"
            ),
            models.UniqueConstraint(
                fields=["review", "person", "text_hash"], name="one_signature_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_capacity_display()}: {self.person}"
