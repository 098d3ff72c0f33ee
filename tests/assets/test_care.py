"""Declarations of personal use, scans, checks and protection of equipment (AST-11 to AST-19)."""

from datetime import date
from uuid import uuid4

import pytest

from assets.actions import declarations, device_checks
from assets.duties import care as duties
from assets.models import DeviceCheck, Upkeep, UseDeclaration
from assets.queries.declarations import tax_year_asked
from assets.queries.device_checks import every_device_checked, to_scan
from audit.models import Entry
from common.errors import Refusal, StepRefused
from people.actions.settings import change_setting
from tests.assets import things, walk_care
from tests.assets import walk_lifecycle as walk
from tests.assets.walk_care import DAY, TODAY
from tests.assets.walk_disposal import letter
from tests.assets.walk_taken import office
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("today")


def text(response) -> str:
    return " ".join(response.content.decode().split())


def get(cast, who, path):
    return cast.client(who).get(cast.url(f"equipment/{path}"))


def post(cast, who, path, **data):
    return cast.client(who).post(cast.url(f"equipment/{path}"), data)


def request(cast, who):
    return cast.client(who).get(cast.url()).wsgi_request


def set_to(cast, name, value):
    change_setting(school=cast.school, name=name, value=value, by=cast.hana, at=NOW)
    vars(cast.school).pop("_settings", None)


def needs(cast, who, at=NOW):
    return [need.what for need in duties.needs(request(cast, who), at=at)]


def told(cast, on=TODAY):
    return {(one.duty, one.person_id) for one in duties.reminders_due(cast.school, on=on)}


# Declarations -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month", "on", "ends", "asked"),
    [
        ("4", date(2026, 9, 15), date(2026, 4, 5), date(2026, 4, 6)),
        ("4", date(2026, 4, 6), date(2026, 4, 5), date(2026, 4, 6)),
        ("4", date(2026, 4, 5), date(2025, 4, 5), date(2025, 4, 6)),
        ("1", date(2026, 1, 1), date(2025, 4, 5), date(2026, 1, 1)),
        ("10", date(2026, 9, 15), date(2025, 4, 5), date(2025, 10, 1)),
        ("10", date(2026, 10, 1), date(2026, 4, 5), date(2026, 10, 1)),
    ],
)
def test_the_school_asks_about_the_last_tax_year_from_its_month(cast, month, on, ends, asked):
    set_to(cast, "declaration_month", month)
    year = tax_year_asked(cast.school, on)
    assert (year.ends, year.asked_from) == (ends, asked)
    assert year.starts == date(ends.year - 1, 4, 6)


def test_a_borrower_declares_and_the_office_tells_payroll(cast):
    iris = office(cast)
    walk.let_borrow(cast, cast.tom, cast.tess)
    walk_care.borrowed(cast, "L-1")
    walk.lent(cast, "L-2", "tess")  # after that tax year: she is not asked
    assert needs(cast, "tess") == []
    assert needs(cast, "tom") == ["Personal use of what you borrowed"]
    assert told(cast) == {("use_declaration", cast.tom.pk)}
    assert get(cast, "tess", "personal-use/declare/").status_code == 404
    assert "Not declared yet for 2025/26: 1" in text(get(cast, "iris", "personal-use/"))

    form = {"submission": uuid4(), "significant": "yes", "words": "A course."}
    days = {"used_from": "2025-05-01", "used_until": "2026-04-06"}
    assert "Both days lie from" in text(post(cast, "tom", "personal-use/declare/", **form, **days))
    days["used_until"] = "2026-04-05"
    answer = post(cast, "tom", "personal-use/declare/", **form, **days)
    assert answer.headers["Location"] == cast.url("equipment/loans/mine/")
    made = UseDeclaration.objects.get()
    use = declarations.OwnUse(significant=False)
    again = {"use": use, "by": cast.tom, "at": NOW}
    assert declarations.declare_use(submission=made.submission, **again) == made
    with pytest.raises(StepRefused, match="declared it already"):
        declarations.declare_use(submission=uuid4(), **again)
    assert (made.significant, made.used_from, made.words) == (True, date(2025, 5, 1), "A course.")
    assert (needs(cast, "tom"), told(cast)) == ([], set())
    assert "significant use for yourself" in text(get(cast, "tom", "loans/mine/"))

    assert needs(cast, "iris") == ["1 declaration of personal use"]
    post(cast, "iris", "personal-use/payroll/", declarations=[made.pk])
    made.refresh_from_db()
    assert (made.passed_by, needs(cast, "iris")) == (iris, [])
    with pytest.raises(Refusal, match="at least one"):
        declarations.pass_declarations(school=cast.school, declarations=[made], by=iris, at=NOW)
    page = get(cast, "iris", "personal-use/?q=teale&answer=True&payroll=told&year=2026-04-05")
    assert [one.pk for one in page.context["page"]] == [made.pk]
    sheet = b"".join(get(cast, "iris", "personal-use/export/?answer=True").streaming_content)
    assert "Tom Teale,2025-04-06,2026-04-05,Yes,2025-05-01,2026-04-05,A course." in sheet.decode()
    assert Entry.objects.get(verb="export_declarations").facts["count"] == 1
    assert "course" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_nobody_passes_on_their_own_declaration(cast):
    iris = office(cast)
    walk.let_borrow(cast, iris)
    walk_care.borrowed(cast, "L-1", "iris")
    own = walk_care.declared(cast, "iris")
    with pytest.raises(Refusal, match="Not your own"):
        declarations.pass_declarations(school=cast.school, declarations=[own], by=iris, at=NOW)
    set_to(cast, "declaration_month", "never")
    walk.let_borrow(cast, cast.tom)
    walk_care.borrowed(cast, "L-2")
    assert (needs(cast, "tom"), told(cast)) == ([], set())


# Scans and checks on the spot ---------------------------------------------------------------------


def test_portable_equipment_is_scanned_before_service_and_after_a_long_loan(cast):
    set_to(cast, "scan_portable", "loans")
    asset = things.add(cast, "L-1")
    things.add(cast, "D-1", "desktop")
    assert [one.tag for one in to_scan(cast.school)] == ["L-1"]
    with pytest.raises(Refusal, match="scanned for viruses"):
        things.start(cast, asset)
    page = text(get(cast, "tina", f"{asset.pk}/"))
    assert "It has to be scanned for viruses" in page
    assert "Put in service" not in page
    walk_care.scanned(cast, asset, passed=False)
    assert needs(cast, "tina") == ["1 portable device to scan"]
    form = {"submission": uuid4(), "kind": "scan", "passed": "yes", "result": "Nothing."}
    form |= {"version": things.again(asset).version, "done_date": str(TODAY)}
    for _ in range(2):
        post(cast, "tina", f"{asset.pk}/check/", **form)
    assert Upkeep.objects.filter(passed=True).count() == 1
    assert (things.again(asset).state, needs(cast, "tina")) == ("registered", [])
    asset = things.start(cast, things.again(asset))

    walk.let_borrow(cast, cast.tom)
    loan = walk.lent(cast, "", asset=asset)
    walk.back(cast, loan, at=NOW + 3 * DAY)
    assert list(to_scan(cast.school)) == []
    loan = walk.lent(cast, "", asset=things.again(asset), at=NOW + 3 * DAY)
    walk.back(cast, loan, at=NOW + 17 * DAY)
    rows = get(cast, "tina", "?scan=needed").context["page"]
    assert [one.tag for one in rows] == ["L-1"]
    with pytest.raises(Refusal, match="scanned for viruses"):
        walk.lent(cast, "", asset=things.again(asset), at=NOW + 18 * DAY)
    set_to(cast, "scan_portable", "new")
    assert list(to_scan(cast.school)) == []


def test_a_device_that_was_being_set_up_comes_back_to_be_set_up(cast):
    asset = things.add(cast, "L-1")
    walk.away(cast, asset, kind="scan")
    done = {"version": things.again(asset).version, "result": "A virus.", "passed": "no"}
    post(cast, "tina", f"{asset.pk}/repaired/", **done)
    assert (things.again(asset).state, Upkeep.objects.get().passed) == ("registered", False)


def test_the_certificate_of_a_check_is_filed_once_and_handed_on(cast):
    asset = things.in_service(cast, "S-1", "display")
    upkeep = walk_care.scanned(
        cast, asset, kind="electrical", supplier="Safe Spark", next_date=TODAY + 365 * DAY
    )
    with pytest.raises(Refusal, match="has not come yet"):
        walk_care.scanned(cast, asset, done_date=TODAY + DAY)
    assert "Add its certificate" in text(get(cast, "tina", "upkeep/"))
    page = f"upkeep/{upkeep.pk}/certificate/"
    assert get(cast, "hana", f"{page}copy/").status_code == 404
    post(cast, "tina", page, upload=letter("check"))
    assert "on file already" in text(post(cast, "tina", page, upload=letter("other")))
    copy = get(cast, "hana", f"{page}copy/")
    assert b"".join(copy.streaming_content).endswith(b"check")
    assert Entry.objects.get(verb="hand_on_file").facts["sha256"] == Upkeep.objects.get().sha256


# How a device is protected ------------------------------------------------------------------------


def test_mobile_devices_are_checked_and_someone_knows_the_pin(cast):
    tablet = things.in_service(cast, "T-1", "tablet")
    things.in_service(cast, "D-1", "desktop")
    year = (cast.school, TODAY - 30 * DAY, TODAY + 300 * DAY)
    points = dict.fromkeys(("encrypted", "locked", "protected", "impersonal"), "yes")
    form = {"submission": uuid4(), **points, "wiped_date": str(TODAY)}
    page = f"{tablet.pk}/protection/"
    assert "The PIN itself is never written here" in text(get(cast, "tina", page))
    assert DeviceCheck.objects.count() == 0
    with pytest.raises(Refusal, match="somebody who knows its PIN"):
        walk_care.checked(cast, tablet, account="tablets")
    with pytest.raises(Refusal, match="of the staff"):
        walk_care.checked(cast, tablet, account="tablets", custodian=cast.paul)
    form |= {"account": "tablets@oak.example", "custodian": cast.tina.pk}
    form |= {"custodian_text": "Tina Techworth", "impersonal": "no"}
    for _ in range(2):
        answer = post(cast, "tina", page, **form)
        assert answer.headers["Location"] == cast.url(f"equipment/{tablet.pk}/")
    check = DeviceCheck.objects.get()
    assert (check.custodian, check.good, check.wiped_date) == (cast.tina, False, TODAY)
    shown = text(get(cast, "hana", f"{tablet.pk}/"))
    assert "Personal things on it" in shown
    assert "never kept here" in shown
    rows = get(cast, "hana", "mobile/?check=wrong").context["page"]
    assert [one.tag for one in rows] == ["T-1"]
    assert every_device_checked(*year) == check.at
    stick = things.in_service(cast, "M-1", "removable")
    assert every_device_checked(*year) is None
    assert [one.tag for one in get(cast, "hana", "mobile/?check=due").context["page"]] == ["M-1"]
    walk_care.checked(cast, stick, at=NOW + DAY)
    assert every_device_checked(*year) == NOW + DAY
    sheet = b"".join(get(cast, "tina", "mobile/export/?kind=tablet").streaming_content).decode()
    assert sheet.splitlines()[1].endswith("tablets@oak.example,Tina Techworth,")
    reserved = things.in_service(cast, "D-2", "desktop", reserved=True)
    assert walk_care.checked(cast, reserved, wiped_date=TODAY).wiped_date == TODAY
    with pytest.raises(StepRefused, match="goes about"):
        walk_care.checked(cast, things.in_service(cast, "D-3", "desktop"))


def test_protected_data_leaves_only_encrypted(cast):
    walk.let_borrow(cast, cast.tom)
    stick = things.in_service(cast, "M-1", "removable")
    laptop = things.in_service(cast, "L-1")
    for asset in (stick, laptop):
        type(asset).objects.filter(pk=asset.pk).update(encryption="no")
    with pytest.raises(Refusal, match="not known to be encrypted"):
        walk.lent(cast, "", asset=things.again(stick))
    with pytest.raises(Refusal, match="not known to be encrypted"):
        walk.lent(cast, "", asset=things.again(laptop), protected_data=True)
    assert walk.lent(cast, "", asset=things.again(laptop)).pk
    set_to(cast, "encrypted_leaving", False)
    assert walk.lent(cast, "", asset=things.again(stick)).pk


def test_a_borrower_confirms_the_virus_protection_again_and_again(cast):
    walk.let_borrow(cast, cast.tom, cast.tess)
    loan = walk.lent(cast, "L-1", due_date=TODAY + 400 * DAY)
    later = NOW + 181 * DAY
    assert needs(cast, "tom") == []
    assert needs(cast, "tom", later) == ["Laptop L-1, lent to you"]
    assert told(cast, later.date()) == {("virus_protection", cast.tom.pk)}
    assert get(cast, "tess", f"loans/{loan.pk}/protected/").status_code == 404
    with pytest.raises(StepRefused, match="who borrowed it"):
        device_checks.confirm_protection(loan=loan, version=1, by=cast.tess, at=NOW)
    post(cast, "tom", f"loans/{loan.pk}/protected/", version=1)
    loan = walk.again(loan)
    assert loan.protected_at
    device_checks.confirm_protection(loan=loan, version=2, by=cast.tom, at=later)
    assert (needs(cast, "tom", later), told(cast, later.date())) == ([], set())
