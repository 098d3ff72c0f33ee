"""Who is asked for what, by when, and what became of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from agreements.models.texts import Agreement, AgreementVersion
from agreements.vocabulary import Asks, FollowUpKind, Trigger
from agreements.workflow import OBLIGATION, OPEN, PAST
from common.dates import uk_date
from people.models import Person, SchoolOwned


class Obligation(SchoolOwned):
    """One person is asked for one agreement, for themselves or about a pupil (AGR-03).

    Follows from role and dates, never from a mail-shot: the sweep writes what is missing.
    ``cycle`` says which round it is ("entry", "2026", "v3"); there is one row a round and one that
    counts now. ``roles`` are those of the person's roles that open clauses of their own (AGR-18).
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="obligations")
    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="obligations")
    about = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="obligations_about"
    )
    asks = models.CharField(max_length=12, choices=Asks)
    trigger = models.CharField(max_length=10, choices=Trigger)
    cycle = models.CharField(max_length=24)
    roles = ArrayField(models.CharField(max_length=30), default=list)
    issued_at = models.DateTimeField()
    due_date = models.DateField()
    state = models.CharField(max_length=12, choices=list(OBLIGATION.states.items()), default="due")
    changed_at = models.DateTimeField()
    reason = models.CharField(max_length=400, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "signer", "about", "cycle"],
                nulls_distinct=False,
                name="one_obligation_per_round",
            ),
            models.UniqueConstraint(
                fields=["agreement", "signer", "about"],
                condition=~Q(state__in=PAST),
                nulls_distinct=False,
                name="one_obligation_counts_now",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "exempt", "withdrawn"]) | ~Q(reason=""),
                name="refusals_and_exemptions_say_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="exempt") | Q(decided_by__isnull=False),
                name="exemptions_say_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(about=models.F("signer")), name="about_oneself_is_left_empty"
            ),
        ]
        indexes = [
            models.Index(fields=["school", "state", "agreement"], name="obligations_counted"),
            models.Index(
                fields=["school", "due_date"],
                condition=Q(state__in=OPEN),
                name="obligations_outstanding",
            ),
            models.Index(fields=["signer", "state"], name="obligations_of_signer"),
            models.Index(
                fields=["about", "state"],
                condition=Q(about__isnull=False),
                name="obligations_about_pupil",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} for {self.signer_id}"

    @property
    def label(self) -> str:
        """Return the state in words."""
        return OBLIGATION.states[self.state]

    @property
    def late(self) -> bool:
        """Return whether its day has passed."""
        return self.state in OPEN and self.due_date < localdate()

    @property
    def due_words(self) -> str:
        """Return by when it is to be signed, in words."""
        return f"{'Was due' if self.late else 'By'} {uk_date(self.due_date)}"

    @property
    def due_kind(self) -> str:
        """Return how its chip is drawn."""
        return "late" if self.late else "wait"


class Question(SchoolOwned):
    """A question asked before signing, and its answer (AGR-29)."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="answers_say_by_whom_and_when",
            )
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"


class FollowUp(SchoolOwned):
    """What somebody has to do because of an agreement or a consent, once per cause.

    ``key`` names the cause, so that a sweep that finds it again writes nothing.
    """

    kind = models.CharField(max_length=14, choices=FollowUpKind)
    key = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    power = models.CharField(max_length=60)
    words = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    due_date = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["due_date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "kind", "key"], name="one_follow_up_per_cause"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="follow_ups_say_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
