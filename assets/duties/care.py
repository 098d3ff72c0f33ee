"""What of declarations, protection and scans of equipment needs a person, and what falls due."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Expression, Q, QuerySet
from django.utils.timezone import localdate

from assets.models import Loan
from assets.queries.declarations import tax_year_asked, to_declare, to_pass
from assets.queries.device_checks import checks_in, every_device_checked, to_scan
from common.asking import answers, any_of, counts_of
from common.duties import OFF, Due, Need, RecurringDuty
from common.pages import page_url
from common.requests import SchoolRequest
from common.stand_ins import with_settings
from people.models import Person, School

REMINDERS = {
    "use_declaration": "Personal use of lent equipment, to be declared",
    "virus_protection": "Virus protection of something borrowed, to be confirmed",
}
RECURRING: tuple[RecurringDuty, ...] = (
    RecurringDuty(
        code="mobile_devices",
        label="Protection of mobile devices and memory sticks",
        roles=("tech",),
        words="Once a year somebody looks how each mobile device is protected and who knows its "
        "PIN. You look after them. This stops once each of them was checked.",
        requirement="AST-15, AST-17",
        period="year",
        remind_days=(40, 15, 0),
        evidence=every_device_checked,
        records=checks_in,
        page="device_check_list",
    ),
    RecurringDuty(
        code="close_of_day",
        label="Portable devices switched off and locked away at the close of day",
        roles=("tech", "office_mgr"),
        words="At the close of day portable devices are switched off and locked away. You look "
        "whether that was so this week. This stops once you say what you found.",
        requirement="AST-25",
        period=OFF,
        remind_days=(0,),
    ),
)
USE_WORDS = (
    "The school lent you something in the last tax year and asks whether you used it for yourself. "
    "This stops once you have said so."
)
VIRUS_WORDS = (
    "You borrowed something that keeps data, and its virus protection is to be looked at again. "
    "This stops once you say that it is up to date."
)
AGAIN = timedelta(days=30)  # after which somebody who has not declared is reminded again
MOST = 6


@with_settings("declaration_month", "scan_portable", "scan_after_days", "virus_confirm_days")
def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know of declarations, protection and scans."""
    school, on = request.school, localdate(at)
    found: dict[str, Expression] = {}
    if request.may("declare_use") and school.setting("declaration_month") != "never":
        found["declare"] = any_of(to_declare(school, on).filter(pk=request.person.pk))
    if request.may("keep_declarations"):
        found["pass"] = counts_of(_others(request), count=Count("pk"))
    if request.may("borrow_assets"):
        mine = unconfirmed(school, on).filter(borrower=request.person)
        found["protect"] = any_of(mine)
    if request.may("edit_assets") and school.setting("scan_portable") != "never":
        found["scan"] = counts_of(to_scan(school), count=Count("pk"))
    return found


def unconfirmed(school: School, on: date) -> QuerySet[Loan, Loan]:
    """Return the loans of staff whose virus protection is to be confirmed (AST-12)."""
    days = school.setting("virus_confirm_days")
    rows = Loan.objects.filter(
        school=school,
        returned_at=None,
        borrower__kind=Person.Kind.STAFF,
        asset__keeps_data=True,
        asset__state="on_loan",
    )
    since = on - timedelta(days=days)
    said = Q(protected_at__date__gt=since) | Q(protected_at=None, lent_at__date__gt=since)
    return rows.exclude(said) if days else rows.none()


def _others(request: SchoolRequest) -> QuerySet[Any, Any]:
    return to_pass(request.school).exclude(person=request.person)


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return the declaration a borrower owes, what they confirm, what to pass on, what to scan."""
    told = answers(request, asks, at=at)
    found = []
    if told.get("declare"):
        url = page_url(request.school, "declaration_create")
        what = "Personal use of what you borrowed"
        found.append(Need(what, "The school asks once a year, for tax", url, "Declare it"))
    if told.get("protect"):
        found += _to_confirm(request, at)
    if count := (told.get("pass") or {}).get("count"):
        what = "1 declaration" if count == 1 else f"{count} declarations"
        url = page_url(request.school, "declaration_pass")
        found.append(Need(f"{what} of personal use", "Payroll has to be told", url, "Pass on"))
    if count := (told.get("scan") or {}).get("count"):
        what = "1 portable device" if count == 1 else f"{count} portable devices"
        url = f"{page_url(request.school, 'asset_list')}?scan=needed"
        found.append(Need(f"{what} to scan", "Before joining the network", url, "Look at them"))
    return found


def _to_confirm(request: SchoolRequest, at: datetime) -> list[Need]:
    loans = unconfirmed(request.school, localdate(at)).filter(borrower=request.person)
    return [
        Need(
            f"{loan.asset.get_kind_display()} {loan.asset.tag}, lent to you",
            "Look whether its virus protection is up to date",
            page_url(request.school, "loan_protect", loan.pk),
            "It is up to date",
        )
        for loan in loans.select_related("asset").order_by("pk")[:MOST]
    ]


def may_be_due(*, on: date) -> list[QuerySet[Any, Any]]:
    """Return the rows, of any school, without which there is nothing to remind of."""
    return [Loan.objects.filter(borrower__kind=Person.Kind.STAFF, lent_at__date__lt=on)]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield borrowers who have to declare, once and again a month later, or to confirm (AST-11)."""
    year = tax_year_asked(school, on)
    if year:
        stage = "again" if on >= year.asked_from + AGAIN else "first"
        for pk in to_declare(school, on).order_by("pk").values_list("pk", flat=True):
            yield Due("use_declaration", pk, f"{year.ends:%y%m%d}:{stage}", USE_WORDS)
    for loan in unconfirmed(school, on).order_by("pk"):
        period = f"{loan.pk}:{loan.protected_at or loan.lent_at:%y%m%d}"
        yield Due("virus_protection", loan.borrower_id, period, VIRUS_WORDS)
