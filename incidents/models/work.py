"""What is decided and done about an incident: decisions, sanctions, parents, referrals, tasks."""

from django.db import models
from django.db.models import F, Q

from incidents.models.incident import Incident
from incidents.vocabulary import TaskState
from people.models import Person, SchoolOwned


class Decision(SchoolOwned):
    """What was decided and why; a new decision never overwrites an old one (INC-15)."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="decisions")
    category = models.ForeignKey(
        "policies.SanctionCategory", on_delete=models.PROTECT, null=True, related_name="+"
    )
    suggested = models.JSONField(default=list)
    chosen = models.JSONField(default=list)
    reason = models.TextField(max_length=4_000)
    departure_reason = models.TextField(max_length=2_000, blank=True)
    needs_confirmation = models.BooleanField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Decision on {self.incident}"


class DecisionAnswer(SchoolOwned):
    """The headteacher's or chair's yes or no to a proposed decision, by another person (INC-15)."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="answer")
    confirmed = models.BooleanField()
    reason = models.TextField(max_length=2_000, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return "Confirmed" if self.confirmed else "Returned"


class Sanction(SchoolOwned):
    """A sanction that follows from a decision, with its start and end (INC-17, INC-18)."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="sanctions")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="sanctions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sanctions")
    kind = models.ForeignKey("policies.SanctionType", on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=20, blank=True)
    start_date = models.DateField()
    end_date = models.DateField(null=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["start_date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=F("start_date")),
                name="sanction_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return str(self.kind)


class ParentContact(SchoolOwned):
    """Whether a pupil's parents were told: by whom, when and how, or why not (INC-12)."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="parent_contacts")
    pupil = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    informed = models.BooleanField()
    informed_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=20, blank=True)
    response = models.TextField(max_length=2_000, blank=True)
    excused_reason = models.TextField(max_length=1_000, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(informed=True, informed_at__isnull=False) & ~Q(how=""))
                | (Q(informed=False) & ~Q(excused_reason="")),
                name="parents_told_or_excused",
            )
        ]

    def __str__(self) -> str:
        return "Parents told" if self.informed else "Parents not told"


class Agency(SchoolOwned):
    """An outside body the school may refer to; contact details are the school's own (INC-31)."""

    code = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    contact = models.CharField(max_length=300, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"
        constraints = [
            models.UniqueConstraint(fields=["school", "code"], name="one_agency_per_code")
        ]

    def __str__(self) -> str:
        return self.name


class Referral(SchoolOwned):
    """A request to or notice of an outside body, with its reference and answer (INC-29, INC-31).

    A ``mandatory`` one is opened by the ladder and holds the incident open until it is made, or
    until it is excused with a reason where the ladder allows that.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="referrals")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="referrals")
    purpose = models.CharField(max_length=300)
    mandatory = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reference = models.CharField(max_length=80, blank=True)
    excused_reason = models.CharField(max_length=500, blank=True)
    response = models.TextField(max_length=2_000, blank=True)
    responded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at=None, made_by=None)
                | Q(made_at__isnull=False, made_by__isnull=False),
                name="referral_made_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(made_at=None) | Q(excused_reason=""),
                name="referral_made_or_excused",
            ),
        ]

    def __str__(self) -> str:
        return f"Referral to {self.agency}"

    @property
    def answered(self) -> bool:
        """Return whether the referral was made or excused with a reason."""
        return self.made_at is not None or bool(self.excused_reason)


class Task(SchoolOwned):
    """Something somebody has to do about an incident by a date (INC-18, INC-22)."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="tasks")
    label = models.CharField(max_length=240)
    creates = models.CharField(max_length=24, blank=True)
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="incident_tasks"
    )
    due_date = models.DateField(null=True)
    mandatory = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.OPEN)
    answer = models.CharField(max_length=500, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None, answered_by=None)
                | (
                    Q(state="done", answered_at__isnull=False, answered_by__isnull=False)
                    | (
                        Q(
                            state="not_needed",
                            answered_at__isnull=False,
                            answered_by__isnull=False,
                        )
                        & ~Q(answer="")
                    )
                ),
                name="task_answered_by_someone",
            )
        ]
        indexes = [models.Index(fields=["school", "state", "due_date"], name="tasks_due")]

    def __str__(self) -> str:
        return self.label
