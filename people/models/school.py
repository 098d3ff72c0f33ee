"""A school, its settings and its calendar."""

import json
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import RegexValidator
from django.db import connection, models
from django.db.models import F, Func, Q, Value
from django.utils.functional import cached_property

from common.settings_catalogue import catalogue


class School(models.Model):
    """A school. Its slug is the first segment of every path; neither is ever reused."""

    slug = models.SlugField(
        unique=True,
        max_length=60,
        validators=[RegexValidator(r"^(?!(accounts|healthz|static|gallery|media)$)")],
    )
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug__in=["accounts", "healthz", "static", "gallery", "media"]),
                name="slug_is_not_a_page",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def setting(self, name: str) -> Any:
        """Return the value now in force of a school setting, in its own type (SYS-01).

        One query per school instance, whatever the number of settings asked for.
        """
        return self._settings.get(name, catalogue()[name].default)

    @cached_property
    def _settings(self) -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute(_IN_FORCE, [self.pk])
            return {name: json.loads(value) for name, value in cursor.fetchall()}


# Written out, as every page asks it: putting it together took longer than its answer.
_IN_FORCE = (
    "SELECT name, value FROM people_schoolsetting WHERE school_id = %s AND superseded_at IS NULL"
)


class SchoolOwned(models.Model):
    """Base of everything a school owns; row-level security keys on ``school``."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class SchoolSetting(SchoolOwned):
    """One value of one setting for a time; old values stay, so old cases keep their rules."""

    name = models.CharField(max_length=60)
    value = models.JSONField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "-set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"],
                condition=Q(superseded_at=None),
                name="one_value_in_force",
            )
        ]

    def __str__(self) -> str:
        return self.name


class AcademicYear(SchoolOwned):
    """September to August, as the school counts it."""

    name = models.CharField(max_length=20)
    start_date = models.DateField()
    end_date = models.DateField()

    class Meta:
        ordering = ["start_date"]
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], name="one_year_per_name"),
            models.CheckConstraint(
                condition=Q(end_date__gt=F("start_date")), name="year_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class _DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class Term(SchoolOwned):
    """A term; terms of a school do not overlap (SYS-05)."""

    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="terms")
    name = models.CharField(max_length=30)
    start_date = models.DateField()
    end_date = models.DateField()

    class Meta:
        ordering = ["start_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date__gt=F("start_date")), name="term_ends_after_start"
            ),
            ExclusionConstraint(
                name="terms_do_not_overlap",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    (
                        _DateRange("start_date", "end_date", Value("[]")),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year_id and self.year.name}"


class Closure(SchoolOwned):
    """Days inside a term on which the school is shut: half-term, training days, holidays."""

    name = models.CharField(max_length=60)
    start_date = models.DateField()
    end_date = models.DateField()

    class Meta:
        ordering = ["start_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date__gte=F("start_date")), name="closure_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.name
