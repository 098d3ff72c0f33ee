"""Record a search of a pupil or of a device, whether or not anything was found (R-SSC-1 to 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
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
from common.once import make_once
from common.pages import page_url
from people.mail import notify
from people.models import Person, School
from people.references import next_reference


@dataclass(frozen=True)
class SearchDetails:
    """Everything the guidance asks to be recorded of a search, found or not (R-SSC-1)."""

    kind: str
    pupil: Person
    searched_at: datetime
    place: str
    searched_by: Person
    authorised_by: Person
    sought: str
    reason: str
    found: bool
    witness: Person | None = None
    no_witness_reason: str = ""
    others_present: str = ""
    by_police: bool = False
    police_reference: str = ""
    agreed: bool = True
    suspected: bool = False
    found_what: str = ""
    follow_up: str = ""
    deletion: str = Deletion.NOTHING
    deletion_reason: str = ""
    confiscation: Confiscation | None = None

    def values(self) -> dict[str, Any]:
        """Return the fields of the record; refuses where and why left out, and what was found."""
        found = self.found and said(self.found_what, "Say what was found.", 1_000)
        return {
            **vars(self),
            "place": said(self.place, "Say where it was.", 120),
            "reason": said(self.reason, _why(self.kind), 1_000),
            "found_what": found or "",
            "no_witness_reason": "" if self.witness else self.no_witness_reason.strip()[:300],
            "others_present": self.others_present.strip()[:200],
            "police_reference": self.police_reference.strip()[:60] if self.by_police else "",
            "follow_up": self.follow_up.strip()[:1_000],
            "deletion_reason": self.deletion_reason.strip()[:500],
        }


@transaction.atomic
def record_search(
    *,
    school: School,
    submission: UUID,
    details: SearchDetails,
    incident_reference: str = "",
    by: Person,
    at: datetime,
) -> SearchRecord:
    """Record a search with everything the guidance asks for, found or not (R-SSC-1, MOB-10).

    The same ``submission`` sent twice gives the one record it made. What is saved is not changed
    any more; lines are added. Where indecent images of a child are suspected, the lead is told, and
    the item they may be on passes to the lead (R-SSC-3). The witness is asked to confirm it.
    Refuses a search without a reason, place, witness or who authorised it, what was found without
    words, and what ``conditions`` refuse.
    """
    if made := _made(submission, by):
        return made
    check_power(by, "record_search", at)
    _check(details, school, at)
    values = details.values()
    search, new = make_once(
        "one_search_per_submission",
        lambda: SearchRecord.objects.create(
            school=school,
            reference=next_reference(school=school, series="search", year=localtime(at).year),
            submission=submission,
            incident_reference=incident_reference,
            recorded_by=by,
            recorded_at=at,
            **values,
        ),
        lambda: _made(submission, by),
    )
    if new:
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


def _check(details: SearchDetails, school: School, at: datetime) -> None:
    check_pupil(details.pupil, school, at)
    check_past(details.searched_at, at)
    check_adults(details.searched_by, details.authorised_by, details.witness, details.searched_at)
    check_witnessed(details.witness, details.no_witness_reason, by_police=details.by_police)
    suspected = details.suspected
    check_deletion(details.kind, details.deletion, details.deletion_reason, suspected=suspected)
    if details.confiscation and details.confiscation.pupil_id != details.pupil.pk:
        raise Refusal("This item was taken from another pupil. Check its number.")


def _write_down(search: SearchRecord) -> None:
    by, at = search.recorded_by, search.recorded_at
    facts: dict[str, Any] = {"kind": search.kind, "found": search.found}
    record("record_search", search, by=by, at=at, facts=facts)
    if search.witness and search.witness != by:
        path = page_url(search.school, "search_record_confirm", search.reference)
        notify([search.witness], reason="to_witness", path=path, at=at)
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
