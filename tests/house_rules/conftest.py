"""A record of each kind and a person per role, made once for the tests of a file."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from common.scope import school_scope
from people.models import Person, User
from roles.actions import assign_role
from roles.catalogue import SIGN_IN_ROLES
from roles.models import Role
from tests.cast import NOW, START
from tests.samples import BY_PAGE, Samples
from tests.stage import once


@pytest.fixture(scope="module", autouse=True)
def own_files(tmp_path_factory) -> Iterator[None]:
    """Keep files in a folder that goes with the tests of a file."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(scope="module")
def samples(stage, ladder_stage, own_files) -> Samples:
    """Give one record of each kind at the cast's school."""
    with once(stage) as cast:
        found = Samples(cast)
        for name, value in vars(Samples).items():
            if hasattr(value, "func"):
                getattr(found, name)
        for arguments in BY_PAGE.values():  # now, or they would be gone after the first test
            arguments(found)
    return found


@pytest.fixture(scope="module")
def everybody(stage) -> dict[str, User]:
    """Give one user for each role that signs in, holding it and no other."""
    school = stage["cast"].school
    found = {}
    with school_scope(school.pk):
        for role in Role.objects.filter(school=school, code__in=SIGN_IN_ROLES):
            user = User.objects.create_user(f"only-{role.code}@oak-hill.example")
            person = Person.objects.create(
                school=school,
                user=user,
                kind="pupil" if role.code == "pupil" else "staff",
                given_name="Only",
                family_name=role.label,
            )
            assign_role(role=role, person=person, start_date=START, deputy=True, by="tests", at=NOW)
            found[role.code] = user
    return found
