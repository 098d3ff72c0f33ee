"""The register of disposal companies: entered by one, approved by another (AST-03, AST-06)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from assets.conditions.common import check_power, check_version
from assets.conditions.disposal_companies import (
    APPROVED,
    check_approvable,
    check_details,
    check_endable,
    check_used,
)
from assets.disposal_files import check_file, file_kept, upload_digest
from assets.models import CompanyPaper, DisposalCompany
from assets.vocabulary import CompanyPaperKind
from audit.actions import record
from common.errors import Refusal
from people.models import Person, School


@dataclass(frozen=True)
class CompanyDetails:
    """What a school knows of a disposal company."""

    name: str
    carrier_licence: str
    licence_until: date
    guarantee_until: date
    contact: str = ""
    insurance_until: date | None = None
    standard: str = ""
    standard_number: str = ""
    standard_until: date | None = None


@transaction.atomic
def enter_company(
    *, school: School, details: CompanyDetails, by: Person, at: datetime
) -> DisposalCompany:
    """Enter a company; it may take nothing before somebody else approves it (AST-06).

    Refuses a name that is in the register already, so that one sent twice stays one.
    """
    check_power(by, "edit_companies", at)
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    check_details(school, vars(details), None)
    company = DisposalCompany.objects.create(
        school=school, entered_by=by, entered_at=at, **vars(details)
    )
    record("enter_company", company, by=by, at=at)
    return company


@transaction.atomic
def edit_company(
    *, company: DisposalCompany, details: CompanyDetails, version: int, by: Person, at: datetime
) -> DisposalCompany:
    """Change what is known of a company (AST-06).

    Another licence or guarantee takes its approval away, and whoever wrote it counts as the person
    who entered it. Refuses an old version, a company that is no longer used, and no change.
    """
    check_power(by, "edit_companies", at)
    company = _locked(company)
    check_version(company.version, version)
    check_used(company)
    check_details(company.school, vars(details), company)
    changed = [name for name, value in vars(details).items() if value != getattr(company, name)]
    if not changed:
        raise Refusal("Nothing was changed.")
    for name in changed:
        setattr(company, name, getattr(details, name))
    if set(changed) & set(APPROVED):
        company.approved_by = company.approved_at = None
        company.entered_by, company.entered_at = by, at
    company.version += 1
    company.save()
    facts = {"fields": changed, "approved": company.approved_by_id is not None}
    record("edit_company", company, by=by, at=at, facts=facts)
    return company


@transaction.atomic
def add_company_paper(
    *,
    company: DisposalCompany,
    kind: str,
    upload: UploadedFile,
    valid_until: date | None = None,
    by: Person,
    at: datetime,
) -> CompanyPaper:
    """Put a paper of a company on file; the same one sent twice stays one (AST-06).

    Refuses a company that is no longer used, a licence, guarantee or insurance without its last
    day, and any file that ``check_upload`` refuses.
    """
    check_power(by, "edit_companies", at)
    company = _locked(company)
    check_used(company)
    if valid_until is None and kind not in {CompanyPaperKind.STANDARD, CompanyPaperKind.PERMIT}:
        raise Refusal("Say until when it is good.")
    same = company.papers.filter(kind=kind, valid_until=valid_until, sha256=upload_digest(upload))
    if earlier := same.first():
        return earlier
    paper = CompanyPaper(
        school=company.school,
        company=company,
        kind=CompanyPaperKind(kind),
        valid_until=valid_until,
        added_by=by,
        added_at=at,
    )
    with file_kept(paper, upload):
        paper.save(force_insert=True)
        facts = {"company": company.pk, "kind": kind, "sha256": paper.sha256}
        record("add_company_paper", paper, by=by, at=at, facts=facts)
    return paper


@transaction.atomic
def approve_company(
    *, company: DisposalCompany, version: int, by: Person, at: datetime
) -> DisposalCompany:
    """Approve a company, so that it may be chosen (AST-06).

    Refuses whoever entered it, an old version, a licence or guarantee that has run out, and one
    that no paper on file shows.
    """
    check_power(by, "approve_company", at)
    company = _locked(company)
    check_version(company.version, version)
    check_approvable(company, company.papers.all(), by, localdate(at))
    company.approved_by, company.approved_at = by, at
    company.version += 1
    company.save(update_fields=["approved_by", "approved_at", "version"])
    facts = {
        "licence_until": company.licence_until.isoformat(),
        "guarantee_until": company.guarantee_until.isoformat(),
    }
    record("approve_company", company, by=by, at=at, facts=facts)
    return company


@transaction.atomic
def end_company(
    *, company: DisposalCompany, version: int, by: Person, at: datetime
) -> DisposalCompany:
    """Say that a company is no longer used; what it took stays on file (AST-06).

    Refuses while a disposal with it is open.
    """
    check_power(by, "edit_companies", at)
    company = _locked(company)
    check_version(company.version, version)
    check_endable(company)
    company.ended_at = at
    company.version += 1
    company.save(update_fields=["ended_at", "version"])
    record("end_company", company, by=by, at=at)
    return company


@transaction.atomic
def hand_on_company_paper(*, paper: CompanyPaper, by: Person, at: datetime) -> CompanyPaper:
    """Give a copy of a company's paper to somebody who sees disposals; the trail notes it.

    Refuses a stored file that is not the one that was taken in (SYS-06).
    """
    check_power(by, "view_disposals", at)
    check_file(paper)
    record("hand_on_company_paper", paper, by=by, at=at, facts={"sha256": paper.sha256})
    return paper


def _locked(company: DisposalCompany) -> DisposalCompany:
    rows = DisposalCompany.objects.select_for_update(of=("self",)).select_related("school")
    return rows.get(pk=company.pk)
