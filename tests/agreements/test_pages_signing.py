"""The pages of people who sign: signed in, by link, and the page that verifies."""

import re
from datetime import date, timedelta
from ipaddress import IPv6Address
from secrets import randbits

import pytest
from django.test import Client

from agreements.actions.links import make_link
from agreements.certificates import make_certificate_file
from agreements.models import Obligation, Signature, SigningLink
from agreements.queries.links import token_of
from tests.agreements.walk import asked, obligation_of, signed
from tests.cast import NOW

PASSWORD = "correct horse"


def anybody():
    """Return a client at an address of its own, since tries are counted by address."""
    return Client(REMOTE_ADDR=str(IPv6Address(randbits(128))))


@pytest.fixture(autouse=True)
def now(time_machine):
    """Stand at the cast's moment."""
    time_machine.move_to(NOW)


def ticket_on(page):
    return re.search(r'name="ticket" value="([^"]+)"', page.content.decode())[1]


def answer(page, **more):
    return {"ticket": ticket_on(page), "agreed": "on", "password": PASSWORD, **more}


def test_a_member_of_staff_reads_and_signs(cast):
    """AGR-12, AGR-16: read, tick, type the name and the password."""
    asked(cast, "staff", at=NOW)
    client, row = cast.client("tom"), obligation_of(cast.tom, "staff")
    home = client.get(cast.url("my/")).content.decode()
    assert f"/oak-hill/my/agreements/{row.pk}/" in home
    address = cast.url(f"my/agreements/{row.pk}/")
    page = client.get(address)
    refused = client.post(address, answer(page, typed_name="Tom Teale", password="wrong"))
    assert "That is not your password" in refused.content.decode()
    assert 'value="Tom Teale"' in refused.content.decode()
    done = client.post(address, answer(page, typed_name="Tom Teale"))
    assert done.headers["Location"] == cast.url("my/")
    signature = Signature.objects.get()
    assert (signature.method, signature.assurance, signature.signer) == (
        "account",
        "password entered when signing",
        cast.tom,
    )
    again = client.post(address, answer(page, typed_name="Tom Teale"), follow=True)
    assert "nothing left to sign" in again.content.decode()
    assert Signature.objects.count() == 1


def test_nothing_is_signed_without_the_tick_or_under_another_name(cast):
    """The form comes back filled in."""
    asked(cast, "staff", at=NOW)
    client, row = cast.client("tom"), obligation_of(cast.tom, "staff")
    address = cast.url(f"my/agreements/{row.pk}/")
    page = client.get(address)
    without = client.post(address, answer(page, typed_name="Tom Teale", agreed=""))
    assert "Tick the box" in without.content.decode()
    other = client.post(address, answer(page, typed_name="Hana Headley"))
    assert "as the school knows it: Tom Teale" in other.content.decode()
    assert not Signature.objects.exists()


def test_a_page_in_a_second_tab_with_an_older_text_is_refused(cast):
    """Two tabs: the text moved on in between, so it has to be read again."""
    (version,) = asked(cast, "staff", at=NOW)
    client, row = cast.client("tom"), obligation_of(cast.tom, "staff")
    address = cast.url(f"my/agreements/{row.pk}/")
    page = client.get(address)
    type(version.agreement).objects.filter(pk=version.agreement_id).update(title="Another title")
    refused = client.post(address, answer(page, typed_name="Tom Teale"))
    assert "changed since you opened it" in refused.content.decode()
    done = client.post(address, answer(refused, typed_name="Tom Teale"))
    assert done.status_code == 302


def test_nobody_opens_what_is_for_somebody_else(cast, other):
    """A colleague's obligation and another school's are not there."""
    asked(cast, "staff", at=NOW)
    row = obligation_of(cast.tom, "staff")
    for path in (
        f"my/agreements/{row.pk}/",
        f"my/agreements/{row.pk}/decline/",
        f"my/agreements/{row.pk}/ask/",
    ):
        assert cast.client("tess").get(cast.url(path)).status_code == 404
    assert other.client("oscar").get(cast.url("my/")).status_code == 404


def test_a_parent_signs_for_two_children_by_link(cast):
    """The link leaves the address at once, asks for a date of birth, and is used up after."""
    cast.pia.birth_date = date(2016, 3, 31)
    cast.pia.save()
    asked(cast, "parent", at=NOW)
    link = make_link(signer=cast.paul, by=cast.hana, at=NOW).link
    client = anybody()
    opened = client.get(cast.url(f"sign/open/{token_of(link)}/"))
    assert opened.headers["Location"] == cast.url("sign/")
    assert opened.headers["Referrer-Policy"] == "no-referrer"
    assert client.get(cast.url("sign/home/")).status_code == 404
    wrong = client.post(
        cast.url("sign/"), {"answer_day": "1", "answer_month": "1", "answer_year": "2016"}
    )
    assert "not what the school has" in wrong.content.decode()
    right = client.post(
        cast.url("sign/"), {"answer_day": "31", "answer_month": "3", "answer_year": "2016"}
    )
    assert right.headers["Location"] == cast.url("sign/home/")
    rows = list(Obligation.objects.filter(signer=cast.paul))
    address = cast.url(f"sign/agreements/{rows[0].pk}/")
    page = client.get(address)
    assert token_of(link) not in page.content.decode()
    done = client.post(
        address,
        {
            "ticket": ticket_on(page),
            "agreed": "on",
            "typed_name": "Paul Pease",
            "children": [str(row.pk) for row in rows],
        },
    )
    assert done.headers["Location"] == cast.url("sign/home/")
    assert {one.about for one in Signature.objects.all()} == {cast.pia, cast.quin}
    assert {one.assurance for one in Signature.objects.all()} == {"personal link and date of birth"}
    assert SigningLink.objects.get().ended_at is not None
    assert client.get(cast.url("sign/home/")).status_code == 200  # the copy can still be fetched
    again = anybody().get(cast.url(f"sign/open/{token_of(link)}/"))
    assert (again.status_code, "has been used" in again.content.decode()) == (404, True)


def test_a_link_of_another_school_does_not_open_here(cast, other):
    """A token is good at its own school alone."""
    asked(cast, "staff", at=NOW)
    link = make_link(signer=cast.tom, by=cast.hana, at=NOW).link
    assert anybody().get(other.url(f"sign/open/{token_of(link)}/")).status_code == 404


def test_forged_links_are_counted(cast, settings):
    """Guessing is slowed down."""
    client = anybody()
    answers = [client.get(cast.url(f"sign/open/forged{n}/")) for n in range(61)]
    assert {one.status_code for one in answers} == {404}
    assert "too many tries" in answers[-1].content.decode()
    assert "not a whole link" in answers[0].content.decode()


def test_the_signer_fetches_their_own_copy_and_nobody_else(cast):
    """AGR-12: for ever."""
    asked(cast, "staff", at=NOW)
    signature = signed(obligation_of(cast.tom, "staff"), at=NOW)
    path = cast.url(f"my/signatures/{signature.reference}/")
    waiting = cast.client("tom").get(path, follow=True)
    assert "being made" in waiting.content.decode()
    make_certificate_file(signature_id=signature.pk, at=NOW)
    response = cast.client("tom").get(path)
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert cast.client("tess").get(path).status_code == 404


def test_the_verify_page_confirms_or_denies_and_names_nobody(cast, other):
    """A true seal, a random one, another school's."""
    asked(cast, "staff", at=NOW)
    signature = signed(obligation_of(cast.tom, "staff"), at=NOW)
    client = anybody()
    true = client.get(cast.url(f"verify/{signature.seal}/")).content.decode()
    assert "This is a true signature" in true
    for word in ("Teale", "Tom", signature.reference):
        assert word not in true
    false = client.get(cast.url(f"verify/{'0' * 64}/")).content.decode()
    assert "No signature of this school has this seal" in false
    there = client.get(other.url(f"verify/{signature.seal}/")).content.decode()
    assert "No signature of this school has this seal" in there


def test_the_verify_page_slows_down_who_guesses(cast):
    """Thirty tries a minute."""
    client = anybody()
    codes = [client.get(cast.url(f"verify/{n:064x}/")).status_code for n in range(32)]
    assert codes == [404] * 30 + [429] * 2


def test_a_withdrawn_signature_is_said_to_be_withdrawn(cast):
    """AGR-12."""
    asked(cast, "staff", at=NOW)
    signature = signed(obligation_of(cast.tom, "staff"), at=NOW)
    done = cast.client("tom").post(
        cast.url(f"my/signatures/{signature.reference}/withdraw/"), {"reason": "I moved on."}
    )
    assert done.headers["Location"] == cast.url("my/")
    page = anybody().get(cast.url(f"verify/{signature.seal}/")).content.decode()
    assert "was withdrawn later" in page


def test_declining_and_asking(cast):
    """AGR-29."""
    asked(cast, "staff", at=NOW)
    row = obligation_of(cast.tom, "staff")
    client = cast.client("tom")
    client.post(cast.url(f"my/agreements/{row.pk}/ask/"), {"text": "And my phone?"})
    assert "And my phone?" in client.get(cast.url("my/")).content.decode()
    client.post(cast.url(f"my/agreements/{row.pk}/decline/"), {"reason": "Not yet."})
    assert "What you did not sign" in client.get(cast.url("my/")).content.decode()


@pytest.mark.parametrize("audience", ["staff", "parent", "pupil_ks1"])
def test_a_certificate_holds_text_seal_and_code(cast, audience):
    """AGR-09: the text to the letter, the seal, the address."""
    import io

    from pypdf import PdfReader

    from agreements.certificates import certificate_pdf

    if audience == "pupil_ks1":
        from people.models import PupilEnrolment

        PupilEnrolment.objects.filter(pupil=cast.pia).update(key_stage="KS1")
    asked(cast, audience, at=NOW)
    row = Obligation.objects.filter(signer=cast.tom if audience == "staff" else cast.paul).earliest(
        "pk"
    )
    signature = signed(row, at=NOW + timedelta(minutes=5))
    pdf = certificate_pdf(signature, at=NOW)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    compact = "".join(text.split())
    assert signature.seal in compact
    assert "".join(signature.shown.text.split("\n")[7].split()) in compact
    assert f"verify/{signature.seal}" in compact
