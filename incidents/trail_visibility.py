"""Keep the trail from telling of restricted incidents, as the incidents themselves do not show."""

from collections.abc import Collection

from django.apps import apps
from django.db.models import BigIntegerField, CharField, Model, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from incidents.models import Incident
from incidents.queries.visible import about, visible_to
from people.models import Job, Person


def hidden_entries(person: Person, powers: Collection[str]) -> Q:
    """Return the entries of the trail that this person may not read (INC-08, INC-09, ROL-31).

    Those about a restricted incident they may not see, or about one of which they are the subject,
    and about anything that belongs to it: files, tasks, printing. Ordinary incidents stay on the
    trail by reference, without a word of the case.
    """
    kept = Incident.objects.filter(school=person.school_id).filter(
        ~Q(restriction="") | Q(pk__in=about(person))
    )
    kept = kept.exclude(pk__in=visible_to(person, powers).values("pk"))
    hidden = _entries_about(kept)
    for model in apps.get_app_config("incidents").get_models():
        if any(field.name == "incident" for field in model._meta.get_fields()):
            hidden |= _entries_about(model._default_manager.filter(incident__in=kept))
    printed = Job.objects.annotate(
        case=Cast(KeyTextTransform("incident", "input"), BigIntegerField())
    )
    return hidden | _entries_about(printed.filter(case__in=kept.values("pk")))


def _entries_about(rows: QuerySet[Model, Model]) -> Q:
    ids = rows.order_by().annotate(as_text=Cast("pk", CharField())).values("as_text")
    return Q(subject_type=rows.model._meta.label_lower, subject_id__in=ids)
