"""Read the places where visitors sign, and who has signed there (AGR-17)."""

from datetime import date, timedelta

from django.db.models import F, QuerySet

from agreements.models import AgreementVersion, Kiosk, Signature
from agreements.queries.texts import live_versions
from agreements.vocabulary import Audience, Kind, Method
from people.models import School


def kiosks_of(school: School) -> QuerySet[Kiosk, Kiosk]:
    """Return a school's places, the open ones first."""
    rows = Kiosk.objects.filter(school=school).select_related("opened_by", "closed_by")
    return rows.order_by(F("closed_at").desc(nulls_first=True), "label")


def kiosk_with_code(school: School, code: str) -> Kiosk | None:
    """Return the place of a code on a poster, open or closed."""
    return Kiosk.objects.filter(school=school, code=code).select_related("school").first()


def texts_at_kiosk(school: School) -> dict[str, AgreementVersion]:
    """Return what may be signed at reception: the live text of each audience. Two queries."""
    live = {
        one.agreement.audience: one
        for one in live_versions(school)
        if one.agreement.kind == Kind.AGREEMENT
    }
    return {who: live[who] for who in (Audience.VISITOR, Audience.VOLUNTEER) if who in live}


def visits_of(school: School) -> QuerySet[Signature, Signature]:
    """Return what was signed at reception, newest first."""
    rows = Signature.objects.filter(school=school, method=Method.KIOSK)
    return rows.select_related("version__agreement").order_by("-signed_at", "-pk")


def visit_by_number(school: School, number: int) -> Signature | None:
    """Return what was signed at reception by its number, for whoever just signed it."""
    rows = visits_of(school).select_related("shown", "school")
    return rows.filter(pk=number).first()


def kiosk_by_number(school: School, number: int) -> Kiosk | None:
    """Return a place of a school by its number."""
    return kiosks_of(school).filter(pk=number).first()


def last_day(school: School, today: date) -> date:
    """Return the last day until which somebody who signs today may sign (AGR-17)."""
    return today + timedelta(days=school.setting("visitor_days") - 1)
