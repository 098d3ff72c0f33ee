"""Witnesses who confirm what they saw, and a disposal and its incident that know each other."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from assets.actions import witnessing
from assets.duties import disposal as disposal_duties
from assets.duties import taken as taken_duties
from assets.models import DisposalBatch, SearchRecord
from audit.models import Entry
from common.errors import StepRefused
from incidents.models import Incident
from people.models import Notice
from tests.assets import walk_disposal as walk
from tests.assets import walk_taken
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("company", "today")


def text(response) -> str:
    return " ".join(response.content.decode().split())


def get(cast, who, path):
    return cast.client(who).get(cast.url(path))


def waits(cast, who, part) -> list[str]:
    request = cast.client(who).get(cast.url("")).wsgi_request
    return [one.url for one in part.needs(request, at=NOW) if one.label == "Confirm it"]


def test_witness_of_a_hand_over_says_so_themselves_also_once_it_is_closed(cast):
    batch = walk.make(cast, "disposed")
    page = cast.url(f"equipment/disposals/{batch}/witness/")
    assert Notice.objects.get(reason="to_witness").person == cast.tom
    assert "Tom Teale, not confirmed yet" in text(
        get(cast, "hana", f"equipment/disposals/{batch}/")
    )
    assert waits(cast, "tom", disposal_duties) == [page]
    assert waits(cast, "tina", disposal_duties) == []
    assert get(cast, "tina", f"equipment/disposals/{batch}/witness/").status_code == 404
    with pytest.raises(StepRefused, match="Only the witness"):
        witnessing.confirm_hand_over(batch=batch, by=cast.tina, at=NOW)
    client = cast.client("tom")
    assert "1" in text(client.get(page))
    for _ in range(2):
        client.post(page)

    batch.refresh_from_db()
    assert batch.witnessed_at == NOW or batch.witnessed_at > NOW
    assert Entry.objects.filter(verb="confirm_hand_over").count() == 1
    assert waits(cast, "tom", disposal_duties) == []
    assert "Tom Teale, confirmed" in text(get(cast, "hana", f"equipment/disposals/{batch}/"))
    with pytest.raises(DatabaseError), transaction.atomic():
        DisposalBatch.objects.filter(pk=batch.pk).update(witnessed_by=cast.dora)


def test_witness_of_a_search_confirms_it_without_learning_who_was_searched(cast):
    search = walk_taken.search(cast)
    page = cast.url(f"searches/{search}/witness/")
    assert waits(cast, "tom", taken_duties) == [page]
    shown = text(cast.client("tom").get(page))
    assert "Medical room" in shown
    assert "Pia" not in shown
    assert get(cast, "tom", f"searches/{search}/").status_code == 403
    cast.client("tom").post(page)

    assert SearchRecord.objects.get().witness_confirmed_at >= NOW
    assert "Tom Teale, confirmed" in text(get(cast, "hana", f"searches/{search}/"))
    assert waits(cast, "tom", taken_duties) == []


def test_disposal_and_the_incident_raised_from_it_lead_to_each_other(cast, time_machine):
    batch = walk.make(cast, "collected")
    time_machine.move_to(walk.FETCHED + timedelta(days=30))
    here = f"equipment/disposals/{batch}/"
    assert "Raise an incident" in text(get(cast, "hana", here))
    url = cast.url(f"incidents/from-disposal/{batch}/")
    client = cast.client("hana")
    form = client.get(url).context["form"]
    assert "Missing: Waste transfer note for 1 device" in form.initial["description"]
    told = form.initial
    sent = {
        "submission": form["submission"].value(),
        "about": told["about"],
        "description": told["description"],
        "occurred_at": "2026-09-15",
        "occurred_at_time": "10:50",
        "place": "school",
        "imagery": "no",
        "told_lead": "no",
        "people-TOTAL_FORMS": "1",
        "people-INITIAL_FORMS": "0",
    }
    for _ in range(2):
        answer = client.post(url, sent)
        assert answer.status_code == 302, answer.context["form"].errors
    incident = Incident.objects.get()

    assert walk.now(batch).incident_reference == incident.reference
    assert list(disposal_duties.maybe_breached(cast.school, walk.FETCHED.date())) == []
    assert f"Incident {incident}" in text(get(cast, "hana", here))
    assert str(incident.reference) not in text(get(cast, "tina", here)).replace(str(batch), "")
    case = get(cast, "hana", f"incidents/{incident.reference}/")
    assert [link.words for link in case.context["linked"].equipment] == [f"Disposal {batch}"]
    assert incident.reference not in str(Entry.objects.get(verb="link_disposal").facts)
