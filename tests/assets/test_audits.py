"""Audits from outside followed to their end, and paper that was destroyed (AST-23, AST-24)."""

from uuid import uuid4

import pytest

from assets.actions import audits
from assets.duties import audits as duties
from assets.models import AuditAction, EquipmentAudit, PaperDestruction
from audit.models import Entry
from common.errors import Refusal, StepRefused
from people.models import Notice
from tests.assets import walk_care, walk_disposal
from tests.assets.walk_care import DAY, TODAY
from tests.assets.walk_disposal import letter
from tests.assets.walk_taken import office
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("today")


def text(response) -> str:
    return " ".join(response.content.decode().split())


def get(cast, who, path):
    return cast.client(who).get(cast.url(path))


def post(cast, who, path, **data):
    return cast.client(who).post(cast.url(path), data)


def needs(cast, who, at=NOW):
    request = cast.client(who).get(cast.url()).wsgi_request
    return [(need.what, need.label) for need in duties.needs(request, at=at)]


def told(cast, on):
    return {(one.duty, one.person_id) for one in duties.reminders_due(cast.school, on=on)}


def test_an_audit_is_followed_until_what_it_asked_for_is_done(cast):
    form = {
        "submission": uuid4(),
        "agency": "Council IT",
        "reason": "Every third year.",
        "scope": "The register",
        "due_date": str(TODAY + 30 * DAY),
    }
    for _ in range(2):
        post(cast, "hana", "equipment/audits/new/", **form)
    audit = EquipmentAudit.objects.get()
    page = f"equipment/audits/{audit.pk}/"
    assert needs(cast, "hana") == []
    late = NOW + 30 * DAY
    assert needs(cast, "hana", late) == [("Audit by Council IT", "File its report")]
    assert told(cast, late.date()) == {("audit_report", cast.hana.pk)}
    with pytest.raises(StepRefused, match="cannot be done now"):
        audits.close_audit(audit=audit, version=1, by=cast.hana, at=NOW)
    report = {"version": 1, "result": "Sound.", "result_date": str(TODAY)}
    post(cast, "hana", f"{page}report/", **report, upload=letter("report"))
    assert b"".join(get(cast, "cara", f"{page}report/copy/").streaming_content).endswith(b"report")
    asked = {"version": 2, "words": "Label the sticks.", "owner": cast.tina.pk}
    asked |= {"owner_text": "Tina Techworth", "due_date": str(TODAY + 5 * DAY)}
    post(cast, "hana", f"{page}action/", **asked)
    action = AuditAction.objects.get()
    assert Notice.objects.filter(person=cast.tina, reason="audit_action").count() == 1
    assert needs(cast, "tina") == [("Label the sticks.", "Say what was done")]
    assert told(cast, TODAY + 5 * DAY) == {("audit_action", cast.tina.pk)}
    with pytest.raises(Refusal, match="1 of its actions is not done"):
        audits.close_audit(audit=audit, version=3, by=cast.hana, at=NOW)
    assert "Close it" not in text(get(cast, "hana", page))
    assert get(cast, "tina", page).status_code == 403
    done = f"equipment/audits/actions/{action.pk}/done/"
    assert get(cast, "tom", done).status_code == 404
    answer = post(cast, "tina", done, note="They have labels.")
    assert answer.headers["Location"] == cast.url()
    assert "This was done already" in text(post(cast, "hana", done, note="Again."))
    assert needs(cast, "hana") == [("Audit by Council IT", "Go on with it")]
    post(cast, "hana", f"{page}close/", version=3)
    audit.refresh_from_db()
    assert (audit.state, audit.closed_by, needs(cast, "hana")) == ("closed", cast.hana, [])
    assert "They have labels." in text(get(cast, "cara", page))
    rows = get(cast, "cara", "equipment/audits/?q=register&state=closed").context["page"]
    assert [(one.pk, one.to_do, one.still) for one in rows] == [(audit.pk, 1, 0)]
    facts = str(list(Entry.objects.values_list("facts", flat=True)))
    assert "sticks" not in facts
    assert "Council" not in facts


def test_collected_paper_waits_for_its_certificate(cast):
    iris = office(cast)
    good = walk_disposal.in_register(cast)
    form = {"submission": uuid4(), "method": "company", "destroyed_date": str(TODAY)}
    form |= {"what": "Old files", "amount": 3, "unit": "sacks"}
    page = "paper-destroyed/"
    assert "Choose the company" in text(post(cast, "iris", f"{page}new/", **form, company=""))
    for _ in range(2):
        post(cast, "iris", f"{page}new/", **form, company=good.pk)
    one = PaperDestruction.objects.get()
    assert (one.company, one.certificate_due_date) == (good, TODAY + 10 * DAY)
    with pytest.raises(Refusal, match="has not been approved"):
        walk_care.destroyed(cast, company=walk_disposal.company(cast, "New Ltd"))
    over = type(good).objects.filter(pk=good.pk)
    over.update(licence_until=TODAY - DAY)
    with pytest.raises(Refusal, match="licence of “Green Chips Ltd” ran out"):
        walk_care.destroyed(cast, company=over.get())
    over.update(licence_until=good.licence_until)
    due = TODAY + 10 * DAY
    assert needs(cast, "iris")[-1] == ("1 collection of paper without certificate", "Look at them")
    assert told(cast, due - DAY) == set()
    assert told(cast, due) == {("paper_certificate", iris.pk), ("paper_certificate", cast.tina.pk)}
    shredded = walk_care.destroyed(cast, "Drafts", method="shredder", company=good)
    assert (shredded.company, shredded.certificate_due_date) == (None, None)
    with pytest.raises(StepRefused, match="shredded here"):
        walk_care.certified(cast, shredded)
    proof = f"{page}{one.pk}/certificate/"
    assert get(cast, "hana", f"{proof}copy/").status_code == 404
    post(cast, "iris", proof, number="P-1", upload=letter("proof"))
    assert "on file already" in text(post(cast, "iris", proof, number="P", upload=letter("x")))
    assert b"".join(get(cast, "hana", f"{proof}copy/").streaming_content).endswith(b"proof")
    assert told(cast, due) == set()
    rows = get(cast, "hana", f"{page}?certificate=here&q=chips").context["page"]
    assert [row.pk for row in rows] == [one.pk]
    sheet = b"".join(get(cast, "hana", f"{page}export/").streaming_content).decode("utf-8-sig")
    assert len(sheet.splitlines()) == 3
    assert "Green Chips Ltd,Old files,3,sacks,Iris" in sheet


def test_what_cannot_be_so_of_paper_and_audits_is_refused(cast):
    for more, words in (
        ({"destroyed_date": TODAY + DAY}, "has not come yet"),
        ({"amount": 0}, "how much"),
        ({"company": None}, "Choose the company"),
        ({"what": " "}, "what kind of records"),
    ):
        with pytest.raises(Refusal, match=words):
            walk_care.destroyed(cast, **{"what": "Files", **more})
    with pytest.raises(Refusal, match="has passed"):
        walk_care.audit(cast, due_date=TODAY - DAY)
    made = walk_care.reported(cast)
    with pytest.raises(Refusal, match="of the staff"):
        walk_care.asked(cast, made, "paul")
