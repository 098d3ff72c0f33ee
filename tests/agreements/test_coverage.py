"""Who has signed: counted rightly by every group, and at the same cost for few and for many."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.actions.issuing import issue_obligations
from agreements.queries.lists import coverage_by, obligations_in, with_mail
from people.models import CarerLink, Notice, Person, PupilEnrolment, SchoolClass
from reminders.actions import sweep_school
from reminders.queries import mails_of_day
from roles.actions import assign_role
from roles.models import Role
from tests.agreements.walk import asked, obligation_of, signed
from tests.cast import NOW, START

MANY = 30
PAGES = [
    ("coverage/", "hana"),
    ("coverage/?by=class", "hana"),
    ("coverage/?by=year", "hana"),
    ("coverage/?by=role", "hana"),
    ("signing/?show=waiting", "hana"),
    ("signing/?group=5T", "hana"),
    ("signatures/", "hana"),
    ("my/", "paul"),
]


def counted(group, cast):
    rows = coverage_by(group, cast.school, on=NOW.date())
    return {row.key: (row.total, row.met) for row in rows}


def test_every_group_counts_who_is_asked_and_who_is_done(cast):
    """AGR-03."""
    asked(cast, "staff", "pupil_ks2", "parent", at=NOW)
    signed(obligation_of(cast.tom, "staff"), at=NOW)
    signed(obligation_of(cast.paul, "parent", cast.pia), at=NOW)

    assert counted("agreement", cast) == {"parent": (2, 1), "pupil-ks2": (2, 0), "staff": (5, 1)}
    assert counted("class", cast) == {"5T": (2, 1), "3S": (2, 0)}
    assert counted("year", cast) == {"5": (2, 1), "3": (2, 0)}
    roles = counted("role", cast)
    assert (roles["teacher"], roles["staff"], roles["dsl"]) == ((2, 1), (5, 1), (1, 0))


def test_a_child_stands_in_its_class_and_so_does_the_parent_who_signs_for_it(cast):
    """AGR-03."""
    asked(cast, "staff", "pupil_ks2", "parent", at=NOW)
    rows = obligations_in(cast.school).filter(class_name="5T")
    assert {(row.signer, row.about) for row in rows} == {(cast.pia, None), (cast.paul, cast.pia)}
    assert obligations_in(cast.school).get(signer=cast.tom).class_name is None


def test_pages_ask_the_database_no_more_for_thirty_rows(cast, today):
    """Issue 3, point 10: at most twelve statements, savepoints aside, whoever has signed."""
    asked(cast, "staff", "pupil_ks2", "parent", at=NOW)
    _more(cast, range(1))
    clients = {who: cast.client(who) for _, who in PAGES}

    def costs():
        return {page: _cost(clients[who], cast.url(page)) for page, who in PAGES}

    costs()  # what is read once, such as content types, is read now
    few = costs()
    _more(cast, range(1, MANY))

    assert costs() == few
    assert max(few.values()) <= 12


def _cost(client, url):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len([query for query in seen.captured_queries if "SAVEPOINT" not in query["sql"]])


def _more(cast, numbers):
    """Add staff, and children of Paul's with a class for each; every second pair signs."""
    made = [_pair(cast, number) for number in numbers]
    issue_obligations(school=cast.school, by="tests", at=NOW)
    for staff, pupil in made[::2]:
        signed(obligation_of(staff, "staff"), at=NOW)
        signed(obligation_of(cast.paul, "parent", pupil), at=NOW)


def _pair(cast, number):
    staff, pupil = (
        Person.objects.create(
            school=cast.school, kind=kind, given_name=f"Number{number}", family_name="Person"
        )
        for kind in ("staff", "pupil")
    )
    role = Role.objects.get(school=cast.school, code=("teacher", "tech")[number % 2])
    assign_role(role=role, person=staff, start_date=START, by="tests", at=NOW)
    group = SchoolClass.objects.create(
        school=cast.school, name=f"5-{number}", year_group=str(3 + number % 4)
    )
    PupilEnrolment.objects.create(
        school=cast.school,
        pupil=pupil,
        school_class=group,
        year_group=group.year_group,
        key_stage="KS2",
        start_date=START,
    )
    CarerLink.objects.create(school=cast.school, pupil=pupil, carer=cast.paul, relation="Father")
    return staff, pupil


def test_the_register_says_who_was_reminded_when_and_whose_address_is_refused(cast, time_machine):
    """Issue 3, point 7: who was reminded when, bounced addresses, and how far the mail is."""
    time_machine.move_to(NOW)
    asked(cast, "staff", at=NOW)
    Notice.objects.create(
        school=cast.school,
        person=cast.tess,
        reason="sample",
        path="/",
        queued_at=NOW,
        failed_at=NOW,
        failure="No such address",
        refused_address=cast.tess.email,
    )
    sweep_school(school=cast.school, at=NOW)

    rows = {one.row.signer: one for one in with_mail(outstanding(cast))}
    assert rows[cast.tom].reminded_at == NOW
    assert (rows[cast.tom].refused, rows[cast.tess].refused) == ("", "No such address")
    page = cast.client("hana").get(cast.url("signing/")).content.decode()
    assert ("Address refused" in page, "Reminded Tue 15 Sep 2026" in page) == (True, True)
    assert "Mail of today" in cast.client("hana").get(cast.url("coverage/")).content.decode()
    mails = mails_of_day(cast.school, NOW.date())
    assert (mails.total, mails.sent, mails.over) == (5, 0, False)


def outstanding(cast):
    return obligations_in(cast.school).select_related("school")
