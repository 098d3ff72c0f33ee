"""Which devices go about, how each is protected, which have to be scanned (AST-15 to AST-18)."""

from datetime import date, datetime, timedelta

from django.db.models import (
    DateTimeField,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import TruncDate
from django.http import Http404

from assets.models import Asset, DeviceCheck, Loan, Upkeep
from assets.vocabulary import PORTABLE, UpkeepKind
from people.models import School

GO_ABOUT = ("in_service", "on_loan")  # in use; what is locked up or given up is not checked
YEAR = timedelta(days=365)  # after which a device is checked again


def goes_about(asset: Asset) -> bool:
    """Return whether a device is checked as one that goes about, or is for investigations."""
    return asset.reserved or (asset.kind in PORTABLE and asset.keeps_data)


def mobile_devices(school: School) -> QuerySet[Asset, Asset]:
    """Return the devices in use that go about and may hold personal data (AST-17).

    Each knows ``check_id`` and ``checked_at``, those of its latest check.
    """
    rows = Asset.objects.filter(
        school=school, kind__in=PORTABLE, keeps_data=True, state__in=GO_ABOUT
    )
    latest = DeviceCheck.objects.filter(asset=OuterRef("pk")).order_by("-at", "-pk")
    return rows.select_related("holder", "room").annotate(
        check_id=Subquery(latest.values("pk")[:1]), checked_at=Subquery(latest.values("at")[:1])
    )


def with_checks(devices: list[Asset]) -> list[Asset]:
    """Return devices of ``mobile_devices``, each with its latest ``check`` or None. One query."""
    wanted = [one.check_id for one in devices if one.check_id]  # type: ignore[attr-defined]
    found = DeviceCheck.objects.filter(pk__in=wanted).select_related("custodian").in_bulk()
    for one in devices:
        one.latest = found.get(one.check_id)  # type: ignore[attr-defined]
    return devices


def latest_check(asset: Asset) -> DeviceCheck | None:
    """Return the latest check of a device with its people, or None."""
    return asset.checks.select_related("custodian", "by").first()


def checks_in(start: date, end: date) -> QuerySet[DeviceCheck, DeviceCheck]:
    """Return the checks of a span of days."""
    return DeviceCheck.objects.filter(at__date__range=(start, end))


def every_device_checked(school: School, start: date, end: date) -> datetime | None:
    """Return when the last device that goes about was checked in a span of days, or None."""
    devices = mobile_devices(school)
    if devices.filter(Q(checked_at=None) | Q(checked_at__date__lt=start)).exists():
        return None
    done: datetime | None = (
        checks_in(start, end).filter(school=school).aggregate(last=Max("at"))["last"]
    )
    return done


def unscanned(school: School) -> QuerySet[Asset, Asset]:
    """Return the portable devices that have to be scanned before they join the network (AST-18).

    New ones never scanned, and where the school wants it those back from a long loan. Only a scan
    that passed counts.
    """
    asked = school.setting("scan_portable")
    rows = Asset.objects.filter(school=school, kind__in=PORTABLE)
    if asked == "never":
        return rows.none()
    scans = Upkeep.objects.filter(
        asset=OuterRef("pk"), kind=UpkeepKind.SCAN, passed=True, finished_date__isnull=False
    ).order_by("-finished_date")
    rows = rows.annotate(scanned=Subquery(scans.values("finished_date")[:1]))
    needed = Q(state__in=("registered", "redundant"), scanned=None)
    if asked == "loans":
        days = timedelta(days=school.setting("scan_after_days"))
        long = ExpressionWrapper(F("lent_at") + days, output_field=DateTimeField())
        loans = Loan.objects.filter(asset=OuterRef("pk"), returned_at__gte=long)
        back = loans.order_by("-returned_at").values(day=TruncDate("returned_at"))[:1]
        rows = rows.annotate(back=Subquery(back))
        needed |= Q(scanned=None, back__isnull=False) | Q(scanned__lt=F("back"))
    return rows.filter(needed)


def to_scan(school: School) -> QuerySet[Asset, Asset]:
    """Return the devices here that wait for their scan."""
    return unscanned(school).filter(state__in=("registered", "in_service"))


def scan_is_missing(asset: Asset) -> bool:
    """Return whether a device has to be scanned before it joins the network."""
    return unscanned(asset.school).filter(pk=asset.pk).exists()


def upkeep_or_404(school: School, pk: int) -> Upkeep:
    """Return one repair or check of a school with its device."""
    rows = Upkeep.objects.filter(school=school, pk=pk).select_related("asset__school", "school")
    found = rows.first()
    if found is None:
        raise Http404("no such repair or check")
    return found
