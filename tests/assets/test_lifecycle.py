"""Loans, upkeep, evidence and losses of equipment (AST-09, AST-10, AST-19, AST-22, c.12)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache

from assets.actions import loans, losses
from assets.duties import lifecycle as duties
from assets.models import Loan, Loss, Upkeep
from assets.queries.borrowing import remember_borrower
from assets.sections.lifecycle import sections
from audit.models import Entry
from common.errors import Conflicted, Refusal, StepRefused
from common.sections import Period
from people.models import Notice
from tests.agreements import walk as agreements
from tests.assets import things
from tests.assets import walk_lifecycle as walk
from tests.assets.walk_lifecycle import DAY, TODAY
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


# Loans --------------------------------------------------------------------------------------------


def test_nothing_is_lent_without_the_signed_agreement(cast):
    asset = things.in_service(cast, "L-1")
    with pytest.raises(Refusal, match="has signed no agreement yet"):
        walk.lent(cast, "", asset=asset)
    agreements.asked(cast, "staff", at=NOW)
    with pytest.raises(Refusal, match=r"to be signed\. Without it nothing is lent"):
        walk.lent(cast, "", asset=asset)
    agreements.signed(agreements.obligation_of(cast.tom, "staff"), at=NOW)
    assert walk.lent(cast, "", asset=asset).agreement == "Signed: Acceptable use: staff"


def test_a_loan_from_lending_to_coming_back_on_the_pages(cast):
    walk.let_borrow(cast, cast.tom)
    asset = things.in_service(cast, "L-1")
    form = {
        "version": asset.version,
        "submission": uuid4(),
        "borrower": cast.tom.pk,
        "borrower_text": "Tom Teale",
        "use": "work",
        "due_date": "2026-10-01",
        "condition_out": "good",
        "protected_data": "on",
    }
    for _ in range(2):
        answer = post(cast, "tina", f"{asset.pk}/lend/", **form)
        assert answer.headers["Location"] == cast.url(f"equipment/{asset.pk}/")
    loan, asset = Loan.objects.get(), things.again(asset)
    assert (asset.state, asset.holder, asset.protected_data) == ("on_loan", cast.tom, True)
    assert loan.agreement == "Allowed by the headteacher without a signature"
    assert Notice.objects.filter(person=cast.tom, reason="loan_to_accept").count() == 1

    need = duties.needs(request(cast, "tom"), at=NOW)[0]
    assert (need.what, need.label) == ("Laptop L-1, lent to you", "I have it")
    assert get(cast, "tess", f"loans/{loan.pk}/have-it/").status_code == 404
    post(cast, "tom", f"loans/{loan.pk}/have-it/", version=1)
    back = {"version": 2, "condition": "worn"}
    assert "their data is off it" in text(post(cast, "tina", f"{asset.pk}/take-back/", **back))
    post(cast, "tom", f"loans/{loan.pk}/data-removed/", version=2)
    stale = post(cast, "tina", f"{asset.pk}/take-back/", **back)
    assert "Somebody changed this" in text(stale)
    post(cast, "tina", f"{asset.pk}/take-back/", **{**back, "version": 3})
    loan, asset = walk.again(loan), things.again(asset)
    assert (loan.condition_back, loan.taken_back_by) == ("worn", cast.tina)
    assert (asset.state, asset.holder, asset.protected_data) == ("in_service", None, True)
    assert "Taken back" in text(get(cast, "tom", "loans/mine/"))
    told = Entry.objects.filter(subject_type="assets.asset").values_list("facts", flat=True)
    assert "Teale" not in str(list(told))


def test_a_loan_is_extended_by_who_lends_while_its_agreement_holds(cast):
    walk.let_borrow(cast, cast.tom, cast.tina)
    loan = walk.lent(cast, "L-1", due_date=TODAY + 3 * DAY)
    page = f"{loan.asset_id}/extend/"
    assert get(cast, "tom", page).status_code == 403
    wrong = [
        ({"due_date": "2026-09-18"}, "It is lent until Fri 18 Sep 2026. Choose a later day."),
        ({"due_date": "2036-09-18"}, "within four years"),
        ({"due_date": "2026-10-18", "reason": ""}, "Why is it lent for longer"),
    ]
    for told, words in wrong:
        sent = {"version": loan.version, "reason": "The project runs on.", **told}
        assert words in text(post(cast, "tina", page, **sent)), words
    sent = {"version": loan.version, "reason": "The project runs on.", "due_date": "2026-10-18"}
    assert post(cast, "tina", page, **sent).status_code == 302
    assert "Somebody changed this" in text(post(cast, "tina", page, **sent))
    loan = walk.again(loan)
    assert (loan.due_date.isoformat(), loan.returned_at) == ("2026-10-18", None)
    assert Notice.objects.filter(person=cast.tom, reason="loan_extended").count() == 1
    shown = text(get(cast, "hana", f"loans/{loan.pk}/"))
    assert "Due back Sun 18 Oct 2026 instead of Fri 18 Sep 2026. The project runs on." in shown
    due = {one.period for one in duties.reminders_due(cast.school, on=TODAY + 30 * DAY)}
    assert due == {f"{loan.pk}-261018"}
    with pytest.raises(Conflicted, match="It is lent to you"):
        _extended(cast, walk.lent(cast, "L-2", "tina", due_date=TODAY))
    late = NOW + 60 * DAY
    with pytest.raises(Refusal, match="Without it nothing is lent"):
        _extended(cast, loan, at=late)
    walk.kept(cast, loan.asset)
    with pytest.raises(StepRefused, match="Kept as evidence"):
        _extended(cast, loan)


def _extended(cast, loan, *, at=NOW):
    when = at.date() + 40 * DAY
    told = {"due_date": when, "reason": "More time.", "version": walk.again(loan).version}
    return loans.extend_loan(loan=loan, **told, by=cast.tina, at=at)


def test_your_loans_stand_in_the_menu_only_once_something_was_lent(cast):
    def in_menu(who):
        return f'href="{cast.url("equipment/loans/mine/")}"' in text(get(cast, who, "losses/new/"))

    cache.clear()
    walk.let_borrow(cast, cast.tom)
    assert not in_menu("tom")
    walk.lent(cast, "L-1")
    assert not in_menu("tom")  # until what was lent is committed
    remember_borrower(cast.tom.pk)
    assert (in_menu("tom"), in_menu("tess")) == (True, False)
    cache.clear()
    assert in_menu("tom")
    cache.clear()


def test_who_may_borrow_what_and_how_long(cast):
    walk.let_borrow(cast, cast.tom, cast.pia)
    asset = things.in_service(cast, "L-1")
    wrong = [
        ({"due_date": TODAY - DAY}, "is today or later"),
        ({"borrower": cast.pia}, "This use does not fit"),
        ({"borrower": cast.pia, "use": "activity"}, "Say which member of staff"),
    ]
    for terms, words in wrong:
        with pytest.raises(Refusal, match=words):
            walk.lent(cast, "", asset=asset, **terms)
    cast.tom.left_date = TODAY - DAY
    cast.tom.save()
    with pytest.raises(Refusal, match="at the school now"):
        walk.lent(cast, "", asset=asset)
    outing = {"use": "activity", "activity": "River walk", "supervised_by": cast.tess}
    walk.lent(cast, "", "pia", asset=asset, **outing)
    with pytest.raises(StepRefused, match="cannot be done now"):
        walk.lent(cast, "", "pia", asset=asset, use="learning")
    with pytest.raises(Refusal, match="kept for investigations"):
        walk.lent(cast, "", "pia", asset=things.in_service(cast, "L-2", reserved=True))


def test_borrower_is_reminded_then_told_to_bring_it_then_the_head(cast):
    walk.let_borrow(cast, cast.tom)
    loan = walk.lent(cast, "L-1", due_date=TODAY + 10 * DAY)  # a Friday

    def told(days):
        return {
            (one.duty, one.person_id)
            for one in duties.reminders_due(cast.school, on=TODAY + days * DAY)
        }

    assert told(2) == set()
    assert told(3) == told(10) == {("loan_due", cast.tom.pk)}
    assert told(13) == {("loan_overdue", cast.tom.pk)}
    assert told(15) == {("loan_overdue", cast.tom.pk), ("loan_overdue", cast.hana.pk)}
    cast.tom.left_date = TODAY + DAY
    cast.tom.save()
    needs = duties.needs(request(cast, "tina"), at=NOW + 13 * DAY)
    assert [need.what for need in needs] == ["1 loan to a leaver", "1 overdue loan"]
    assert [one.pk for one in get(cast, "hana", "loans/?open=leavers&q=teale").context["page"]] == [
        loan.pk
    ]
    walk.back(cast, loan)
    assert told(15) == set()
    rows = b"".join(get(cast, "hana", "loans/export/?open=back").streaming_content)
    assert rows.decode("utf-8-sig").splitlines()[1].startswith('L-1,"Laptop, Lenovo ThinkPad L13",')
    assert Entry.objects.get(verb="export_loans").facts["count"] == 1


# Upkeep -------------------------------------------------------------------------------------------


def test_a_check_and_the_day_of_the_next_one(cast):
    asset = things.in_service(cast, "L-1")
    form = {"submission": uuid4(), "kind": "electrical", "reason": "Yearly check"}
    page = f"{asset.pk}/repair/"
    assert "has passed" in text(
        post(cast, "tina", page, **form, version=asset.version, back_due_date="2026-09-01")
    )
    for _ in range(2):
        post(cast, "tina", page, **form, version=asset.version)
    assert (Upkeep.objects.count(), things.again(asset).state) == (1, "maintenance")
    done = {"version": asset.version + 1, "result": "Passed.", "next_date": "2026-09-20"}
    done["passed"] = "yes"
    post(cast, "tina", f"{asset.pk}/repaired/", **done)
    assert (Upkeep.objects.get().result, things.again(asset).state) == ("Passed.", "in_service")
    later = NOW + 5 * DAY
    assert list(duties.reminders_due(cast.school, on=TODAY)) == []
    due = next(iter(duties.reminders_due(cast.school, on=later.date())))
    assert (due.duty, due.person_id) == ("upkeep_due", cast.tina.pk)
    need = duties.needs(request(cast, "tina"), at=later)[0]
    assert need.what == "1 check of equipment"
    walk.away(cast, things.again(asset))
    assert list(duties.reminders_due(cast.school, on=later.date())) == []


# Losses -------------------------------------------------------------------------------------------


def test_any_member_of_staff_reports_a_loss_and_the_lead_judges_it(cast):
    things.in_service(cast, "L-1")
    form = {
        "submission": uuid4(),
        "kind": "stolen",
        "noticed_at": "2026-09-15",
        "noticed_at_time": "09:00",
        "last_seen": "Train",
        "what": "The bag was taken.",
    }
    wrong = post(cast, "tess", "losses/new/", **form, tag="X-9")
    assert "There is no device with this number" in text(wrong)
    assert "within 72 hours" in text(wrong)
    for _ in range(2):
        answer = post(cast, "tess", "losses/new/", **form, tag="l-1")
    loss = Loss.objects.select_related("asset").get()
    page = f"losses/{loss.pk}/"
    assert answer.headers["Location"] == cast.url(f"equipment/{page}")
    assert (loss.asset.state, loss.reported_by) == ("lost", cast.tess)
    told = set(Notice.objects.filter(reason="loss_of_data").values_list("person", flat=True))
    assert told == {cast.dora.pk, cast.hana.pk}
    need = duties.needs(request(cast, "dora"), at=NOW)[0]
    assert (need.label, need.late, need.due_at) == (
        "Judge it",
        False,
        loss.noticed_at + timedelta(hours=72),
    )
    due = list(duties.reminders_due(cast.school, on=TODAY))
    assert {one.person_id for one in due} == told

    assert get(cast, "tom", page).status_code == 404
    assert "Raise an incident" in text(get(cast, "tess", page))
    assert "No incident is needed" not in text(get(cast, "tess", page))
    with pytest.raises(StepRefused, match="judges this"):
        losses.settle_loss(loss=loss, reason="x", by=cast.tess, at=NOW)
    post(cast, "dora", f"{page}no-incident/", reason="Encrypted and wiped from afar.")
    assert "Encrypted and wiped from afar." in text(get(cast, "tess", page))
    assert duties.needs(request(cast, "dora"), at=NOW) == []
    assert list(duties.reminders_due(cast.school, on=TODAY)) == []


def test_found_equipment_goes_back_to_whom_it_was_lent(cast):
    walk.let_borrow(cast, cast.tom)
    loan = walk.lent(cast, "L-1")
    walk.lost(cast, loan.asset)
    asset = things.again(loan.asset)
    with pytest.raises(StepRefused):
        walk.lost(cast, asset)
    post(cast, "tina", f"{asset.pk}/found/", version=asset.version, note="Under a seat.")
    assert things.again(asset).state == "on_loan"
    assert Loss.objects.get().found_by == cast.tina
    assert "Lost, reported Tue 15 Sep 2026" in text(get(cast, "tina", f"{asset.pk}/"))
    walk.lost(cast, asset)
    with pytest.raises(Refusal, match="Say what was agreed"):
        walk.back(cast, loan)
    answer = {"version": walk.again(loan).version, "note": "Insurance pays."}
    post(cast, "tina", f"{asset.pk}/take-back/", **answer)
    assert walk.again(loan).returned_at is not None
    assert things.again(asset).state == "lost"


# Figures ------------------------------------------------------------------------------------------


def test_figures_of_the_report_are_exact(cast):
    walk.let_borrow(cast, cast.tom)
    walk.lent(cast, "L-1")
    late = walk.lent(cast, "L-2", due_date=TODAY)
    walk.back(cast, late, at=NOW + DAY)
    walk.lent(cast, "L-3", due_date=TODAY)
    lost = walk.lost(cast, things.in_service(cast, "L-4"))
    losses.settle_loss(loss=lost, reason="Wiped.", by=cast.dora, at=NOW)
    walk.lost(cast, things.in_service(cast, "D-1", "display"), kind="stolen")
    walk.kept(cast, things.in_service(cast, "L-5"))
    walk.away(cast, things.in_service(cast, "L-6"))
    span = Period(TODAY - timedelta(days=7), TODAY + DAY, "Some days")
    tables = {table.code: table for table in sections(cast.school, span)[0].tables}
    figures = {code: [row.value for row in table.rows] for code, table in tables.items()}
    assert figures == {
        "loans": [3, 1, 1, 2, 0],
        "losses": [1, 1, 2, 0],
        "judged": [0, 1, 0, 1],
        "upkeep": [0, 1, 0, 0, 0, 0, 1],
        "evidence": [1, 0],
    }
