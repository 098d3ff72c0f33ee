"""Items taken from pupils, and searches of pupils and devices (MOB-04, MOB-10, R-SSC-1)."""

from django.db import models
from django.db.models import F, Q

from assets.vocabulary import Condition, Deletion, DeviceKind, RuleBroken, SearchKind, SoughtFor
from assets.workflow import ITEM_STATES
from people.models import Person, SchoolOwned


class Confiscation(SchoolOwned):
    """An item taken from a pupil, where it lies and who got it back (MOB-04, R-SSC-4).

    ``suspected`` says that indecent images may be on it: nobody looks, and it goes to the
    safeguarding lead. ``same_day`` is the sanction that ends with the school day (INC-20).
    ``signed_name`` is what the person typed who got it back.
    """

    reference = models.CharField(max_length=12)
    submission = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=11, choices=list(ITEM_STATES.items()), default="held")
    pupil = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=DeviceKind)
    item = models.CharField(max_length=120)
    item_tag = models.CharField(max_length=30, blank=True)
    condition = models.CharField(max_length=8, choices=Condition)
    rule = models.CharField(max_length=10, choices=RuleBroken)
    what = models.CharField(max_length=500, blank=True)
    suspected = models.BooleanField(default=False)
    same_day = models.BooleanField(default=False)
    taken_where = models.CharField(max_length=120, blank=True)
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    stored_where = models.CharField(max_length=120)
    held_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_date = models.DateField()
    parent_told_at = models.DateTimeField(null=True)
    parent_told_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    parent_told_how = models.CharField(max_length=200, blank=True)
    police_reference = models.CharField(max_length=60, blank=True)
    incident_reference = models.CharField(max_length=12, blank=True)
    returned_to = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    signed_name = models.CharField(max_length=120, blank=True)
    returned_condition = models.CharField(max_length=8, choices=Condition, blank=True)
    returned_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    closing_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-taken_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "reference"], name="one_confiscation_per_reference"
            ),
            models.UniqueConstraint(fields=["submission"], name="one_confiscation_per_submission"),
            models.CheckConstraint(
                condition=Q(state__in=list(ITEM_STATES)), name="item_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned")
                | Q(returned_at__isnull=False, returned_to__isnull=False) & ~Q(signed_name=""),
                name="returned_item_says_to_whom",
            ),
            models.CheckConstraint(
                condition=~Q(taken_by=F("pupil")), name="nobody_takes_from_themselves"
            ),
        ]
        indexes = [
            models.Index(fields=["school", "-taken_at", "-id"], name="item_list_order"),
            models.Index(fields=["school", "state", "due_date"], name="item_by_state"),
            models.Index(fields=["school", "incident_reference"], name="item_by_incident"),
        ]

    def __str__(self) -> str:
        return self.reference


class SearchRecord(SchoolOwned):
    """A search of a pupil or of a device, whether or not anything was found (R-SSC-1, MOB-10)."""

    reference = models.CharField(max_length=12)
    submission = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=6, choices=SearchKind)
    pupil = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    searched_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    searched_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    authorised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    witness = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    witness_confirmed_at = models.DateTimeField(null=True)
    no_witness_reason = models.CharField(max_length=300, blank=True)
    others_present = models.CharField(max_length=200, blank=True)
    by_police = models.BooleanField(default=False)
    police_reference = models.CharField(max_length=60, blank=True)
    sought = models.CharField(max_length=10, choices=SoughtFor)
    reason = models.CharField(max_length=1_000)
    agreed = models.BooleanField(default=True)
    suspected = models.BooleanField(default=False)
    found = models.BooleanField()
    found_what = models.CharField(max_length=1_000, blank=True)
    follow_up = models.CharField(max_length=1_000, blank=True)
    deletion = models.CharField(max_length=8, choices=Deletion, default=Deletion.NOTHING)
    deletion_reason = models.CharField(max_length=500, blank=True)
    confiscation = models.ForeignKey(
        Confiscation, on_delete=models.PROTECT, null=True, related_name="searches"
    )
    incident_reference = models.CharField(max_length=12, blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    parents_told_at = models.DateTimeField(null=True)
    parents_told_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    parents_told_how = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-searched_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "reference"], name="one_search_per_reference"
            ),
            models.UniqueConstraint(fields=["submission"], name="one_search_per_submission"),
            models.CheckConstraint(
                condition=Q(witness=None) | ~Q(witness=F("searched_by")),
                name="the_witness_is_another_person",
            ),
            models.CheckConstraint(
                condition=Q(witness_confirmed_at=None) | Q(witness__isnull=False),
                name="only_a_witness_confirms_a_search",
            ),
            models.CheckConstraint(
                condition=Q(witness__isnull=False) | ~Q(no_witness_reason="") | Q(by_police=True),
                name="search_is_witnessed_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=~Q(deletion="deleted") | ~Q(deletion_reason=""),
                name="deletion_says_why",
            ),
            models.CheckConstraint(
                condition=Q(suspected=False) | ~Q(deletion="deleted"),
                name="suspected_images_are_not_deleted",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "-searched_at", "-id"], name="search_list_order"),
            models.Index(fields=["school", "incident_reference"], name="search_by_incident"),
        ]

    def __str__(self) -> str:
        return self.reference


class ItemEvent(SchoolOwned):
    """One line of what became of an item or a search record; written once.

    A search record is not changed after it is saved but for the parents told and the incident;
    what has to be put right is added as a line.
    """

    confiscation = models.ForeignKey(
        Confiscation, on_delete=models.PROTECT, null=True, related_name="events"
    )
    search = models.ForeignKey(
        SearchRecord, on_delete=models.PROTECT, null=True, related_name="events"
    )
    step = models.CharField(max_length=30)
    text = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confiscation__isnull=False, search=None)
                | Q(confiscation=None, search__isnull=False),
                name="line_is_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.step
