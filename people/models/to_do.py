"""What a review or an audit asks for: of whom, by when, and what was done about it."""

from django.db import models

from people.models.person import Person
from people.models.school import SchoolOwned


class ToDo(SchoolOwned):
    """Base of an action that is followed until its owner says what was done."""

    words = models.CharField(max_length=500)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_date = models.DateField()
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_note = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True
        ordering = ["due_date", "pk"]

    def __str__(self) -> str:
        return self.words
