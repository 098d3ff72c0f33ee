"""A disposal company as its page shows it: what must be in force, and what happens next."""

from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from assets.conditions.disposal_companies import RUNS_OUT, lapsed
from assets.models import DisposalCompany
from common.dates import uk_date
from common.pages import page_url
from common.requests import SchoolRequest

LAPSED = "Its {} ran out. It may take nothing away before a new paper is added."
WAITING = "It may take nothing away before somebody who did not enter it approves it."
PAGES = (
    ("company_paper", "edit_companies", "Add a paper"),
    ("company_edit", "edit_companies", "Change it"),
    ("company_end", "edit_companies", "No longer use it"),
)


def company_facts(company: DisposalCompany, on: date) -> list[dict[str, str]]:
    """Return what a company has shown and until when, as rows of a summary list."""
    rows = [
        ("Waste carrier licence", company.carrier_licence),
        *((f"{words.capitalize()} until", _until(company, field, on)) for field, words in RUNS_OUT),
        ("Standard", " ".join(filter(None, (company.standard, company.standard_number)))),
        ("Whom to call", company.contact),
        ("Entered by", f"{company.entered_by}, {uk_date(company.entered_at)}"),
    ]
    if company.approved_by:
        rows.append(("Approved by", f"{company.approved_by}, {uk_date(company.approved_at)}"))
    if company.ended_at:
        rows.append(("No longer used since", uk_date(company.ended_at)))
    return [{"label": label, "value": value} for label, value in rows if value]


def _until(company: DisposalCompany, field: str, on: date) -> str:
    until = getattr(company, field)
    if until is None:
        return ""
    if until < on:
        return f"{uk_date(until)}: it has run out"
    soon = on + timedelta(days=company.school.setting("licence_remind_days"))
    return f"{uk_date(until)}: soon" if until <= soon else uk_date(until)


def company_steps(request: SchoolRequest, company: DisposalCompany) -> dict[str, Any]:
    """Return the panel “Next step” of a company for a person."""
    if company.ended_at:
        return {"lead": "This company is no longer used.", "deed": None, "deeds": []}
    over = lapsed(company, localdate())
    waits = company.approved_by_id is None
    own = request.person.pk == company.entered_by_id
    links = [_link(company, page, label) for page, power, label in PAGES if request.may(power)]
    if over:
        lead = LAPSED.format(" and its ".join(over))
        return {"lead": lead, "deed": next(iter(links), None), "deeds": links[1:]}
    deed = None
    if waits and request.may("approve_company") and not own:
        deed = _link(company, "company_approve", "Approve it")
    return {"lead": WAITING if waits else "", "deed": deed, "deeds": links}


def _link(company: DisposalCompany, page: str, label: str) -> dict[str, str]:
    return {"label": label, "url": page_url(company.school, page, company.pk)}
