"""Work done in the background, with its progress, and remembered import mappings."""

from django.db import models
from django.db.models import Q

from people.models.school import SchoolOwned


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
    input = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    result_file = models.FileField(upload_to="jobs/", blank=True)
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


class ImportMapping(SchoolOwned):
    """Which column of the school's MIS export means what, remembered for next time."""

    kind = models.CharField(max_length=10)
    columns = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "kind"], name="one_mapping_per_kind")
        ]

    def __str__(self) -> str:
        return self.kind
