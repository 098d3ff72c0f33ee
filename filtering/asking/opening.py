"""Put a request for a filter change together: read, checked, numbered and written (FIL-07)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NotRequired, TypedDict
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from common.errors import Refusal
from filtering.asking.addresses import read_addresses
from filtering.categories import label_of
from filtering.conditions.changes import Asked, check_asked
from filtering.models import ChangeProfile, ChangeRequest, ChangeTarget, Profile
from filtering.queries.changes import forget_asked
from filtering.queries.overlaps import is_in_force, open_twin
from filtering.vocabulary import TargetKind
from people.models import Person, School, SchoolClass
from people.references import next_reference

USED = "This form was used already. Open a new one and send it from there."


class Wanted(TypedDict):
    """What somebody asks for, as it comes from a form."""

    direction: str
    addresses: str
    categories: Sequence[str]
    profiles: Sequence[Profile]
    sites: Sequence[str]
    reason_kind: str
    reason: str
    urgency: NotRequired[str]
    purpose: NotRequired[str]
    lesson: NotRequired[str]
    school_class: NotRequired[SchoolClass | None]
    supervisor: NotRequired[Person | None]
    approving_body: NotRequired[str]
    from_date: NotRequired[date | None]
    until_date: NotRequired[date | None]


def asked_from(wanted: Wanted, *, on: date) -> Asked:
    """Read what is wanted; what is opened for a time begins on the day unless it says when."""
    until = wanted.get("until_date")
    return Asked(
        direction=wanted["direction"],
        addresses=read_addresses(wanted["addresses"]),
        categories=tuple(wanted["categories"]),
        profiles=tuple(wanted["profiles"]),
        sites=tuple(wanted["sites"]),
        purpose=wanted.get("purpose", ""),
        lesson=wanted.get("lesson", ""),
        school_class=wanted.get("school_class"),
        supervisor=wanted.get("supervisor"),
        approving_body=wanted.get("approving_body", ""),
        from_date=(wanted.get("from_date") or on) if until else None,
        until_date=until,
    )


def fields_from(wanted: Wanted, asked: Asked) -> dict[str, Any]:
    """Return the fields of a change that say what is asked for and why."""
    words = ("reason_kind", "urgency", "purpose", "lesson", "approving_body")
    return {
        **{name: value.strip() for name in words if (value := str(wanted.get(name, "")))},
        "reason": wanted["reason"].strip(),
        "direction": asked.direction,
        "sites": list(asked.sites),
        "school_class": asked.school_class,
        "supervisor": asked.supervisor,
        "from_date": asked.from_date,
        "until_date": asked.until_date,
    }


def lock_school(school: School) -> None:
    """Let one person of a school ask at a time, so that of two twins one is refused."""
    School.objects.select_for_update(no_key=True).get(pk=school.pk)


def made_from(submission: UUID, by: Person) -> ChangeRequest | None:
    """Return the change that the same form, sent before, has made."""
    return ChangeRequest.objects.filter(submission=submission, asked_by=by).first()


def check_wanted(
    asked: Asked, reason: str, *, school: School, on: date, own: ChangeRequest | None = None
) -> None:
    """Refuse what nobody could approve, what is so already, and what is asked for already.

    ``own`` is the request itself when it is edited.
    """
    if not reason.strip():
        raise Refusal("Say why it is needed.")
    check_asked(asked, school=school, on=on)
    check_not_so_already(asked)
    twin = open_twin(asked, school)
    if twin and twin != own:
        raise Refusal(
            f"Filter change {twin.reference} asks for exactly this already: it is "
            f"“{twin.get_state_display()}”."
        )


def check_not_so_already(asked: Asked) -> None:
    """Refuse what is in force already for every profile chosen."""
    if is_in_force(asked):
        raise Refusal(
            "This is so already, for every profile you chose. If it does not work, report that; "
            "if it is open for a time only, ask for more time."
        )


def targets_from(asked: Asked) -> list[ChangeTarget]:
    """Return what is asked for as rows that are not written yet."""
    kind = TargetKind.ADDRESS
    return [
        ChangeTarget(kind=kind, typed=one.typed, target=one.target, domain=one.domain)
        for one in asked.addresses
    ] + [
        ChangeTarget(kind=TargetKind.CATEGORY, typed=label_of(code), target=code)
        for code in dict.fromkeys(asked.categories)
    ]


def create_change(
    *,
    school: School,
    submission: UUID,
    targets: Iterable[ChangeTarget],
    profiles: Iterable[Profile],
    by: Person,
    at: datetime,
    **fields: Any,
) -> ChangeRequest:
    """Write a numbered change with what it is about; refuses somebody else's form."""
    try:
        with transaction.atomic():
            change = ChangeRequest.objects.create(
                school=school,
                submission=submission,
                reference=next_reference(school=school, series="filter", year=localtime(at).year),
                asked_by=by,
                asked_at=at,
                **fields,
            )
    except IntegrityError as error:
        if "one_change_per_submission" not in str(error):
            raise
        raise Refusal(USED) from None
    write_asked(change, targets, profiles)
    return change


def write_asked(
    change: ChangeRequest, targets: Iterable[ChangeTarget], profiles: Iterable[Profile]
) -> None:
    """Write what a change is about and for whom; what it was before stays with its day."""
    for target in targets:
        target.school_id, target.change = change.school_id, change
    ChangeTarget.objects.bulk_create(targets)
    ChangeProfile.objects.bulk_create(
        ChangeProfile(school_id=change.school_id, change=change, profile=profile)
        for profile in profiles
    )
    forget_asked(change)


def drop_asked(change: ChangeRequest, *, at: datetime) -> None:
    """Set aside what a change was about and what was done for each profile."""
    change.targets.filter(dropped_at=None).update(dropped_at=at)
    drop_parts(change, at=at)


def drop_parts(change: ChangeRequest, *, at: datetime) -> None:
    """Set aside what was done for each profile, so that it can be done anew."""
    change.parts.filter(dropped_at=None).update(dropped_at=at)
