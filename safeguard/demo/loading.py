"""Load the demo schools: each is set up, filled with people and lived in, in one transaction."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db import connection, transaction

from common.scope import school_scope
from people.actions.schools import add_year, create_school
from people.actions.settings import change_setting
from people.calendar import LONDON
from people.models import Person, School
from people.queries import current_enrolments
from policies.actions import load_policy, put_in_force
from roles.actions import set_up_roles
from safeguard.demo import arrivals
from safeguard.demo.caring import Caring
from safeguard.demo.community import Community, Size, draw_community
from safeguard.demo.devices import Devices
from safeguard.demo.disposing import Disposing
from safeguard.demo.equipment import Equipment
from safeguard.demo.filtering import Filtering, do_all
from safeguard.demo.governing import Governing
from safeguard.demo.monitoring import Monitoring
from safeguard.demo.oversight import Oversight
from safeguard.demo.phones import Phones
from safeguard.demo.profiles import PROFILES, Profile
from safeguard.demo.reporting import Reporting
from safeguard.demo.road import tell_all
from safeguard.demo.signing import begin_at, sign_up
from safeguard.demo.stage import Stage
from safeguard.demo.story import stories_of
from safeguard.demo.years import closures_of, first_day_of_year, name_of, terms_of, years_around

WATCHED = (
    *(Filtering, Monitoring, Oversight),
    *(Equipment, Disposing, Caring, Devices, Phones),
    *(Governing, Reporting),
)


def load_demo(
    *, now: datetime, profiles: Iterable[Profile] = PROFILES, size: Size | None = None
) -> list[School]:
    """Make the demo schools that do not exist yet and return them; refuses nothing, repeats safely.

    Nobody has an e-mail address in the register until the end of it, so that nothing that happened
    in the past is mailed to anybody now.
    """
    return [
        _load(profile, size or Size(), now)
        for profile in profiles
        if not School.objects.filter(slug=profile.slug).exists()
    ]


@transaction.atomic
def _load(profile: Profile, size: Size, now: datetime) -> School:
    today = now.astimezone(LONDON).date()
    begins = first_day_of_year(today)
    at = datetime.combine(begins.replace(year=begins.year - 1), time(9), LONDON) - timedelta(days=6)
    school = create_school(slug=profile.slug, name=profile.name, at=at)
    with school_scope(school.pk):
        community = draw_community(profile, size, today=today)
        set_up_roles(school=school, by=arrivals.SET_UP, at=at)
        head = arrivals.first_person(school, community, at)
        _set_rules(school, profile, head, now=now, at=at)
        by_code = _let_in(school, community, head, at)
        _let_database_look()
        stage = Stage(school, by_code, now, pupils=_pupils_by_year(school))
        watched = [do_all(stage, part(stage).deeds()) for part in WATCHED]
        begun = begin_at(stage)
        walks = ((begun, walk) for walk in (sign_up(stage), *watched))
        tell_all(stage, stories_of(profile.slug), *walks)
        arrivals.arrange_present_cover(school, by_code, at=now)
        addresses = arrivals.addresses_of(school, community)
        arrivals.bring_in(school, community, addresses, by=head, at=now)
        _note_addresses(school, addresses)
    return school


def _set_rules(
    school: School, profile: Profile, head: Person, *, now: datetime, at: datetime
) -> None:
    """Enter calendar, settings and ladder, in force since before the last school year."""
    for begins in years_around(now.astimezone(LONDON).date()):
        add_year(
            school=school,
            name=name_of(begins),
            terms=terms_of(begins),
            closures=closures_of(begins),
            by=head,
            at=at,
        )
    for name, value in profile.settings.items():
        change_setting(school=school, name=name, value=value, by=None, at=at)
    version = load_policy(school=school, data_name=profile.ladder, by=head, at=at)
    since = at.astimezone(LONDON).date()
    put_in_force(school=school, version=version, from_date=since, by=head, at=at)


def _let_in(school: School, community: Community, head: Person, at: datetime) -> dict[str, Person]:
    arrivals.bring_in(school, community, {}, by=head, at=at)
    arrivals.enter_others(school, community)
    arrivals.remember_predecessor(school, at)
    by_code = arrivals.give_sign_ins(school, community)
    arrivals.give_roles(school, community, by_code, at)
    arrivals.give_classes(school, community, by_code)
    return by_code


def _let_database_look() -> None:
    """Let the database count what was just brought in, or it plans as if all tables were empty."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if "_" in name]
        cursor.execute("ANALYZE " + ", ".join(connection.ops.quote_name(name) for name in tables))


def _pupils_by_year(school: School) -> dict[str, list[Person]]:
    pupils = list(Person.objects.filter(school=school, kind="pupil", left_date=None).order_by("pk"))
    found: dict[str, list[Person]] = {}
    enrolments = current_enrolments(pupils)
    for pupil in pupils:
        found.setdefault(enrolments[pupil.pk].year_group, []).append(pupil)
    return found


def _note_addresses(school: School, addresses: dict[str, str]) -> None:
    """Give those whom no MIS file names their address too."""
    others = list(Person.objects.filter(school=school, email="", external_id__in=addresses))
    for person in others:
        person.email = addresses[person.external_id]
    Person.objects.bulk_update(others, ["email"])
