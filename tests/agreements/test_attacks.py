"""Attacks on signing: forged, replayed and stolen tokens, other people's children, old texts."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.apps import apps
from django.core import mail, signing
from django.test import Client

from agreements.actions.issuing import issue_obligations
from agreements.actions.links import make_link
from agreements.actions.texts import approve_agreement, publish_agreement, revise_agreement
from agreements.models import Obligation, Signature, SigningLink
from agreements.queries.links import token_of
from agreements.queries.texts import hash_of
from agreements.views import links
from people.models import CarerLink
from reminders.actions import sweep_school
from reminders.tasks import send_digest
from safeguard import logs
from tests.agreements.test_pages_signing import answer, anybody, ticket_on
from tests.agreements.walk import asked, obligation_of
from tests.cast import NOW, START, Cast, make_person, make_pupil

BORN = date(2016, 3, 31)
RIGHT = {"answer_day": "31", "answer_month": "3", "answer_year": "2016"}
WRONG = {**RIGHT, "answer_year": "2015"}


@pytest.fixture(autouse=True)
def now(time_machine) -> None:
    """Stand at the cast's moment."""
    time_machine.move_to(NOW)


@pytest.fixture
def link(cast) -> SigningLink:
    """Make a link for Paul, who signs for Pia and Quin."""
    cast.pia.birth_date = BORN
    cast.pia.save()
    asked(cast, "parent", at=NOW)
    return make_link(signer=cast.paul, by=cast.hana, at=NOW).link


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Give what is written to the log, down to the last detail, as production writes it."""
    configurator = logging.config.DictConfigurator(logs.configure("DEBUG"))
    formatter = configurator.configure_formatter(configurator.config["formatters"]["json"])
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    names = ("", "django.server")
    for name in names:
        logging.getLogger(name).addHandler(handler)
    yield stream
    for name in names:
        logging.getLogger(name).removeHandler(handler)


def came_by(cast: Cast, link: SigningLink) -> Client:
    """Return somebody who opened a link and passed its check."""
    client = anybody()
    client.get(cast.url(f"sign/open/{token_of(link)}/"))
    assert client.post(cast.url("sign/"), RIGHT).headers["Location"] == cast.url("sign/home/")
    return client


def page_of(cast: Cast, client: Client, child: str = "pia") -> tuple[str, object]:
    """Return the address and the page on which Paul signs."""
    row = obligation_of(cast.paul, "parent", getattr(cast, child))
    address = cast.url(f"sign/agreements/{row.pk}/")
    return address, client.get(address)


def by_paul(page, *children: Obligation) -> dict[str, object]:
    """Return what Paul sends for these children."""
    return {
        "ticket": ticket_on(page),
        "agreed": "on",
        "typed_name": "Paul Pease",
        "children": [str(row.pk) for row in children],
    }


def revised(version):
    """Publish a material version with the words of another; nobody is asked again yet."""
    draft = revise_agreement(
        version=version, change="material", note="Newer", by=version.created_by, at=NOW
    )
    approve_agreement(version=draft, seen=hash_of(draft), by=version.approved_by, at=NOW)
    return publish_agreement(version=draft, by=version.approved_by, at=NOW)


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(lambda own: f"{own[:-1]}{'A' if own[-1] != 'A' else 'B'}", id="altered"),
        pytest.param(lambda own: own[: len(own) // 2], id="half"),
        pytest.param(lambda _: signing.Signer(salt="other").sign_object([1]), id="another salt"),
        pytest.param(lambda _: signing.dumps([1], salt="agreements.link"), id="another kind"),
        pytest.param(lambda own: f"{own}\0", id="nothing behind it"),
        pytest.param(lambda _: "☃" * 900, id="snow"),
    ],
)
def test_a_forged_token_opens_nothing_and_asks_nothing(cast, link, forged):
    """Nothing is remembered of who came with it."""
    client = anybody()
    page = client.get(cast.url(f"sign/open/{quote(forged(token_of(link)))}/"))
    assert (page.status_code, "not a whole link" in page.content.decode()) == (404, True)
    assert "Is it you?" not in client.get(cast.url("sign/")).content.decode()


def test_five_wrong_answers_lock_a_link_from_wherever_they_come(cast, link):
    """A new window, another address: the tries of a link are counted with the link."""
    for _ in range(5):
        client = anybody()
        client.get(cast.url(f"sign/open/{token_of(link)}/"))
        client.post(cast.url("sign/"), WRONG)
    late = anybody().get(cast.url(f"sign/open/{token_of(link)}/"))
    assert "locked after five wrong answers" in late.content.decode()


def test_who_passed_the_check_is_shut_out_when_the_link_is_locked_or_replaced(cast, link):
    """A link that went astray is stopped by a new one, also where it is open already."""
    client = came_by(cast, link)
    address, page = page_of(cast, client)
    make_link(signer=cast.paul, by=cast.hana, at=NOW)
    rows = Obligation.objects.filter(signer=cast.paul)
    refused = client.post(address, by_paul(page, *rows))
    assert "used or replaced" in refused.content.decode()
    assert "used or replaced" in client.get(cast.url("sign/home/")).content.decode()
    assert not Signature.objects.exists()


def test_a_sitting_by_link_ends_after_an_hour(cast, link, time_machine):
    """Then the link has to be opened and its question answered again."""
    client = came_by(cast, link)
    time_machine.move_to(NOW + timedelta(minutes=61))
    page = client.get(cast.url("sign/home/"))
    assert "Open the link in your e-mail again." in page.content.decode()


def test_a_link_opens_no_page_but_those_of_signing(cast, link, other):
    """Its holder is nobody's account, and nobody at another school."""
    client = came_by(cast, link)
    for path in ("", "my/", "signing/", "consents/", "incidents/"):
        assert "/accounts/login/" in client.get(cast.url(path)).headers["Location"]
    assert client.get(other.url("sign/home/")).status_code == 404


def test_a_page_of_another_site_cannot_sign(cast, link):
    """Without the form's own token nothing is taken."""
    client = came_by(cast, link)
    address, page = page_of(cast, client)
    client.handler.enforce_csrf_checks = True
    sent = client.post(address, by_paul(page, *Obligation.objects.filter(signer=cast.paul)))
    assert (sent.status_code, Signature.objects.count()) == (403, 0)


def test_nobody_signs_for_someone_elses_child(cast, link):
    """A number of another family, put among one's own, signs for nobody."""
    group = cast.pia.enrolments.get().school_class
    rob = make_pupil(cast.school, "Rob", "Reed", group)
    rita = make_person(cast.school, "Rita", "Reed", "carer", "parent")
    CarerLink.objects.create(
        school=cast.school, pupil=rob, carer=rita, relation="Mother", start_date=START
    )
    issue_obligations(school=cast.school, by="tests", at=NOW)
    theirs = obligation_of(rita, "parent", rob)
    client = came_by(cast, link)
    address, page = page_of(cast, client)
    own = obligation_of(cast.paul, "parent", cast.pia)
    sent = client.post(address, by_paul(page, own, theirs))
    assert "What waits for you has changed." in sent.content.decode()
    assert "Rob" not in sent.content.decode()
    assert client.get(cast.url(f"sign/agreements/{theirs.pk}/")).status_code == 404
    assert client.get(cast.url(f"sign/consents/{rob.pk}/")).status_code == 404
    assert not Signature.objects.exists()


def test_who_may_sign_no_more_cannot_with_a_page_that_is_open(cast, link):
    """A court order in between counts (R-DP-4)."""
    client = came_by(cast, link)
    address, page = page_of(cast, client)
    CarerLink.objects.filter(carer=cast.paul, pupil=cast.quin).update(may_sign=False)
    rows = Obligation.objects.filter(signer=cast.paul)
    sent = client.post(address, by_paul(page, *rows))
    assert "You cannot sign for this child." in sent.content.decode()
    assert not Signature.objects.exists()  # in one sitting all or nothing


def test_the_ticket_of_another_person_signs_nothing(cast):
    """What a page showed to one person vouches for nobody else."""
    asked(cast, "staff", at=NOW)
    toms, tesss = (obligation_of(one, "staff") for one in (cast.tom, cast.tess))
    stolen = cast.client("tom").get(cast.url(f"my/agreements/{toms.pk}/"))
    client = cast.client("tess")
    address = cast.url(f"my/agreements/{tesss.pk}/")
    for ticket in (ticket_on(stolen), ticket_on(stolen)[:-2], "x"):
        sent = client.post(address, {**answer(stolen, typed_name="Tess Thorn"), "ticket": ticket})
        assert sent.status_code == 200
    assert not Signature.objects.exists()


def test_a_version_that_ran_out_is_not_signed(cast):
    """Neither from a page that was open, nor before everybody is asked again."""
    (version,) = asked(cast, "staff", at=NOW)
    client, row = cast.client("tom"), obligation_of(cast.tom, "staff")
    address = cast.url(f"my/agreements/{row.pk}/")
    page = client.get(address)
    revised(version)
    sent = client.post(address, answer(page, typed_name="Tom Teale"))
    assert "There is a newer version of this text." in sent.content.decode()
    again = client.post(address, answer(sent, typed_name="Tom Teale"))
    assert (again.status_code, Signature.objects.count()) == (200, 0)
    issue_obligations(school=cast.school, by="tests", at=NOW)
    done = client.post(address, answer(client.get(address), typed_name="Tom Teale"))
    assert done.status_code == 302
    assert Signature.objects.get().version.number == version.number + 1


def test_two_tabs_and_a_double_click_sign_each_child_once(cast, link):
    """What the first tab has done, the second is told, and does not repeat."""
    client = came_by(cast, link)
    address, first = page_of(cast, client)
    second_address, second = page_of(cast, client, "quin")
    pia, quin = (obligation_of(cast.paul, "parent", one) for one in (cast.pia, cast.quin))
    assert client.post(address, by_paul(first, pia)).status_code == 302
    late = client.post(second_address, by_paul(second, pia, quin))
    assert "What waits for you has changed." in late.content.decode()
    for _ in range(2):
        assert client.post(second_address, by_paul(late, quin)).status_code == 302
    assert sorted(one.about.given_name for one in Signature.objects.all()) == ["Pia", "Quin"]


def test_the_token_of_a_link_is_written_down_nowhere(cast, link, log):
    """Not in the database, the session, a cookie, a page, a redirect or the log."""
    token = token_of(link)
    opened = (client := anybody()).get(cast.url(f"sign/open/{token}/"))
    assert opened.headers["Location"] == cast.url("sign/")
    assert opened.headers["Referrer-Policy"] == "no-referrer"
    client.post(cast.url("sign/"), WRONG)
    client.post(cast.url("sign/"), RIGHT)
    address, page = page_of(cast, client)
    client.post(address, by_paul(page, *Obligation.objects.filter(signer=cast.paul)))
    pages = [client.get(cast.url(path)) for path in ("sign/", "sign/home/")]
    used = client.get(cast.url(f"sign/open/{token}/"))
    assert (used.status_code, used.headers["Referrer-Policy"]) == (404, "no-referrer")
    for one in (opened, page, *pages, used):
        assert token not in one.content.decode() + str(one.headers)
    assert token not in json.dumps(dict(client.session)) + str(client.cookies)
    assert stored_in(token) == []
    assert "sign/open/[left out]/" in log.getvalue()
    assert token not in log.getvalue()


def test_a_fault_does_not_put_the_token_into_the_log(cast, link, log, monkeypatch):
    """Neither the line of the fault nor its traceback holds it; the page does not either."""

    def breaks(_token, *, at):
        raise RuntimeError(f"broken at {at}")

    monkeypatch.setattr(links, "link_of", breaks)
    client = anybody()
    client.raise_request_exception = False
    page = client.get(cast.url(f"sign/open/{token_of(link)}/"))
    assert (page.status_code, token_of(link) in page.content.decode()) == (500, False)
    assert "RuntimeError" in log.getvalue()
    assert token_of(link) not in log.getvalue()


def test_the_token_in_a_reminder_is_in_the_mail_alone(cast, link, log):
    """A mail has to hold the link; what is kept of the mail does not."""
    cast.paul.user = None
    cast.paul.save()
    sweep_school(school=cast.school, at=NOW)
    for digest in apps.get_model("reminders", "Digest").objects.filter(person=cast.paul):
        send_digest(digest_id=digest.pk, school_id=cast.school.pk)
    (letter,) = [one for one in mail.outbox if one.to == [cast.paul.email]]
    assert token_of(link) in letter.body
    assert token_of(link) not in letter.subject + str(letter.extra_headers)
    assert stored_in(token_of(link)) == []
    assert token_of(link) not in log.getvalue()


def stored_in(words: str) -> list[str]:
    """Return the tables of the school's database in which words stand somewhere."""
    return [
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.managed and any(words in str(row) for row in model.objects.values())
    ]
