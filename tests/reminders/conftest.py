"""A mail server of the tests' own, and a stage on which no role is vacant."""

import pytest

from common.scope import school_scope
from people.models import School
from roles.models import Role
from roles.queries import assignments_on
from tests.cast import NOW
from tests.people.mail_server import mail_server

__all__ = ["mail_server"]


def without_vacancies(school: School) -> None:
    """Let a school do without the roles nobody holds."""
    with school_scope(school.pk):
        held = assignments_on(school, NOW.date()).values("role")
        Role.objects.filter(school=school).exclude(pk__in=held).update(mandatory=False)


@pytest.fixture(autouse=True)
def no_vacancies(request):
    """Let no vacant role remind anybody."""
    for name in {"cast", "other"} & set(request.fixturenames):
        without_vacancies(request.getfixturevalue(name).school)
