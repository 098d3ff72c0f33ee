"""Signatures and what proves them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from agreements.models.obligations import Obligation
from agreements.models.texts import AgreementVersion, ShownText
from agreements.vocabulary import LANGUAGES, Asks, Capacity, Method
from people.models import Person, SchoolOwned


def certificate_path(_file: "SignatureFile", _name: str) -> str:
    """Return where a certificate is stored: a name nobody can guess, outside the web root."""
    return f"agreements/{uuid.uuid4().hex}"


class Signature(SchoolOwned):
    """What one person signed, when, how and as what; never altered (AGR-12).

    ``shown`` is the text to the letter as it stood on the page. ``seal`` covers every field that
    matters (``agreements.seal``); the trail carries it too. A visitor has no ``signer``.
    """

    reference = models.CharField(max_length=20)
    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, null=True, related_name="signatures"
    )
    version = models.ForeignKey(
        AgreementVersion, on_delete=models.PROTECT, related_name="signatures"
    )
    shown = models.ForeignKey(ShownText, on_delete=models.PROTECT, related_name="signatures")
    language = models.CharField(max_length=5)
    asks = models.CharField(max_length=12, choices=Asks)
    statement = models.CharField(max_length=600)
    signer = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="signatures"
    )
    about = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="signatures_about"
    )
    typed_name = models.CharField(max_length=120)
    job = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    capacity = models.CharField(max_length=10, choices=Capacity)
    method = models.CharField(max_length=8, choices=Method)
    assurance = models.CharField(max_length=120)
    witness = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    mark = models.CharField(max_length=20, blank=True)
    issued_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    signed_at = models.DateTimeField()
    valid_until = models.DateField(null=True)
    ip = models.CharField(max_length=45, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)
    seal_version = models.PositiveSmallIntegerField()
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ["-signed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "reference"], name="one_signature_per_reference"
            ),
            models.UniqueConstraint(fields=["seal"], name="one_signature_per_seal"),
            models.CheckConstraint(
                condition=Q(signer__isnull=False) | Q(method=Method.KIOSK),
                name="only_visitors_sign_without_a_record",
            ),
            models.CheckConstraint(
                condition=Q(witness__isnull=False) | ~Q(method__in=[Method.CLASS, Method.PAPER]),
                name="class_and_paper_have_a_witness",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__lte=models.F("signed_at")),
                name="nothing_is_signed_before_it_is_opened",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "-signed_at"], name="signatures_by_date"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def language_name(self) -> str:
        """Return the language of the text that was shown, in words."""
        return LANGUAGES[self.language]


class SignatureEnd(SchoolOwned):
    """A signature was withdrawn: a row of its own, the signature stays (AGR-12)."""

    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, related_name="end")
    reason = models.CharField(max_length=400)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.reason


class SignatureFile(SchoolOwned):
    """The certificate of a signature, made once by the worker and kept for ever (AGR-09)."""

    signature = models.OneToOneField(
        Signature, on_delete=models.PROTECT, related_name="certificate"
    )
    file = models.FileField(upload_to=certificate_path)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class Countersignature(SchoolOwned):
    """The headteacher or deputy saw a signature and named the systems it opens (AGR-11)."""

    signature = models.OneToOneField(
        Signature, on_delete=models.PROTECT, related_name="countersignature"
    )
    systems = ArrayField(models.CharField(max_length=60), default=list)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return ", ".join(self.systems)


class AccessOverride(SchoolOwned):
    """The headteacher lets somebody have an account before they have signed (AGR-05)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=400)
    until_date = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(person=models.F("by")), name="nobody_overrides_for_themselves"
            )
        ]

    def __str__(self) -> str:
        return f"until {self.until_date}"
