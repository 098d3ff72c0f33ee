"""Work done in the background, with its progress."""

import uuid

from django.db import models
from django.db.models import Q

from people.models.school import SchoolOwned


def result_path(_job: "Job", _name: str) -> str:
    """Return where a result is stored: a name nobody can guess, outside the web root."""
    return f"jobs/{uuid.uuid4().hex}"


class Job(SchoolOwned):
    """A piece of background work one person asked for; they may leave its page and come back."""

    class State(models.TextChoices):
        """Where a job stands."""

        WAITING = "waiting", "Waiting to start"
        RUNNING = "running", "Working"
        DONE = "done", "Done"
        FAILED = "failed", "Stopped"

    kind = models.CharField(max_length=40)
    label = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    requested_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", null=True
    )
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    message = models.CharField(max_length=500, blank=True)
    # The download asks for this power again, in case a role ended meanwhile.
    power = models.CharField(max_length=60, blank=True)
    input = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    result_file = models.FileField(upload_to=result_path, blank=True)
    result_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-requested_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], finished_at=None)
                | Q(state__in=["done", "failed"], finished_at__isnull=False),
                name="finished_jobs_say_when",
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def percent(self) -> int:
        """Return how much is done, 0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total else 0

    @property
    def finished(self) -> bool:
        """Return whether the work has ended, well or not."""
        return self.finished_at is not None
