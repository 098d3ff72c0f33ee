"""Records for the pages of class mode, reception and paper, and rows for their lists."""

from datetime import timedelta

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.actions.issuing import issue_obligations
from agreements.actions.kiosks import open_kiosk, sign_visit
from agreements.actions.papers import take_paper
from agreements.actions.sittings import close_sitting, open_sitting
from agreements.models import AgreementVersion, ClassSitting, Kiosk, Obligation, PaperReturn
from agreements.queries.texts import live_version
from agreements.shown import Opened, shown_to
from agreements.views.visits import SALT
from people.models import Person, SchoolClass
from tests.agreements.walk import obligation_of, published
from tests.cast import NOW, Cast, make_pupil

SCAN = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def text(cast: Cast, name: str) -> AgreementVersion:
    """Return the live text of an audience, asked of everybody; published when there is none."""
    live = live_version(cast.school, name)
    if live is None:
        (live,) = published(cast, name, at=NOW)
    issue_obligations(school=cast.school, by="tests", at=NOW)
    return live


def sitting(cast: Cast) -> ClassSitting:
    """Return what Tom reads with class 5T now."""
    return open_sitting(
        school_class=SchoolClass.objects.get(school=cast.school, name="5T"),
        version=text(cast, "pupil_ks2"),
        language="en",
        by=cast.tom,
        at=NOW,
    )


def kiosk(cast: Cast) -> Kiosk:
    """Return an open place with a text to sign."""
    text(cast, "visitor")
    return open_kiosk(school=cast.school, label="Reception", by=cast.hana, at=NOW)


def visit_token(cast: Cast, place: Kiosk) -> str:
    """Return the token of the page of somebody who has just signed at a place."""
    return signing.dumps([_visit(cast, place, 0), place.pk], salt=SALT)


def obligation(cast: Cast) -> Obligation:
    """Return what Pia still has to sign."""
    text(cast, "pupil_ks2")
    return obligation_of(cast.pia, "pupil-ks2")


def paper(cast: Cast) -> PaperReturn:
    """Return the sheet of Quin that Dora took in."""
    text(cast, "pupil_ks2")
    return _take(obligation_of(cast.quin, "pupil-ks2"), cast.dora)


def one_more_class(cast: Cast, number: int) -> None:
    """Put one more class on the list, with an open reading and a past one."""
    group = SchoolClass.objects.create(
        school=cast.school, name=f"5-{number}", year_group="5", teacher=cast.tom
    )
    pupil = make_pupil(cast.school, f"Number{number}", "Sitter", group)
    version = text(cast, "pupil_ks2")
    for present in ([pupil], []):
        made = open_sitting(school_class=group, version=version, language="en", by=cast.tom, at=NOW)
        if present:
            close_sitting(sitting=made, present=present, by=cast.tom, at=NOW)


def one_more_visit(cast: Cast, number: int) -> None:
    """Put one more place, and somebody who signed there, on the list."""
    text(cast, "visitor")
    place = open_kiosk(school=cast.school, label=f"Door {number}", by=cast.hana, at=NOW)
    _visit(cast, place, number)


def one_more_sheet(cast: Cast, number: int) -> Obligation:
    """Ask one more pupil to sign."""
    group = SchoolClass.objects.get(school=cast.school, name="5T")
    pupil = make_pupil(cast.school, f"Number{number}", "Signer", group)
    text(cast, "pupil_ks2")
    return obligation_of(pupil, "pupil-ks2")


def one_more_paper(cast: Cast, number: int) -> None:
    """Take one more sheet in."""
    _take(one_more_sheet(cast, number), cast.dora)


def _take(asked: Obligation, by: Person) -> PaperReturn:
    return take_paper(
        obligation=asked,
        upload=SimpleUploadedFile("sheet.pdf", SCAN),
        typed_name=asked.signer.full_name,
        signed_date=NOW.date(),
        by=by,
        at=NOW,
    )


def _visit(cast: Cast, place: Kiosk, number: int) -> int:
    shown = shown_to(text(cast, "visitor"), "en")
    return sign_visit(
        kiosk=place,
        audience="visitor",
        opened=Opened((), shown.sha256, "en", NOW - timedelta(minutes=1)),
        typed_name=f"Visitor {number}",
        organisation="Fire safety Ltd",
        visiting="Hana Headley",
        valid_until=NOW.date(),
        at=NOW,
    ).pk
