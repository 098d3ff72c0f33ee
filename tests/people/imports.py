"""How the tests bring in a file: the same steps as a person, through the actions or the pages."""

from datetime import datetime

from django.utils import timezone

from people.actions.imports import apply_import, choose_columns, finish_import, open_import
from people.imports.plan import Plan
from people.imports.queries import columns_of, plan_of, table_of
from people.jobs import running
from people.models import (
    CarerLink,
    Job,
    PeopleImport,
    Person,
    PupilEnrolment,
    SchoolClass,
    StaffDetails,
)
from tests.cast import NOW, Cast

STAFF = """Staff number,Title,First name,Last name,Post,E-mail address,Starting date
S1,Mrs,Ada,Ashby,Teacher,ada@oak-hill.example,01/09/2024
S2,Mr,Ben,Brook,Caretaker,,2020-01-06
"""
PUPILS = """Pupil number,First name,Last name,Class,Year group,Starting date
P1,Amy,Apple,5T,Year 5,01/09/2022
P2,Bob,Berry,3S,3,01/09/2023
P3,Cat,Cherry,RK,Reception,01/09/2026
"""
BORN = """Pupil number,First name,Last name,Class,Year group,Starting date,Date of birth
P1,Amy,Apple,5T,Year 5,01/09/2022,3 May 2017
P2,Bob,Berry,3S,3,01/09/2023,
"""
CARERS = """Carer number,Pupil number,First name,Last name,Relation,Responsibility,Telephone
C1,P1,Ann,Apple,Mother,Yes,01234 567890
C1,P2,Ann,Apple,Aunt,No,01234 567890
C2,P2,Bill,Berry,Father,Y,+44 7700 900123
"""


def uploaded(cast: Cast, kind: str, content: str | bytes, name="people.csv") -> PeopleImport:
    """Return an open import with its columns guessed and chosen."""
    data = content.encode() if isinstance(content, str) else content
    upload = open_import(
        school=cast.school, kind=kind, name=name, content=data, by=cast.hana, at=NOW
    )
    columns = columns_of(upload, table_of(upload))
    choose_columns(upload=upload, columns=columns, by=cast.hana, at=NOW)
    upload.refresh_from_db()
    return upload


def plan(upload: PeopleImport, at: datetime = NOW) -> Plan:
    """Return what an import would do."""
    return plan_of(upload, on=timezone.localdate(at))


def applied(
    upload: PeopleImport,
    *,
    leave_out_bad: bool = False,
    mark_leavers: bool = False,
    at: datetime = NOW,
    digest: str = "",
) -> Job:
    """Apply an import as its job does and return the job."""
    job = apply_import(
        upload=upload,
        digest=digest or plan(upload, at).digest,
        leave_out_bad=leave_out_bad,
        mark_leavers=mark_leavers,
        by=upload.uploaded_by,
        at=at,
    )
    with running(job.pk, job.school_id) as work:
        finish_import(job=work, at=at)
    job.refresh_from_db()
    return job


def brought_in(cast: Cast, kind: str, content: str | bytes, **choices) -> Job:
    """Upload and apply a file."""
    return applied(uploaded(cast, kind, content), **choices)


def register(cast: Cast) -> dict[str, int]:
    """Return how many of everything the school's register holds."""
    models = (Person, PupilEnrolment, SchoolClass, CarerLink, StaffDetails)
    return {model.__name__: model.objects.filter(school=cast.school).count() for model in models}


def person(cast: Cast, number: str) -> Person:
    """Return somebody by the number of the MIS."""
    return Person.objects.get(school=cast.school, external_id=number)
