"""The one door to incidents: which of them a person may see."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from incidents.models import Incident, IncidentUserObjectPermission, Involvement
from incidents.vocabulary import Part, Restriction
from people.models import Person


def visible_to(person: Person, powers: Collection[str]) -> QuerySet[Incident, Incident]:
    """Return the incidents of the person's school that they may see (INC-08, INC-09, INC-59)."""
    return Incident.objects.filter(seen_by(person, powers))


def seen_by(person: Person, powers: Collection[str]) -> Q:
    """Return the condition under which a person may see an incident.

    Everything that is not restricted for those who see all; staff incidents for the headteacher;
    incidents about the headteacher for the chair; and those one is named on. Never one of which
    the person is the subject, whatever else holds (ROL-31). Lists, counts, search, exports,
    documents and type-ahead all start here.
    """
    named = IncidentUserObjectPermission.objects.filter(user=person.user_id)
    allowed = Q(pk__in=[])
    if "view_all_incidents" in powers:
        allowed |= Q(restriction="")
    if "view_staff_incidents" in powers:
        allowed |= Q(restriction=Restriction.STAFF)
    if "view_head_incidents" in powers:
        allowed |= Q(restriction=Restriction.HEAD)
    if "view_all_incidents" in powers:  # named on nearly all, so asked of the restricted ones only
        allowed |= Q(Exists(named.filter(content_object=OuterRef("pk"))))
    elif "view_assigned_incidents" in powers:
        allowed |= Q(pk__in=named.values("content_object"))
    return Q(allowed, ~Q(pk__in=about(person)), school=person.school_id)


def about(person: Person) -> QuerySet[Involvement, Any]:
    """Return the ids of the incidents a person is the subject of, as a subquery."""
    return Involvement.objects.filter(person=person, part=Part.ALLEGED).values("incident")
