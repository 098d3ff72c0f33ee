"""Name a person on an incident, so that they may see it whatever the lists hide."""

from guardian.shortcuts import assign_perm

from incidents.models import Incident
from people.models import Person

NAMED = "open_named_incident"


def name_person(incident: Incident, person: Person) -> None:
    """Let a person see one incident (INC-08, INC-59); nothing happens without a sign-in.

    The subject of an incident sees nothing even when named: ``visible_to`` has the last word.
    """
    if person.user_id:
        assign_perm(NAMED, person.user, incident)
