"""The incident itself, who is involved, and who was named to see a restricted one."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, GeneratedField, Q
from guardian.models import UserObjectPermissionBase

from incidents.vocabulary import (
    Part,
    Place,
    Restriction,
    RiskArea,
    Severity,
    SubjectKind,
    YesNoUnsure,
)
from incidents.workflow import STATES
from people.models import Person, SchoolOwned


class Incident(SchoolOwned):
    """Something that happened online or with technology, from report to closing (INC-01).

    The reporter's words are never edited; what is learnt later is added to the chronology.
    ``version`` counts changes, so that two people cannot overwrite each other silently.
    """

    reference = models.CharField(max_length=12)
    submission = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=15, choices=list(STATES.items()), default="reported")
    restriction = models.CharField(max_length=10, choices=Restriction, blank=True)

    # The report
    description = models.TextField(max_length=10_000)
    occurred_at = models.DateTimeField()
    noticed_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    reporter = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reports")
    place = models.CharField(max_length=10, choices=Place)
    place_detail = models.CharField(max_length=200, blank=True)
    areas = ArrayField(models.CharField(max_length=10, choices=RiskArea), default=list)
    done_at_once = models.TextField(max_length=4_000, blank=True)
    told_lead = models.BooleanField()
    imagery = models.CharField(max_length=6, choices=YesNoUnsure, default=YesNoUnsure.NO)
    links = models.TextField(max_length=2_000, blank=True)
    late = models.BooleanField(default=False)
    late_reason = models.CharField(max_length=300, blank=True)

    # Who works on it
    handler = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="incidents_handled"
    )
    routed_at = models.DateTimeField()
    route_position = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    # What it is
    subject_kind = models.CharField(max_length=6, choices=SubjectKind)
    severity = models.CharField(max_length=8, choices=Severity, default=Severity.NORMAL)
    category = models.ForeignKey(
        "policies.SanctionCategory", on_delete=models.PROTECT, null=True, related_name="+"
    )
    infringement = models.ForeignKey(
        "policies.Infringement", on_delete=models.PROTECT, null=True, related_name="+"
    )
    illegal_suspected = models.BooleanField(default=False)
    child_protection = models.BooleanField(default=False)
    serious_harm = models.BooleanField(default=False)
    link_to_school = models.CharField(max_length=300, blank=True)
    classified_at = models.DateTimeField(null=True)
    classified_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    external_reference = models.CharField(max_length=60, blank=True)

    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    search = GeneratedField(
        expression=SearchVector("reference", weight="A", config="simple")
        + SearchVector("description", "done_at_once", "place_detail", "links", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    # Read along by ``queries.standing.with_standing`` only.
    theme_labels: list[str]
    theme_must_act: bool
    pupils_with_entry: list[int]
    has_decision: bool
    has_feedback: bool
    has_links: bool
    # Read along by ``queries.incident_rows`` only.
    people: list["Involvement"]
    themes_given: list["IncidentTheme"]
    # Read along by ``queries.queue_of`` only.
    decided_at: datetime | None

    class Meta:
        ordering = ["-reported_at"]
        default_permissions = ()
        permissions = [("open_named_incident", "Open this incident by being named on it")]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "reference"], name="one_incident_per_reference"
            ),
            models.UniqueConstraint(fields=["submission"], name="one_incident_per_submission"),
            models.CheckConstraint(
                condition=Q(state__in=list(STATES)), name="incident_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["closed", "out_of_scope"],
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                )
                | (~Q(state__in=["closed", "out_of_scope"]) & Q(closed_at=None)),
                name="closed_incident_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state="reported")
                | Q(opened_at__isnull=False, opened_by__isnull=False, handler__isnull=False),
                name="opened_incident_has_a_handler",
            ),
            models.CheckConstraint(
                condition=Q(occurred_at__lte=F("reported_at"))
                & Q(noticed_at__lte=F("reported_at")),
                name="incident_is_reported_after_it_happened",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "-reported_at", "-id"], name="incident_list_order"),
            models.Index(fields=["school", "state"], name="incident_by_state"),
            models.Index(fields=["school", "handler", "state"], name="incident_by_handler"),
            GinIndex(fields=["search"], name="incident_words"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def backdated(self) -> bool:
        """Return whether it was reported on a later day than it happened."""
        return self.occurred_at.date() < self.reported_at.date()

    @property
    def is_open(self) -> bool:
        """Return whether anybody still has to do something."""
        return self.state not in ("closed", "out_of_scope")

    @property
    def may_hold_files(self) -> bool:
        """Return whether files may be attached: never where indecent images may be involved."""
        return self.imagery == YesNoUnsure.NO


class IncidentUserObjectPermission(UserObjectPermissionBase):
    """A person named on one incident (django-guardian, direct foreign key; INC-08, INC-59)."""

    content_object = models.ForeignKey(Incident, on_delete=models.PROTECT)

    class Meta(UserObjectPermissionBase.Meta):
        pass


class Involvement(SchoolOwned):
    """A person's part in an incident: one of the school's people, or somebody described."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="involvements")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="involvements"
    )
    described = models.CharField(max_length=200, blank=True)
    part = models.CharField(max_length=10, choices=Part)
    warned = models.BooleanField(default=False)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, described="")
                | (Q(person=None) & ~Q(described="")),
                name="involved_person_or_description",
            ),
            models.UniqueConstraint(
                fields=["incident", "person", "part"],
                condition=Q(person__isnull=False),
                name="one_part_once_per_person",
            ),
        ]
        indexes = [models.Index(fields=["person", "part"], name="involvements_of_person")]

    def __str__(self) -> str:
        return str(self.person or self.described)


class IncidentTheme(SchoolOwned):
    """A theme of online risk given to an incident; one is the main theme (INC-13)."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="themes")
    theme = models.ForeignKey("policies.RiskTheme", on_delete=models.PROTECT, related_name="+")
    main = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-main", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "theme"],
                condition=Q(dropped_at=None),
                name="one_theme_once_per_incident",
            ),
            models.UniqueConstraint(
                fields=["incident"],
                condition=Q(main=True, dropped_at=None),
                name="one_main_theme_per_incident",
            ),
        ]

    def __str__(self) -> str:
        return str(self.theme)


class IncidentLink(SchoolOwned):
    """Two incidents that belong together, and why (INC-53)."""

    first = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="links_from")
    second = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="links_to")
    reason = models.CharField(max_length=300)
    linked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="link_names_two"),
            models.UniqueConstraint(fields=["first", "second"], name="one_link_per_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"
