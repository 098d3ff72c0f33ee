"""Consents: for what a school asks, and every answer ever given."""

from django.db import models
from django.db.models import Q

from agreements.models.signatures import Signature
from agreements.vocabulary import Answer, Capacity, ConsentKind, Method
from people.models import Person, SchoolOwned


class ConsentPurpose(SchoolOwned):
    """One thing for which a school asks consent, worded as a question (CON-01, CON-02, R-DP-6).

    ``individual`` purposes are asked each time, for one picture or one use (CON-04).
    """

    code = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=ConsentKind)
    label = models.CharField(max_length=80)
    question = models.CharField(max_length=300)
    note = models.CharField(max_length=400, blank=True)
    individual = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "code"], name="one_purpose_per_code")
        ]

    def __str__(self) -> str:
        return self.label


class Consent(SchoolOwned):
    """One answer of one person about one pupil and purpose; a change is a new row (CON-09).

    What counts is the latest answer of each person; one no outweighs any yes (CON-02). ``form`` is
    the hash of the questions as they were shown.
    """

    pupil = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.ForeignKey(ConsentPurpose, on_delete=models.PROTECT, related_name="consents")
    answer = models.CharField(max_length=10, choices=Answer)
    detail = models.CharField(max_length=300, blank=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=10, choices=Capacity)
    method = models.CharField(max_length=8, choices=Method)
    form = models.CharField(max_length=64)
    signature = models.ForeignKey(
        Signature, on_delete=models.PROTECT, null=True, related_name="consents"
    )
    given_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    end_date = models.DateField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "purpose", "given_by", "detail"],
                condition=Q(superseded_at=None),
                name="one_latest_answer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "purpose", "answer"],
                condition=Q(superseded_at=None),
                name="consents_counted",
            ),
        ]

    def __str__(self) -> str:
        return self.get_answer_display()
