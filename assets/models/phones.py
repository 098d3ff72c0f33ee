"""Phones during the school day: handed in, allowed, used in an emergency, misused (MOB-03 to 15).

A permission to use a phone and one to record are two tables: a recording hangs on one device, its
uses and what was seen of it, and only the headteacher allows it (``own_devices``).
"""

from django.db import models
from django.db.models import F, Q

from assets.models.own_devices import PersonalDevice
from assets.vocabulary import PhoneUseKind
from assets.workflow import PHONE_USE_STATES
from people.models import Person, SchoolClass, SchoolOwned


class HandIn(SchoolOwned):
    """A device handed in for the day: whose, where it lies, and when it was given back (MOB-03).

    ``device`` is the one of the list of own devices; another is only described in ``what``.
    """

    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hand_ins")
    device = models.ForeignKey(
        PersonalDevice, on_delete=models.PROTECT, null=True, related_name="hand_ins"
    )
    submission = models.UUIDField(null=True)
    what = models.CharField(max_length=160)
    place = models.CharField(max_length=120)
    note = models.CharField(max_length=200, blank=True)
    in_at = models.DateTimeField()
    taken_in_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    back_at = models.DateTimeField(null=True)
    given_back_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-in_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission"], name="one_hand_in_per_submission"),
            models.UniqueConstraint(
                fields=["device"], condition=Q(back_at=None), name="one_hand_in_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(back_at=None, given_back_by=None)
                | Q(back_at__isnull=False, given_back_by__isnull=False),
                name="given_back_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(taken_in_by=F("owner")), name="somebody_else_takes_a_device_in"
            ),
        ]
        indexes = [
            models.Index(fields=["school", "-in_at", "-id"], name="hand_in_list_order"),
            models.Index(
                fields=["school", "in_at"], name="hand_ins_not_back", condition=Q(back_at=None)
            ),
            models.Index(fields=["owner", "-in_at"], name="hand_ins_of_person"),
        ]

    def __str__(self) -> str:
        return self.what


class PhoneUse(SchoolOwned):
    """A permission to use a phone: a member of staff's outside breaks, pupils' in a lesson.

    ``purpose`` is the reason, or the one activity it is good for (MOB-06, MOB-07). ``given_at`` is
    when it was given by word of mouth in an emergency and written down the same day.
    """

    reference = models.CharField(max_length=12)
    submission = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=6, choices=PhoneUseKind)
    state = models.CharField(max_length=10, choices=list(PHONE_USE_STATES.items()), default="asked")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=300)
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, null=True, related_name="+"
    )
    from_date = models.DateField()
    until_date = models.DateField()
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=300, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "reference"], name="one_phone_use_per_reference"
            ),
            models.UniqueConstraint(fields=["submission"], name="one_phone_use_per_submission"),
            models.CheckConstraint(
                condition=Q(state__in=list(PHONE_USE_STATES)), name="phone_use_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("holder")),
                name="nobody_allows_their_own_phone",
            ),
            models.CheckConstraint(
                condition=Q(until_date__gte=F("from_date")), name="phone_use_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(kind="staff", school_class=None)
                | Q(kind="lesson", school_class__isnull=False, until_date=F("from_date")),
                name="lesson_has_a_class_and_a_day",
            ),
            models.CheckConstraint(
                condition=Q(given_at=None) | Q(kind="staff", decided_by__isnull=False),
                name="emergency_says_who_allowed_it",
            ),
        ]
        indexes = [models.Index(fields=["school", "state", "-asked_at"], name="phone_use_by_state")]

    def __str__(self) -> str:
        return self.reference


class PrivateCall(SchoolOwned):
    """A private phone used for school in an emergency; the headteacher reads it (MOB-09).

    ``to_chair`` says that the headteacher used theirs, so that the chair of governors reads it.
    """

    submission = models.UUIDField()
    caller = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    number_hidden = models.BooleanField()
    recorded_at = models.DateTimeField()
    to_chair = models.BooleanField(default=False)
    read_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-used_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission"], name="one_call_per_submission"),
            models.CheckConstraint(
                condition=Q(read_by=None, read_at=None)
                | Q(read_by__isnull=False, read_at__isnull=False) & ~Q(read_by=F("caller")),
                name="somebody_else_reads_a_call",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "-used_at", "-id"], name="private_call_order"),
            models.Index(
                fields=["school", "recorded_at"], name="calls_to_read", condition=Q(read_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"Call {self.pk}"


class Misuse(SchoolOwned):
    """How somebody's own device was misused on the school's Wi-Fi, and the incident (MOB-15)."""

    device = models.ForeignKey(PersonalDevice, on_delete=models.PROTECT, related_name="misuses")
    submission = models.UUIDField()
    seen_at = models.DateTimeField()
    what = models.CharField(max_length=500)
    barred_until = models.DateField(null=True)
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    incident_reference = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["-seen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission"], name="one_misuse_per_submission"),
        ]
        indexes = [
            models.Index(fields=["device", "-seen_at"], name="misuses_of_device"),
            models.Index(fields=["school", "incident_reference"], name="misuse_by_incident"),
        ]

    def __str__(self) -> str:
        return f"Misuse of {self.device_id}"
