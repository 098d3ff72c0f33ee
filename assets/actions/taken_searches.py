"""Record a search of a pupil or of a device, whether or not anything was found (R-SSC-1 to 3)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, localtime

from assets.actions.taken_steps import pass_to_lead
from assets.conditions.common import check_power, check_version, said
from assets.conditions.taken import (
    ON_A_DEVICE,
    check_adults,
    check_deletion,
    check_past,
    check_pupil,
    check_witnessed,
)
from assets.models import Confiscation, SearchRecord
from assets.queries.taken import leads_on
from assets.steps.taken import write_line
from assets.vocabulary import Deletion
from audit.actions import record
from common.dates import uk_datetime
from common.errors import Refusal
from common.pages import page_url
from people.mail import notify
from people.models import Person, School
from people.references import next_reference


@transaction.atomic
def record_search(
    *,
    school: School,
    submission: UUID,
    kind: str,
    pupil: Person,
    searched_at: datetime,
    place: str,
    searched_by: Person,
    authorised_by: Person,
    witness: Person | None = None,
    no_witness_reason: str = "",
    others_present: str = "",
    by_police: bool = False,
    police_reference: str = "",
    sought: str,
    reason: str,
    agreed: bool = True,
    suspected: bool = False,
    found: bool,
    found_what: str = "",
    follow_up: str = "",
    deletion: str = Deletion.NOTHING,
    deletion_reason: str = "",
    confiscation: Confiscation | None = None,
    incident_reference: str = "",
    by: Person,
    at: datetime,
) -> SearchRecord:
    """Record a search with everything the guidance asks for, found or not (R-SSC-1, MOB-10).

    The same ``submission`` sent twice gives the one record it made. What is saved is not changed
    any more; lines are added. Where indecent images of a child are suspected, the lead is told, and
    the item they may be on passes to the lead (R-SSC-3). Refuses a search without a reason, place,
    witness or who authorised it, what was found without words, and what ``conditions`` refuse.
    """
    if made := _made(submission, by):
        return made
    check_power(by, "record_search", at)
    check_pupil(pupil, school, at)
    check_past(searched_at, at)
    check_adults(searched_by, authorised_by, witness, searched_at)
    check_witnessed(witness, no_witness_reason, by_police=by_police)
    check_deletion(kind, deletion, deletion_reason, suspected=suspected)
    _check_item(confiscation, pupil)
    told = {
        "place": said(place, "Say where it was.", 120),
        "reason": said(reason, _why(kind), 1_000),
        "found_what": said(found_what, "Say what was found.", 1_000) if found else "",
        "no_witness_reason": "" if witness else no_witness_reason.strip()[:300],
        "others_present": others_present.strip()[:200],
        "police_reference": police_reference.strip()[:60] if by_police else "",
        "follow_up": follow_up.strip()[:1_000],
        "deletion_reason": deletion_reason.strip()[:500],
    }
    try:
        with transaction.atomic():
            search = SearchRecord.objects.create(
                school=school,
                reference=next_reference(school=school, series="search", year=localtime(at).year),
                submission=submission,
                kind=kind,
                pupil=pupil,
                searched_at=searched_at,
                searched_by=searched_by,
                authorised_by=authorised_by,
                witness=witness,
                by_police=by_police,
                sought=sought,
                agreed=agreed,
                suspected=suspected,
                found=found,
                deletion=deletion,
                confiscation=confiscation,
                incident_reference=incident_reference,
                recorded_by=by,
                recorded_at=at,
                **told,
            )
    except IntegrityError as error:
        if "one_search_per_submission" not in str(error):
            raise
        return _made_meanwhile(submission, by)
    _write_down(search)
    return search


@transaction.atomic
def tell_searched(
    *, search: SearchRecord, version: int, told_at: datetime, how: str, by: Person, at: datetime
) -> SearchRecord:
    """Record that the parents were told of a search and what it came to (R-SSC-2).

    Refuses a second time, a time to come or before the search, and whoever may not record searches.
    """
    search = _locked(search, version, by, at)
    if search.parents_told_at:
        raise Refusal("It is recorded already that the parents were told.")
    check_past(told_at, at)
    if told_at < search.searched_at:
        raise Refusal("The parents cannot have been told of a search before it was.")
    search.parents_told_at, search.parents_told_by = told_at, by
    search.parents_told_how = said(how, "Say how the parents were told.", 200)
    text = f"{uk_datetime(told_at)}. {search.parents_told_how}"
    told = ("parents_told_at", "parents_told_by", "parents_told_how")
    return _saved("tell_searched", search, told, text, by, at)


@transaction.atomic
def note_search(
    *, search: SearchRecord, version: int, text: str, by: Person, at: datetime
) -> SearchRecord:
    """Add a line to a record, to put something right or say what followed; nothing is changed.

    Refuses an empty line and whoever may not record searches.
    """
    search = _locked(search, version, by, at)
    return _saved("note_search", search, (), said(text, "Write the line.", 500), by, at)


@transaction.atomic
def link_search(
    *, search: SearchRecord, incident_reference: str, by: Person, at: datetime
) -> SearchRecord:
    """Note which incident was raised because of a search; the caller raised it (INC-53).

    Refuses a record that has its incident already. Its line and the trail bear no number.
    """
    search = SearchRecord.objects.select_for_update(of=("self",)).get(pk=search.pk)
    check_power(by, "record_search", at)
    if search.incident_reference:
        raise Refusal("An incident was raised from this already.")
    search.incident_reference = incident_reference
    return _saved("link_search", search, ("incident_reference",), "", by, at)


@transaction.atomic
def read_search(*, search: SearchRecord, by: Person, at: datetime) -> None:
    """Write down that a record of a search was read, as of every restricted record (SYS-03)."""
    record("read_search", search, by=by, at=at)


def _locked(search: SearchRecord, version: int, by: Person, at: datetime) -> SearchRecord:
    rows = SearchRecord.objects.select_for_update(of=("self",)).select_related("school")
    locked = rows.get(pk=search.pk)
    check_version(locked.version, version)
    check_power(by, "record_search", at)
    return locked


def _saved(
    step: str, search: SearchRecord, changed: Sequence[str], text: str, by: Person, at: datetime
) -> SearchRecord:
    search.version += 1
    search.save(update_fields=["version", *changed])
    write_line(search, step, text, by=by, at=at)
    record(step, search, by=by, at=at)
    return search


def _why(kind: str) -> str:
    if kind in ON_A_DEVICE:
        return (
            "Say what made you suspect that something on the device harms somebody, breaks the law "
            "or breaks the rules."
        )
    return "Say what made you suspect it."


def _check_item(item: Confiscation | None, pupil: Person) -> None:
    if item and item.pupil_id != pupil.pk:
        raise Refusal("This item was taken from another pupil. Check its number.")


def _write_down(search: SearchRecord) -> None:
    by, at = search.recorded_by, search.recorded_at
    facts: dict[str, Any] = {"kind": search.kind, "found": search.found}
    record("record_search", search, by=by, at=at, facts=facts)
    if not search.suspected:
        return
    item = search.confiscation
    if item and item.state == "held":
        why = f"A search was recorded ({search}). Do not look at what is on it."
        pass_to_lead(item=item, version=item.version, why=why, suspected=True, by=by, at=at)
    path = page_url(search.school, "search_record_detail", search.reference)
    leads = [lead for lead in leads_on(search.school, on=localdate(at)) if lead.pk != by.pk]
    notify(leads[:1], reason="suspected_images", path=path, at=at)


def _made(submission: UUID, by: Person) -> SearchRecord | None:
    return SearchRecord.objects.filter(submission=submission, recorded_by=by).first()


def _made_meanwhile(submission: UUID, by: Person) -> SearchRecord:
    """Return what the same form, sent a moment earlier, made; refuses somebody else's form."""
    if made := _made(submission, by):
        return made
    raise Refusal("This form was used already. Open a new one and send it from there.")
