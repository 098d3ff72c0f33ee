"""Incidents from items, searches and losses, and items taken because of an incident (INC-24)."""

from uuid import uuid4

import pytest

from assets.actions.losses import report_loss
from assets.models import Confiscation, Quarantine
from common.errors import Refusal
from incidents.actions.keeping import release_device
from incidents.models import Incident
from tests.assets import things
from tests.assets import walk_taken as taken
from tests.cast import NOW, make_person
from tests.incidents import walk

pytestmark = pytest.mark.usefixtures("today", "ladder")


def get(cast, who, path):
    return cast.client(who).get(cast.url(path))


def text(response) -> str:
    return " ".join(response.content.decode().split())


def sent(cast, who, path):
    """Send the filled-in report of a page as it stands."""
    form = get(cast, who, path).context["form"]
    people = get(cast, who, path).context["people"]
    data = {
        "submission": form["submission"].value(),
        "about": form.initial["about"],
        "description": form.initial["description"],
        "occurred_at": "2026-09-15",
        "occurred_at_time": "10:00",
        "place": "school",
        "told_lead": "yes",
        "imagery": form.initial.get("imagery", "no"),
        "people-TOTAL_FORMS": "1",
        "people-INITIAL_FORMS": "0",
    }
    first = people.initial[0] if people.initial else {}
    if first:
        data |= {"people-0-person": first["person"].pk, "people-0-part": first["part"]}
    return cast.client(who).post(cast.url(path), data)


def test_item_and_incident_know_of_each_other_and_its_number_stays_hidden(cast):
    item = taken.take(cast, suspected=True)
    sent(cast, "tom", f"incidents/from-item/{item}/")

    incident = Incident.objects.get()
    assert (incident.imagery, incident.involvements.get().person) == ("unsure", cast.pia)
    assert taken.now(item).incident_reference == incident.reference
    assert f"Item taken, {item}" in text(get(cast, "dora", f"incidents/{incident}/"))
    assert f"Incident {incident}" in text(get(cast, "dora", f"items-taken/{item}/"))
    hidden = text(get(cast, "tom", f"items-taken/{item}/"))
    assert "An incident was raised" in hidden
    assert f"Incident {incident}" not in hidden
    taken.pastoral(cast)
    assert get(cast, "tess", f"incidents/from-item/{item}/").headers["Location"] == cast.url()
    again = get(cast, "dora", f"incidents/from-item/{item}/")
    assert again.headers["Location"] == cast.url(f"incidents/{incident}/")


def test_search_leads_to_an_incident_once(cast):
    search = taken.search(cast, found=True, found_what="A vape")
    sent(cast, "dora", f"incidents/from-search/{search}/")

    incident = Incident.objects.get()
    assert "A vape" in incident.description
    assert f"Search {search}" in text(get(cast, "hana", f"incidents/{incident}/"))
    assert f"Incident {incident}" in text(get(cast, "hana", f"searches/{search}/"))


def test_item_is_taken_because_of_an_incident_one_knows(cast):
    incident = walk.opened(cast, "pia")
    form = get(cast, "dora", f"incidents/{incident}/item/").context["form"]
    answer = cast.client("tom").post(
        cast.url(f"incidents/{incident}/item/"),
        {
            "submission": form["submission"].value(),
            "pupil": cast.pia.pk,
            "kind": "phone",
            "item": "Black Nokia",
            "rule": "harm",
            "suspected": "no",
            "stored_where": "Office",
            "condition": "good",
            "taken_at": "2026-09-15",
            "taken_at_time": "10:20",
        },
    )

    item = Confiscation.objects.get()
    assert answer.headers["Location"] == cast.url(f"items-taken/{item}/")
    assert (item.incident_reference, form.initial["pupil"]) == (incident.reference, cast.pia)
    assert get(cast, "tom", f"incidents/{incident}/item/").context["form"].initial == {}
    assert get(cast, "tess", f"incidents/{incident}/item/").status_code == 404
    assert item.taken_at < NOW


# Devices kept as evidence -------------------------------------------------------------------------


def kept(cast, incident, tag="LAP-7", who="dora"):
    return cast.client(who).post(
        cast.url(f"incidents/{incident}/evidence/"),
        {"asset": tag.lower(), "reason": "Messages on it.", "place": "Safe", "seal": "S-1"},
    )


def let_go(cast, incident, who, **more):
    device = Quarantine.objects.get(released_at=None)
    form = {"quarantine": device.pk, "after": "in_service", "why": "Copied.", **more}
    return cast.client(who).post(cast.url(f"incidents/{incident}/evidence/release/"), form)


def test_device_is_kept_for_a_case_and_let_go_by_whoever_handles_it(cast):
    asset = things.in_service(cast, "LAP-7")
    incident = walk.opened(cast, "pia")
    filled = get(cast, "dora", f"incidents/{incident}/evidence/?tag=LAP-7").context["form"]
    assert filled["asset"].value() == "LAP-7"
    kept(cast, incident)
    assert things.again(asset).state == "quarantined"
    assert "cannot be done now" in text(kept(cast, incident))

    shown = text(get(cast, "dora", f"incidents/{incident}/"))
    assert "Kept as evidence: device LAP-7" in shown
    assert "is kept as evidence: Safe. Seal S-1." in shown
    asked = let_go(cast, incident, "dora", after="police")
    assert "Give the reference of the police." in text(asked)
    let_go(cast, incident, "dora", after="police", reference="CR/3")
    assert Quarantine.objects.get().police_reference == "CR/3"
    let_go(cast, incident, "dora", after="redundant")
    assert things.again(asset).state == "redundant"
    assert "Was kept as evidence: device LAP-7" in text(get(cast, "dora", f"incidents/{incident}/"))


def test_nobody_but_the_case_lets_a_device_go(cast):
    things.in_service(cast, "LAP-7")
    things.in_service(cast, "LAP-8")
    incident, other = walk.opened(cast, "pia"), walk.opened(cast, "quin")
    kept(cast, incident)
    device = Quarantine.objects.get()
    deed = {"why": "Mine.", "after": "in_service", "at": NOW}
    oskar = make_person(cast.school, "Oskar", "Online", "staff", "osl", "staff")

    with pytest.raises(Refusal, match="Only whoever handles this incident, or the headteacher"):
        release_device(incident=incident, quarantine=device, **deed, by=oskar)
    with pytest.raises(Refusal, match="not kept for this incident"):
        release_device(incident=other, quarantine=device, **deed, by=cast.dora)
    release_device(incident=incident, quarantine=device, **deed, by=cast.hana)
    assert "No device of the school has this number." in text(kept(cast, incident, "NONE"))
    assert get(cast, "tom", f"incidents/{incident}/evidence/").status_code == 403


def test_loss_leads_to_an_incident(cast):
    asset = things.in_service(cast, "LAP-7")
    loss = report_loss(
        asset=asset,
        submission=uuid4(),
        kind="stolen",
        noticed_at=NOW,
        last_seen="A car",
        what="The car was broken into.",
        data="Class lists",
        by=cast.tom,
        at=NOW,
    )
    page = f"incidents/from-loss/{loss.pk}/"
    sent(cast, "tom", page)

    incident = Incident.objects.get()
    assert "On it: Class lists" in incident.description
    assert "Lost or stolen: device LAP-7" in text(get(cast, "dora", f"incidents/{incident}/"))
    assert get(cast, "tess", page).status_code == 404
