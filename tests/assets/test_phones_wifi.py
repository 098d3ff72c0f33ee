"""Own devices on the Wi-Fi, their misuse, and school phones at activities (MOB-13, MOB-15)."""

from uuid import uuid4

import pytest

from agreements.models import Obligation
from assets.actions import phones_wifi
from assets.models import Misuse, PersonalDevice
from audit.models import Entry
from common.errors import Conflicted, Refusal, StepRefused
from incidents.models import Incident
from incidents.queries.origins import linked_to
from people.models import Notice
from roles.queries import powers_of
from tests.agreements.walk import published
from tests.assets import things, walk_lifecycle, walk_own_devices
from tests.assets import walk_phones as walk
from tests.assets.test_own_devices import text
from tests.assets.test_phones import get, post, switch
from tests.assets.walk_own_devices import DAY, TODAY
from tests.cast import NOW
from tests.incidents.test_origins import sent

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def wifi(cast):
    switch(cast, "own_wifi", "code")


def again(device):
    return PersonalDevice.objects.get(pk=device.pk)


def asked_to_sign(cast, person, state):
    """Have a person asked for the code for own devices."""
    version = published(cast, "byod_code", at=NOW)[0]
    return Obligation.objects.create(
        school=cast.school,
        agreement=version.agreement,
        version=version,
        signer=person,
        asks="sign",
        trigger="entry",
        cycle="entry",
        issued_at=NOW,
        due_date=TODAY,
        state=state,
        changed_at=NOW,
    )


def test_own_device_joins_the_wifi_under_the_code_and_leaves_it(cast, wifi):
    device = walk_own_devices.noted(cast)
    page = f"own-devices/{device.pk}/wifi/"
    assert "I do not get round the filter" in text(get(cast, "tom", page))
    assert "may use the Wi-Fi" not in text(post(cast, "tom", page, version=1))
    assert "may use the Wi-Fi" in text(post(cast, "tom", page, version=1, accepted="on"))
    device = again(device)
    assert device.wifi_basis == "Accepted on the page that shows it"
    listed = get(cast, "hana", "own-devices/?wifi=on").context["page"]
    assert [one.pk for one in listed] == [device.pk]
    with pytest.raises(StepRefused, match="already"):
        walk.joined(cast, device)
    off = f"own-devices/{device.pk}/wifi/leave/"
    assert "off the Wi-Fi" in text(post(cast, "tom", off, version=2))
    assert [entry.verb for entry in Entry.objects.filter(verb__contains="wifi")] == [
        "join_wifi",
        "leave_wifi",
    ]
    with pytest.raises(Refusal, match="device of your own"):
        walk.joined(cast, again(device), "tess")


def test_school_without_such_wifi_refuses(cast):
    device = walk_own_devices.noted(cast)
    with pytest.raises(Refusal, match="no own devices on its Wi-Fi"):
        walk.joined(cast, device)
    assert "Use the school’s Wi-Fi" not in text(get(cast, "tom", f"own-devices/{device.pk}/"))


@pytest.mark.parametrize("state", ["due", "active"])
def test_pupil_who_is_asked_to_sign_the_code_signs_it_first(cast, wifi, state):
    device = walk.permitted(cast)
    asked_to_sign(cast, cast.pia, state)
    assert "Phone, Nokia" in text(get(cast, "pia", "own-devices/mine/"))
    answer = text(post(cast, "pia", f"own-devices/{device.pk}/wifi/", version=device.version))
    if state == "due":
        assert "Sign “Your own device at school” first" in answer
        assert again(device).wifi_at is None
    else:
        assert "may use the Wi-Fi" in answer
        assert again(device).wifi_basis == "Signed: Your own device at school"


def test_misuse_keeps_it_off_and_leads_to_an_incident(cast, wifi, ladder):
    device = walk.joined(cast, walk_own_devices.noted(cast))
    form = {"submission": uuid4(), "version": 2, "what": "A VPN was on."}
    form |= {"seen_at": f"{TODAY}T09:00", "barred_until": (TODAY + 3 * DAY).isoformat()}
    page = f"own-devices/{device.pk}/misuse/"
    for _ in range(2):
        assert "It is written down." in text(post(cast, "dora", page, **form))
    misuse, device = Misuse.objects.get(), again(device)
    assert (device.wifi_at, device.barred_until) == (None, TODAY + 3 * DAY)
    assert Notice.objects.get(reason="device_barred").person == cast.tom
    mine = text(get(cast, "tom", f"own-devices/{device.pk}/"))
    assert "Kept off the Wi-Fi until" in mine
    assert "VPN" not in mine
    assert "A VPN was on." in text(get(cast, "dora", f"own-devices/{device.pk}/"))
    with pytest.raises(Refusal, match="kept off the Wi-Fi until"):
        walk.joined(cast, device)
    with pytest.raises(Conflicted, match="your own device"):
        walk.misused(cast, walk_own_devices.noted(cast, "dora"))
    walk.joined(cast, device, at=NOW + 5 * DAY)

    page = cast.client("dora").get(cast.url(f"incidents/from-misuse/{misuse.pk}/"))
    assert "A VPN was on." in page.context["form"]["description"].value()
    post(cast, "dora", f"incidents/from-misuse/{misuse.pk}/", **sent(page))
    incident = Incident.objects.get()
    misuse.refresh_from_db()
    assert misuse.incident_reference == incident.reference
    links = linked_to(incident, cast.dora, powers_of(cast.dora, on=TODAY)).equipment
    assert [link.words for link in links] == ["Misuse of an own device: Samsung"]
    with pytest.raises(Refusal, match="raised from this already"):
        phones_wifi.link_misuse(misuse=misuse, incident_reference="x", by=cast.dora, at=NOW)
    assert get(cast, "tom", f"incidents/from-misuse/{misuse.pk}/").status_code == 403


def test_school_phone_goes_to_an_activity_with_what_is_switched_on(cast):
    asset = things.in_service(cast, "PHONE-1", "phone")
    walk_lifecycle.let_borrow(cast, cast.pia)
    told = {"asset": asset, "use": "activity", "supervised_by": cast.tess}
    with pytest.raises(Refusal, match="which activity"):
        walk_lifecycle.lent(cast, "", "pia", **told)
    told["activity"] = "Walk to the river"
    with pytest.raises(Refusal, match="switched on of this phone"):
        walk_lifecycle.lent(cast, "", "pia", **told)
    loan = walk_lifecycle.lent(cast, "", "pia", **told, features=("calls", "camera"))
    assert "Calls, Camera" in text(get(cast, "hana", f"equipment/loans/{loan.pk}/"))
    assert "Switched on: Calls, Camera" in text(get(cast, "pia", "equipment/loans/mine/"))
    shown = text(get(cast, "tina", "equipment/loans/?use=activity"))
    assert "Walk to the river" in shown
