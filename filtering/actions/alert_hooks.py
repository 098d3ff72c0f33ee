"""Take in a signed delivery of a monitoring product (FIL-14, docs/webhook.md)."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from audit.actions import record
from common.errors import Conflicted, Refusal
from filtering.intake.items import ItemReader
from filtering.intake.writing import Reported, take_in
from filtering.models import AlertSource, HookDelivery

MOST_ALERTS = 1_000
# What the documented names mean here.
FIELDS = {
    "id": "external_id",
    "at": "happened_at",
    "severity": "severity",
    "rule": "rule",
    "term": "term",
    "address": "address",
    "device": "device",
    "ip": "device_ip",
    "user": "user_name",
    "graphic": "graphic",
}
ACTOR = "webhook"


@transaction.atomic
def receive_delivery(
    *, source: AlertSource, delivery: str, body: bytes, at: datetime
) -> dict[str, Any]:
    """Write the alerts of a delivery whose signature was checked, and return what to answer.

    The same delivery again changes nothing and is answered the same. Refuses what is not the
    documented JSON, and a number of a delivery that came with another content before.
    """
    source = (
        AlertSource.objects.select_for_update(of=("self",))
        .select_related("school")
        .get(pk=source.pk)
    )
    digest = hashlib.sha256(body).hexdigest()
    if known := HookDelivery.objects.filter(source=source, delivery=delivery).first():
        if known.digest != digest:
            raise Conflicted("This delivery came before with another content.")
        answered: dict[str, Any] = known.answer
        return answered
    items = _items(body)
    reported, problems = _read(source, items, at)
    taken = take_in(
        school=source.school,
        source=source,
        reported=reported,
        words=f"From {source}, by its webhook.",
        by=None,
        at=at,
    )
    answer = {
        "accepted": len(taken.alerts),
        "known": taken.known,
        "rejected": len(items) - len(reported),
        "items": problems,
    }
    HookDelivery.objects.create(
        school=source.school,
        source=source,
        delivery=delivery,
        digest=digest,
        answer=answer,
        received_at=at,
    )
    counts = {name: answer[name] for name in ("accepted", "known", "rejected")}
    record("receive_alerts", source, by=ACTOR, at=at, facts=counts)
    return answer


def _items(body: bytes) -> list[Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal("This is not JSON.") from None
    items = told.get("alerts") if isinstance(told, dict) else None
    if not isinstance(items, list) or not items:
        raise Refusal("“alerts” has to be a list of at least one alert.")
    if len(items) > MOST_ALERTS:
        raise Refusal(f"At most {MOST_ALERTS:,} alerts fit into one delivery.")
    return items


def _read(
    source: AlertSource, items: list[Any], at: datetime
) -> tuple[list[Reported], list[dict[str, Any]]]:
    """Return the alerts that can be taken in, and what is to be said of which item."""
    reader, reported, problems = ItemReader(source, at), [], []
    for place, item in enumerate(items):
        try:
            one, remarks = reader.read(_values(item))
        except Refusal as refusal:
            problems.append({"item": place, "taken": False, "reason": str(refusal)})
            continue
        reported.append(one)
        problems += [{"item": place, "taken": True, "reason": words} for words in remarks]
    return reported, problems


def _values(item: Any) -> dict[str, str]:
    if not isinstance(item, dict):
        raise Refusal("An alert has to be an object.")
    values = {}
    for name, ours in FIELDS.items():
        value = item.get(name)
        if isinstance(value, dict | list):
            raise Refusal(f"“{name}” has to be a plain value.")
        text = "" if value is None else str(value).replace("\x00", "")
        values[ours] = text.encode("utf-8", "replace").decode()  # half a letter is no letter
    return values
