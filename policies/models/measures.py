"""What the ladder lets follow: kinds of sanction, steps of a category, special cases."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from people.models import SchoolOwned
from policies.models.categories import SanctionCategory
from policies.models.versions import Clause, PolicyVersion
from policies.vocabulary import AccessScope, Agency, Creates, StepKind, Subject, Trigger


class SanctionType(SchoolOwned):
    """A sanction the school uses, and who may give it (INC-17, INC-18).

    An empty `given_by` leaves the choice to whoever may decide the case. A row with
    `is_referral` is offered in the sanction picker but recorded as a referral.
    """

    version = models.ForeignKey(
        PolicyVersion, on_delete=models.PROTECT, related_name="sanction_types"
    )
    subject = models.CharField(max_length=5, choices=Subject.choices)
    code = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120)
    given_by = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    needs_end_date = models.BooleanField(default=False)
    scopes = ArrayField(
        models.CharField(max_length=20, choices=AccessScope.choices), default=list, blank=True
    )
    agencies = ArrayField(
        models.CharField(max_length=20, choices=Agency.choices), default=list, blank=True
    )
    is_referral = models.BooleanField(default=False)
    warning = models.CharField(
        max_length=240, blank=True, help_text="Shown before the sanction is confirmed."
    )
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="sanction_types")

    class Meta:
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"], name="policies_sanction_type_code_once"
            ),
            models.UniqueConstraint(
                fields=["version", "order"], name="policies_sanction_type_order_once"
            ),
            models.CheckConstraint(
                condition=Q(is_referral=False) | ~Q(agencies=[]),
                name="policies_sanction_type_referral_has_agency",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class SpecialCase(SchoolOwned):
    """A circumstance that is handled in its own way whatever the category (INC-24 to INC-29).

    `handling` is the text to show as a banner; `otherwise` says what happens when the case does
    not apply; `blocks_device_check` stops the school's own examination of devices (INC-33).
    """

    version = models.ForeignKey(
        PolicyVersion, on_delete=models.PROTECT, related_name="special_cases"
    )
    key = models.CharField(max_length=12)
    order = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=5, choices=Subject.choices)
    trigger = models.CharField(max_length=30, choices=Trigger.choices)
    label = models.CharField(max_length=160)
    handling = models.CharField(max_length=400, blank=True)
    otherwise = models.CharField(max_length=400, blank=True)
    authorised_by = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    immediate = models.BooleanField(default=False, help_text="The clock starts when it is flagged.")
    blocks_device_check = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="special_cases")

    class Meta:
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"], name="policies_special_case_key_once"
            ),
            models.UniqueConstraint(
                fields=["version", "trigger"], name="policies_special_case_trigger_once"
            ),
            models.UniqueConstraint(
                fields=["version", "order"], name="policies_special_case_order_once"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class LadderStep(SchoolOwned):
    """One thing the ladder asks for in a category or a special case (INC-14, INC-19 to INC-24).

    A step names whom it goes to (`role_code` or `agency`), the sanction it suggests
    (`sanction_type` with `scope`), or the record it starts (`creates`); its label says it in the
    school's own words.
    """

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="steps")
    category = models.ForeignKey(
        SanctionCategory, on_delete=models.PROTECT, null=True, blank=True, related_name="steps"
    )
    special_case = models.ForeignKey(
        SpecialCase, on_delete=models.PROTECT, null=True, blank=True, related_name="steps"
    )
    kind = models.CharField(max_length=20, choices=StepKind.choices)
    order = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    when = models.CharField(max_length=160, blank=True, help_text="Empty means always.")
    role_code = models.CharField(max_length=20, blank=True)
    agency = models.CharField(max_length=20, choices=Agency.choices, blank=True)
    sanction_type = models.ForeignKey(
        SanctionType, on_delete=models.PROTECT, null=True, blank=True, related_name="steps"
    )
    scope = models.CharField(max_length=20, choices=AccessScope.choices, blank=True)
    creates = models.CharField(max_length=24, choices=Creates.choices, blank=True)
    mandatory = models.BooleanField(default=False)
    note = models.CharField(max_length=240, blank=True)
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="steps")

    class Meta:
        ordering = ["version", "category", "special_case", "kind", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "kind", "order"], name="policies_step_order_once_per_category"
            ),
            models.UniqueConstraint(
                fields=["special_case", "order"], name="policies_step_order_once_per_special_case"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=StepKind.SPECIAL, category__isnull=True, special_case__isnull=False
                )
                | ~Q(kind=StepKind.SPECIAL) & Q(category__isnull=False, special_case__isnull=True),
                name="policies_step_of_category_or_special_case",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[StepKind.REFER_FIRST, StepKind.ESCALATE])
                | ~Q(role_code="")
                | ~Q(agency=""),
                name="policies_step_referral_names_a_recipient",
            ),
            models.CheckConstraint(
                condition=Q(role_code="") | Q(agency=""),
                name="policies_step_one_recipient",
            ),
        ]

    def __str__(self) -> str:
        return self.label
