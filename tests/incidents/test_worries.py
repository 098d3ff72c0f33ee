"""A worry of a pupil or a parent becomes a report, and goes past whoever it is about (INC-03)."""

from uuid import uuid4

import pytest

from incidents.models import Incident
from tests.cast import NOW


@pytest.fixture(autouse=True)
def now(time_machine):
    """Stand at the cast's moment."""
    time_machine.move_to(NOW)


def worry(**more):
    return {
        "submission": uuid4(),
        "description": "Somebody wrote horrid things to me.",
        "about": "pupil",
        "imagery": "no",
        **more,
    }


@pytest.mark.parametrize("name", ["pia", "paul"])
def test_a_worry_becomes_a_report_that_its_teller_can_follow(cast, ladder, name):
    """INC-03: pupils and parents; the teller sees the state and no case."""
    client = cast.client(name)
    assert "Childline" in client.get(cast.url("worry/")).content.decode()
    done = client.post(cast.url("worry/"), worry())
    incident = Incident.objects.get()
    assert done.headers["Location"] == cast.url(f"reports/{incident.reference}/")
    assert (incident.reporter, incident.state) == (getattr(cast, name), "reported")
    assert client.get(done.headers["Location"]).status_code == 200
    assert client.get(cast.url(f"incidents/{incident.reference}/")).status_code == 403


def test_a_worry_about_the_headteacher_goes_to_the_chair(cast, ladder):
    """INC-09: the headteacher never sees it."""
    cast.client("pia").post(cast.url("worry/"), worry(about="head"))
    incident = Incident.objects.get()
    assert incident.restriction == "head"
    page = cast.client("hana").get(cast.url(f"incidents/{incident.reference}/"))
    assert page.status_code == 404


def test_a_worry_sent_twice_is_one_and_an_empty_one_comes_back(cast, ladder):
    """A double submit makes one record; what was typed is not lost."""
    client, sent = cast.client("pia"), worry()
    for _ in range(2):
        client.post(cast.url("worry/"), sent)
    assert Incident.objects.count() == 1
    back = client.post(cast.url("worry/"), worry(about="")).content.decode()
    assert "Somebody wrote horrid things" in back


def test_staff_use_their_own_form(cast):
    """Staff report incidents; the worry page is for families."""
    assert cast.client("tom").get(cast.url("worry/")).status_code == 403
