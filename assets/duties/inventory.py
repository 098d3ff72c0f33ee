"""What of the register, software and stock-takes needs a person now, and what falls due."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Expression, Q, QuerySet
from django.utils.timezone import localdate

from assets.models import Asset, Software
from assets.queries.inventory import assets_here
from assets.queries.inventory_figures import (
    BEHIND,
    USED,
    days_of,
    running_out,
    stock_taken,
    stock_takes,
    unprotected,
)
from assets.queries.software import expiring, over_used, software_in_use, unapproved
from assets.queries.stock import open_take, takes_of
from assets.school_settings import LONGEST_NOTICE
from common.asking import answers, any_of, counts_of
from common.duties import Due, Figure, Need, RecurringDuty
from common.pages import page_url
from common.requests import SchoolRequest
from common.stand_ins import with_settings
from people.models import School
from roles.queries import holders_of_power

REMINDERS = {
    "licence_ends": "A licence that ends",
    "support_ends": "Equipment that gets no more security updates",
    "warranty_ends": "A warranty that ends",
    "equipment_review_due": "Equipment that is due for review",
}
RECURRING: tuple[RecurringDuty, ...] = (
    RecurringDuty(
        code="stock_take",
        label="Stock-take of all equipment",
        roles=("tech", "office_mgr"),
        words="Once a year somebody looks room by room whether all equipment is there. You look "
        "after it. This stops when a stock-take is closed.",
        requirement="AST-01",
        period="year",
        remind_days=(40, 15, 0),
        evidence=stock_taken,
        records=stock_takes,
        page="stock_take_list",
    ),
    RecurringDuty(
        code="equipment_review",
        label="Review of equipment for health, safety and security",
        roles=("tech",),
        words="Once a year the systems are looked at for health, safety and security. You look "
        "after them. This stops when you say what you found.",
        requirement="AST-19, AST-20",
        period="year",
        remind_days=(40, 15, 0),
    ),
)
LICENCE_WORDS = (
    "A licence of the school ends soon or has ended. You keep the list of software. This stops "
    "once its new day is entered, or the program is no longer used."
)
WORDS = {
    "support_ends": (
        "Some equipment gets no more security updates soon or from now on. You keep the register. "
        "This stops once it is renewed or no longer in use."
    ),
    "warranty_ends": (
        "The warranty of some equipment ends soon. You keep the register. This stops by itself on "
        "that day."
    ),
    "equipment_review_due": (
        "The review of some equipment is due. You keep the register. This stops once a new day is "
        "entered."
    ),
}
# What falls due: its field, and whether it is said some days before.
DAYS = {
    "support_ends": ("support_until", True),
    "warranty_ends": ("warranty_until", True),
    "equipment_review_due": ("review_date", False),
}
# What waits for whoever keeps the register: the count, its words, and the filter that shows it.
DEVICES = (
    ("unsupported", "device{s} without security updates", "support=ended"),
    ("support_ending", "device{s} soon without security updates", "support=ending"),
    ("to_review", "device{s} to review", "review=due"),
)
PROGRAMS = (
    ("ending", "licence{s} at or near the end", "sort=expires_date"),
    ("over", "program{s} used more than bought", "watch=over"),
    ("unapproved", "program{s} not approved", "watch=unapproved"),
)


@with_settings("licence_remind_days")
def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know of the register, as far as the person keeps it."""
    school, on, found = request.school, localdate(at), {}
    if request.may("edit_assets"):
        days = school.setting("licence_remind_days")
        found["devices"] = counts_of(assets_here(school), **running_out(on, days))
        found["programs"] = counts_of(
            Software.objects.filter(school=school, ended_at=None), **_programs(school, on, days)
        )
    if request.may("take_stock"):
        found["take"] = any_of(takes_of(school).filter(closed_at=None))
    if request.may("export_assets"):
        found["unprotected"] = counts_of(unprotected(school), count=Count("pk"))
    return found


def _programs(school: School, on: date, days: int) -> dict[str, Count]:
    rows = software_in_use(school)
    lots = {
        "ending": expiring(school, on, days),
        "over": over_used(rows),
        "unapproved": unapproved(rows),
    }
    return {
        name: Count("pk", filter=Q(pk__in=lot.order_by().values("pk")))
        for name, lot in lots.items()
    }


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return what waits for whoever keeps the register, and the stock-take that is open."""
    told = answers(request, asks, at=at)
    found = _lines(request, "asset_list", "By the register", DEVICES, told.get("devices"))
    why = "By the list of software"
    found += _lines(request, "software_list", why, PROGRAMS, told.get("programs"))
    take = open_take(request.school) if told.get("take") else None
    if take:
        url = page_url(request.school, "stock_take_detail", take.pk)
        found.append(Need(f"Stock-take {take}", "It is open", url, "Go on"))
    return found


def _lines(
    request: SchoolRequest,
    page: str,
    why: str,
    lines: Iterable[tuple[str, str, str]],
    counts: Mapping[str, int] | None,
) -> list[Need]:
    """Return a need for each count that is not 0, with the list of what it counts."""
    where = page_url(request.school, page)
    return [
        Need(_many(counts[name], words), why, f"{where}?{query}", "Look at them")
        for name, words, query in lines
        if counts and counts[name]
    ]


def _many(count: int, words: str) -> str:
    return f"{count} {words.format(s='' if count == 1 else 's')}"


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return how many devices keep data without being encrypted, for those who export."""
    counts = answers(request, asks, at=at).get("unprotected")
    if not counts or not counts["count"]:
        return []
    url = f"{page_url(request.school, 'asset_list')}?data=yes"
    many = "devices keep data and are not known to be encrypted"
    one = "device keeps data and is not known to be encrypted"
    return [Figure(counts["count"], many, url, one=one)]


def may_be_due(*, on: date) -> list[QuerySet[Any, Any]]:
    """Return the rows, of any school, without which there is nothing to remind of."""
    since, soon = on - BEHIND, on + timedelta(days=LONGEST_NOTICE)
    used = Asset.objects.filter(state__in=USED)
    return [
        Software.objects.filter(ended_at=None, expires_date__lte=soon),
        *(
            used.filter(**{f"{field}__range": (since, soon if before else on)})
            for field, before in DAYS.values()
        ),
    ]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield what ends, to whoever keeps the register: some days before, and on the day (AST-02).

    A licence is said three times: at the school's days, at half of them, and when it has ended.
    Devices are not said one by one: all that end on one day are one reminder.
    """
    people = [person.pk for person in holders_of_power(school, "edit_assets", on=on)]
    days = school.setting("licence_remind_days")
    for software in expiring(school, on, days):
        left = (software.expires_date - on).days if software.expires_date else 0
        stage = "ended" if left <= 0 else "near" if left <= days // 2 else "soon"
        period = f"{software.pk}:{software.expires_date}:{stage}"
        yield from (Due("licence_ends", pk, period, LICENCE_WORDS) for pk in people)
    for duty, (field, before) in DAYS.items():
        until = on + timedelta(days=days if before else 0)
        for day in days_of(school, field, on - BEHIND, until):
            period = f"{day}:{'ended' if day <= on else 'soon'}"
            yield from (Due(duty, pk, period, WORDS[duty]) for pk in people)
