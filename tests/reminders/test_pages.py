"""The list of reminders: who was told of what, what became of the mail, and nothing hidden."""

import pytest

from people.models import Person
from reminders.models import Digest, Reminder
from roles.actions import assign_role
from roles.models import Role
from tests.cast import NOW, START
from tests.people.mail_server import MailServer
from tests.reminders.walk import DAY, WORDS, answer, overdue, sweep


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def text(response) -> str:
    return " ".join(response.content.decode().split())


def listed(cast, query: str = "", name: str = "hana") -> list[str]:
    page = cast.client(name).get(cast.url(f"reminders/{query}")).context["page"]
    return [row.person.given_name for row in page]


@pytest.fixture
def reminded(cast, capture, mail_server: MailServer) -> None:
    """Remind five people, each with another end."""
    mail_server.answers["tess@oak-hill.example"] = "550 No such user"
    mail_server.answers["tina@oak-hill.example"] = "450 Later"
    Person.objects.filter(pk=cast.olga.pk).update(email="")
    for name in ("tess", "tom", "tina", "olga"):
        overdue(cast, getattr(cast, name))
    sweep(cast, capture)
    task = overdue(cast, cast.cara)
    sweep(cast, capture, at=NOW + DAY, lost=True)
    answer(task)
    Digest.objects.filter(person=cast.cara).update(stopped_at=NOW + DAY)


def test_list_shows_what_became_of_each_mail(cast, reminded, today):
    page = text(cast.client("hana").get(cast.url("reminders/")))

    assert page.count(WORDS) == 5
    assert "Sent Tue 15 Sep 2026 at 10:30" in page
    assert "Failed Tue 15 Sep 2026 at 10:30" in page
    assert "550 No such user" in page
    assert "No address: told on the home page only" in page
    assert "Not sent: done before" in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Cara", "Olga", "Tess", "Tina", "Tom"]),
        ("?state=sent", ["Tom"]),
        ("?state=failed", ["Tess"]),
        ("?state=waiting", ["Tina"]),
        ("?state=none", ["Olga"]),
        ("?state=stopped", ["Cara"]),
        ("?q=tess+thorn", ["Tess"]),
        ("?duty=incident_task&q=tom", ["Tom"]),
        ("?since=2026-09-16", ["Cara"]),
        ("?until=2026-09-15", ["Olga", "Tess", "Tina", "Tom"]),
    ],
)
def test_list_is_filtered(cast, reminded, query, names):
    assert sorted(listed(cast, query)) == names


def test_list_says_what_it_will_hold_when_it_is_empty(cast):
    client = cast.client("hana")
    assert "Nobody was reminded yet" in text(client.get(cast.url("reminders/")))
    assert "No reminder is like that" in text(client.get(cast.url("reminders/?q=nobody")))


def test_list_has_pages(cast):
    Reminder.objects.bulk_create(
        Reminder(
            school=cast.school,
            person=cast.tom,
            duty="other",
            period=str(n),
            words="Something is due.",
            made_at=NOW,
        )
        for n in range(60)
    )

    assert len(listed(cast)) == 50
    assert len(listed(cast, "?page=2")) == 10


def test_reminder_tells_nobody_of_an_incident_they_may_not_see(cast, capture):
    """The headteacher must not learn of a case about the headteacher, the office of none."""
    overdue(cast, cast.tess, by="cara", alleged="hana")
    overdue(cast, cast.tom)
    assign_role(
        role=Role.objects.get(school=cast.school, code="office_mgr"),
        person=cast.tina,
        start_date=START,
        by="tests",
        at=NOW,
    )
    sweep(cast, capture)

    assert Reminder.objects.count() == 2
    assert listed(cast, name="hana") == ["Tom"]
    assert listed(cast, name="dora") == ["Tom"]
    assert listed(cast, name="tina") == []


@pytest.mark.parametrize("name", ["tess", "cara", "paul", "pia"])
def test_list_is_closed_to_who_has_no_business_there(cast, name):
    assert cast.client(name).get(cast.url("reminders/")).status_code == 403
