"""Rooms that few may enter, and the cameras of the school (AST-21, AST-26)."""

from django.db import models
from django.db.models import F, Q

from assets.models.inventory import Asset, Room
from people.models import Person, SchoolOwned


class RoomAccess(SchoolOwned):
    """Somebody who may enter a restricted room, and when their DBS check was seen (AST-21).

    ``outsider`` is the name and firm of somebody who is not on the school's list of people.
    """

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="access")
    submission = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    outsider = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=200)
    dbs_seen_date = models.DateField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission"], name="one_access_per_submission"),
            models.UniqueConstraint(
                fields=["room", "person"], condition=Q(ended_at=None), name="one_access_per_person"
            ),
            models.CheckConstraint(
                condition=Q(person=None) ^ Q(outsider=""), name="access_is_somebody_s"
            ),
            models.CheckConstraint(
                condition=Q(person=None) | ~Q(person=F("given_by")),
                name="nobody_gives_themselves_access",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.outsider)


class Camera(SchoolOwned):
    """A camera that watches a place of the school: why, how long it keeps, who looks (AST-26).

    ``processing_at`` is when the data-protection officer wrote it into the record of processing;
    what was changed afterwards has to be written there again. ``review_date`` is the next review.
    """

    submission = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    place = models.CharField(max_length=120)
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, related_name="cameras")
    purpose = models.CharField(max_length=300)
    retention_days = models.PositiveSmallIntegerField()
    viewers = models.CharField(max_length=300)
    notice_date = models.DateField(null=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    review_date = models.DateField()
    reviewed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_note = models.CharField(max_length=300, blank=True)
    processing_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    processing_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission"], name="one_camera_per_submission")
        ]
        indexes = [
            models.Index(
                fields=["school", "review_date"],
                name="cameras_to_review",
                condition=Q(ended_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"Camera: {self.place}"
