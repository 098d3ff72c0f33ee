"""Record how paper with personal data was destroyed, and its certificate (AST-24)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from assets.conditions.common import check_power, said
from assets.conditions.disposal_companies import check_in_force
from assets.disposal_files import FIELDS, file_kept
from assets.models import DisposalCompany, PaperDestruction
from assets.vocabulary import PaperMethod
from audit.actions import record
from common.errors import Refusal, StepRefused
from people.models import Person, School


@dataclass(frozen=True)
class PaperDetails:
    """What paper was destroyed, how, when, how much, and by which company."""

    method: str
    destroyed_date: date
    what: str
    amount: int
    unit: str
    company: DisposalCompany | None = None


@transaction.atomic
def record_destruction(
    *, school: School, submission: UUID, details: PaperDetails, by: Person, at: datetime
) -> PaperDestruction:
    """Record that paper was shredded, or collected by a company of the register (AST-24).

    A collection waits for its certificate. The same ``submission`` sent twice gives the one record.
    Refuses a day to come, nothing at all, a collection without a company, and a company whose
    approval, licence or guarantee is not in force on the day.
    """
    check_power(by, "prepare_disposal", at)
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    made = PaperDestruction.objects.filter(submission=submission).first()
    if made:
        return made
    if details.destroyed_date > localdate(at):
        raise Refusal("This day has not come yet. Record it once the paper is gone.")
    if details.amount < 1:
        raise Refusal("Say how much it was.")
    company, due = details.company, None
    if details.method == PaperMethod.COMPANY:
        if company is None or company.school_id != school.pk:
            raise Refusal("Choose the company that collected it.")
        check_in_force(company, details.destroyed_date)
        due = details.destroyed_date + timedelta(days=school.setting("receipt_days"))
    made = PaperDestruction.objects.create(
        school=school,
        submission=submission,
        method=details.method,
        destroyed_date=details.destroyed_date,
        company=company if due else None,
        what=said(details.what, "Say what kind of records it was. No names."),
        amount=details.amount,
        unit=details.unit,
        recorded_by=by,
        recorded_at=at,
        certificate_due_date=due,
    )
    facts = {"method": details.method, "day": details.destroyed_date.isoformat()}
    record("record_destruction", made, by=by, at=at, facts=facts)
    return made


@transaction.atomic
def file_destruction(
    *, paper: PaperDestruction, number: str, upload: UploadedFile, by: Person, at: datetime
) -> PaperDestruction:
    """Put the certificate of a collection on file, once; refuses what was shredded here."""
    check_power(by, "prepare_disposal", at)
    rows = PaperDestruction.objects.select_for_update(of=("self",)).select_related("school")
    paper = rows.get(pk=paper.pk)
    if paper.method != PaperMethod.COMPANY:
        raise StepRefused("It was shredded here, so there is no certificate.")
    if paper.sha256:
        raise StepRefused("Its certificate is on file already.")
    paper.certificate_number = said(number, "Write down the number of the certificate.", 60)
    paper.file_by, paper.file_at = by, at
    with file_kept(paper, upload):
        paper.save(update_fields=["certificate_number", *FIELDS])
        record("file_destruction", paper, by=by, at=at, facts={"sha256": paper.sha256})
    return paper
