"""The trail: one row for each thing done or restricted record read, chained per school."""

from django.db import models


class Entry(models.Model):
    """One link of a school's chain; the database numbers, chains and protects it (SYS-03).

    ``school_id`` is a plain number, not a foreign key: the trail survives whatever it speaks of.
    School 0 holds what belongs to no school, such as failed sign-ins. ``sequence``,
    ``previous_hash`` and ``hash`` are set by the database (migration 0002).
    """

    school_id = models.BigIntegerField()
    sequence = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    subject_label = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)
    request_id = models.CharField(max_length=32, blank=True)
    ip = models.CharField(max_length=45, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school_id", "sequence"], name="one_link_per_number"),
        ]
        indexes = [
            models.Index(
                fields=["school_id", "subject_type", "subject_id"], name="trail_of_subject"
            ),
            models.Index(fields=["school_id", "verb", "-sequence"], name="trail_of_verb"),
            models.Index(fields=["school_id", "at"], name="trail_by_date"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.subject_label}"
