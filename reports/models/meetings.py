"""Meetings on online safety, and what they and reviews ask for."""

from django.db import models
from django.db.models import Q

from common.dates import uk_date
from people.models import Person, SchoolOwned, ToDo
from reports.models.reviews import GovernorReview
from reports.workflow import MEETING_STATES


class Meeting(SchoolOwned):
    """The lead meets leaders, or a committee of governors looks at online safety (REP-04, REP-16).

    Planned with its day and recorded once held, with what was talked about and, for a committee,
    where the minutes say so.
    """

    class Kind(models.TextChoices):
        """Who meets."""

        LEADERS = "leaders", "Lead and senior leaders"
        COMMITTEE = "committee", "Committee of governors"
        GOVERNORS = "governors", "Full governing body"

    kind = models.CharField(max_length=9, choices=Kind)
    committee = models.CharField(max_length=80, blank=True)
    on_date = models.DateField()
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=9, choices=list(MEETING_STATES.items()), default="planned")
    submission = models.UUIDField(unique=True)
    planned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    items = models.CharField(max_length=4_000, blank=True)
    minute = models.CharField(max_length=120, blank=True)
    held_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    held_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-on_date", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="held", held_at__isnull=False, held_by__isnull=False)
                & ~Q(items="")
                | Q(state__in=["planned", "cancelled"], held_at=None, items=""),
                name="held_meetings_say_what_was_talked_about",
            )
        ]
        indexes = [models.Index(fields=["school", "-on_date"], name="meetings_newest")]

    def __str__(self) -> str:
        return self.committee or self.get_kind_display()


class MeetingAttendee(SchoolOwned):
    """Somebody who took part in a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendees")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"], name="one_seat_per_meeting_and_person"
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class GovernorAction(ToDo):
    """Something a governors' review or a meeting asked for, followed until done (REP-18)."""

    review = models.ForeignKey(
        GovernorReview, on_delete=models.PROTECT, null=True, related_name="actions"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, related_name="actions"
    )
    carried_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="carried_to"
    )

    class Meta(ToDo.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(review=None) ^ Q(meeting=None), name="action_comes_from_one_place"
            )
        ]
        indexes = [
            models.Index(
                fields=["school", "due_date"],
                condition=Q(done_at=None),
                name="governor_actions_open",
            )
        ]

    @property
    def asked_by(self) -> str:
        """Return what asked for it, in words."""
        if self.review:
            return f"Review {self.review.label}"
        return f"{self.meeting}, {uk_date(self.meeting.on_date)}" if self.meeting else ""

    @property
    def page(self) -> tuple[str, str | int]:
        """Return the page of what asked for it, and its argument."""
        if self.review:
            return "governor_review_detail", self.review.reference
        return "meeting_detail", self.meeting_id or 0
