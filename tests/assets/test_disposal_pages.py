"""Pages of disposals: the way through them, what is missing, proof, reminders and figures."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from assets.disposal_certificate import certificate_of
from assets.duties import disposal as duties
from assets.models import DisposalBatch
from assets.sections import disposal as sections
from audit.models import Entry
from common.sections import Period
from people.models import Job
from tests.assets import things
from tests.assets import walk_disposal as walk
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("company", "today")
PAGE = "equipment/disposals/"


def get(cast, who, path=""):
    return cast.client(who).get(cast.url(f"{PAGE}{path}"))


def post(cast, who, path, **data):
    return cast.client(who).post(cast.url(f"{PAGE}{path}"), data)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def urls(context) -> list[str]:
    found = [context["next"]["deed"], *context["next"]["deeds"]]
    return [one["url"].rsplit("/", 2)[-2] for one in found if one]


# The way ------------------------------------------------------------------------------------------


def test_disposal_goes_by_its_pages_to_the_certificate(cast, time_machine):
    company = walk.in_register(cast)
    asset = walk.device(cast, "LAP-1", "ssd S1")
    form = {"submission": uuid4(), "route": "recycle", "company": company.pk, "reason": "Old."}
    post(cast, "tina", "new/", **form)
    batch = DisposalBatch.objects.get()
    one = f"{batch}/"

    def send(who, path, **data):
        page = get(cast, who, f"{one}{path}").context["form"]
        names = [name for name in ("version", "submission") if name in page.fields]
        hidden = {name: page[name].value() for name in names}
        answer = post(cast, who, f"{one}{path}", **hidden | data)
        assert answer.status_code == 302, (path, answer.context["form"].errors)

    assert get(cast, "tina", one).context["next"]["deed"]["url"].endswith("/devices/")
    send("tina", "devices/", chosen=["LAP-1"], condition="broken")
    send("tina", "ask/")
    assert urls(get(cast, "hana", one).context) == ["decide"]
    send("hana", "decide/", decision="approve_disposal")
    time_machine.move_to(walk.LATER)
    send(
        "tina",
        f"media/{asset.media.get().pk}/",
        method="purge",
        technique="Secure erase",
        tool="nwipe",
        tool_version="0.36",
        result="done",
        done_by=cast.tina.pk,
        done_by_text=str(cast.tina),
        done_at="2026-09-15",
        done_at_time="10:35",
        verified_by=cast.dora.pk,
        verified_by_text=str(cast.dora),
        verification="Read ten places",
    )
    assert urls(get(cast, "tina", one).context)[0] == "hand-over"
    send(
        "tina",
        "hand-over/",
        count=1,
        collected_at="2026-09-15",
        collected_at_time="10:40",
        collected_by="A driver",
        witness=cast.tom.pk,
        witness_text=str(cast.tom),
    )
    for kind in ("transfer", "weee", "receipt"):
        send(
            "tina",
            "paper/",
            kind=kind,
            upload=walk.letter(kind),
            dated="2026-09-15",
            devices=1,
            accepts_duty="on",
        )
    ready = get(cast, "tina", one)
    assert ready.context["next"]["lead"] == "Everything is here. It can be closed."
    send("tina", "close/")
    done = get(cast, "hana", one)
    assert "Make the certificate (PDF)" in text(done)
    answer = post(cast, "hana", f"{one}certificate/")
    job = Job.objects.get()
    assert answer.headers["Location"] == cast.url(f"jobs/{job.pk}/")
    assert (job.kind, job.power) == ("disposal_certificate", "view_disposals")


def test_page_shows_each_missing_thing_with_what_deals_with_it(cast):
    asset = things.server(cast, "SRV-1", "D1", "D2")
    things.redundant(cast, asset)
    batch = walk.approve(cast, walk.propose(cast, "SRV-1"))
    first, second = asset.media.order_by("pk")
    walk.wipe(cast, batch, first)

    def needs(who):
        (row,) = get(cast, who, f"{batch}/").context["devices"]
        return [
            (one["label"], one["done"], one["url"].partition(f"{batch}/")[2])
            for one in row["needs"]
        ]

    assert needs("tina") == [
        ("Its storage media are listed", True, ""),
        ("Hard disk D1: purge", True, ""),
        ("Hard disk D2: wiped or destroyed", False, f"media/{second.pk}/"),
        ("Secure deletion certificate", False, "paper/?kind=server"),
    ]
    assert {url for _label, _done, url in needs("hana")} == {""}


def test_refusal_keeps_what_was_typed_and_a_stale_page_can_be_sent_again(cast):
    batch = walk.make(cast, "approved")
    data = {
        "version": batch.version,
        "count": 5,
        "collected_at": "2026-09-15",
        "collected_at_time": "10:30",
        "collected_by": "The driver of the van",
        "witness": cast.tom.pk,
        "witness_text": str(cast.tom),
    }
    walk.wipe(cast, batch, batch.items.get().asset.media.get())
    stale = post(cast, "tina", f"{batch}/hand-over/", **data)
    assert "after you opened the page" in text(stale)
    data["version"] = stale.context["form"]["version"].value()
    refused = text(post(cast, "tina", f"{batch}/hand-over/", **data))

    assert "You counted 5 and the disposal holds 1." in refused
    assert "The driver of the van" in refused


def test_list_is_searched_filtered_and_taken_out(cast):
    closed = walk.make(cast, "disposed", "LAP-1")
    open_one = walk.make(cast, "submitted", "LAP-2")

    def found(query):
        return [one.reference for one in get(cast, "hana", f"?{query}").context["page"]]

    assert found("") == [open_one.reference, closed.reference]
    assert found("q=lap-1") == [closed.reference]
    assert found("q=s-lap-2") == [open_one.reference]
    assert found("open=open") == [open_one.reference]
    assert found("open=late") == []
    assert found("closed_since=2026-09-17") == [closed.reference]
    lines = b"".join(get(cast, "hana", "export/?open=ended").streaming_content).splitlines()
    assert len(lines) == 2
    assert Entry.objects.get(verb="export_disposals").facts == {
        "count": 1,
        "filters": {"open": "ended", "sort": "-prepared_at"},
    }
    assert get(cast, "tina", "export/").status_code == 403


def test_page_of_a_disposal_costs_the_same_for_many_devices(cast, django_assert_max_num_queries):
    tags = [f"LAP-{number}" for number in range(8)]
    for tag in tags:
        walk.device(cast, tag, f"ssd {tag}-A", f"hdd {tag}-B")
    batch = walk.approve(cast, walk.propose(cast, *tags))
    client = cast.client("tina")
    client.get(cast.url(f"{PAGE}{batch}/"))

    with django_assert_max_num_queries(20):
        client.get(cast.url(f"{PAGE}{batch}/"))


# Proof --------------------------------------------------------------------------------------------


def test_certificate_is_drawn_from_what_was_sealed_and_the_public_page_names_nobody(cast, client):
    batch = walk.make(cast, "disposed")
    drawn = render_to_string("documents/disposal_certificate.html", certificate_of(batch))
    words = " ".join(drawn.split())

    assert "disposed of 1 device with 1 storage medium, in line with the Waste" in words
    for told in ("WALK-1", "S-WALK-1", "nwipe 0.36", "Dora Dale: Read ten places", batch.seal):
        assert told in words
    assert "Tue 15 Sep 2026 at 10:50" in words
    paper = batch.papers.first()
    assert paper.sha256 in words

    page = cast.url(f"{PAGE}verify/")
    true = client.get(f"{page}{batch.seal}/")
    words = text(true)

    assert "made a certificate with this seal on Thu 17 Sep 2026" in words
    assert "1 device and 1 storage medium" in words
    assert [name for name in ("Techworth", "Headley", "WALK-1", "Green") if name in words] == []
    false = client.get(f"{page}{'0' * 64}/")
    assert (false.status_code, "do not rely on" in text(false)) == (404, True)
    for _ in range(30):
        last = client.get(f"{page}{batch.seal}/")
    assert last.status_code == 429


# What waits ---------------------------------------------------------------------------------------


def waiting(cast, who, at=NOW) -> list[tuple[str, bool]]:
    request = cast.client(who).get(cast.url("")).wsgi_request
    return [(one.label, one.late) for one in duties.needs(request, at=at)]


def due(cast, on) -> list[tuple[str, int]]:
    found = duties.reminders_due(cast.school, on=on)
    return [(one.duty, one.person_id) for one in found if one.duty != "disposal_company"]


def test_missing_papers_are_a_duty_and_then_a_possible_breach(cast, time_machine):
    batch = walk.make(cast, "collected")
    day = walk.FETCHED.date()
    early = post(cast, "hana", f"{batch}/late-papers/", note="Too early.")
    assert "not that late yet" in text(early)
    assert due(cast, day + timedelta(days=9)) == []
    assert due(cast, day + timedelta(days=10)) == [("disposal_papers", cast.tina.pk)]
    late = day + timedelta(days=30)
    assert due(cast, late) == [
        ("disposal_papers", cast.tina.pk),
        ("disposal_breach", cast.hana.pk),
    ]
    time_machine.move_to(walk.FETCHED + timedelta(days=30))
    now = timezone.now()
    assert waiting(cast, "tina", now) == [("Continue", True)]
    assert waiting(cast, "hana", now) == [("Write what was done", True)]
    assert "This may be a data breach" in text(get(cast, "hana", f"{batch}/"))
    answer = post(cast, "hana", f"{batch}/late-papers/", note="The company was told to answer.")

    assert answer.status_code == 302
    assert due(cast, late) == [("disposal_papers", cast.tina.pk)]
    assert walk.now(batch).state == "collected"
    assert "The company was told to answer." in text(get(cast, "hana", f"{batch}/"))


def test_decision_waits_for_those_who_did_not_prepare_it(cast):
    walk.make(cast, "submitted")
    walk.company(cast, "New Ltd")

    assert waiting(cast, "hana") == [("Decide", False), ("Look at it", False)]
    assert waiting(cast, "tina") == []
    request = cast.client("hana").get(cast.url("")).wsgi_request
    (figure,) = duties.figures(request, at=NOW)
    assert (figure.number, figure.note) == (1, "")


def test_report_counts_what_was_closed_by_route_device_and_medium(
    cast, time_machine, django_assert_num_queries
):
    walk.make(cast, "disposed", "LAP-1")
    walk.make(cast, "collected", "LAP-2")
    time_machine.move_to(walk.FETCHED + timedelta(days=12))
    period = Period(NOW.date(), NOW.date() + timedelta(days=20), "September")
    with django_assert_num_queries(3):
        (section,) = sections.sections(cast.school, period)

    figures = {
        table.code: {row.key: row.value for row in table.rows if row.value}
        for table in section.tables
    }
    assert figures == {
        "disposals": {"recycle": 1, "total": 1},
        "devices": {"recycle": 1, "total": 1},
        "media": {"purge": 1, "total": 1},
        "papers": {"late": 1},
    }
    earlier = Period(NOW.date() - timedelta(days=9), NOW.date(), "Before")
    (before,) = sections.sections(cast.school, earlier)
    assert not any(row.value for table in before.tables for row in table.rows)
