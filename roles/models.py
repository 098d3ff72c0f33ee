"""Roles of a school, who holds them when, and the guardian rows that carry their powers."""

from django.contrib.auth.models import Group
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from guardian.models import GroupObjectPermissionBase

from people.models import Person, School, SchoolOwned


class SchoolGroupObjectPermission(GroupObjectPermissionBase):
    """A power that a role's group holds on a school (django-guardian, direct foreign key)."""

    content_object = models.ForeignKey(School, on_delete=models.PROTECT)

    class Meta(GroupObjectPermissionBase.Meta):
        pass


class Role(SchoolOwned):
    """A role as one school knows it. The code is stable; the label is the school's (ROL-01)."""

    code = models.CharField(max_length=30)
    label = models.CharField(max_length=80)
    category = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField(default=0)
    signs_in = models.BooleanField(default=True)
    mandatory = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="role")

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["school", "code"], name="one_role_per_code")]

    def __str__(self) -> str:
        return self.label


class _DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class RoleAssignment(SchoolOwned):
    """A person holds a role from a date to a date: as primary holder, deputy or cover (ROL-02).

    Never deleted: an assignment ends. Two primary holders of a mandatory role cannot overlap, and
    nobody holds the same role twice at once; the database refuses both.
    """

    class Standing(models.TextChoices):
        """In what standing the role is held."""

        PRIMARY = "primary", "Holder"
        DEPUTY = "deputy", "Deputy"
        COVER = "cover", "Cover"

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    standing = models.CharField(max_length=8, choices=Standing, default=Standing.PRIMARY)
    sole = models.BooleanField(default=False, editable=False)
    covers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="covers_given"
    )
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    assigned_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    assigned_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["role__order", "standing", "start_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=F("start_date")),
                name="role_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(standing="cover", covers__isnull=False)
                | (~Q(standing="cover") & Q(covers=None)),
                name="cover_says_for_whom",
            ),
            ExclusionConstraint(
                name="one_primary_holder_of_a_mandatory_role",
                expressions=[
                    ("role", RangeOperators.EQUAL),
                    (
                        _DateRange("start_date", "end_date", Value("[]")),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(sole=True),
            ),
            ExclusionConstraint(
                name="nobody_holds_a_role_twice_at_once",
                expressions=[
                    ("role", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (
                        _DateRange("start_date", "end_date", Value("[]")),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        indexes = [models.Index(fields=["person", "start_date"], name="roles_of_person")]

    def __str__(self) -> str:
        return f"{self.person} as {self.role}"


class MatrixOverride(SchoolOwned):
    """A school's own answer for one cell of the matrix, dated, never edited (ROL-30)."""

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="overrides")
    power = models.CharField(max_length=60)
    granted = models.BooleanField()
    reason = models.CharField(max_length=300)
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "power"],
                condition=Q(ended_at=None),
                name="one_override_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.power}"


class Responsibility(SchoolOwned):
    """One statement of what a role must do, as the school's policy words it (ROL-03)."""

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="responsibilities")
    statement = models.CharField(max_length=400)
    source = models.CharField(max_length=80, blank=True)
    evidence = models.CharField(max_length=20, blank=True)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["role__order", "pk"]
        verbose_name_plural = "responsibilities"

    def __str__(self) -> str:
        return self.statement


class ResponsibilityAcceptance(SchoolOwned):
    """A holder read and accepted one responsibility (ROL-03)."""

    responsibility = models.ForeignKey(
        Responsibility, on_delete=models.PROTECT, related_name="acceptances"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["responsibility", "person"], name="one_acceptance_per_holder"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.responsibility}"
