"""The taxonomy of online risk that a version brings with it."""

from django.db import models
from django.db.models import Q

from people.models import SchoolOwned
from policies.models.versions import PolicyVersion
from policies.vocabulary import RiskArea


class RiskTheme(SchoolOwned):
    """A theme of online risk under one of the four areas (INC-13, R-KCSIE-3).

    Choosing a theme raises its flags on a case: serious harm alerts the safeguarding lead
    (ROL-12), illegal starts the mandatory referral (ACU-02, INC-29), indecent imagery closes the
    door to uploads (INC-45), must-act forbids closing without a response (INC-51).
    """

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="themes")
    area = models.CharField(max_length=10, choices=RiskArea.choices)
    key = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120)
    serious_harm = models.BooleanField(default=False)
    illegal = models.BooleanField(default=False)
    indecent_imagery = models.BooleanField(default=False)
    must_act = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="policies_theme_key_once"),
            models.UniqueConstraint(fields=["version", "order"], name="policies_theme_order_once"),
            models.CheckConstraint(
                condition=Q(indecent_imagery=False) | Q(serious_harm=True),
                name="policies_theme_indecent_imagery_is_serious",
            ),
        ]

    def __str__(self) -> str:
        return self.label
