"""Disposal companies: entered by one, approved by another on what is on file (AST-06)."""

from datetime import date, timedelta

import pytest

from assets.actions import disposal_companies as deeds
from assets.conditions.disposal_companies import standing_of
from assets.duties import disposal as duties
from assets.models import CompanyPaper, DisposalCompany
from common.errors import Conflicted, Refusal, StaleRecord
from tests.assets import walk_disposal as walk
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("today")
TODAY = NOW.date()


def approve(cast, company, by="hana"):
    return deeds.approve_company(
        company=company, version=company.version, by=getattr(cast, by), at=NOW
    )


def test_company_is_approved_by_another_person_on_the_papers_on_file(cast):
    made = walk.company(cast)
    with pytest.raises(Refusal, match="Your role"):
        approve(cast, made, by="tina")
    done = approve(cast, made)

    assert standing_of(made, TODAY) == "waiting"
    assert (done.approved_by, standing_of(done, TODAY)) == (cast.hana, "in_force")
    with pytest.raises(Refusal, match="approved already"):
        approve(cast, done)


def test_nobody_approves_what_they_wrote_themselves(cast):
    made = walk.company(cast)
    DisposalCompany.objects.filter(pk=made.pk).update(entered_by=cast.hana)

    with pytest.raises(Conflicted, match="You entered this company"):
        approve(cast, made)


def test_company_is_not_approved_on_a_day_no_paper_shows(cast):
    told = walk.details()
    made = deeds.enter_company(school=cast.school, details=told, by=cast.tina, at=NOW)
    with pytest.raises(Refusal, match="licence is not on file"):
        approve(cast, made)
    for kind in ("licence", "guarantee"):
        deeds.add_company_paper(
            company=made,
            kind=kind,
            upload=walk.letter(kind),
            valid_until=date(2026, 12, 31),
            by=cast.tina,
            at=NOW,
        )
    with pytest.raises(Refusal, match="does not run until Tue 31 Aug 2027"):
        approve(cast, made)


def test_changed_licence_takes_approval_away_and_a_changed_contact_does_not(cast):
    made = walk.approved_company(cast)

    def change(version, **more):
        details = walk.details(**more)
        return deeds.edit_company(
            company=made, details=details, version=version, by=cast.tina, at=NOW
        )

    same = change(made.version, contact="Ask for Ann")
    assert same.approved_by == cast.hana
    with pytest.raises(StaleRecord):
        change(made.version, contact="Ask for Bob")
    anew = change(same.version, contact="Ask for Ann", carrier_licence="CBDU999")
    assert (anew.approved_by, standing_of(anew, TODAY)) == (None, "waiting")


def test_standing_follows_the_days(cast):
    made = walk.approved_company(cast, licence_until=TODAY + timedelta(days=61))

    assert standing_of(made, TODAY) == "in_force"
    assert standing_of(made, TODAY + timedelta(days=1)) == "soon"
    assert standing_of(made, TODAY + timedelta(days=62)) == "expired"


def test_company_sent_twice_is_one_and_so_is_its_paper(cast):
    made = walk.approved_company(cast)
    with pytest.raises(Refusal, match="in the register already"):
        deeds.enter_company(
            school=cast.school, details=walk.details("green chips ltd"), by=cast.tina, at=NOW
        )
    again = {"kind": "licence", "valid_until": walk.YEAR, "by": cast.tina, "at": NOW}
    upload = walk.letter("Green Chips Ltd licence")
    deeds.add_company_paper(company=made, upload=upload, **again)

    assert CompanyPaper.objects.count() == 2


def test_company_with_an_open_disposal_cannot_be_ended(cast):
    made = walk.approved_company(cast)
    batch = walk.propose(cast)

    def end():
        return deeds.end_company(company=made, version=made.version, by=cast.tina, at=NOW)

    with pytest.raises(Refusal, match=f"Disposal {batch}"):
        end()
    walk.act("withdraw_disposal", cast, batch, reason="Not now.")
    assert standing_of(end(), TODAY) == "ended"


def test_keepers_are_reminded_before_something_runs_out(cast):
    ends = TODAY + timedelta(days=60)
    walk.approved_company(cast, insurance_until=ends)
    walk.approved_company(cast, "Other Ltd")

    due = list(duties.reminders_due(cast.school, on=TODAY))
    assert [(one.duty, one.person_id, one.period.partition(":")[2]) for one in due] == [
        ("disposal_company", cast.tina.pk, f"insurance:{ends}")
    ]
    assert list(duties.reminders_due(cast.school, on=TODAY - timedelta(days=1))) == []


# Pages --------------------------------------------------------------------------------------------


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_company_goes_by_its_pages_from_entry_to_approval(cast):
    tina, hana = cast.client("tina"), cast.client("hana")
    page = cast.url("equipment/companies/")
    form = {
        "name": "Green Chips Ltd",
        "carrier_licence": "CBDU1",
        "licence_until": "2027-08-31",
        "guarantee_until": "2027-08-31",
    }
    tina.post(f"{page}new/", form)
    made = DisposalCompany.objects.get()
    one = f"{page}{made.pk}/"
    for kind in ("licence", "guarantee"):
        tina.post(
            f"{one}paper/",
            {"kind": kind, "valid_until": "2027-08-31", "upload": walk.letter(kind)},
        )
    assert "Waiting for approval" in text(tina.get(page))
    assert hana.get(one).context["deed"]["label"] == "Approve it"
    refused = hana.post(f"{one}approve/", {"version": made.version + 3})
    assert "after you opened the page" in text(refused)
    hana.post(f"{one}approve/", {"version": refused.context["form"]["version"].value()})
    assert "In force" in text(hana.get(one))

    copy = hana.get(f"{page}papers/{made.papers.first().pk}/copy/")
    assert b"".join(copy.streaming_content) == walk.LETTER + b"guarantee"
    assert copy.headers["Content-Disposition"].startswith("attachment")
    assert cast.client("tom").get(page).status_code == 403
