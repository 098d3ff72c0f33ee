"""Say where alerts come from and what the product's words mean; open and shut its webhook."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from audit.actions import record
from common.errors import Refusal, StaleRecord
from filtering.intake.hook_keys import key_of
from filtering.intake.products import COLUMNS, NAMES, SEVERITIES
from filtering.models import AlertSource, Service
from filtering.queries.alert_sources import version_of
from people.models import Person, School

TAKEN = "There is a source of this name already. Give it another name."


@transaction.atomic
def add_source(*, school: School, name: str, product: str, by: Person, at: datetime) -> AlertSource:
    """Add a source with the columns its product is known to have; refuses a name that is taken."""
    source = AlertSource(
        school=school,
        name=name.strip(),
        product=product,
        columns=COLUMNS[product],
        severities=SEVERITIES[product],
    )
    return _save(source, by=by, at=at)


@transaction.atomic
def edit_source(
    *,
    source: AlertSource,
    seen: str,
    name: str,
    service: Service | None,
    day_first: bool,
    columns: Mapping[str, str],
    severities: Mapping[str, int],
    by: Person,
    at: datetime,
) -> AlertSource:
    """Save what a product calls our fields and its priorities (FIL-14).

    ``seen`` is when the source had been saved as its page showed it. Refuses a page that is out of
    date, no column for the date and time, a name that is taken, and a source that is closed.
    """
    source = _locked(source)
    if version_of(source) != seen:
        raise StaleRecord("Somebody saved this source after you opened the page. Look at it again.")
    kept = {field: columns.get(field, "").strip() for field in NAMES}
    if not kept["happened_at"]:
        raise Refusal("Say in which column the date and time stand.")
    source.name, source.service, source.day_first = name.strip(), service, day_first
    source.columns = kept
    source.severities = {word.casefold(): meant for word, meant in severities.items()}
    return _save(source, by=by, at=at)


@transaction.atomic
def close_source(*, source: AlertSource, by: Person, at: datetime) -> None:
    """Close a source: nothing more comes in through it, its alerts stay. Shuts its webhook too."""
    source = _locked(source)
    source.hook, source.closed_at = None, at
    source.save(update_fields=["hook", "closed_at"])
    record("close_alert_source", source, by=by, at=at)


@transaction.atomic
def open_hook(*, source: AlertSource, by: Person, at: datetime) -> str:
    """Open the webhook of a source, or give it a new key, and return the key.

    The key is shown once and never stored; a new one ends the old one.
    """
    source = _locked(source)
    renewed = source.hook is not None
    source.hook = uuid.uuid4()
    source.save(update_fields=["hook"])
    record("open_alert_hook", source, by=by, at=at, facts={"renewed": renewed})
    return key_of(source)


@transaction.atomic
def shut_hook(*, source: AlertSource, by: Person, at: datetime) -> None:
    """Shut the webhook of a source; its key ends. Refuses one that is shut."""
    source = _locked(source)
    if source.hook is None:
        raise Refusal("This webhook is shut already.")
    source.hook = None
    source.save(update_fields=["hook"])
    record("shut_alert_hook", source, by=by, at=at)


def _locked(source: AlertSource) -> AlertSource:
    rows = AlertSource.objects.select_for_update(of=("self",)).select_related("school")
    locked = rows.get(pk=source.pk)
    if locked.closed_at:
        raise Refusal("This source is closed.")
    return locked


def _save(source: AlertSource, *, by: Person, at: datetime) -> AlertSource:
    source.saved_by, source.saved_at = by, at
    try:
        with transaction.atomic():
            source.save()
    except IntegrityError as error:
        if "one_alert_source_per_name" in str(error):
            raise Refusal(TAKEN) from None
        raise
    facts: dict[str, Any] = {"product": source.product}
    record("save_alert_source", source, by=by, at=at, facts=facts)
    return source
