"""People's own devices in school: noted, allowed, recorded with (AST-13, MOB-02 to MOB-08)."""

from django.db import models
from django.db.models import F, Q

from assets.vocabulary import DeviceKind, ExemptionKind
from assets.workflow import RECORDING_STATES
from people.models import Person, SchoolOwned


class PersonalDevice(SchoolOwned):
    """Somebody's own device that comes into school (AST-13, MOB-02, MOB-15).

    That of a member of staff is noted by them. That of a pupil is asked for by a parent and
    allowed by the school, until a day. ``wifi_at`` says that it uses the school's Wi-Fi,
    ``wifi_basis`` how the code for that was accepted, ``barred_until`` that it is kept off it.
    """

    class State(models.TextChoices):
        """Where it stands."""

        ASKED = "asked", "Waiting for the school"
        KEPT = "kept", "Allowed in school"
        REFUSED = "refused", "Not allowed"
        ENDED = "ended", "No longer in school"

    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="own_devices")
    submission = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=8, choices=State)
    kind = models.CharField(max_length=8, choices=DeviceKind)
    make = models.CharField(max_length=60)
    model = models.CharField(max_length=80, blank=True)
    serial = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    kept_in = models.CharField(max_length=120, blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=300, blank=True)
    until_date = models.DateField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    wifi_at = models.DateTimeField(null=True)
    wifi_basis = models.CharField(max_length=200, blank=True)
    barred_until = models.DateField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission"], name="one_own_device_per_submission"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="nobody_allows_their_own_request",
            ),
            models.CheckConstraint(
                condition=Q(wifi_at=None) | ~Q(wifi_basis=""), name="wifi_rests_on_the_code"
            ),
        ]
        indexes = [
            models.Index(fields=["school", "state", "-asked_at"], name="own_device_by_state"),
            models.Index(fields=["owner"], name="own_devices_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.make} {self.model}".strip()


class Exemption(SchoolOwned):
    """A pupil who may keep a device by them, and why; shown to staff as one word (R-SSC-4)."""

    pupil = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=ExemptionKind)
    allowed = models.CharField(max_length=300)
    reason = models.CharField(max_length=500)
    from_date = models.DateField()
    until_date = models.DateField()
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-granted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__gte=F("from_date")), name="exemption_ends_after_it_begins"
            )
        ]
        indexes = [models.Index(fields=["pupil"], name="exemptions_of_pupil")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.pupil_id}"


class RecordingPermission(SchoolOwned):
    """A member of staff may photograph, film or record with a device of their own (MOB-05).

    Only the headteacher allows it, until a day, and may withdraw it at once.
    """

    reference = models.CharField(max_length=12)
    submission = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=list(RECORDING_STATES.items()), default="asked")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    device = models.ForeignKey(PersonalDevice, on_delete=models.PROTECT, related_name="permissions")
    purpose = models.CharField(max_length=300)
    from_date = models.DateField()
    until_date = models.DateField()
    asked_at = models.DateTimeField()
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
                fields=["school", "reference"], name="one_recording_per_reference"
            ),
            models.UniqueConstraint(fields=["submission"], name="one_recording_per_submission"),
            models.CheckConstraint(
                condition=Q(state__in=list(RECORDING_STATES)), name="recording_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("holder")),
                name="nobody_allows_their_own_recording",
            ),
            models.CheckConstraint(
                condition=Q(until_date__gte=F("from_date")), name="recording_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["school", "state", "-asked_at"], name="recording_by_state")]

    def __str__(self) -> str:
        return self.reference


class RecordingNote(SchoolOwned):
    """What somebody saw when they looked how a permission is used; written once (MOB-05)."""

    permission = models.ForeignKey(
        RecordingPermission, on_delete=models.PROTECT, related_name="notes"
    )
    text = models.CharField(max_length=500)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Note on {self.permission_id}"


class RecordingUse(SchoolOwned):
    """Pictures taken on an allowed device, and that they were off it the same day (MOB-08)."""

    permission = models.ForeignKey(
        RecordingPermission, on_delete=models.PROTECT, related_name="uses"
    )
    submission = models.UUIDField()
    used_date = models.DateField()
    what = models.CharField(max_length=300)
    noted_at = models.DateTimeField()
    moved_to = models.CharField(max_length=120, blank=True)
    deleted_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-used_date", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission"], name="one_use_per_submission"),
        ]
        indexes = [
            models.Index(
                fields=["school", "used_date"],
                name="pictures_to_delete",
                condition=Q(confirmed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"Use of {self.permission_id}"
