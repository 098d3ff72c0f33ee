"""Who was reminded of what, and the one mail of a day that told them."""

from django.db import models
from django.db.models import Q

from people.models import Person, SchoolOwned


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
