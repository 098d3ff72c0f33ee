"""A mail server of the tests' own, and a stage on which no role is vacant."""

import pytest

from roles.models import Role
from tests.people.mail_server import mail_server

__all__ = ["mail_server"]


@pytest.fixture(autouse=True)
def no_vacancies(request):
    """Let the school do without the roles nobody holds, but in tests of vacancies."""
    if "cast" in request.fixturenames and "vacancies" not in request.keywords:
        request.getfixturevalue("cast")
        Role.objects.filter(code__in=("osl", "siro", "filt_mgr")).update(mandatory=False)
