"""Classes, enrolments and who cares for a child."""

from django.db import models
from django.db.models import Q

from people.models.person import Person
from people.models.school import SchoolOwned

KEY_STAGES = [("EY", "Early years"), *((f"KS{n}", f"Key stage {n}") for n in range(1, 6))]


def key_stage_of(year_group: str) -> str:
    """Return the key stage of a year group: "R" and "N" are early years, "1"-"13" are years."""
    if not year_group.isdigit():
        return "EY"
    year = int(year_group)
    return next(
        stage
        for last, stage in ((2, "KS1"), (6, "KS2"), (9, "KS3"), (11, "KS4"), (99, "KS5"))
        if year <= last
    )


def year_words(year_group: str) -> str:
    """Return a year group as people say it: Nursery, Reception, Year 5."""
    return {"N": "Nursery", "R": "Reception", "": ""}.get(year_group, f"Year {year_group}")


class SchoolClass(SchoolOwned):
    """A class or tutor group; its teacher is the first referral in many ladders."""

    name = models.CharField(max_length=40)
    year_group = models.CharField(max_length=3)
    teacher = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="classes_taught"
    )

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "school classes"
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], name="one_class_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class PupilEnrolment(SchoolOwned):
    """A pupil's place in a class from a date to a date; a pupil has one open place."""

    pupil = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, null=True, related_name="enrolments"
    )
    year_group = models.CharField(max_length=3)
    key_stage = models.CharField(max_length=3, choices=KEY_STAGES)
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-start_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil"], condition=Q(end_date=None), name="one_open_enrolment"
            )
        ]

    def __str__(self) -> str:
        return year_words(self.year_group)


class CarerLink(SchoolOwned):
    """Who cares for a pupil, in what relation, and whether school may turn to them."""

    pupil = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="carer_links")
    carer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cared_for_links")
    relation = models.CharField(max_length=40)
    parental_responsibility = models.BooleanField(default=True)
    may_sign = models.BooleanField(default=True)
    no_contact = models.BooleanField(default=False)
    start_date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "carer"], condition=Q(end_date=None), name="one_open_carer_link"
            ),
            models.CheckConstraint(
                condition=~Q(pupil=models.F("carer")), name="nobody_is_their_own_carer"
            ),
            models.CheckConstraint(
                condition=Q(no_contact=False) | Q(may_sign=False),
                name="no_contact_may_not_sign",
            ),
        ]

    def __str__(self) -> str:
        return self.relation
