"""How equipment that goes about is used and protected (AST-11, AST-12, AST-15, AST-17)."""

from django.db import models
from django.db.models import F, Q

from assets.models.inventory import Asset
from people.models import Person, SchoolOwned


class UseDeclaration(SchoolOwned):
    """What a member of staff says of their own use of what was lent to them in a tax year (AST-11).

    ``significant`` is their answer; then the days and what it was stand with it. Payroll is told.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    submission = models.UUIDField()
    from_date = models.DateField()
    until_date = models.DateField()
    significant = models.BooleanField()
    used_from = models.DateField(null=True)
    used_until = models.DateField(null=True)
    words = models.CharField(max_length=300, blank=True)
    declared_at = models.DateTimeField()
    passed_at = models.DateTimeField(null=True)
    passed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-until_date", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission"], name="one_declaration_per_submission"),
            models.UniqueConstraint(
                fields=["person", "until_date"], name="one_declaration_a_tax_year"
            ),
            models.CheckConstraint(
                condition=Q(significant=False)
                | Q(
                    used_from__isnull=False,
                    used_until__isnull=False,
                    used_from__gte=F("from_date"),
                    used_from__lte=F("used_until"),
                    used_until__lte=F("until_date"),
                ),
                name="significant_use_says_when",
            ),
            models.CheckConstraint(
                condition=Q(passed_at=None, passed_by=None)
                | Q(passed_at__isnull=False, passed_by__isnull=False, significant=True),
                name="passed_declaration_says_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["school", "-until_date"], name="declarations_by_year")]

    def __str__(self) -> str:
        return f"Declaration of {self.person_id} to {self.until_date}"


class DeviceCheck(SchoolOwned):
    """One look at a device that goes about; the latest one stands (AST-15, AST-17).

    The four points are encryption, a lock, virus protection, and when it was last wiped. A phone or
    tablet is managed through a school ``account`` and has a ``custodian`` who knows its PIN. The
    PIN itself is never stored.
    """

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="checks")
    submission = models.UUIDField()
    encrypted = models.BooleanField()
    locked = models.BooleanField()
    protected = models.BooleanField()
    wiped_date = models.DateField(null=True)
    account = models.CharField(max_length=120, blank=True)
    impersonal = models.BooleanField()
    custodian = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission"], name="one_device_check_per_submission")
        ]
        indexes = [models.Index(fields=["asset", "-at", "-id"], name="latest_check_of_asset")]

    def __str__(self) -> str:
        return f"Check of {self.asset_id}"

    @property
    def good(self) -> bool:
        """Return whether every point was in order."""
        return self.encrypted and self.locked and self.protected and self.impersonal
