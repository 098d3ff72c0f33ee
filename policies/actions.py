"""Write, publish and put in force versions of a school's policy."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from common.errors import Refusal, StaleRecord
from common.pages import page_url
from people.mail import notify
from people.models import Person, School
from people.queries import current_people
from policies.document import Change, PolicyDocument, change_document
from policies.document_check import check_document
from policies.libraries import read_library
from policies.models import LadderInForce, PolicyVersion
from policies.rows import document_of, write_rows
from policies.vocabulary import VersionStatus
from policies.workflow import POLICY_VERSION


@transaction.atomic
def load_policy(*, school: School, data_name: str, by: Person, at: datetime) -> PolicyVersion:
    """Write and publish a ladder that the product brings along (INC-14, INC-48).

    Refuses a name that no ladder has. The version is not in force until ``put_in_force``.
    """
    document = read_library(data_name)
    newest = _newest_locked(school)
    version = _write_version(
        school,
        document,
        based_on=newest,
        note=f"Taken from “{document.title}”.",
        by=by,
        at=at,
    )
    _publish(version, by=by, at=at)
    record("load_policy", version, by=by, at=at, facts={"ladder": data_name})
    return version


@transaction.atomic
def revise_policy(
    *, version: PolicyVersion, changes: Sequence[Change], by: Person, at: datetime, reason: str
) -> PolicyVersion:
    """Write a new draft that is this version with changes; this version stays as it is (INC-14).

    Refuses an empty reason, changes that change nothing or do not fit together, and, as stale,
    a version after which somebody has written another.
    """
    newest = _newest_locked(version.school)
    if newest != version:
        raise StaleRecord(
            f"Version {newest.number if newest else '?'} was written after this one. "
            "Open it and make your change there."
        )
    POLICY_VERSION.check("revise_policy", version.status)
    if not reason.strip():
        raise Refusal("Say why the policy is changed.")
    before = document_of(version)
    after = change_document(before, changes)
    if after == before:
        raise Refusal("Nothing is different from the version you opened.")
    check_document(after)
    draft = _write_version(
        version.school, after, based_on=version, note=reason.strip(), by=by, at=at
    )
    record(
        "revise_policy",
        draft,
        by=by,
        at=at,
        facts={
            "based_on": version.number,
            "changes": [[change.section, change.identity or "new"] for change in changes],
        },
    )
    return draft


@transaction.atomic
def publish_policy(
    *, version: PolicyVersion, from_date: date, by: Person, at: datetime, reason: str = ""
) -> LadderInForce:
    """Publish a draft, put it in force from a date and tell the staff (POL-09, INC-52).

    Refuses a version that is published already, a draft after which another was written, and a
    date in the past without a reason.
    """
    newest = _newest_locked(version.school)
    if newest is not None and newest != version:
        raise StaleRecord(
            f"Version {newest.number} was written after this one and contains it. "
            f"Publish version {newest.number}."
        )
    version.refresh_from_db()
    POLICY_VERSION.check("publish_policy", version.status)
    _publish(version, by=by, at=at)
    record("publish_policy", version, by=by, at=at)
    entry = put_in_force(
        school=version.school, version=version, from_date=from_date, by=by, at=at, reason=reason
    )
    notify(
        current_people(version.school, on=timezone.localdate(at)).filter(kind=Person.Kind.STAFF),
        reason="policy_published",
        path=page_url(version.school, "ladder_detail"),
        at=at,
    )
    return entry


@transaction.atomic
def put_in_force(
    *,
    school: School,
    version: PolicyVersion,
    from_date: date,
    by: Person,
    at: datetime,
    reason: str = "",
) -> LadderInForce:
    """Let the school judge by a published version from a date on (SYS-01, INC-14).

    Incidents are judged by what was in force when they happened, so a date in the past needs a
    reason. Refuses a draft and a version of another school.
    """
    if version.school_id != school.pk:
        raise Refusal("This version belongs to another school.")
    POLICY_VERSION.check("put_in_force", version.status)
    if from_date < timezone.localdate(at) and not reason.strip():
        raise Refusal("Say why the version counts from a day in the past.")
    entry = LadderInForce.objects.create(
        school=school,
        version=version,
        from_date=from_date,
        reason=reason.strip(),
        set_by=by,
        set_at=at,
    )
    record("put_in_force", version, by=by, at=at, facts={"from": from_date.isoformat()})
    return entry


def _newest_locked(school: School) -> PolicyVersion | None:
    """Return the newest version; until the transaction ends nobody else writes another."""
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    return PolicyVersion.objects.filter(school=school).order_by("-number").first()


def _write_version(
    school: School,
    document: PolicyDocument,
    *,
    based_on: PolicyVersion | None,
    note: str,
    by: Person,
    at: datetime,
) -> PolicyVersion:
    version = PolicyVersion.objects.create(
        school=school,
        title=document.title,
        number=based_on.number + 1 if based_on else 1,
        based_on=based_on,
        note=note,
        created_by=by,
        created_at=at,
    )
    write_rows(version, document)
    return version


def _publish(version: PolicyVersion, *, by: Person, at: datetime) -> None:
    version.status = VersionStatus.PUBLISHED
    version.published_by = by
    version.published_at = at
    version.save(update_fields=["status", "published_by", "published_at"])
