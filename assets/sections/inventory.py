"""The figures of the register, software and stock-takes in a report (AST-01, AST-02, AST-17)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q

from assets.queries.inventory_figures import register_at, stock_results
from assets.queries.software import OVER_USED, UNAPPROVED, software_in_use
from assets.vocabulary import AssetKind, Encryption
from common.pages import page_url
from common.sections import Period, Row, Section, Table
from people.models import School

LEAD = (
    "Devices that were on the register at the end of the period and not disposed of. What is said "
    "of encryption and of software is as it is now."
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
LOOKS = {"over": "watch=over", "unapproved": "watch=unapproved", "listed": "", "expired": ""}


def sections(school: School, period: Period) -> list[Section]:
    """Return the figures of a span of days. Three queries."""
    kinds, counts = _states(school, period)
    where = page_url(school, "asset_list")
    tables = (
        _parts("kinds", "What equipment the school has", AssetKind.choices, kinds, where, "kind"),
        _parts(
            "encryption",
            "Whether devices that keep data are encrypted",
            PROTECTED.items(),
            counts,
            f"{where}?data=yes",
            "encryption",
        ),
        _share(counts),
        _parts("support", "Whether devices get security updates", SUPPORT.items(), counts),
        _parts(
            "stock",
            "What stock-takes of the period found",
            STOCK.items(),
            stock_results(school, period.begins_at, period.ends_at),
        ),
        _software(school, period.end),
    )
    return [Section("equipment", "Equipment and software", 54, LEAD, tables)]


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
            supported=Count("pk", filter=Q(support_until__gt=period.end)),
            ended=Count("pk", filter=Q(support_until__lte=period.end)),
            unsaid=Count("pk", filter=Q(support_until=None)),
            **keeping,
        )
    )
    names = (*keeping, *SUPPORT)
    kinds = {line["kind"]: line["count"] for line in lines}
    return kinds, {name: sum(line[name] for line in lines) for name in names}


def _parts(
    code: str,
    title: str,
    labels: Iterable[tuple[Any, str]],
    counts: Mapping[str, int],
    where: str = "",
    field: str = "",
) -> Table:
    """Return a table whose rows are parts of one whole; each leads to what it counts."""
    rows = []
    for key, label in labels:
        joint = "&" if "?" in where else "?"
        url = f"{where}{joint}{field}={key}" if where else ""
        rows.append(
            Row(str(key), label, counts.get(str(key), 0), url=url, power="view_assets" * bool(url))
        )
    rows.append(Row("total", "All together", sum(int(row.value or 0) for row in rows)))
    return Table(code, title, "Kind", tuple(rows), adds_up=True, people=False)


def _share(counts: Mapping[str, int]) -> Table:
    base = sum(counts[str(code)] for code in PROTECTED)
    part = counts[str(Encryption.YES)]
    share = round(100 * part / base) if base else None
    row = Row("encrypted", "Encrypted, of all that keep data", share, base=base, part=part)
    return Table(
        "encrypted_share",
        "How many of 100 devices that keep data are encrypted",
        "Share",
        (row,),
        unit="percent",
        people=False,
    )


def _software(school: School, end: date) -> Table:
    counts = software_in_use(school).aggregate(
        listed=Count("pk"),
        expired=Count("pk", filter=Q(expires_date__lte=end)),
        over=Count("pk", filter=OVER_USED),
        unapproved=Count("pk", filter=UNAPPROVED),
    )
    where = page_url(school, "software_list")
    lines = tuple(
        Row(key, label, counts[key], url=f"{where}?{LOOKS[key]}", power="view_assets")
        for key, label in SOFTWARE.items()
    )
    return Table("software", "What software the school uses", "Count", lines, people=False)
