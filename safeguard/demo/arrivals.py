"""Bring a demo school's people in: from MIS files, by hand, with sign-ins and with roles."""

from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.timezone import localdate

from people.actions.imports import apply_import, choose_columns, finish_import, open_import
from people.imports.queries import columns_of, plan_of, table_of
from people.jobs import running
from people.models import GovernorDetails, Person, School, SchoolClass, User
from roles.actions import accept_responsibilities, arrange_cover, assign_role, end_role
from roles.models import Role, RoleAssignment
from roles.queries import statements_to_accept
from safeguard.demo.community import Community, Row
from safeguard.demo.exports import Addresses, address_of, exports_of, sign_in_address

SET_UP = "set_up_school"


def first_person(school: School, community: Community, at: datetime) -> Person:
    """Enter the headteacher, who brings everybody else in."""
    row = community.holder("head")
    role = Role.objects.get(school=school, code="head")
    person = _person(school, row)
    person.save()
    since = row.joined or localdate(at)
    assign_role(role=role, person=person, start_date=since, by=SET_UP, at=at)
    return person


def bring_in(
    school: School, community: Community, addresses: Addresses, *, by: Person, at: datetime
) -> None:
    """Walk the import of staff, pupils and carers: upload, columns, look, apply."""
    for kind, content in exports_of(community, addresses).items():
        name = f"{kind}-{localdate(at):%Y-%m-%d}.csv"
        upload = open_import(school=school, kind=kind, name=name, content=content, by=by, at=at)
        columns = columns_of(upload, table_of(upload))
        choose_columns(upload=upload, columns=columns, by=by, at=at)
        upload.refresh_from_db()
        digest = plan_of(upload, on=localdate(at)).digest
        job = apply_import(
            upload=upload, digest=digest, leave_out_bad=False, mark_leavers=False, by=by, at=at
        )
        with running(job.pk, school.pk) as started:
            finish_import(job=started, at=at)


def enter_others(school: School, community: Community) -> None:
    """Enter governors, volunteers and outside partners, whom no MIS exports."""
    Person.objects.bulk_create(
        _person(school, row) for row in (*community.governors, *community.others)
    )
    appointed = Person.objects.filter(school=school, kind=Person.Kind.GOVERNOR)
    GovernorDetails.objects.bulk_create(
        GovernorDetails(
            school=school,
            person_id=pk,
            category=("Foundation", "Parent", "Co-opted", "Local authority")[number % 4],
            appointed_date=day,
            term_ends_date=day.replace(year=day.year + 4),
            minute_reference=f"FGB {day.year}/{number + 3}",
        )
        for number, (pk, day) in enumerate(appointed.values_list("pk", "joined_date"))
        if day
    )


def _person(school: School, row: Row) -> Person:
    return Person(
        school=school,
        kind=row.kind,
        title=row.title,
        given_name=row.given,
        family_name=row.family,
        external_id=row.external_id,
        joined_date=row.joined,
        left_date=row.left,
    )


def give_sign_ins(school: School, community: Community) -> dict[str, Person]:
    """Give everybody with a post a sign-in, all with the demo's one password; by sign-in code."""
    password = make_password(settings.DEMO_PASSWORD)
    posts = {row.external_id: row.post for row in _everybody(community) if row.post}
    people = {
        posts[person.external_id].code: person
        for person in Person.objects.filter(school=school, external_id__in=posts)
    }
    users = User.objects.bulk_create(
        User(email=sign_in_address(code, school.slug), password=password) for code in people
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    for person, user in zip(people.values(), users, strict=True):
        person.user = user
    Person.objects.bulk_update(people.values(), ["user"])
    return people


def addresses_of(school: School, community: Community) -> dict[str, str]:
    """Return the e-mail addresses of a school's people by their numbers in the MIS."""
    return {row.external_id: address_of(row, school.slug) for row in _everybody(community)}


def _everybody(community: Community) -> list[Row]:
    return [
        *community.staff,
        *community.governors,
        *community.others,
        *community.pupils,
        *community.carers,
    ]


def give_roles(
    school: School, community: Community, by_code: dict[str, Person], at: datetime
) -> None:
    """Give everybody their roles; each member of staff is also simply a member of staff."""
    roles = {role.code: role for role in Role.objects.filter(school=school)}
    for row in _everybody(community):
        if row.post is None:
            continue
        person, since = by_code[row.post.code], _since(row, at)
        held = [code for code in row.post.held if (row.post.code, code) != ("head", "head")]
        if row.kind == "staff" and "staff" not in held:
            held.append("staff")
        for code in (*held, *row.post.deputises):
            assign_role(
                role=roles[code],
                person=person,
                start_date=since,
                deputy=code in row.post.deputises,
                minute_reference="FGB minutes" if row.kind == "governor" else "",
                by=SET_UP,
                at=at,
            )


def _since(row: Row, at: datetime) -> date:
    if row.post and row.post.code == "os_gov":  # somebody else held it before
        return localdate(at)
    return row.joined or localdate(at)


def give_classes(school: School, community: Community, by_code: dict[str, Person]) -> None:
    """Say who teaches which class."""
    for group in community.classes:
        teacher = by_code[group.teacher.post.code]  # type: ignore[union-attr]
        SchoolClass.objects.filter(school=school, name=group.name).update(teacher=teacher)


def remember_predecessor(school: School, at: datetime) -> None:
    """Let another governor have been online-safety governor until the set-up."""
    role = Role.objects.get(school=school, code="os_gov")
    person = Person.objects.filter(school=school, kind="governor", assignments=None).first()
    if person is None or person.joined_date is None:
        return
    before = assign_role(role=role, person=person, start_date=person.joined_date, by=SET_UP, at=at)
    yesterday = localdate(at) - timedelta(days=1)
    end_role(assignment=before, end_date=yesterday, reason="Handed on", by=SET_UP, at=at)


def arrange_present_cover(school: School, by_code: dict[str, Person], at: datetime) -> None:
    """Let somebody cover for the site manager now, and leaders have read what their roles ask."""
    held = RoleAssignment.objects.get(school=school, role__code="site_mgr")
    arrange_cover(
        assignment=held,
        person=by_code["ta.3"],
        start_date=localdate(at) - timedelta(days=3),
        end_date=localdate(at) + timedelta(days=11),
        reason="Away after an operation.",
        by=by_code["head"],
        at=at,
    )
    for code in ("head", "osl", "tech"):
        waiting = statements_to_accept(by_code[code], on=localdate(at))
        ids = list(waiting.values_list("pk", flat=True))
        if ids:
            accept_responsibilities(ids=ids, by=by_code[code], at=at)
