"""Keep the trail from telling of alerts about staff and the headteacher (workflows c.8)."""

from collections.abc import Collection

from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.functions import Cast

from filtering.models import Alert, AlertSample
from filtering.queries.alerts import alerts_visible_to
from filtering.vocabulary import AboutWhom
from people.models import Person


def hidden_entries(person: Person, powers: Collection[str]) -> Q:
    """Return the entries of the trail that this person may not read (ROL-31).

    Those about an alert on staff, on the headteacher or on themselves that they may not see, and
    about its second look. Other alerts stay on the trail by number, without a word of the case.
    """
    kept = Alert.objects.filter(
        ~Q(about=AboutWhom.PUPIL) | Q(person=person), school=person.school_id
    ).exclude(pk__in=alerts_visible_to(person, powers).order_by().values("pk"))
    samples = AlertSample.objects.filter(alert__in=kept.order_by().values("pk"))
    return _entries_about(kept) | _entries_about(samples)


def _entries_about(rows: QuerySet[Model, Model]) -> Q:
    ids = rows.order_by().annotate(as_text=Cast("pk", CharField())).values("as_text")
    return Q(subject_type=rows.model._meta.label_lower, subject_id__in=ids)
