"""The figures of loans, upkeep, evidence and losses in a report."""

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.utils.timezone import localdate

from assets.models import Loan, Loss, Quarantine, Upkeep
from assets.vocabulary import LossKind, UpkeepKind
from common.pages import page_url
from common.sections import Period, Row, Section, Table
from people.models import School

LEAD = (
    "Loans, repairs and losses count when they were made. Whether a loan was open or overdue, or "
    "a device was found again, is judged at the end of the period, or today if it is not over."
)
LOANS = {
    "made": "Loans made",
    "returned": "Taken back",
    "late_back": "Taken back late, of those",
    "open": "Out at the end of the period",
    "overdue": "Overdue at the end of the period",
}
EVIDENCE = {"kept": "Devices kept as evidence", "released": "Released"}
JUDGED = {
    "incident": "An incident was raised",
    "settled": "A reason was given why not",
    "open": "Not judged yet",
}


# The filter of the list that shows just what a row counts; “days” are those of the period. What no
# list can show by itself, such as what was so at the end of the period, has none.
LOOKS = {
    "made": "{days}",
    **{kind: f"kind={kind}&{{days}}" for kind in LossKind.values},
    "found": "open=found&{days}",
}


def sections(school: School, period: Period) -> list[Section]:
    """Return the figures of a span of days. Four queries."""
    losses = _losses(school, period)
    kinds = {**dict(LossKind.choices), "total": "All together", "found": "Found again, of those"}
    upkeep = {**dict(UpkeepKind.choices), "total": "All together"}
    listed = _Listed(school, period)
    tables = (
        listed.table("loans", "What was lent", LOANS, _loans(school, period), "loan_list"),
        listed.table(
            "losses", "What was lost, and what was found again", kinds, losses, "loss_list"
        ),
        _judged(losses),
        listed.table(
            "upkeep",
            "What was repaired or checked",
            upkeep,
            _upkeep(school, period),
            "upkeep_list",
        ),
        listed.table(
            "evidence", "What was kept as evidence", EVIDENCE, _kept(school, period), "asset_list"
        ),
    )
    return [Section("loans", "Loans, repairs and losses", 55, LEAD, tables)]


class _Listed:
    """Tables of counts whose rows lead to the lists behind them."""

    def __init__(self, school: School, period: Period) -> None:
        self.school = school
        self.days = f"since={period.start}&until={period.end}"

    def to(self, page: str, look: str) -> str:
        """Return a list, narrowed to just what is counted."""
        return f"{page_url(self.school, page)}?{look.format(days=self.days)}"

    def table(
        self, code: str, title: str, labels: dict[str, str], counts: dict[str, int], page: str
    ) -> Table:
        """Return a table; loans count people, and what is kept as evidence counts cases."""
        rows = tuple(
            Row(
                key,
                str(label),
                counts[key],
                url=self.to(page, LOOKS[key]) if key in LOOKS else "",
                power="view_assets",
            )
            for key, label in labels.items()
        )
        return Table(code, title, "Count", rows, people=code in {"loans", "evidence"})


def _judged(losses: dict[str, int]) -> Table:
    labels = {**JUDGED, "total": "All together"}
    counts = losses | {"total": losses["with_data"]}
    rows = tuple(Row(key, label, counts[key]) for key, label in labels.items())
    title = "Whether losses of devices with data were judged"
    return Table("judged", title, "Result", rows, adds_up=True, people=False)


def _loans(school: School, period: Period) -> dict[str, int]:
    """Return the counts of loans; what is open is so at the end of the period or now."""
    last = min(period.end, localdate())
    there = Q(lent_at__lt=period.ends_at) & (
        Q(returned_at=None) | Q(returned_at__gte=period.ends_at)
    )
    back = Q(returned_at__gte=period.begins_at, returned_at__lt=period.ends_at)
    late = Q(returned_day__gt=F("due_date"))
    rows = Loan.objects.filter(school=school).annotate(returned_day=TruncDate("returned_at"))
    return rows.aggregate(
        made=Count("pk", filter=_within("lent_at", period)),
        returned=Count("pk", filter=back),
        late_back=Count("pk", filter=back & late),
        open=Count("pk", filter=there),
        overdue=Count("pk", filter=there & Q(due_date__lt=last)),
    )


def _losses(school: School, period: Period) -> dict[str, int]:
    data, incident = Q(asset__keeps_data=True), ~Q(incident_reference="")
    settled = ~incident & ~Q(no_incident_reason="")
    rows = Loss.objects.filter(_within("reported_at", period), school=school)
    kinds = {kind: Count("pk", filter=Q(kind=kind)) for kind in LossKind.values}
    return rows.aggregate(
        **kinds,
        total=Count("pk"),
        found=Count("pk", filter=Q(found_at__lt=period.ends_at)),
        with_data=Count("pk", filter=data),
        incident=Count("pk", filter=data & incident),
        settled=Count("pk", filter=data & settled),
        open=Count("pk", filter=data & ~incident & ~settled),
    )


def _upkeep(school: School, period: Period) -> dict[str, int]:
    rows = Upkeep.objects.filter(
        school=school, started_date__gte=period.start, started_date__lte=period.end
    )
    kinds = {kind: Count("pk", filter=Q(kind=kind)) for kind in UpkeepKind.values}
    return rows.aggregate(**kinds, total=Count("pk"))


def _kept(school: School, period: Period) -> dict[str, int]:
    return Quarantine.objects.filter(school=school).aggregate(
        kept=Count("pk", filter=_within("kept_at", period)),
        released=Count("pk", filter=_within("released_at", period)),
    )


def _within(field: str, period: Period) -> Q:
    return Q(**{f"{field}__gte": period.begins_at, f"{field}__lt": period.ends_at})
