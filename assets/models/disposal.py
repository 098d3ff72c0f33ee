"""Disposal that can be proved: companies, batches, media and papers (AST-03 to AST-08, AST-27)."""

import uuid

from django.db import models
from django.db.models import F, Q

from assets.models.inventory import Asset, Medium
from assets.vocabulary import (
    CompanyPaperKind,
    Condition,
    Method,
    PaperKind,
    Result,
    Route,
)
from assets.workflow import BATCH_STATES
from people.models import Person, SchoolOwned


def paper_path(_paper: models.Model, _name: str) -> str:
    """Return where a paper is kept: a name nobody can guess, outside the web root."""
    return f"disposal/{uuid.uuid4().hex}"


class DisposalCompany(SchoolOwned):
    """A company that may take equipment away, and until when it has shown what it must (AST-06).

    It may be chosen while it is approved and its carrier licence and guarantee are in force.
    ``standard`` is what it claims to be certified by, such as ADISA.
    """

    name = models.CharField(max_length=100)
    version = models.PositiveIntegerField(default=1)
    contact = models.CharField(max_length=200, blank=True)
    carrier_licence = models.CharField(max_length=40)
    licence_until = models.DateField()
    guarantee_until = models.DateField()
    insurance_until = models.DateField(null=True)
    standard = models.CharField(max_length=80, blank=True)
    standard_number = models.CharField(max_length=60, blank=True)
    standard_until = models.DateField(null=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "disposal companies"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"], condition=Q(ended_at=None), name="one_company_per_name"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("entered_by")),
                name="another_person_approves_a_company",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CompanyPaper(SchoolOwned):
    """A paper by which a company shows what it must; written once."""

    company = models.ForeignKey(DisposalCompany, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=10, choices=CompanyPaperKind)
    valid_until = models.DateField(null=True)
    file = models.FileField(upload_to=paper_path)
    file_name = models.CharField(max_length=120)
    file_kind = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.company_id}"


class DisposalBatch(SchoolOwned):
    """Equipment that leaves the school together, from the proposal to the last paper (c.12).

    ``recipient`` is to whom things are given, sold or returned when no company of the register
    takes them. ``count_out`` is how many devices were handed over, by the two who stood there.
    ``witnessed_at`` is when the second of them said so themselves. ``incident_reference`` is the
    incident raised because a paper or a medium is missing. ``seal`` names the certificate in its
    address; ``sealed`` is what its hash covers.
    """

    reference = models.CharField(max_length=12)
    submission = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=list(BATCH_STATES.items()), default="proposed")
    route = models.CharField(max_length=8, choices=Route)
    company = models.ForeignKey(
        DisposalCompany, on_delete=models.PROTECT, null=True, related_name="batches"
    )
    recipient = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500)
    prepared_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=500, blank=True)
    collected_at = models.DateTimeField(null=True)
    collected_by = models.CharField(max_length=100, blank=True)
    handed_over_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    witnessed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    witnessed_at = models.DateTimeField(null=True)
    count_out = models.PositiveIntegerField(null=True)
    tracking_reference = models.CharField(max_length=60, blank=True)
    papers_due_date = models.DateField(null=True)
    breach_note = models.CharField(max_length=300, blank=True)
    incident_reference = models.CharField(max_length=12, blank=True)
    finished_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    seal = models.CharField(max_length=64, blank=True)
    sealed = models.JSONField(default=dict)

    class Meta:
        ordering = ["-prepared_at", "-pk"]
        verbose_name_plural = "disposal batches"
        constraints = [
            models.UniqueConstraint(fields=["school", "reference"], name="one_batch_per_reference"),
            models.UniqueConstraint(fields=["submission"], name="one_batch_per_submission"),
            models.CheckConstraint(
                condition=Q(state__in=list(BATCH_STATES)), name="batch_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("prepared_by")),
                name="another_person_approves_a_disposal",
            ),
            models.CheckConstraint(
                condition=Q(witnessed_by=None) | ~Q(witnessed_by=F("handed_over_by")),
                name="two_people_hand_over",
            ),
            models.CheckConstraint(
                condition=Q(witnessed_at=None) | Q(witnessed_by__isnull=False),
                name="only_a_witness_confirms_a_hand_over",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "collected", "disposed"])
                | Q(decided_by__isnull=False),
                name="nothing_leaves_unapproved",
            ),
            models.CheckConstraint(
                condition=~Q(state="disposed") | ~Q(seal=""), name="closed_disposal_is_sealed"
            ),
        ]
        indexes = [
            models.Index(fields=["school", "-prepared_at", "-id"], name="batch_list_order"),
            models.Index(fields=["school", "state"], name="batch_by_state"),
            models.Index(fields=["seal"], name="batch_by_seal", condition=~Q(seal="")),
        ]

    def __str__(self) -> str:
        return self.reference


class BatchItem(SchoolOwned):
    """One device of a disposal, as it was when it was put in; it may be taken out again."""

    batch = models.ForeignKey(DisposalBatch, on_delete=models.PROTECT, related_name="items")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="disposals")
    condition = models.CharField(max_length=8, choices=Condition)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset"], condition=Q(removed_at=None), name="in_one_disposal_only"
            )
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} in {self.batch_id}"


class DisposalPaper(SchoolOwned):
    """A receipt, note or certificate of a disposal, with its file; written once (AST-04, AST-07).

    ``devices`` is how many the paper speaks of. ``accepts_duty`` says that the company accepts in
    it the responsibility for destroying personal data. ``asset`` or ``medium`` is the one thing a
    certificate is about; one about several is a row for each, of one ``submission``.
    """

    batch = models.ForeignKey(DisposalBatch, on_delete=models.PROTECT, related_name="papers")
    submission = models.UUIDField()
    kind = models.CharField(max_length=10, choices=PaperKind)
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, related_name="+")
    medium = models.ForeignKey(
        Medium, on_delete=models.PROTECT, null=True, related_name="certificates"
    )
    number = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=100, blank=True)
    dated = models.DateField()
    devices = models.PositiveIntegerField(null=True)
    accepts_duty = models.BooleanField(default=False)
    file = models.FileField(upload_to=paper_path)
    file_name = models.CharField(max_length=120)
    file_kind = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "medium", "asset"],
                nulls_distinct=False,
                name="one_paper_per_submission",
            ),
            models.CheckConstraint(
                condition=~Q(kind="medium") | Q(medium__isnull=False),
                name="media_certificate_names_its_medium",
            ),
            models.CheckConstraint(
                condition=~Q(kind="server") | Q(asset__isnull=False),
                name="server_certificate_names_its_server",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.batch_id}"


class Sanitisation(SchoolOwned):
    """What was done to one storage medium, and who looked that it worked; written once (AST-05).

    A wipe that failed is followed by another row, in the end by one that destroys the medium.
    ``done_by`` is one of the school; ``done_by_name`` somebody of the company. Whoever verifies
    is somebody else.
    """

    batch = models.ForeignKey(DisposalBatch, on_delete=models.PROTECT, related_name="sanitisations")
    medium = models.ForeignKey(Medium, on_delete=models.PROTECT, related_name="sanitisations")
    submission = models.UUIDField()
    method = models.CharField(max_length=8, choices=Method)
    technique = models.CharField(max_length=120)
    tool = models.CharField(max_length=80, blank=True)
    tool_version = models.CharField(max_length=40, blank=True)
    result = models.CharField(max_length=6, choices=Result)
    failure = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=120, blank=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    done_by_name = models.CharField(max_length=100, blank=True)
    done_at = models.DateTimeField()
    verification = models.CharField(max_length=200, blank=True)
    verified_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    certificate_number = models.CharField(max_length=60, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission"], name="one_wipe_per_submission"),
            models.CheckConstraint(
                condition=Q(verified_by=None) | Q(done_by=None) | ~Q(verified_by=F("done_by")),
                name="another_person_verifies_a_wipe",
            ),
            models.CheckConstraint(
                condition=~Q(result="done") | Q(verified_by__isnull=False),
                name="a_wipe_that_counts_is_verified",
            ),
            models.CheckConstraint(
                condition=~Q(result="failed") | ~Q(failure=""), name="failed_wipe_says_why"
            ),
        ]
        indexes = [models.Index(fields=["medium", "-id"], name="wipes_of_medium")]

    def __str__(self) -> str:
        return f"{self.method} of {self.medium_id}"
