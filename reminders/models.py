"""Who was reminded of what, and the one mail of a day that told them."""

import uuid

from django.db import models
from django.db.models import F, Q

from people.models import Person, SchoolOwned


def evidence_path(_occurrence: "DutyOccurrence", _name: str) -> str:
    """Return where evidence is stored: a name nobody can guess, outside the web root."""
    return f"duties/{uuid.uuid4().hex}"


class DutyOccurrence(SchoolOwned):
    """One recurring duty in one period: open, fulfilled, or missed (SYS-02, ROL-19).

    Written when its period begins. A record of the app fulfils it, and ``done_by`` stays empty; or
    a person attests that it was met, partly met or not met. ``missed`` is what its period left.
    """

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", "To be done"
        MET = "met", "Met"
        PARTLY = "partly", "Partly met"
        NOT_MET = "not_met", "Not met"
        MISSED = "missed", "Missed"
        WITHDRAWN = "withdrawn", "No longer asked for"

    duty = models.CharField(max_length=60)
    period = models.CharField(max_length=40)
    starts_date = models.DateField()
    due_date = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=1_000, blank=True)
    action = models.CharField(max_length=500, blank=True)
    evidence = models.FileField(upload_to=evidence_path, blank=True)
    evidence_name = models.CharField(max_length=120, blank=True)
    evidence_kind = models.CharField(max_length=100, blank=True)
    evidence_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["due_date", "duty"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "duty", "period"], name="one_occurrence_a_period"
            ),
            models.CheckConstraint(
                condition=Q(due_date__gte=F("starts_date")), name="duty_is_due_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "missed", "withdrawn"], done_at=None)
                | Q(state__in=["met", "partly", "not_met"], done_at__isnull=False),
                name="done_duties_say_when",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "state", "due_date"], name="occurrences_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.period}"


class CalendarFeed(SchoolOwned):
    """A private address under which a person's calendar program reads their duties.

    The secret of the address is never stored, only its SHA-256; a new one ends the old one.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at=None), name="one_feed_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"feed {self.pk}"


class Digest(SchoolOwned):
    """The mail of one day to one person: how many things wait, never what or about whom (SYS-02).

    It waits, is sent, has failed, or was stopped because nothing in it was due any more.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="digests")
    day = models.DateField()
    count = models.PositiveIntegerField()
    # The page for somebody who signs in; a personal link is made at sending and never kept.
    path = models.CharField(max_length=200, blank=True)
    queued_at = models.DateTimeField()
    next_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="one_digest_a_day"),
            models.CheckConstraint(
                condition=Q(sent_at=None, failed_at=None)
                | Q(sent_at=None, stopped_at=None)
                | Q(failed_at=None, stopped_at=None),
                name="digests_end_once",
            ),
            models.CheckConstraint(
                condition=Q(failed_at=None, failure="")
                | (Q(failed_at__isnull=False) & ~Q(failure="")),
                name="failed_digests_say_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "next_at"],
                condition=Q(sent_at=None, failed_at=None, stopped_at=None),
                name="digests_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} to {self.person_id}"


class Reminder(SchoolOwned):
    """One duty of which one person was reminded, once in a period (SYS-02).

    Without a digest it was told in the product only, or waits for the next mail.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reminders")
    duty = models.CharField(max_length=60)
    period = models.CharField(max_length=80)
    words = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    digest = models.ForeignKey(
        Digest, on_delete=models.PROTECT, null=True, related_name="reminders"
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "duty", "person", "period"], name="one_reminder_a_period"
            )
        ]
        indexes = [
            models.Index(fields=["school", "-made_at", "-id"], name="reminders_newest"),
            models.Index(fields=["person"], condition=Q(digest=None), name="reminders_untold"),
        ]

    def __str__(self) -> str:
        return f"{self.duty} to {self.person_id}"
