"""Roles of a school, who holds them when, and the guardian rows that carry their powers."""

from datetime import date, datetime, timedelta

from django.contrib.auth.models import Group
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from guardian.models import GroupObjectPermissionBase

from people.models import Person, School, SchoolOwned


class SchoolGroupObjectPermission(GroupObjectPermissionBase):
    """A power that a role's group holds on a school (django-guardian, direct foreign key)."""

    content_object = models.ForeignKey(School, on_delete=models.PROTECT)

    class Meta(GroupObjectPermissionBase.Meta):
        pass


class Role(SchoolOwned):
    """A role as one school knows it. The code is stable; the label is the school's (ROL-01).

    Never deleted: a role a school does without is closed, and its past holders stay on record.
    """

    code = models.CharField(max_length=30)
    label = models.CharField(max_length=80)
    aliases = models.CharField(max_length=300, blank=True)
    category = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField(default=0)
    signs_in = models.BooleanField(default=True)
    mandatory = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="role")

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["school", "code"], name="one_role_per_code"),
            models.CheckConstraint(
                condition=Q(active=True, closed_at=None) | Q(active=False, closed_at__isnull=False),
                name="closed_roles_say_when",
            ),
            models.CheckConstraint(
                condition=Q(mandatory=False) | Q(active=True),
                name="mandatory_roles_stay_open",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class _DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class DaysHeld(_DateRange):
    """The days of an assignment, last day included; none when it was withdrawn before it began."""

    template = "daterange(%(expressions)s + 1, '[)')"


class RoleAssignment(SchoolOwned):
    """A person holds a role from a date to a date: as primary holder, deputy or cover (ROL-02).

    Never deleted: an assignment ends, on its last day (``end_date``). One that was withdrawn before
    it began ends the day before its first day, so it is in force on no day. Two primary holders of
    a mandatory role cannot overlap, and nobody holds the same role twice at once; the database
    refuses both. ``scope`` is empty for the whole school.
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
    scope = models.CharField(max_length=120, blank=True)
    minute_reference = models.CharField(max_length=60, blank=True)
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
                condition=Q(end_date=None) | Q(end_date__gte=F("start_date") - timedelta(days=1)),
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
                        DaysHeld("start_date", "end_date"),
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
                        DaysHeld("start_date", "end_date"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        indexes = [models.Index(fields=["person", "start_date"], name="roles_of_person")]

    def __str__(self) -> str:
        return f"{self.person} as {self.role}"

    @property
    def withdrawn(self) -> bool:
        """Return whether the assignment was taken back before it began."""
        return self.end_date is not None and self.end_date < self.start_date

    def in_force(self, day: date) -> bool:
        """Return whether the role is held on a day."""
        return self.start_date <= day and (self.end_date is None or day <= self.end_date)


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
    """One statement of what a role must do, as the school's policy words it (ROL-03).

    A statement is revised by a new one that replaces it, so that what somebody accepted stays
    readable. ``key`` names the statement it started from; it is empty for the school's own.
    """

    class Evidence(models.TextChoices):
        """How a holder shows that the responsibility was met."""

        RECORD = "record", "A record in Safeguard"
        ATTESTATION = "attestation", "A signed statement"
        REPORT = "report", "A report"
        NONE = "none", "Nothing to show"

    class Frequency(models.TextChoices):
        """How often it falls due."""

        ALWAYS = "always", "Whenever it arises"
        TERMLY = "termly", "Every term"
        YEARLY = "yearly", "Every year"

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="responsibilities")
    key = models.CharField(max_length=40, blank=True)
    statement = models.CharField(max_length=400)
    source = models.CharField(max_length=80, blank=True)
    evidence = models.CharField(max_length=20, choices=Evidence, default=Evidence.NONE)
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.ALWAYS)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    # Read along by ``queries.statements_of_person`` only.
    accepted_at: datetime | None
    held_since: date

    class Meta:
        ordering = ["role__order", "pk"]
        verbose_name_plural = "responsibilities"
        constraints = [
            models.UniqueConstraint(
                fields=["role", "key"],
                condition=Q(to_date=None) & ~Q(key=""),
                name="one_statement_in_force_per_key",
            ),
            models.UniqueConstraint(fields=["replaces"], name="a_statement_is_revised_once"),
            models.CheckConstraint(
                condition=Q(evidence__in=["record", "attestation", "report", "none"])
                & Q(frequency__in=["always", "termly", "yearly"]),
                name="statement_says_how_and_how_often",
            ),
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")),
                name="statement_ends_after_start",
            ),
        ]

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
