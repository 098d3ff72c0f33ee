"""Audits from outside, and paper that was destroyed (AST-23, AST-24)."""

from django.db import models
from django.db.models import Q

from assets.models.disposal import DisposalCompany
from assets.models.files import KeptFile
from assets.vocabulary import PaperAmount, PaperMethod
from assets.workflow import AUDIT_STATES
from people.models import Person, ToDo


class EquipmentAudit(KeptFile):
    """A look at the school's equipment by somebody from outside, followed to its end (AST-23)."""

    submission = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=8, choices=list(AUDIT_STATES.items()), default="asked")
    agency = models.CharField(max_length=120)
    reason = models.CharField(max_length=500)
    scope = models.CharField(max_length=500)
    due_date = models.DateField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    result = models.CharField(max_length=1_000, blank=True)
    result_date = models.DateField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission"], name="one_audit_per_submission"),
            models.CheckConstraint(
                condition=Q(state__in=list(AUDIT_STATES)), name="audit_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="asked") | (~Q(sha256="") & Q(result_date__isnull=False)),
                name="audit_result_has_its_report",
            ),
        ]
        indexes = [models.Index(fields=["school", "state", "due_date"], name="audit_by_state")]

    def __str__(self) -> str:
        return f"Audit by {self.agency}"


class AuditAction(ToDo):
    """Something an audit asked for, followed until it is done (AST-23)."""

    audit = models.ForeignKey(EquipmentAudit, on_delete=models.PROTECT, related_name="actions")

    class Meta(ToDo.Meta):
        indexes = [
            models.Index(
                fields=["owner", "due_date"], condition=Q(done_at=None), name="audit_actions_open"
            )
        ]


class PaperDestruction(KeptFile):
    """Paper with personal data that was shredded or collected, with its certificate (AST-24)."""

    submission = models.UUIDField()
    method = models.CharField(max_length=8, choices=PaperMethod)
    destroyed_date = models.DateField()
    company = models.ForeignKey(
        DisposalCompany, on_delete=models.PROTECT, null=True, related_name="paper"
    )
    what = models.CharField(max_length=300)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=6, choices=PaperAmount)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    certificate_due_date = models.DateField(null=True)
    certificate_number = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-destroyed_date", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission"], name="one_destruction_per_submission"),
            models.CheckConstraint(
                condition=Q(method="company", company__isnull=False)
                | Q(method="shredder", company=None, certificate_due_date=None),
                name="collected_paper_says_by_whom",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "certificate_due_date"],
                name="paper_without_certificate",
                condition=Q(method="company", sha256=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()}, {self.destroyed_date}"
