"""Signed deliveries are taken in once, and nothing else is (FIL-14, docs/webhook.md)."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from audit.models import Entry
from filtering.actions.alert_sources import add_source, close_source, open_hook, shut_hook
from filtering.intake.hook_keys import key_of
from filtering.models import Alert, AlertSource, HookDelivery
from filtering.views import hooks
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def source(cast):
    """Give a source whose webhook is shut."""
    return add_source(school=cast.school, name="Live", product="generic", by=cast.tina, at=NOW)


@pytest.fixture
def key(cast, source):
    """Give the key of its webhook, open now."""
    return open_hook(source=source, by=cast.tina, at=NOW)


def item(**more):
    return {"id": "A-1", "at": NOW.isoformat(), "severity": "urgent", "user": "pia", **more}


def body_of(*items):
    return json.dumps({"alerts": list(items)}).encode()


def deliver(cast, source, key, body, *, at=NOW, delivery="d-1", csrf=True, slug="", **headers):
    """Sign and send a delivery as docs/webhook.md says."""
    time = str(int(at.timestamp()))
    signed = hmac.new(key.encode(), f"{time}.".encode() + body, hashlib.sha256).hexdigest()
    given = {
        "X-Safeguard-Timestamp": time,
        "X-Safeguard-Delivery": delivery,
        "X-Safeguard-Signature": f"sha256={signed}",
    }
    url = f"/{slug or cast.school.slug}/filtering/hook/{source.pk}/"
    client = Client(enforce_csrf_checks=csrf)
    return client.post(url, body, content_type="application/json", headers=given | headers)


def test_a_signed_delivery_is_taken_in_and_counted(cast, source, key):
    response = deliver(cast, source, key, body_of(item(ip="10.0.0.1", graphic=True), item(id="B")))

    assert (response.status_code, response.json()) == (
        200,
        {"accepted": 2, "known": 0, "rejected": 0, "items": []},
    )
    alert = Alert.objects.get(source=source, external_id="A-1")
    assert (alert.severity, alert.person, alert.device_ip, alert.graphic, alert.owner) == (
        1,
        cast.pia,
        "10.0.0.1",
        True,
        cast.dora,
    )
    assert alert.events.first().text == "From Live, by its webhook."
    entry = Entry.objects.get(verb="receive_alerts")
    assert (entry.actor_name, entry.facts["accepted"]) == ("webhook", 2)
    assert not response.cookies


def test_the_same_delivery_again_gets_the_same_answer_and_changes_nothing(cast, source, key):
    body = body_of(item(), item(id="B", at=""))
    first = deliver(cast, source, key, body)
    again = deliver(cast, source, key, body, at=NOW + timedelta(minutes=1))

    assert first.json()["accepted"] == 1
    assert (again.status_code, again.json()) == (200, first.json())
    assert (Alert.objects.count(), HookDelivery.objects.count()) == (1, 1)


def test_another_delivery_of_the_same_alert_knows_it(cast, source, key):
    deliver(cast, source, key, body_of(item()))
    answer = deliver(cast, source, key, body_of(item(), item(id="B")), delivery="d-2").json()

    assert (answer["accepted"], answer["known"]) == (1, 1)


def test_a_name_of_a_delivery_with_another_content_is_refused(cast, source, key):
    deliver(cast, source, key, body_of(item()))
    response = deliver(cast, source, key, body_of(item(id="B")))

    assert response.status_code == 409
    assert Alert.objects.count() == 1


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_time_that_is_not_now_is_refused(cast, source, key, minutes):
    response = deliver(cast, source, key, body_of(item()), at=NOW + timedelta(minutes=minutes))

    assert (response.status_code, response.json()) == (401, {"error": hooks.UNSIGNED})
    assert response["WWW-Authenticate"] == "X-Safeguard-Signature"


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Safeguard-Signature": "sha256=" + "0" * 64},
        {"X-Safeguard-Signature": ""},
        {"X-Safeguard-Signature": "ü"},
        {"X-Safeguard-Timestamp": "9" * 400},
        {"X-Safeguard-Timestamp": "now"},
        {"X-Safeguard-Timestamp": "-1"},
    ],
)
def test_what_is_not_signed_is_refused(cast, source, key, headers):
    assert deliver(cast, source, key, body_of(item()), **headers).status_code == 401
    assert Alert.objects.count() == 0


def test_an_unknown_a_shut_a_closed_and_another_school_s_hook_answer_like_a_wrong_signature(
    cast, other, source, key
):
    body = body_of(item())
    stranger = AlertSource(pk=source.pk + 1_000)
    answers = [deliver(cast, stranger, key, body)]
    answers.append(deliver(cast, source, key, body, slug=other.school.slug))
    shut_hook(source=source, by=cast.tina, at=NOW)
    answers.append(deliver(cast, source, key, body))
    shut = key_of(AlertSource.objects.get(pk=source.pk))
    answers.append(deliver(cast, source, shut, body))
    newer = open_hook(source=source, by=cast.tina, at=NOW)
    close_source(source=source, by=cast.tina, at=NOW)
    answers.append(deliver(cast, source, newer, body))

    wrong = (401, {"error": hooks.UNSIGNED})
    assert [(answer.status_code, answer.json()) for answer in answers] == [wrong] * 5


def test_a_new_key_ends_the_old_one_and_neither_is_on_record(cast, source, key):
    newer = open_hook(source=source, by=cast.tina, at=NOW)

    assert deliver(cast, source, key, body_of(item())).status_code == 401
    assert deliver(cast, source, newer, body_of(item())).status_code == 200
    rows = Entry.objects.filter(verb="open_alert_hook").order_by("sequence")
    assert [entry.facts for entry in rows] == [{"renewed": False}, {"renewed": True}]
    kept = json.dumps([*AlertSource.objects.values()], default=str)
    assert [one for one in (key, newer, settings.SECRET_KEY) if one in kept] == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"{", "This is not JSON."),
        (b"\xff", "This is not JSON."),
        (b"[" * 100_000, "This is not JSON."),
        (b"[]", "“alerts” has to be a list of at least one alert."),
        (b'{"alerts": []}', "“alerts” has to be a list of at least one alert."),
        (body_of(*[1] * 1_001), "At most 1,000 alerts fit into one delivery."),
    ],
)
def test_what_is_not_the_documented_json_is_refused_in_words(cast, source, key, body, words):
    response = deliver(cast, source, key, body)

    assert (response.status_code, response.json()) == (400, {"error": words})
    assert HookDelivery.objects.count() == 0


def test_bad_items_are_said_one_by_one_and_good_ones_taken_in(cast, source, key):
    items = (
        item(severity="puce", term="half \ud800 of it \x00"),
        7,
        item(id={"a": 1}),
        item(at=""),
    )
    answer = deliver(cast, source, key, body_of(*items)).json()

    assert [answer[name] for name in ("accepted", "known", "rejected")] == [1, 0, 3]
    assert [(one["item"], one["taken"], one["reason"]) for one in answer["items"]] == [
        (0, True, "The priority “puce” is not explained. It was taken as high."),
        (1, False, "An alert has to be an object."),
        (2, False, "“id” has to be a plain value."),
        (3, False, "There is no date and time."),
    ]
    assert Alert.objects.get(source=source).term == "half ? of it"


def test_a_delivery_of_which_nothing_can_be_taken_in_says_so(cast, source, key):
    response = deliver(cast, source, key, body_of(item(at="soon")))

    assert (response.status_code, response.json()["rejected"]) == (400, 1)


def test_too_much_and_too_many_are_refused(cast, source, key, monkeypatch):
    big = b'{"alerts": ["' + b"x" * hooks.MOST_BYTES + b'"]}'
    assert deliver(cast, source, key, big).status_code == 413
    monkeypatch.setattr(hooks, "MOST_A_MINUTE", 2)
    tries = [deliver(cast, source, key, body_of(item())).status_code for _ in range(3)]

    assert tries == [200, 429, 429]


@pytest.mark.parametrize("name", ["", "x" * 65, "ä"])
def test_a_delivery_needs_a_name(cast, source, key, name):
    response = deliver(cast, source, key, body_of(item()), delivery=name)

    assert response.status_code == 400
    assert Alert.objects.count() == 0


def test_an_alert_about_the_head_goes_past_the_head(cast, source, key):
    deliver(cast, source, key, body_of(item(user="hana")))

    alert = Alert.objects.get(source=source)
    assert (alert.about, alert.owner) == ("head", cast.dora)
