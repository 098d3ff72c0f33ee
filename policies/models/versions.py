"""A version of the policy, its numbered clauses, and which version is in force from when."""

from django.db import models
from django.db.models import F, Q

from people.models import SchoolOwned
from policies.vocabulary import VersionStatus


class PolicyVersion(SchoolOwned):
    """One whole text of the policy's ladder, written at once and never altered (INC-14, POL-02).

    A change is a new version based on the last one. The only thing that ever happens to a version
    is that a draft is published; the database refuses everything else.
    """

    title = models.CharField(max_length=160)
    number = models.PositiveIntegerField(help_text="Counts up from 1 in each school.")
    status = models.CharField(
        max_length=10, choices=VersionStatus.choices, default=VersionStatus.DRAFT
    )
    based_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="revisions"
    )
    note = models.TextField(help_text="What changed in this version and why.")
    created_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    published_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["school", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "number"], name="policies_version_number_once_per_school"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="policies_version_number_from_one"
            ),
            models.CheckConstraint(
                condition=Q(
                    status=VersionStatus.DRAFT,
                    published_at__isnull=True,
                    published_by__isnull=True,
                )
                | Q(
                    status=VersionStatus.PUBLISHED,
                    published_at__isnull=False,
                    published_by__isnull=False,
                ),
                name="policies_version_published_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(based_on__isnull=True) | ~Q(based_on=F("id")),
                name="policies_version_not_based_on_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def is_published(self) -> bool:
        """Whether this version may be put in force."""
        return self.status == VersionStatus.PUBLISHED


class Clause(SchoolOwned):
    """One numbered paragraph of a version, which rows of the ladder point to."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="clauses")
    number = models.CharField(max_length=12, help_text='For example "4.2".')
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    text = models.TextField()

    class Meta:
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"], name="policies_clause_number_once_per_version"
            ),
            models.UniqueConstraint(
                fields=["version", "order"], name="policies_clause_order_once_per_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class LadderInForce(SchoolOwned):
    """From this date the school judges by this version, until a later entry says otherwise.

    Entries are only ever added (SYS-01: old cases keep the rules valid at their time). Where two
    entries carry the same date, the one added last counts.
    """

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="in_force")
    from_date = models.DateField()
    reason = models.TextField(blank=True)
    set_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["school", "-from_date", "-id"]
        indexes = [
            models.Index(fields=["school", "-from_date", "-id"], name="policies_ladder_on_date")
        ]

    def __str__(self) -> str:
        return f"version {self.version_id} from {self.from_date}"
