"""The categories of a version's ladder and the infringements that fall into them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from people.models import SchoolOwned
from policies.models.versions import Clause, PolicyVersion
from policies.vocabulary import Creates, Subject


class SanctionCategory(SchoolOwned):
    """A rung of the ladder: A to D for pupils, A and B for staff, or one rung alone (INC-14).

    `decided_by` and `confirmed_by` are role codes: who may decide a case of this category and,
    where the ladder says so, who must confirm the decision (INC-15).
    """

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="categories")
    subject = models.CharField(max_length=5, choices=Subject.choices)
    code = models.CharField(max_length=2)
    name = models.CharField(max_length=80)
    rank = models.PositiveSmallIntegerField(help_text="1 is the lightest.")
    decided_by = ArrayField(models.CharField(max_length=20), default=list)
    confirmed_by = models.CharField(max_length=20, blank=True)
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="categories")

    class Meta:
        ordering = ["version", "subject", "rank"]
        verbose_name_plural = "sanction categories"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "subject", "code"], name="policies_category_code_once"
            ),
            models.UniqueConstraint(
                fields=["version", "subject", "rank"], name="policies_category_rank_once"
            ),
            models.CheckConstraint(
                condition=Q(subject__in=[Subject.PUPIL, Subject.STAFF]),
                name="policies_category_of_pupil_or_staff",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=[]), name="policies_category_decided_by_someone"
            ),
        ]

    def __str__(self) -> str:
        return f"Category {self.code}: {self.name}"

    @property
    def needs_confirmation(self) -> bool:
        """Whether someone must confirm a decision made in this category."""
        return bool(self.confirmed_by)


class Infringement(SchoolOwned):
    """A breach that a handler can choose, in the policy's words and with its flags.

    A row without a category is recordable but is no matter of sanctions (the breach of a parent,
    a missing signature). `repeat_of` names the lighter row that this one repeats (INC-16).
    """

    version = models.ForeignKey(
        PolicyVersion, on_delete=models.PROTECT, related_name="infringements"
    )
    category = models.ForeignKey(
        SanctionCategory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="infringements",
    )
    subject = models.CharField(max_length=5, choices=Subject.choices)
    key = models.CharField(max_length=12)
    order = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=240)
    note = models.CharField(max_length=300, blank=True)
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="infringements")
    repeat_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="repeats"
    )
    repeats_any = models.BooleanField(
        default=False, help_text="Repeats any other infringement of the same list."
    )
    requires_prior_warning = models.BooleanField(default=False)
    one_off = models.BooleanField(default=False, help_text="Stands here for a single occurrence.")
    unreported_accident = models.BooleanField(
        default=False, help_text="An accident that is recorded because nobody was told (INC-49)."
    )
    must_act = models.BooleanField(
        default=False, help_text="May not be closed without action by the handler alone (INC-51)."
    )
    must_escalate = models.BooleanField(
        default=False, help_text="Always goes beyond the handler (INC-48)."
    )
    creates = models.CharField(max_length=24, choices=Creates.choices, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["version", "subject", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "subject", "key"], name="policies_infringement_key_once"
            ),
            models.UniqueConstraint(
                fields=["version", "subject", "order"], name="policies_infringement_order_once"
            ),
            models.CheckConstraint(
                condition=Q(category__isnull=True, subject=Subject.ANYONE)
                | Q(category__isnull=False, subject__in=[Subject.PUPIL, Subject.STAFF]),
                name="policies_infringement_category_fits_subject",
            ),
            models.CheckConstraint(
                condition=Q(repeat_of__isnull=True) | Q(repeats_any=False) & ~Q(repeat_of=F("id")),
                name="policies_infringement_repeats_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def rank(self) -> int:
        """Return how heavy the category is; 0 where sanctions do not come into it."""
        return self.category.rank if self.category else 0
