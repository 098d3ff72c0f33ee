"""Incidents from items, searches and losses, and items taken because of an incident (INC-24)."""

import pytest

from assets.models import Confiscation
from incidents.models import Incident
from tests.assets import walk_taken as taken
from tests.cast import NOW
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
