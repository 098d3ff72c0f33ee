"""Enter the products in use; what changes is ended and written anew (FIL-01, FIL-31, FIL-34)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from audit.actions import record
from common.errors import Refusal
from filtering.actions.reviewing import open_review
from filtering.conditions.provision import (
    check_name_free,
    check_not_used,
    check_owner,
    check_power,
    locked_in_force,
)
from filtering.log import write_entry
from filtering.models import Service
from filtering.provision_words import (
    CAUSE,
    SERVICE_FIELDS,
    changed_fields,
    in_words,
    owner_words,
    whole,
)
from filtering.queries.changes import profiles_to_choose
from filtering.vocabulary import EntryKind, Trigger
from people.models import Person, School


@dataclass(frozen=True)
class ServiceDetails:
    """What a school says about a product."""

    kind: str
    name: str
    purpose: str
    owner: Person
    provider: str = ""
    covers: str = ""
    used_by: str = ""
    contract: str = ""
    contract_ends_date: date | None = None
    privacy_notice: str = ""
    uses_ai: bool = False


@transaction.atomic
def enter_service(*, school: School, details: ServiceDetails, by: Person, at: datetime) -> Service:
    """Enter a product that came into use, and open the review that new technology asks for.

    Refuses a name that is in the register already, and an owner who is not of the staff (R-FM-2).
    """
    check_power(by, "edit_provision", at)
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    check_name_free(Service.objects.filter(school=school), details.name)
    service = _write(school, details, None, by, at)
    _log(
        service,
        f"{_called(service)} came into use.",
        after=whole(service, SERVICE_FIELDS),
        by=by,
        at=at,
    )
    record("enter_service", service, by=by, at=at, facts={"kind": service.kind})
    _review(service, by, at)
    return service


@transaction.atomic
def replace_service(
    *, service: Service, details: ServiceDetails, by: Person, at: datetime
) -> Service:
    """Write anew what is said about a product: what was so until now stays readable (FIL-03).

    Refuses one that was replaced or ended since, a name that is taken, and no change at all. A
    product that uses AI from now on opens the review of R-FM-2.
    """
    check_power(by, "edit_provision", at)
    old = locked_in_force(service)
    check_name_free(Service.objects.filter(school=old.school), details.name, old)
    _end(old, by, at)
    new = _write(old.school, details, old, by, at)
    names = changed_fields(old, new, SERVICE_FIELDS)
    if not names:
        raise Refusal("Nothing was changed.")
    _log(
        new,
        f"{_called(new)} is described anew.",
        before=in_words(old, names, SERVICE_FIELDS),
        after=in_words(new, names, SERVICE_FIELDS),
        text=owner_words(old, new),
        by=by,
        at=at,
    )
    record("replace_service", new, by=by, at=at, facts={"fields": names, "replaces": old.pk})
    if new.uses_ai and not old.uses_ai:
        _review(new, by, at)
    return new


@transaction.atomic
def end_service(*, service: Service, reason: str, by: Person, at: datetime) -> Service:
    """Say that a product is no longer in use, and why.

    Refuses one that was replaced or ended since, and one by which a profile is filtered.
    """
    check_power(by, "edit_provision", at)
    service = locked_in_force(service)
    check_not_used(service)
    _end(service, by, at)
    words = f"{_called(service)} is no longer in use."
    _log(service, words, before=whole(service, SERVICE_FIELDS), text=reason, by=by, at=at)
    record("end_service", service, by=by, at=at)
    return service


def _write(
    school: School, details: ServiceDetails, replaces: Service | None, by: Person, at: datetime
) -> Service:
    check_owner(school, details.owner)
    return Service.objects.create(
        school=school, **vars(details), from_at=at, entered_by=by, replaces=replaces
    )


def _end(service: Service, by: Person, at: datetime) -> None:
    service.ended_at, service.ended_by = at, by
    service.save(update_fields=["ended_at", "ended_by"])


def _review(service: Service, by: Person, at: datetime) -> None:
    """Open the review that a new product asks for (R-FM-2); not while the school sets itself up."""
    if not profiles_to_choose(service.school).exists():
        return
    open_review(
        school=service.school,
        trigger=Trigger.AI_TOOL if service.uses_ai else Trigger.TECHNOLOGY,
        trigger_words=f"{_called(service)} came into use.",
        by=by,
        at=at,
    )


def _called(service: Service) -> str:
    return f"{service.get_kind_display()}: {service}"


def _log(service: Service, words: str, *, by: Person, at: datetime, **more: str) -> None:
    write_entry(
        school=service.school,
        kind=EntryKind.SERVICE,
        words=words,
        target=service.name,
        cause=CAUSE,
        by=by,
        at=at,
        **more,  # type: ignore[arg-type]
    )
