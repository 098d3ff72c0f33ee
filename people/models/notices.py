"""Mail that says something waits, and the numbers of a school's records."""

from django.db import models

from people.models.person import Person
from people.models.school import SchoolOwned


class Notice(SchoolOwned):
    """A mail to one person: that something waits and where, never what or whom (SYS-04).

    It waits, is sent, or has failed: then the mail server refused the address for good.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    reason = models.CharField(max_length=40)
    path = models.CharField(max_length=200)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)
    refused_address = models.EmailField(blank=True)

    class Meta:
        ordering = ["-queued_at"]
        indexes = [
            models.Index(
                fields=["queued_at"],
                condition=models.Q(sent_at=None, failed_at=None),
                name="notices_waiting",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(failed_at=None, failure="", refused_address="")
                | (models.Q(failed_at__isnull=False, sent_at=None) & ~models.Q(failure="")),
                name="failed_notices_say_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reason} to {self.person_id}"


class Counter(SchoolOwned):
    """The last number given out in a series of a school's records in a year."""

    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "series", "year"], name="one_counter_per_series"
            )
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}"
