"""Let ``user.has_perm("report_incident", school)`` give the same answer as the pages do."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.utils import timezone

from people.models import Person, School, User
from roles.queries import powers_of


class RoleBackend(BaseBackend):
    """Powers on a school follow from the roles a person holds there today (ROL-30)."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Return whether a user holds a power, named with or without its app, on a school."""
        if not isinstance(obj, School) or not isinstance(user_obj, User) or not user_obj.is_active:
            return False
        person = Person.objects.filter(school=obj, user=user_obj).first()
        if person is None:
            return False
        return perm.rpartition(".")[2] in powers_of(person, on=timezone.localdate())
