"""Mail that goes out once, mail that may go later, and addresses that the mail server refuses."""

import pytest
from django.core import mail
from django.utils import timezone

from common.scope import school_scope
from people.mail import MailDelayed, deliver_notice, notify
from people.models import Notice, Person
from people.queries import mail_refusals
from people.tasks import send_notice, send_waiting_notices
from tests.people.mail_server import MailServer

DORA, TOM = "dora@oak-hill.example", "tom@oak-hill.example"
NOBODY = "550 5.1.1 No such user here"


def queued(*people: Person) -> list[Notice]:
    """Queue a mail for each person and return what was queued."""
    notify(people, reason="test", path="/oak-hill/", at=timezone.now())
    return list(Notice.objects.order_by("-pk")[: len(people)][::-1])


def deliver(notice: Notice) -> bool:
    return deliver_notice(notice_id=notice.pk, school_id=notice.school_id)


@pytest.mark.parametrize("place", ["", "data:"])
def test_refused_address_ends_the_notice_with_the_server_s_words(
    cast, mail_server: MailServer, place
):
    mail_server.answers[f"{place}{DORA}"] = NOBODY
    (notice,) = queued(cast.dora)

    assert [deliver(notice), deliver(notice)] == [False, False]

    notice.refresh_from_db()
    assert (notice.sent_at, notice.failure, notice.refused_address) == (None, NOBODY, DORA)
    assert notice.failed_at is not None
    assert mail_server.taken == []


@pytest.mark.parametrize("answer", ["450 Try again later", "452 4.2.2 Mailbox full"])
@pytest.mark.parametrize("place", ["", "data:"])
def test_mail_that_may_be_taken_later_waits_and_then_goes(
    cast, mail_server: MailServer, place, answer
):
    mail_server.answers[f"{place}{DORA}"] = answer
    (notice,) = queued(cast.dora)

    with pytest.raises(MailDelayed) as delayed:
        deliver(notice)
    assert str(delayed.value) == f"The mail server answered {answer[:3]}"  # whom, nobody logs
    notice.refresh_from_db()
    assert (notice.sent_at, notice.failed_at, notice.failure) == (None, None, "")

    mail_server.answers.clear()
    assert [deliver(notice), deliver(notice)] == [True, False]
    assert mail_server.addresses == [DORA]


def test_server_that_is_away_delays_and_the_task_tries_again(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    (notice,) = queued(cast.dora)

    with pytest.raises(MailDelayed, match="The mail server cannot be used: Connection"):
        deliver(notice)
    assert send_notice.autoretry_for == (MailDelayed,)
    notice.refresh_from_db()
    assert notice.failed_at is None


def test_sweep_passes_by_what_is_refused_or_delayed(cast, other, mail_server: MailServer):
    mail_server.answers |= {DORA: NOBODY, TOM: "450 Later"}
    notices = queued(cast.dora, cast.tom, cast.hana)
    with school_scope(other.school.pk):
        queued(other.oscar)

    send_waiting_notices()

    assert sorted(mail_server.addresses) == ["hana@oak-hill.example", "oscar@far-away.example"]
    for notice in notices:
        notice.refresh_from_db()
    assert [bool(one.failed_at) for one in notices] == [True, False, False]
    mail_server.answers.clear()
    send_waiting_notices()
    assert mail_server.addresses[2:] == [TOM]


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "There is no address any more."),
        ("dora@oak-hill.example\nBcc: all@example.com", "This cannot be the address of a mail."),
    ],
)
def test_address_that_is_none_fails_without_a_mail(cast, address, why):
    (notice,) = queued(cast.dora)
    Person.objects.filter(pk=cast.dora.pk).update(email=address)

    assert deliver(notice) is False

    notice.refresh_from_db()
    assert (notice.failure, notice.sent_at) == (why, None)
    assert mail.outbox == []


def test_server_s_words_are_kept_in_one_short_line(cast, mail_server: MailServer):
    mail_server.answers[DORA] = f"550-No\r\n550 such\tuser {'x' * 400}"
    (notice,) = queued(cast.dora)

    deliver(notice)

    notice.refresh_from_db()
    assert notice.failure == f"550 No such user {'x' * 400}"[:200]


def test_person_s_page_shows_a_refused_address_until_it_is_changed_or_works(
    cast, mail_server: MailServer
):
    words = f"Mail to this address was refused on {timezone.localdate():%a} "

    def page() -> str:
        path = cast.url(f"people/{cast.dora.pk}/")
        return " ".join(cast.client("hana").get(path).content.decode().split())

    assert words not in page()
    mail_server.answers[DORA] = NOBODY
    deliver(queued(cast.dora)[0])
    assert words in page()
    assert f"The mail server said: {NOBODY}" in page()
    queued(cast.dora)  # what waits says nothing yet
    assert words in page()

    Person.objects.filter(pk=cast.dora.pk).update(email="dd@oak-hill.example")
    assert words not in page()
    Person.objects.filter(pk=cast.dora.pk).update(email=DORA)
    mail_server.answers.clear()
    deliver(queued(cast.dora)[0])
    assert words not in page()


def test_refusals_of_many_people_are_one_question(
    cast, mail_server: MailServer, django_assert_num_queries
):
    mail_server.answers |= {DORA: NOBODY, TOM: NOBODY}
    for notice in queued(cast.dora, cast.tom, cast.hana):
        deliver(notice)

    with django_assert_num_queries(1):
        found = mail_refusals([cast.dora, cast.tom, cast.hana, cast.paul])

    assert {pk: notice.failure for pk, notice in found.items()} == {
        cast.dora.pk: NOBODY,
        cast.tom.pk: NOBODY,
    }
