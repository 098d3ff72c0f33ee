"""The ways to a signature: personal link, class, reception, paper."""

import uuid

from django.db import models
from django.db.models import Q

from agreements.models.obligations import Obligation
from agreements.models.texts import AgreementVersion
from agreements.vocabulary import Asks, LinkCheck
from people.models import Person, SchoolClass, SchoolOwned


def scan_path(_paper: "PaperReturn", _name: str) -> str:
    """Return where a scan is stored: a name nobody can guess, outside the web root."""
    return f"agreements/{uuid.uuid4().hex}"


class SigningLink(SchoolOwned):
    """A personal link by which somebody without an account signs what waits for them.

    The token in the address is made from the number with the server's key: it is never stored.
    Five wrong answers to the second check lock the link.
    """

    signer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="signing_links")
    check_kind = models.CharField(max_length=10, choices=LinkCheck)
    pin_hash = models.CharField(max_length=128, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    locked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["signer"], condition=Q(ended_at=None), name="one_open_link_per_signer"
            ),
            models.CheckConstraint(
                condition=~Q(check_kind=LinkCheck.PIN) | ~Q(pin_hash=""),
                name="pin_links_have_a_pin",
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"


class ClassSitting(SchoolOwned):
    """A class reads an agreement with its teacher; who was there has a row each (AGR-08)."""

    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=5, default="en")
    asks = models.CharField(max_length=12, choices=Asks)
    teacher = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "version"],
                condition=Q(closed_at=None),
                name="one_open_sitting_per_class_and_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.school_class} {self.opened_at:%d %b %Y}"


class Attendance(SchoolOwned):
    """A pupil was there when their class read the agreement (AGR-08)."""

    sitting = models.ForeignKey(ClassSitting, on_delete=models.PROTECT, related_name="attendances")
    pupil = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "pupil"], name="one_attendance_per_sitting")
        ]

    def __str__(self) -> str:
        return f"{self.pupil_id} in {self.sitting_id}"


class Kiosk(SchoolOwned):
    """A place at which visitors sign, reached by the code on its poster (AGR-17)."""

    label = models.CharField(max_length=80)
    code = models.SlugField(max_length=32)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="one_kiosk_per_code"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="closed_kiosks_say_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class PaperReturn(SchoolOwned):
    """A signed sheet came back: scanned by one person, compared by another (AGR-09, AGR-12)."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="papers")
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(upload_to=scan_path)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    signed_date = models.DateField()
    typed_name = models.CharField(max_length=120)
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    refused_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["taken_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(checked_at=None), name="one_paper_to_check"
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=models.F("taken_by")),
                name="another_person_checks_the_paper",
            ),
            models.CheckConstraint(
                condition=Q(checked_at=None, checked_by=None, refused_reason="")
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="checked_papers_say_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.name
