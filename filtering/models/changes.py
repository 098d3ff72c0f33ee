"""A change of the filter from asking to its end (workflows c.5 and c.6)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, GeneratedField, Q

from filtering.models.register import Profile
from filtering.vocabulary import (
    Direction,
    EntryKind,
    ReasonKind,
    Risk,
    TargetKind,
    TestResult,
    Undo,
    Urgency,
)
from filtering.workflow import CHANGE_STATES
from people.models import Person, SchoolClass, SchoolOwned


class ChangeRequest(SchoolOwned):
    """One change of the filter from asking to closing (FIL-03, FIL-05 to FIL-10, FIL-26, FIL-36).

    With ``until_date`` it is a temporary unblock: its end is part of the approval. ``extends``
    makes it a request for more time for another one. ``emergency`` means it was made before it was
    approved. ``version`` counts changes, so that nobody approves what they have not seen.
    ``incident_reference`` is the number of the incident behind it, which lies in an app above.
    """

    reference = models.CharField(max_length=12)
    submission = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(
        max_length=10, choices=list(CHANGE_STATES.items()), default="submitted"
    )
    emergency = models.BooleanField(default=False)
    under_exception = models.BooleanField(default=False)

    # What is asked for
    direction = models.CharField(max_length=5, choices=Direction)
    sites = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    reason_kind = models.CharField(max_length=12, choices=ReasonKind)
    reason = models.CharField(max_length=2_000)
    urgency = models.CharField(max_length=6, choices=Urgency, default=Urgency.NORMAL)
    purpose = models.CharField(max_length=500, blank=True)
    lesson = models.CharField(max_length=200, blank=True)
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, null=True, related_name="+"
    )
    supervisor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    approving_body = models.CharField(max_length=200, blank=True)
    from_date = models.DateField(null=True)
    until_date = models.DateField(null=True)
    extends = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="extensions"
    )
    incident_reference = models.CharField(max_length=12, blank=True)
    failure = models.ForeignKey(
        "filtering.FailureReport", on_delete=models.PROTECT, null=True, related_name="changes"
    )
    alert = models.ForeignKey(
        "filtering.Alert", on_delete=models.PROTECT, null=True, related_name="changes"
    )
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()

    # What became of it
    risk = models.CharField(max_length=6, choices=Risk, blank=True)
    assessment = models.CharField(max_length=2_000, blank=True)
    alternatives = models.CharField(max_length=1_000, blank=True)
    assessed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    assessed_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(max_length=2_000, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(null=True)
    tested_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    tested_at = models.DateTimeField(null=True)
    undo = models.CharField(max_length=10, choices=Undo, blank=True)
    undo_due_at = models.DateTimeField(null=True)
    put_back_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    put_back_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    # Read along by ``queries.changes.with_asked`` only.
    live_targets: list["ChangeTarget"]
    live_parts: list["ChangeProfile"]

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "reference"], name="one_change_per_reference"
            ),
            models.UniqueConstraint(fields=["submission"], name="one_change_per_submission"),
            models.CheckConstraint(
                condition=Q(state__in=list(CHANGE_STATES)), name="change_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "rejected", "withdrawn"], ended_at__isnull=False)
                | (~Q(state__in=["closed", "rejected", "withdrawn"]) & Q(ended_at=None)),
                name="ended_change_says_when",
            ),
            models.CheckConstraint(
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
                name="change_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(made_by=None)
                | Q(emergency=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="change_is_approved_before_it_is_made",
            ),
            models.CheckConstraint(
                condition=Q(emergency=False) | Q(direction="block"),
                name="emergency_changes_only_block",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | Q(under_exception=True)
                | (~Q(decided_by=F("asked_by")) & (Q(made_by=None) | ~Q(made_by=F("decided_by")))),
                name="nobody_approves_their_own_change",
            ),
            models.CheckConstraint(
                condition=Q(tested_by=None) | ~Q(tested_by=F("made_by")),
                name="another_person_tests_the_change",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "-asked_at", "-id"], name="change_list_order"),
            models.Index(fields=["school", "state"], name="change_by_state"),
            models.Index(
                fields=["school", "incident_reference"],
                condition=~Q(incident_reference=""),
                name="change_by_incident",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def temporary(self) -> bool:
        """Return whether it ends by itself."""
        return self.until_date is not None

    @property
    def ended(self) -> bool:
        """Return whether nobody has to do anything any more."""
        return self.ended_at is not None


class ChangeTarget(SchoolOwned):
    """One address or category a change is about, as it was typed and as it is compared."""

    change = models.ForeignKey(ChangeRequest, on_delete=models.PROTECT, related_name="targets")
    kind = models.CharField(max_length=8, choices=TargetKind)
    typed = models.CharField(max_length=500)
    target = models.CharField(max_length=500)
    domain = models.CharField(max_length=253, blank=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["change", "kind", "target"],
                condition=Q(dropped_at=None),
                name="one_target_once_per_change",
            )
        ]
        indexes = [models.Index(fields=["school", "domain"], name="targets_by_domain")]

    def __str__(self) -> str:
        return self.target


class ChangeProfile(SchoolOwned):
    """What a change did for one profile: the values before and after, and the tests (FIL-03)."""

    change = models.ForeignKey(ChangeRequest, on_delete=models.PROTECT, related_name="parts")
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    before = models.CharField(max_length=500, blank=True)
    after = models.CharField(max_length=500, blank=True)
    test_result = models.CharField(max_length=5, choices=TestResult, blank=True)
    test_note = models.CharField(max_length=500, blank=True)
    put_back_before = models.CharField(max_length=500, blank=True)
    put_back_after = models.CharField(max_length=500, blank=True)
    check_result = models.CharField(max_length=5, choices=TestResult, blank=True)
    check_note = models.CharField(max_length=500, blank=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["profile__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["change", "profile"],
                condition=Q(dropped_at=None),
                name="one_part_once_per_change",
            )
        ]

    def __str__(self) -> str:
        return str(self.profile)


class SeparationException(SchoolOwned):
    """The governing body lets one person do two parts of a filter change, for a time (FIL-06)."""

    reason = models.CharField(max_length=500)
    minute_reference = models.CharField(max_length=60)
    from_date = models.DateField()
    until_date = models.DateField()
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-granted_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__gte=F("from_date")), name="exception_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"Minute {self.minute_reference}"


class LogEntry(SchoolOwned):
    """One line of the change log (FIL-03). ``words`` never name a person; ``text`` is what
    somebody wrote and may, so governors are shown the words alone (FIL-35).
    """

    kind = models.CharField(max_length=10, choices=EntryKind)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    change = models.ForeignKey(
        ChangeRequest, on_delete=models.PROTECT, null=True, related_name="entries"
    )
    failure = models.ForeignKey(
        "filtering.FailureReport", on_delete=models.PROTECT, null=True, related_name="entries"
    )
    words = models.CharField(max_length=500)
    text = models.CharField(max_length=2_000, blank=True)
    target = models.CharField(max_length=1_000, blank=True)
    profiles = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    before = models.CharField(max_length=500, blank=True)
    after = models.CharField(max_length=500, blank=True)
    cause = models.CharField(max_length=60, blank=True)
    emergency = models.BooleanField(default=False)
    under_exception = models.BooleanField(default=False)
    search = GeneratedField(
        expression=SearchVector("words", "target", "before", "after", "cause", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["school", "-at", "-id"], name="log_order"),
            models.Index(fields=["school", "kind", "-at", "-id"], name="log_by_kind"),
            GinIndex(fields=["search"], name="log_words"),
        ]

    def __str__(self) -> str:
        return self.words
