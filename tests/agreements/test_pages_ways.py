"""Class mode, reception and paper, as people meet them on pages."""

import re
from html import unescape

import pytest
import time_machine
from django.test import Client

from agreements.actions.kiosks import close_kiosk, open_kiosk
from agreements.actions.papers import take_paper
from agreements.actions.sittings import open_sitting
from agreements.marks import MARKS
from agreements.models import Attendance, ClassSitting, Kiosk, PaperReturn, Signature
from agreements.sheets import sheet_code
from audit.models import Entry
from people.models import Job, SchoolClass
from tests.agreements.test_issuing import setting
from tests.agreements.test_papers import PDF, scan
from tests.agreements.walk import asked, obligation_of, published, signed
from tests.cast import NOW, make_pupil


@pytest.fixture(autouse=True)
def around(settings, tmp_path, today, django_cache_cleared):
    """Keep files apart, and let the clock stand at the cast's day."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def django_cache_cleared():
    """Forget how often something was tried before."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def sitting(cast):
    """Give 5T with Pia and Ravi, reading what pupils in Years 3 to 6 sign."""
    five = SchoolClass.objects.get(school=cast.school, name="5T")
    cast.people.ravi = make_pupil(cast.school, "Ravi", "Rao", five)
    (version,) = asked(cast, "pupil_ks2", at=NOW)
    return open_sitting(school_class=five, version=version, language="en", by=cast.tom, at=NOW)


@pytest.fixture
def kiosk(cast):
    """Give an open place and the visitors' agreement."""
    published(cast, "visitor", at=NOW)
    return open_kiosk(school=cast.school, label="Reception", by=cast.hana, at=NOW)


@pytest.fixture
def paper(cast):
    """Give Paul's sheet about Pia, taken in by Dora."""
    asked(cast, "parent", at=NOW)
    return take_paper(
        obligation=obligation_of(cast.paul, "parent", cast.pia),
        upload=scan(),
        typed_name="Paul Pease",
        signed_date=NOW.date(),
        by=cast.dora,
        at=NOW,
    )


def words(response):
    return unescape(re.sub(r"<[^>]+>|\s+", " ", response.content.decode()))


def names_on(response):
    """Return who can be tapped, by name, with the address."""
    text = response.content.decode()
    found = re.findall(r'class="name-card"\s+href="([^"]+)">([^<]+)<', text)
    return {name.strip(): unescape(url) for url, name in found}


def hidden(response, name):
    return unescape(
        re.search(rf'name="{name}" value="([^"]*)"', response.content.decode()).group(1)
    )


# In class -----------------------------------------------------------------------------------------


def test_from_the_list_to_signatures_and_back(cast, sitting):
    client = cast.client("tom")
    listed = words(client.get(cast.url("class-agreements/")))
    assert "5T" in listed
    assert "3S" not in listed
    page = client.get(cast.url(f"class-agreements/{sitting.pk}/"))
    assert list(names_on(page)) == ["Pia Pease", "Ravi Rao"]

    mark = client.get(names_on(page)["Pia Pease"])
    assert [word for word in MARKS.values() if word not in words(mark)] == []
    assert "Ravi" not in words(mark)
    ticket = hidden(mark, "ticket")
    where = cast.url(f"class-agreements/{sitting.pk}/sign/{cast.pia.pk}/")
    done = client.post(where, {"ticket": ticket, "mark": "sun"}, follow=True)
    assert "Thank you, Pia. You have signed." in words(done)
    assert list(names_on(done)) == ["Ravi Rao"]
    assert re.search(r"Pia Pease\s+signed", words(done))
    assert Signature.objects.get().mark == "sun"

    twice = client.post(where, {"ticket": ticket, "mark": "sun"}, follow=True)
    assert "Pia has signed already." in words(twice)
    assert Signature.objects.count() == 1
    assert client.get(where, {"ticket": ticket}).status_code == 302

    closing = client.get(cast.url(f"class-agreements/{sitting.pk}/close/"))
    assert "Ravi Rao" in words(closing)
    assert "Pia" not in words(closing)
    closed = client.post(cast.url(f"class-agreements/{sitting.pk}/close/"), {}, follow=True)
    assert "closed for 5T" in words(closed)
    assert "1 of 2" in words(closed)
    later = words(client.get(cast.url(f"class-agreements/{sitting.pk}/")))
    assert "Was here" in later
    assert "Was not" in later


def test_the_class_opens_by_choosing_a_text(cast, sitting):
    three = SchoolClass.objects.get(name="3S")
    client = cast.client("tess")
    url = cast.url(f"class-agreements/open/{three.pk}/")
    choice = re.search(r'value="(\d+-en)"', client.get(url).content.decode()).group(1)

    first = client.post(url, {"text": choice})
    assert first.url == client.post(url, {"text": choice}).url
    assert ClassSitting.objects.filter(school_class=three).count() == 1
    assert client.post(url, {"text": "1-xx"}).status_code == 200


def test_the_class_page_shows_nothing_but_names_and_signed(cast, sitting):
    """No menu, no search, nobody's record a tap away."""
    text = cast.client("tom").get(cast.url(f"class-agreements/{sitting.pk}/")).content.decode()

    assert "side-navigation" not in text
    assert "person_menu" not in text
    addresses = set(re.findall(r'href="(/oak-hill/[^"?]*)', text))
    assert addresses == {
        *(f"/oak-hill/class-agreements/{sitting.pk}/{end}" for end in ("close/",)),
        *(
            f"/oak-hill/class-agreements/{sitting.pk}/sign/{pupil.pk}/"
            for pupil in (cast.pia, cast.ravi)
        ),
    }


def test_a_class_one_does_not_lead_is_not_there(cast, other, sitting):
    three = SchoolClass.objects.get(name="3S")
    ends = ("", "close/", f"sign/{cast.pia.pk}/")
    pages = [cast.url(f"class-agreements/{sitting.pk}/{end}") for end in ends]
    for page in pages:
        assert cast.client("tess").get(page).status_code == 404
        assert cast.client("tess").post(page, {"mark": "cat"}).status_code == 404
        assert cast.client("paul").get(page).status_code == 403
        assert other.client("oscar").get(page).status_code == 404
        assert other.client("oscar").get(page.replace("oak-hill", "far-away")).status_code == 404
    page = cast.url(f"class-agreements/open/{three.pk}/")
    assert cast.client("tom").get(page).status_code == 404
    assert cast.client("hana").get(page).status_code == 200


def test_a_pupil_of_another_class_has_no_page_here(cast, sitting):
    page = cast.url(f"class-agreements/{sitting.pk}/sign/{cast.quin.pk}/")

    assert cast.client("tom").get(page).status_code == 404


def test_without_the_text_read_there_is_nothing_to_tap(cast, sitting):
    page = cast.url(f"class-agreements/{sitting.pk}/sign/{cast.pia.pk}/")
    for ticket in ("", "forged:ticket:abc"):
        back = cast.client("tom").get(page, {"ticket": ticket}, follow=True)
        assert "Read the text again" in words(back)
        back = cast.client("tom").post(page, {"ticket": ticket, "mark": "cat"}, follow=True)
        assert "Read the text again" in words(back)
    assert not Signature.objects.exists()


def test_a_class_is_made_familiar_on_pages(cast):
    setting(cast, "pupil_asked", "familiarise")
    (version,) = asked(cast, "pupil_ks2", at=NOW)
    five = SchoolClass.objects.get(school=cast.school, name="5T")
    sitting = open_sitting(school_class=five, version=version, language="en", by=cast.tom, at=NOW)
    client = cast.client("tom")
    page = client.get(cast.url(f"class-agreements/{sitting.pk}/"))
    assert names_on(page) == {}
    assert "Nobody has to sign" in words(page)
    url = cast.url(f"class-agreements/{sitting.pk}/close/")
    assert "checked" in client.get(url).content.decode()
    client.post(url, {"present": [str(cast.pia.pk)]})

    assert obligation_of(cast.pia, "pupil-ks2").state == "familiarised"
    assert Attendance.objects.get().pupil == cast.pia


def test_the_lead_sees_which_classes_have_not_read(cast, sitting):
    page = cast.url("class-agreements/?read=no")

    assert "3S" in words(cast.client("dora").get(page))
    cast.client("tom").post(
        cast.url(f"class-agreements/{sitting.pk}/close/"), {"present": [str(cast.pia.pk)]}
    )
    table = cast.client("dora").get(page).content.decode().split("Read so far")[0]
    assert "<strong>3S</strong>" in table
    assert "<strong>5T</strong>" not in table


# At reception -------------------------------------------------------------------------------------


def fill(client, url, **more):
    page = client.get(url)
    given = {
        "ticket": hidden(page, "ticket"),
        "typed_name": "Vera Visitor",
        "organisation": "Fire safety Ltd",
        "visiting": "Hana Headley",
        "agreed": "on",
    }
    return client.post(url, given | more)


def test_a_visitor_signs_without_an_account(cast, kiosk):
    client, url = Client(), cast.url(f"visit/{kiosk.code}/")
    page = client.get(url)
    assert "Guest Wi-Fi and visitors" in words(page)
    assert "safeguard_session" not in page.cookies
    done = fill(client, url)
    assert done.status_code == 302
    thanks = client.get(done.url)

    signature = Signature.objects.get()
    assert signature.reference in words(thanks)
    assert "Good until the end of Tue 15 Sep 2026" in words(thanks)
    assert thanks.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert "Vera Visitor" in words(cast.client("hana").get(cast.url("reception/")))


def test_the_page_of_one_visitor_does_not_stay_for_the_next(cast, kiosk):
    client, url = Client(), cast.url(f"visit/{kiosk.code}/")
    with time_machine.travel(NOW, tick=False) as clock:
        done = fill(client, url).url
        assert client.get(done).status_code == 200
        clock.shift(301)
        assert client.get(done).url == url
    assert client.get(f"{url}signed/forged:token/").status_code == 404


def test_a_visit_needs_name_host_and_a_tick(cast, kiosk):
    response = fill(
        Client(), cast.url(f"visit/{kiosk.code}/"), typed_name="", visiting="", agreed=""
    )

    assert response.status_code == 200
    assert "Tick the box" in words(response)
    assert not Signature.objects.exists()


def test_a_longer_visit_where_the_school_allows_it(cast, kiosk):
    setting(cast, "visitor_days", 5)
    url = cast.url(f"visit/{kiosk.code}/")

    assert "from today to Sat 19 Sep 2026" in words(fill(Client(), url, valid_until="2026-09-20"))
    assert fill(Client(), url, valid_until="2026-09-18").status_code == 302
    assert Signature.objects.get().valid_until.day == 18


def test_a_volunteer_signs_the_other_text(cast, kiosk):
    published(cast, "volunteer", at=NOW)
    url = cast.url(f"visit/{kiosk.code}/?as=volunteer")
    assert "I am a visitor" in words(Client().get(url))

    assert fill(Client(), url).status_code == 302
    assert Signature.objects.get().version.agreement.audience == "volunteer"


def test_sending_a_visit_twice_makes_one_signature(cast, kiosk):
    client, url = Client(), cast.url(f"visit/{kiosk.code}/")
    ticket = hidden(client.get(url), "ticket")
    for _ in range(2):
        assert fill(client, url, ticket=ticket).status_code == 302
    assert Signature.objects.count() == 1


def test_a_text_that_changed_is_read_again(cast, kiosk):
    from agreements.actions.texts import (
        approve_agreement,
        publish_agreement,
        revise_agreement,
    )
    from agreements.queries.texts import hash_of, live_version

    client, url = Client(), cast.url(f"visit/{kiosk.code}/")
    ticket = hidden(client.get(url), "ticket")
    draft = revise_agreement(
        version=live_version(cast.school, "visitor"),
        change="minor",
        note="A word.",
        by=cast.dora,
        at=NOW,
    )
    approve_agreement(version=draft, seen=hash_of(draft), by=cast.hana, at=NOW)
    publish_agreement(version=draft, by=cast.hana, at=NOW)
    refused = fill(client, url, ticket=ticket)

    assert "The text has changed since you opened it" in words(refused)
    assert not Signature.objects.exists()
    assert fill(client, url, ticket=hidden(refused, "ticket")).status_code == 302


def test_a_forged_code_leads_nowhere_and_is_limited(cast, kiosk):
    client = Client()
    for _ in range(30):
        assert client.get(cast.url("visit/aaaaaaaaaaaa/")).status_code == 404
    limited = client.get(cast.url("visit/aaaaaaaaaaaa/"))

    assert limited.status_code == 429
    assert "There were too many tries from here. Wait 10 minutes" in words(limited)
    assert client.get(cast.url(f"visit/{kiosk.code}/")).status_code == 200


def test_signing_over_and_over_is_limited(cast, kiosk, monkeypatch):
    monkeypatch.setattr("agreements.views.visits.MOST_VISITS", 2)
    url = cast.url(f"visit/{kiosk.code}/")
    for number in range(2):
        assert fill(Client(), url, typed_name=f"Visitor {number}").status_code == 302

    assert fill(Client(), url, typed_name="Visitor 3").status_code == 429
    assert Signature.objects.count() == 2


def test_a_code_of_another_school_leads_nowhere(cast, other, kiosk):
    assert Client().get(f"/far-away/visit/{kiosk.code}/").status_code == 404


def test_a_closed_place_says_so(cast, kiosk):
    close_kiosk(kiosk=kiosk, by=cast.hana, at=NOW)
    response = Client().get(cast.url(f"visit/{kiosk.code}/"))

    assert response.status_code == 410
    assert "Nobody can sign here any more. Ask at reception." in words(response)


def test_a_place_without_a_text_says_so(cast):
    place = open_kiosk(school=cast.school, label="Hall", by=cast.hana, at=NOW)

    assert "nothing to sign here now" in words(Client().get(cast.url(f"visit/{place.code}/")))
    assert "nothing to sign at reception" in words(cast.client("hana").get(cast.url("reception/")))


def test_the_office_opens_prints_and_closes_a_place(cast):
    client = cast.client("hana")
    client.post(cast.url("reception/open/"), {"label": "Gate"})
    place = Kiosk.objects.get()
    poster = client.get(cast.url(f"reception/{place.pk}/poster/"))
    assert f"/oak-hill/visit/{place.code}/" in words(poster)
    assert "<svg" in poster.content.decode()
    again = client.post(cast.url("reception/open/"), {"label": "gate"})
    assert "open already" in words(again)
    assert "leads nowhere" in words(client.get(cast.url(f"reception/{place.pk}/close/")))
    client.post(cast.url(f"reception/{place.pk}/close/"))
    place.refresh_from_db()
    assert place.closed_by == cast.hana
    assert cast.client("tom").get(cast.url("reception/")).status_code == 403


@pytest.mark.parametrize(("when", "shown"), [("", True), ("today", True), ("ends", True)])
def test_who_is_here_and_whose_time_runs_out(cast, kiosk, when, shown):
    fill(Client(), cast.url(f"visit/{kiosk.code}/"))
    page = words(cast.client("hana").get(cast.url("reception/"), {"when": when}))

    assert ("Vera Visitor" in page) is shown
    assert "Ends today" in page
    with time_machine.travel(NOW.replace(day=16)):
        url = cast.url("reception/")
        assert "Vera Visitor" not in words(cast.client("hana").get(url, {"when": when}))
        gone = words(cast.client("hana").get(url, {"when": "all"}))
        assert "Run out" in gone


# On paper -----------------------------------------------------------------------------------------


def test_a_sheet_holds_the_text_and_leads_back(cast):
    asked(cast, "parent", at=NOW)
    row = obligation_of(cast.paul, "parent", cast.pia)
    page = cast.client("hana").get(cast.url(f"papers/sheets/{row.pk}/"))
    text = words(page)

    for part in (row.version.texts.get(language="en").statement, "Paul Pease", "Signature"):
        assert part in text
    assert sheet_code(row) in text
    assert f"/oak-hill/papers/take/{row.pk}/?sheet={sheet_code(row)}" in page.content.decode()
    assert Entry.objects.get(verb="print_sheets").facts == {"count": 1, "medium": "page"}


def test_paper_is_taken_in_and_compared_on_pages(cast):
    asked(cast, "parent", at=NOW)
    row = obligation_of(cast.paul, "parent", cast.pia)
    url = cast.url(f"papers/take/{row.pk}/")
    given = {"upload": scan(), "typed_name": "Paul Pease", "signed_date": "2026-09-15"}
    office = cast.client("dora")
    assert "Choose a file" in words(office.post(url, {"typed_name": ""}))
    assert office.post(url, given).status_code == 302
    paper = PaperReturn.objects.get()
    own = words(office.get(cast.url(f"papers/{paper.pk}/check/")))
    assert "somebody else has to compare it" in own
    assert "Waits to be compared" in words(office.get(cast.url("papers/sheets/")))

    check = cast.url(f"papers/{paper.pk}/check/")
    assert "took this paper in" in words(office.post(check, {"same": "yes"}))
    client = cast.client("hana")
    assert "what is wrong with the paper" in words(client.post(check, {"same": "no"}))
    assert "counts as signed" in words(client.post(check, {"same": "yes"}, follow=True))
    assert Signature.objects.get().witness == cast.hana
    assert client.get(check).status_code == 302
    assert client.get(url).status_code == 302


def test_a_sheet_with_an_older_text_is_not_taken_in(cast):
    asked(cast, "parent", at=NOW)
    row = obligation_of(cast.paul, "parent", cast.pia)
    url = cast.url(f"papers/take/{row.pk}/?sheet=0123456789ab")
    given = {"upload": scan(), "typed_name": "Paul Pease", "signed_date": "2026-09-15"}

    assert "holds an older text" in words(cast.client("hana").get(url))
    assert "holds an older text" in words(cast.client("hana").post(url, given))
    assert not PaperReturn.objects.exists()


def test_a_scan_leaves_only_as_a_download(cast, other, paper):
    url = cast.url(f"papers/{paper.pk}/download/")
    response = cast.client("hana").get(url)

    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Content-Disposition"] == 'attachment; filename="sheet.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert Entry.objects.get(verb="hand_on_paper").actor_id == cast.hana.pk
    assert cast.client("tom").get(url).status_code == 403
    assert other.client("oscar").get(url).status_code == 404
    assert other.client("oscar").get(url.replace("oak-hill", "far-away")).status_code == 404


def test_a_damaged_scan_is_not_handed_on(cast, paper):
    with paper.file.storage.open(paper.file.name, "wb") as stored:
        stored.write(b"something else")
    response = cast.client("hana").get(cast.url(f"papers/{paper.pk}/download/"), follow=True)

    assert "not in the store as it was taken in" in words(response)


def test_sheets_of_another_school_are_not_there(other, paper):
    client = other.client("oscar")
    for page in (
        f"papers/{paper.pk}/check/",
        f"papers/take/{paper.obligation_id}/",
        f"papers/sheets/{paper.obligation_id}/",
    ):
        assert client.get(other.url(page)).status_code == 404


def test_refused_paper_is_listed_with_its_reason(cast, paper):
    check = cast.url(f"papers/{paper.pk}/check/")
    cast.client("hana").post(check, {"same": "no", "reason": "It is not signed."})
    page = words(cast.client("dora").get(cast.url("papers/?state=refused")))

    assert "It is not signed. (Hana Headley)" in page
    assert "Take in another" in page
    assert "Nothing waits to be compared" in words(cast.client("dora").get(cast.url("papers/")))


def test_the_sheets_of_a_class_are_one_pdf(cast, django_capture_on_commit_callbacks):
    asked(cast, "parent", at=NOW)
    five = SchoolClass.objects.get(name="5T")
    with django_capture_on_commit_callbacks(execute=True):
        response = cast.client("hana").post(cast.url(f"papers/sheets/print/?group={five.pk}"))
    job = Job.objects.get()

    assert response.url == cast.url(f"jobs/{job.pk}/")
    assert job.message == "1 sheet is ready."
    assert job.result_file.read().startswith(b"%PDF-")
    assert Entry.objects.get(verb="print_sheets").facts == {"count": 1, "medium": "pdf"}


def test_too_many_sheets_or_none_are_not_begun(cast, monkeypatch):
    asked(cast, "parent", at=NOW)
    monkeypatch.setattr("agreements.views.papers.MOST_SHEETS", 1)
    client = cast.client("hana")

    many = client.post(cast.url("papers/sheets/print/"), follow=True)
    assert "At most 1 sheets are printed at once" in words(many)
    none = client.post(cast.url("papers/sheets/print/?q=Nobody"), follow=True)
    assert "There is nothing to print" in words(none)
    assert not Job.objects.exists()


def test_what_was_signed_is_not_printed(cast):
    asked(cast, "parent", at=NOW)
    row = obligation_of(cast.paul, "parent", cast.pia)
    signed(row, at=NOW)

    page = cast.client("hana").get(cast.url(f"papers/sheets/{row.pk}/"), follow=True)
    assert "answered already" in words(page)
