"""Loans, upkeep, evidence and losses of equipment (AST-10, AST-19, AST-22)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from assets.models.files import KeptFile
from assets.models.inventory import Asset
from assets.vocabulary import Condition, LoanUse, LossKind, PhoneFeature, UpkeepKind
from people.models import Person, SchoolOwned


class Loan(SchoolOwned):
    """A device that somebody holds for a time, and how it came back (AST-10, AST-14).

    ``agreement`` says which signed agreement it rests on, or why the headteacher did without.
    ``activity`` and ``features`` are what a school phone goes to and what is switched on (MOB-13).
    ``accepted_at`` is when the borrower said that they have it; ``data_removed_at`` when they said
    that their own data is off it; ``protected_at`` when they last said that its virus protection is
    up to date (AST-12).
    """

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="loans")
    submission = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    borrower = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="loans")
    use = models.CharField(max_length=8, choices=LoanUse)
    activity = models.CharField(max_length=120, blank=True)
    features = ArrayField(
        models.CharField(max_length=8, choices=PhoneFeature), default=list, blank=True
    )
    permitted = models.CharField(max_length=300, blank=True)
    supervised_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    protected_data = models.BooleanField(default=False)
    with_it = models.CharField(max_length=200, blank=True)
    agreement = models.CharField(max_length=200)
    lent_at = models.DateTimeField()
    lent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_date = models.DateField()
    condition_out = models.CharField(max_length=8, choices=Condition)
    accepted_at = models.DateTimeField(null=True)
    protected_at = models.DateTimeField(null=True)
    data_removed_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    condition_back = models.CharField(max_length=8, choices=Condition, blank=True)
    note_back = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-lent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission"], name="one_loan_per_submission"),
            models.UniqueConstraint(
                fields=["asset"], condition=Q(returned_at=None), name="one_loan_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, taken_back_by=None)
                | Q(returned_at__isnull=False, taken_back_by__isnull=False),
                name="returned_loan_says_to_whom",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "due_date"],
                name="open_loans_by_day",
                condition=Q(returned_at=None),
            ),
            models.Index(fields=["borrower", "-lent_at"], name="loans_of_person"),
        ]

    def __str__(self) -> str:
        return f"Loan of {self.asset_id}"

    @property
    def features_in_words(self) -> str:
        """Return what is switched on of a phone that goes to an activity."""
        return ", ".join(PhoneFeature(name).label for name in self.features)


class Upkeep(KeptFile):
    """A repair, installation or check of a device, by whom and with what result (AST-18, AST-19).

    ``passed`` is None for what is no check. The file is the certificate of a check.
    """

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="upkeep")
    submission = models.UUIDField()
    kind = models.CharField(max_length=10, choices=UpkeepKind)
    reason = models.CharField(max_length=500)
    supplier = models.CharField(max_length=80, blank=True)
    started_date = models.DateField()
    back_due_date = models.DateField(null=True)
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    finished_date = models.DateField(null=True)
    finished_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    result = models.CharField(max_length=500, blank=True)
    passed = models.BooleanField(null=True)
    next_date = models.DateField(null=True)

    class Meta:
        ordering = ["-started_date", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission"], name="one_upkeep_per_submission"),
            models.UniqueConstraint(
                fields=["asset"], condition=Q(finished_date=None), name="one_upkeep_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.asset_id}"


class Quarantine(SchoolOwned):
    """A device kept as evidence of an incident: out of use until the case lets it go (AST-22).

    ``before`` is the state it was in; a loan it was on stays open on paper until it is released.
    """

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="quarantines")
    incident_reference = models.CharField(max_length=12)
    before = models.CharField(max_length=12)
    reason = models.CharField(max_length=300)
    place = models.CharField(max_length=120)
    seal = models.CharField(max_length=60, blank=True)
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    police_reference = models.CharField(max_length=60, blank=True)
    police_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    released_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-kept_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset"], condition=Q(released_at=None), name="one_quarantine_at_a_time"
            )
        ]
        indexes = [
            models.Index(fields=["school", "incident_reference"], name="quarantine_by_incident")
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} for {self.incident_reference}"


class Loss(SchoolOwned):
    """A device that was lost or stolen, what was on it, and whether it came back.

    ``incident_reference`` is the incident raised because of it; ``no_incident_reason`` why none
    was. Where the device keeps data, one of the two is asked for.
    """

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="losses")
    submission = models.UUIDField()
    kind = models.CharField(max_length=6, choices=LossKind)
    noticed_at = models.DateTimeField()
    last_seen = models.CharField(max_length=200)
    what = models.CharField(max_length=1_000)
    data = models.CharField(max_length=500, blank=True)
    police_reference = models.CharField(max_length=60, blank=True)
    reported_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    incident_reference = models.CharField(max_length=12, blank=True)
    no_incident_reason = models.CharField(max_length=300, blank=True)
    found_at = models.DateTimeField(null=True)
    found_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    found_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-reported_at", "-pk"]
        verbose_name_plural = "losses"
        constraints = [
            models.UniqueConstraint(fields=["submission"], name="one_loss_per_submission"),
            models.UniqueConstraint(
                fields=["asset"], condition=Q(found_at=None), name="one_loss_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.asset_id}"
