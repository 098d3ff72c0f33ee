"""Signed paper: taken in by one person, compared by another (AGR-09, AGR-12)."""

import hashlib
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from agreements.actions.signing import Way, sign_agreement
from agreements.conditions import check_family, check_live, check_pupil_first, clean_signed_name
from agreements.models import Obligation, PaperReturn, Signature
from agreements.sheets import LANGUAGE, shown_on_paper
from agreements.shown import Opened
from agreements.vocabulary import Asks, Method
from agreements.workflow import OBLIGATION
from audit.actions import record
from common.errors import Conflicted, Refusal, StaleRecord
from common.file_checks import check_upload, file_digest
from people.models import Person, School

KINDS = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp"})
KIND_WORDS = "PDF, PNG, JPEG and WebP"
COMPARED = "paper compared by a second person"


@transaction.atomic
def take_paper(
    *,
    obligation: Obligation,
    upload: UploadedFile,
    typed_name: str,
    signed_date: date,
    by: Person,
    at: datetime,
) -> PaperReturn:
    """Take in a scan or photograph of a signed sheet, for another person to compare (AGR-09).

    Refuses what is signed already or cannot be signed on paper, a paper while another waits, a
    name that is not the signer's, a date outside the text's time, and any file but PDF or picture.
    """
    obligation = _locked(obligation)
    OBLIGATION.check("sign_agreement", obligation.state)
    if obligation.asks == Asks.FAMILIARISE:
        raise Refusal("A class is made familiar with this text. There is nothing to sign.")
    check_live(obligation)
    check_family(obligation, obligation.signer)
    check_pupil_first(obligation)
    _check_date(obligation, signed_date, at)
    if obligation.papers.filter(checked_at=None).exists():
        raise Refusal("A paper for this waits to be compared already.")
    paper = PaperReturn(
        school=obligation.school,
        obligation=obligation,
        version=obligation.version,
        signed_date=signed_date,
        typed_name=clean_signed_name(typed_name, obligation.signer),
        taken_by=by,
        taken_at=at,
    )
    return _store(paper, upload)


@transaction.atomic
def check_paper(
    *, paper: PaperReturn, same: bool, reason: str = "", by: Person, at: datetime
) -> Signature | None:
    """Say whether a paper is what was asked for; if so it counts as signed (AGR-12).

    Refuses whoever took it in or signed it, one that is compared already, a file that is not as it
    was taken in, a newer text, and a “no” without a reason. After a “no” another can be taken in.
    """
    paper = (
        PaperReturn.objects.select_for_update(of=("self",))
        .select_related("obligation", "version")
        .get(pk=paper.pk)
    )
    if paper.checked_at:
        raise Refusal("This paper was compared already.")
    if by.pk == paper.taken_by_id:
        raise Conflicted("You took this paper in, so somebody else has to compare it.")
    if by.pk in {paper.obligation.signer_id, paper.obligation.about_id}:
        raise Conflicted("This is your own agreement, so somebody else has to compare it.")
    if not same and not reason.strip():
        raise Refusal("Say what is wrong with the paper.")
    signature = _sign(paper, by, at) if same else None
    paper.checked_by, paper.checked_at = by, at
    paper.refused_reason = "" if same else reason.strip()[:300]
    paper.save(update_fields=["checked_by", "checked_at", "refused_reason"])
    facts = {
        "same": same,
        "sha256": paper.sha256,
        "signed_date": paper.signed_date.isoformat(),
        "signature": signature.reference if signature else "",
    }
    record("check_paper", paper, by=by, at=at, facts=facts)
    return signature


@transaction.atomic
def hand_on_paper(*, paper: PaperReturn, by: Person, at: datetime) -> PaperReturn:
    """Give a copy of a scan to somebody who works with signed paper; the trail notes it.

    Refuses a stored file that is gone or is not, byte for byte, the one that was taken in.
    """
    _check_unchanged(paper)
    record("hand_on_paper", paper, by=by, at=at, facts={"sha256": paper.sha256})
    return paper


@transaction.atomic
def print_sheets(*, school: School, count: int, medium: str, by: Person, at: datetime) -> None:
    """Note that sheets with people's names were printed, on how many and how (REP-15)."""
    facts = {"count": count, "medium": medium}
    record("print_sheets", school, by=by, at=at, facts=facts, school_id=school.pk)


def _store(paper: PaperReturn, upload: UploadedFile) -> PaperReturn:
    """Store the file under a random name with its row; it goes again when the row cannot stay."""
    checked = check_upload(upload, megabytes=paper.school.setting("paper_megabytes"))
    if checked.kind not in KINDS:
        raise Refusal(f"Send a scan or a photograph of the sheet: {KIND_WORDS}.")
    paper.name, paper.kind = checked.name, checked.kind
    paper.sha256 = hashlib.sha256(checked.content).hexdigest()
    paper.file.save("", ContentFile(checked.content), save=False)
    try:
        paper.save(force_insert=True)
        facts = {"sha256": paper.sha256, "obligation": paper.obligation_id}
        record("take_paper", paper, by=paper.taken_by, at=paper.taken_at, facts=facts)
    except BaseException:
        paper.file.delete(save=False)
        raise
    return paper


def _sign(paper: PaperReturn, by: Person, at: datetime) -> Signature:
    _check_unchanged(paper)
    obligation = _locked(paper.obligation)
    if obligation.version_id != paper.version_id:
        raise StaleRecord(
            "There is a newer version of this text since the paper was signed. Say so as the "
            "reason, and have the new sheet signed."
        )
    shown = shown_on_paper(obligation)
    return sign_agreement(
        obligation=obligation,
        opened=Opened((obligation.pk,), shown.sha256, LANGUAGE, paper.taken_at),
        typed_name=paper.typed_name,
        way=Way(Method.PAPER, COMPARED, witness=by),
        by=by,
        at=at,
    )


def _locked(obligation: Obligation) -> Obligation:
    rows = Obligation.objects.select_for_update(of=("self",))
    return rows.select_related("school", "agreement", "version__agreement", "signer", "about").get(
        pk=obligation.pk
    )


def _check_date(obligation: Obligation, signed_date: date, at: datetime) -> None:
    published = obligation.version.published_at
    if signed_date > localdate(at):
        raise Refusal("The sheet cannot have been signed after today.")
    if published and signed_date < localdate(published):
        raise Refusal("This text was not yet published on that day. Is it an older sheet?")


def _check_unchanged(paper: PaperReturn) -> None:
    if file_digest(paper.file) != paper.sha256:
        raise Refusal(
            f"“{paper.name}” is not in the store as it was taken in. Do not rely on it, and tell "
            "whoever looks after this system."
        )
