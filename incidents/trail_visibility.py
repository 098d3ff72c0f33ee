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

    Those about a restricted incident they may not see or of which they are the subject, and its
    printing. An ordinary incident stays on the trail by reference, without a word of the case;
    what belongs to it (files, tasks) is named by its words and shows only with the incident.
    """
    here = Incident.objects.filter(school=person.school_id)
    seen = visible_to(person, powers).values("pk")
    kept = here.filter(~Q(restriction="") | Q(pk__in=about(person))).exclude(pk__in=seen)
    hidden = _entries_about(kept)
    for model in apps.get_app_config("incidents").get_models():
        if any(field.name == "incident" for field in model._meta.get_fields()):
            parts = model._default_manager.filter(incident__in=here.exclude(pk__in=seen))
            hidden |= _entries_about(parts)
    printed = Job.objects.annotate(
        case=Cast(KeyTextTransform("incident", "input"), BigIntegerField())
    )
    return hidden | _entries_about(printed.filter(case__in=kept.values("pk")))


def _entries_about(rows: QuerySet[Model, Model]) -> Q:
    ids = rows.order_by().annotate(as_text=Cast("pk", CharField())).values("as_text")
    return Q(subject_type=rows.model._meta.label_lower, subject_id__in=ids)
