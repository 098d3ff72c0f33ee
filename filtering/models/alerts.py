"""What monitoring products report, where it comes from, and what was made of it (workflows c.8)."""

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import GeneratedField, Q

from filtering.models.register import Service
from filtering.vocabulary import AboutWhom, AlertEventKind, Product, Severity, Verdict
from filtering.workflow import ALERT_STATES
from people.models import Job, Person, SchoolOwned


def upload_path(_upload: "AlertImport", _name: str) -> str:
    """Return where an uploaded export waits: a name nobody can guess, outside the web root."""
    return f"alerts/{uuid.uuid4().hex}"


class AlertSource(SchoolOwned):
    """A product that sends alerts, and what its columns and words mean (FIL-14).

    ``columns`` says for each of our fields what the product calls it; ``severities`` turns its
    words into 1, 2 or 3. ``hook`` is part of what the key of its webhook is made from; without it
    the webhook is shut. The key itself is never stored.
    """

    name = models.CharField(max_length=80)
    product = models.CharField(max_length=12, choices=Product)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="+")
    columns = models.JSONField(default=dict)
    severities = models.JSONField(default=dict)
    day_first = models.BooleanField(default=True)
    hook = models.UUIDField(null=True)
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"],
                condition=Q(closed_at=None),
                name="one_alert_source_per_name",
            )
        ]

    def __str__(self) -> str:
        return self.name


class HookDelivery(SchoolOwned):
    """One delivery of a webhook that was taken in; the same one again gets the same answer."""

    source = models.ForeignKey(AlertSource, on_delete=models.PROTECT, related_name="deliveries")
    delivery = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "delivery"], name="one_row_per_delivery")
        ]

    def __str__(self) -> str:
        return self.delivery


class AlertImport(SchoolOwned):
    """One export file of a monitoring product. The file is kept only until it has been read."""

    source = models.ForeignKey(AlertSource, on_delete=models.PROTECT, related_name="imports")
    file = models.FileField(upload_to=upload_path, blank=True)
    file_name = models.CharField(max_length=120)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    taken_in = models.PositiveIntegerField(default=0)
    known_already = models.PositiveIntegerField(default=0)
    bad_rows = models.JSONField(default=list)

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(file=""), name="read_exports_keep_no_file"
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class Alert(SchoolOwned):
    """One alert (R-FM-6). Graphic content is never stored: ``graphic`` says only that there was.

    ``about`` decides who may see it; the person it is about never does. ``position`` counts how
    far an unopened alert climbed its chain since ``routed_at``.
    """

    source = models.ForeignKey(
        AlertSource, on_delete=models.PROTECT, null=True, related_name="alerts"
    )
    external_id = models.CharField(max_length=120, blank=True)
    submission = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, choices=list(ALERT_STATES.items()), default="received")
    drill = models.BooleanField(default=False)

    severity = models.PositiveSmallIntegerField(choices=Severity, default=Severity.ROUTINE)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    rule = models.CharField(max_length=120, blank=True)
    term = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=500, blank=True)
    device = models.CharField(max_length=120, blank=True)
    device_ip = models.GenericIPAddressField(null=True)
    user_name = models.CharField(max_length=120, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    about = models.CharField(max_length=5, choices=AboutWhom, default=AboutWhom.PUPIL)
    graphic = models.BooleanField(default=False)
    note = models.CharField(max_length=1_000, blank=True)

    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    routed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=7, choices=Verdict, blank=True)
    triaged_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    triaged_at = models.DateTimeField(null=True)
    incident_reference = models.CharField(max_length=12, blank=True)
    search = GeneratedField(
        expression=SearchVector(
            "rule", "term", "address", "device", "user_name", "note", config="simple"
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["-happened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~Q(external_id=""),
                name="one_alert_per_number_of_the_source",
            ),
            models.UniqueConstraint(fields=["submission"], name="one_alert_per_submission"),
            models.CheckConstraint(
                condition=Q(state__in=list(ALERT_STATES)), name="alert_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="raised") | ~Q(incident_reference="") | Q(drill=True),
                name="raised_alert_names_its_incident",
            ),
            models.CheckConstraint(
                condition=~Q(state="false_alarm")
                | Q(verdict="false", triaged_by__isnull=False, triaged_at__isnull=False),
                name="false_alarm_says_who_judged",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "-happened_at", "-id"], name="alert_list_order"),
            models.Index(
                fields=["school", "severity", "-happened_at", "-id"], name="alert_by_severity"
            ),
            models.Index(fields=["school", "state", "-happened_at", "-id"], name="alert_by_state"),
            models.Index(fields=["school", "received_at"], name="alert_by_arrival"),
            models.Index(
                fields=["school", "incident_reference"],
                condition=~Q(incident_reference=""),
                name="alert_by_incident",
            ),
            models.Index(
                fields=["school", "due_at"],
                condition=Q(state="received"),
                name="alerts_unopened",
            ),
            GinIndex(fields=["search"], name="alert_words"),
        ]

    def __str__(self) -> str:
        return f"Alert {self.pk}"


class AlertEvent(SchoolOwned):
    """What happened to an alert: the full history of its triage (domain feature 13)."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=AlertEventKind)
    verdict = models.CharField(max_length=7, choices=Verdict, blank=True)
    text = models.CharField(max_length=1_000, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.get_kind_display()


class AlertSample(SchoolOwned):
    """A false alarm drawn by lot for a second look by somebody else, once a term (FIL-15)."""

    alert = models.OneToOneField(Alert, on_delete=models.PROTECT, related_name="sample")
    term = models.CharField(max_length=60)
    drawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    agrees = models.BooleanField(null=True)
    note = models.CharField(max_length=500, blank=True)
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-drawn_at", "pk"]

    def __str__(self) -> str:
        return f"{self.term}: {self.alert}"
