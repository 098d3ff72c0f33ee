"""The same cast everywhere: one school, its people, and somebody of another school.

Hana is headteacher, Dora safeguarding lead, Cara chair, Tom teaches class 5T, Tess teaches 3S,
Tina is the technician, Olga the online-safety governor, Paul the parent of Pia (5T) and Quin (3S).
Oscar is safeguarding lead of another school and must see nothing.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from common.scope import school_scope
from people.actions.schools import add_year, create_school
from people.calendar import LONDON
from people.models import CarerLink, Person, PupilEnrolment, School, SchoolClass, StaffDetails, User
from roles.actions import assign_role, set_up_roles
from roles.models import Role

# A Tuesday in the autumn term, mid-morning.
NOW = datetime(2026, 9, 15, 10, 30, tzinfo=LONDON)
START = date(2026, 9, 1)
SIGN_IN = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Cast:
    """A school and its people by first name."""

    school: School
    people: SimpleNamespace = field(default_factory=SimpleNamespace)

    def __getattr__(self, name: str) -> Person:
        return getattr(self.people, name)

    def client(self, name: str) -> Client:
        """Return a browserless client signed in as a member of the cast.

        Without the signals of signing in, which tests of signing in walk by the form.
        """
        user, session = getattr(self.people, name).user, SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = SIGN_IN
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save(must_create=True)
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    def url(self, path: str = "") -> str:
        """Return an address at this school."""
        return f"/{self.school.slug}/{path}"


def make_school(slug: str, name: str) -> School:
    """Make a school with terms and roles; the caller is inside its scope afterwards no more."""
    school = create_school(slug=slug, name=name, at=NOW)
    with school_scope(school.pk):
        set_up_roles(school=school, by="tests", at=NOW)
        add_year(
            school=school,
            name="2026/27",
            terms=[
                ("Autumn", date(2026, 9, 2), date(2026, 12, 18)),
                ("Spring", date(2027, 1, 4), date(2027, 3, 26)),
                ("Summer", date(2027, 4, 12), date(2027, 7, 21)),
            ],
            closures=[("Half-term", date(2026, 10, 26), date(2026, 10, 30))],
            by="tests",
            at=NOW,
        )
    return school


def make_person(school: School, given: str, family: str, kind: str, *roles: str) -> Person:
    """Make a person who can sign in and holds roles since the start of the year."""
    email = f"{given}@{school.slug}.example".lower()
    person = Person.objects.create(
        school=school,
        user=User.objects.create_user(email, "correct horse"),
        kind=kind,
        given_name=given,
        family_name=family,
        email=email,
        joined_date=START,
    )
    if kind == "staff":
        StaffDetails.objects.create(school=school, person=person, job_title=roles[0].title())
    for code in roles:
        role = Role.objects.get(school=school, code=code)
        assign_role(role=role, person=person, start_date=START, by="tests", at=NOW)
    return person


def make_pupil(school: School, given: str, family: str, group: SchoolClass) -> Person:
    """Make a pupil enrolled in a class."""
    pupil = make_person(school, given, family, "pupil", "pupil")
    PupilEnrolment.objects.create(
        school=school,
        pupil=pupil,
        school_class=group,
        year_group=group.year_group,
        key_stage="KS2",
        start_date=START,
    )
    return pupil


def make_cast() -> Cast:
    """Make the school "oak-hill" and its people."""
    school = make_school("oak-hill", "Oak Hill Primary School")
    with school_scope(school.pk):
        cast = Cast(school)
        people = cast.people
        people.hana = make_person(school, "Hana", "Headley", "staff", "head", "staff")
        people.dora = make_person(school, "Dora", "Dale", "staff", "dsl", "staff")
        people.cara = make_person(school, "Cara", "Chairman", "governor", "chair")
        people.olga = make_person(school, "Olga", "Overton", "governor", "os_gov")
        people.tom = make_person(school, "Tom", "Teale", "staff", "teacher", "staff")
        people.tess = make_person(school, "Tess", "Thorn", "staff", "teacher", "staff")
        people.tina = make_person(school, "Tina", "Techworth", "staff", "tech", "staff")
        people.paul = make_person(school, "Paul", "Pease", "carer", "parent")
        five = SchoolClass.objects.create(
            school=school, name="5T", year_group="5", teacher=people.tom
        )
        three = SchoolClass.objects.create(
            school=school, name="3S", year_group="3", teacher=people.tess
        )
        people.pia = make_pupil(school, "Pia", "Pease", five)
        people.quin = make_pupil(school, "Quin", "Pease", three)
        for child in (people.pia, people.quin):
            CarerLink.objects.create(
                school=school, pupil=child, carer=people.paul, relation="Father", start_date=START
            )
    return cast


def make_other() -> Cast:
    """Make another school, "far-away", with Oscar its safeguarding lead."""
    school = make_school("far-away", "Far Away School")
    with school_scope(school.pk):
        cast = Cast(school)
        cast.people.oscar = make_person(school, "Oscar", "Outside", "staff", "dsl", "head")
        group = SchoolClass.objects.create(school=school, name="4Z", year_group="4")
        cast.people.zara = make_pupil(school, "Zara", "Zenith", group)
    return cast
