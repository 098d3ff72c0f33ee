"""The figures of the register, software and stock-takes in a report (AST-01, AST-02, AST-17)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.timezone import localdate

from assets.queries.inventory_figures import register_at, stock_results
from assets.queries.software import OVER_USED, UNAPPROVED, software_in_use
from assets.vocabulary import AssetKind, Encryption
from common.pages import page_url
from common.sections import Period, Row, Section, Table
from people.models import School

SEES = "view_assets"
LEAD = (
    "Devices that were on the register at the end of the period and not disposed of. What is said "
    "of encryption and of software is as it is now, and of support as it was at the end of the "
    "period, or today if it is not over."
)
PROTECTED = {
    Encryption.YES: "Encrypted",
    Encryption.NO: "Not encrypted",
    Encryption.UNKNOWN: "Not known",
}
SUPPORT = {
    "supported": "Gets security updates",
    "ended": "Gets no more security updates",
    "unsaid": "Not said until when",
}
STOCK = {
    "found": "Found",
    "moved": "Found in another room",
    "missing": "Missing",
    "unseen": "Not looked at",
}
SOFTWARE = {
    "listed": "Programs in use",
    "over": "Used more than was bought",
    "expired": "Licence has ended",
    "unapproved": "Not approved and on a device",
}
LOOKS = {
    "listed": "",
    "over": "watch=over",
    "unapproved": "watch=unapproved",
    "expired": "watch=ended",
    "ended": "support=ended",
    "unsaid": "support=none",
    **{str(code): f"data=yes&encryption={code}" for code in PROTECTED},
    **{str(kind): f"kind={kind}" for kind in AssetKind},
}


def sections(school: School, period: Period) -> list[Section]:
    """Return the figures of a span of days. Three queries."""
    kinds, counts = _states(school, period)
    here = [(kind, label) for kind, label in AssetKind.choices if kinds.get(kind)]
    assets = page_url(school, "asset_list")
    tables = (
        _parts("kinds", "What equipment the school has", here, kinds, assets),
        _parts(
            "encryption",
            "Whether devices that keep data are encrypted",
            PROTECTED.items(),
            counts,
            assets,
        ),
        _share(counts, f"{assets}?data=yes"),
        _parts("support", "Whether devices get security updates", SUPPORT.items(), counts, assets),
        _parts(
            "stock",
            "What stock-takes of the period found",
            STOCK.items(),
            stock_results(school, period.begins_at, period.ends_at),
            "",
        ),
        _software(school, _last(period)),
    )
    return [Section("equipment", "Equipment and software", 54, LEAD, tables)]


def _last(period: Period) -> date:
    """Return the day by which something was over: the period's last, or today."""
    return min(period.end, localdate())


def _states(school: School, period: Period) -> tuple[dict[str, int], dict[str, int]]:
    """Return the register by kind; and by encryption of what keeps data, and by support."""
    keeping = {
        str(code): Count("pk", filter=Q(keeps_data=True, encryption=code)) for code in PROTECTED
    }
    lines: list[Any] = list(
        register_at(school, period.ends_at)
        .values("kind")
        .annotate(
            count=Count("pk"),
            supported=Count("pk", filter=Q(support_until__gte=_last(period))),
            ended=Count("pk", filter=Q(support_until__lt=_last(period))),
            unsaid=Count("pk", filter=Q(support_until=None)),
            **keeping,
        )
    )
    names = (*keeping, *SUPPORT)
    kinds = {line["kind"]: line["count"] for line in lines}
    return kinds, {name: sum(line[name] for line in lines) for name in names}


def _row(key: str, label: str, count: int, where: str) -> Row:
    url = f"{where}?{LOOKS[key]}" if where and key in LOOKS else ""
    return Row(key, label, count, url=url, power=SEES)


def _parts(
    code: str,
    title: str,
    labels: Iterable[tuple[Any, str]],
    counts: Mapping[str, int],
    where: str,
) -> Table:
    """Return a table whose rows are parts of one whole; each leads to the list of just that."""
    told = {str(key): (label, counts.get(str(key), 0)) for key, label in labels}
    told["total"] = ("All together", sum(count for _, count in told.values()))
    rows = [_row(key, label, count, where) for key, (label, count) in told.items()]
    return Table(code, title, "Kind", tuple(rows), adds_up=True, people=False)


def _share(counts: Mapping[str, int], url: str) -> Table:
    base = sum(counts[str(code)] for code in PROTECTED)
    part = counts[str(Encryption.YES)]
    share = round(100 * part / base) if base else None
    words = "Encrypted, of all that keep data"
    row = Row("encrypted", words, share, base=base, part=part, url=url, power=SEES)
    return Table(
        "encrypted_share",
        "How many of 100 devices that keep data are encrypted",
        "Share",
        (row,),
        unit="percent",
        people=False,
    )


def _software(school: School, last: date) -> Table:
    counts = software_in_use(school).aggregate(
        listed=Count("pk"),
        expired=Count("pk", filter=Q(expires_date__lt=last)),
        over=Count("pk", filter=OVER_USED),
        unapproved=Count("pk", filter=UNAPPROVED),
    )
    where = page_url(school, "software_list")
    lines = tuple(_row(key, label, counts[key], where) for key, label in SOFTWARE.items())
    return Table("software", "What software the school uses", "Count", lines, people=False)
