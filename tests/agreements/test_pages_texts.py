"""The pages of agreements: the list, a new one, approval, publication, the sheet."""

import pytest

from agreements.actions.closing import close_agreement, reopen_agreement
from agreements.actions.texts import (
    approve_agreement,
    load_agreement,
    publish_agreement,
    return_agreement,
    revise_agreement,
    start_agreement,
    write_text,
)
from agreements.document import AgreementDocument
from agreements.libraries import read_library
from agreements.models import Agreement, AgreementText, AgreementVersion, Obligation, ShownText
from agreements.queries.texts import hash_of, version_of
from agreements.shown import keep_shown, shown_to
from audit.queries import trail_of
from common.errors import Refusal, StaleRecord
from people.models import Job, Notice
from tests.agreements.text_pages import edit_path, sent_by, started, words
from tests.agreements.text_samples import approved, draft, one_more_document
from tests.agreements.walk import asked, obligation_of, published, signed
from tests.cast import NOW


@pytest.fixture(autouse=True)
def now(time_machine):
    """Stand at the cast's moment."""
    time_machine.move_to(NOW)


# Who may open what --------------------------------------------------------------------------------

PATHS = {
    "": "view_agreements",
    "new/": "edit_agreements",
    "new/files/": "edit_agreements",
    "general-rules/2/": "view_agreements",
    "general-rules/2/text/": "edit_agreements",
    "general-rules/2/translate/": "edit_agreements",
    "general-rules/1/revise/": "edit_agreements",
    "general-rules/close/": "edit_agreements",
    "general-rules/2/approve/": "approve_agreement",
    "byod-code/1/publish/": "publish_agreement",
    "general-rules/sheet/": "lead_sitting",
}


@pytest.mark.parametrize(
    ("who", "opens"),
    [
        ("hana", set(PATHS.values())),
        ("dora", {"view_agreements", "edit_agreements", "lead_sitting"}),
        ("olga", {"view_agreements", "lead_sitting"}),
        ("tom", {"lead_sitting"}),
        ("tina", set()),
        ("paul", set()),
        ("pia", set()),
    ],
)
def test_each_role_opens_its_pages_and_no_other(cast, who, opens):
    draft(cast)
    approved(cast)
    client = cast.client(who)
    found = {path: client.get(cast.url(f"agreements/{path}")).status_code for path in PATHS}

    assert found == {path: 200 if power in opens else 403 for path, power in PATHS.items()}


def test_nothing_of_this_school_is_found_under_another(cast, other):
    draft(cast)
    client = other.client("oscar")

    assert client.get(other.url("agreements/")).status_code == 200
    for path in ("1/", "2/text/", "2/translate/", "2/approve/", "2/publish/", "sheet/", "close/"):
        assert client.get(other.url(f"agreements/general-rules/{path}")).status_code == 404


# The list -----------------------------------------------------------------------------------------


def test_list_says_what_is_live_what_waits_and_how_often_it_is_asked(cast):
    """AGR-01, AGR-24."""
    draft(cast)
    published(cast, "staff", at=NOW)
    page = cast.client("dora").get(cast.url("agreements/"))
    rows = {row.agreement.code: row for group in page.context["groups"] for row in group.rows}

    assert [group.label for group in page.context["groups"]] == [
        "Acceptable-use agreements",
        "Other documents people sign",
    ]
    assert (rows["staff"].live.number, rows["staff"].waiting) == (1, None)
    assert (rows["general-rules"].live.number, rows["general-rules"].waiting.number) == (1, 2)
    assert rows["staff"].asked == "They sign, when they join and every September"
    assert rows["general-rules"].asked == "To show; nobody is asked"
    assert "staff" not in {one.name for one in page.context["ours"]}
    assert "parent" in {one.name for one in page.context["ours"]}


def test_reader_is_offered_nothing_to_start(cast):
    page = cast.client("olga").get(cast.url("agreements/"))

    assert (page.context["ours"], "Start an agreement" in words(page)) == ([], False)


# Start --------------------------------------------------------------------------------------------


def test_ready_made_text_is_started_once(cast):
    client, path = cast.client("dora"), cast.url("agreements/new/ready-made/")
    first = client.post(path, {"name": "staff"})
    again = client.post(path, {"name": "staff"}, follow=True)
    unknown = client.post(path, {"name": "../staff"}, follow=True)

    assert first.headers["Location"] == cast.url("agreements/staff/1/")
    assert "There is an agreement of this name" in words(again)
    assert "There is no agreement called" in words(unknown)
    assert Agreement.objects.count() == 1


def test_empty_page_begins_a_draft_with_a_code_of_its_own(cast):
    client = cast.client("dora")
    sent = {"title": "Code of conduct", "kind": "document", "audience": "staff"}
    places = [client.post(cast.url("agreements/new/"), sent).headers["Location"] for _ in "ab"]

    assert places == [
        cast.url("agreements/code-of-conduct/1/text/"),
        cast.url("agreements/code-of-conduct-2/1/text/"),
    ]
    refused = client.post(cast.url("agreements/new/"), {"title": "Kept", "kind": "document"})
    assert 'value="Kept"' in refused.content.decode()


def test_second_agreement_for_an_audience_is_refused_and_what_was_typed_kept(cast):
    published(cast, "staff", at=NOW)
    sent = {"title": "Another", "kind": "agreement", "audience": "staff"}
    page = cast.client("dora").post(cast.url("agreements/new/"), sent)

    assert "This audience has an agreement" in words(page)
    assert 'value="Another"' in page.content.decode()


# Approving ----------------------------------------------------------------------------------------


def test_writer_cannot_approve(cast):
    load_agreement(school=cast.school, name="byod_code", by=cast.hana, at=NOW)
    client, path = cast.client("hana"), edit_path(cast, page="approve")
    page = client.get(path)
    assert "You wrote this text, so somebody else has to approve it" in words(page)
    sent = {"decision": "approve", "seen": page.context["form"]["seen"].value()}
    refused = client.post(path, sent)

    assert "so somebody else has to approve it" in words(refused)
    assert AgreementVersion.objects.get().status == "draft"


def test_approval_shows_the_whole_text_and_every_difference(cast):
    draft(cast)
    client, path = cast.client("dora"), edit_path(cast, "general-rules", 2)
    sent = sent_by(client, path, "save") | {"c0-text": "The network is the school’s."}
    client.post(path, sent)
    page = cast.client("hana").get(edit_path(cast, "general-rules", 2, "approve"))
    marks = ("<ins>", "<del>", "[added:", "[taken out:")

    assert [mark for mark in marks if mark not in page.content.decode()] == []
    for clause in read_library("general_rules").document.clauses[1:]:
        assert clause.text in words(page)


def test_approval_is_void_after_a_change(cast):
    version = approved(cast)
    client, path = cast.client("dora"), edit_path(cast)
    assert "A change makes the approval void" in words(client.get(path))
    done = client.post(path, sent_by(client, path, "save") | {"intro": "New."}, follow=True)

    assert "The approval it had is void" in words(done)
    version.refresh_from_db()
    assert (version.status, version.approved_by, version.approved_hash) == ("draft", None, "")
    page = cast.client("hana").get(edit_path(cast, page="publish"), follow=True)
    assert "needs to be “Approved”" in words(page)


def test_text_that_changed_since_it_was_opened_is_not_approved(cast):
    version = started(cast)
    client, path = cast.client("hana"), edit_path(cast, page="approve")
    seen = client.get(path).context["form"]["seen"].value()
    original = version.texts.get().document
    write_text(
        version=version,
        document=AgreementDocument("Other", "", original.clauses, "", "I agree."),
        seen=seen,
        by=cast.dora,
        at=NOW,
    )
    page = client.post(path, {"decision": "approve", "seen": seen})

    assert "Somebody else changed this text" in words(page)
    fresh = page.context["form"]["seen"].value()
    assert fresh == hash_of(version) != seen
    assert client.post(path, {"decision": "approve", "seen": fresh}).status_code == 302


def test_text_is_returned_with_words_to_its_writer(cast):
    version = approved(cast)
    client, path = cast.client("hana"), edit_path(cast, page="approve")
    page = client.get(path)
    assert [value for value, _ in page.context["form"].fields["decision"].choices] == ["return"]
    seen = page.context["form"]["seen"].value()
    silent = client.post(path, {"decision": "return", "seen": seen})
    assert "Say what should be changed" in words(silent)
    client.post(path, {"decision": "return", "reason": "Too long for Year 7.", "seen": seen})

    version.refresh_from_db()
    assert (version.status, version.approved_hash) == ("draft", "")
    assert trail_of(version).first().facts == {"reason": "Too long for Year 7."}
    assert Notice.objects.filter(reason="agreement_returned").get().person == cast.dora
    assert "Too long for Year 7." in words(
        cast.client("dora").get(cast.url("agreements/byod-code/1/"))
    )


def test_published_text_is_not_returned_and_a_reason_is_needed(cast):
    version = approved(cast)
    with pytest.raises(Refusal, match="Say what should be changed"):
        return_agreement(version=version, reason=" ", by=cast.hana, at=NOW)
    publish_agreement(version=version, by=cast.hana, at=NOW)
    with pytest.raises(Refusal, match="needs to be"):
        return_agreement(version=version, reason="Late", by=cast.hana, at=NOW)


def test_draft_is_sent_for_approval_once_it_is_whole(cast):
    version = started(cast)
    client = cast.client("dora")
    page = client.post(edit_path(cast, page="send"), follow=True)

    assert "have been told" in words(page)
    assert "Sent for approval by Dora Dale" in words(page)
    assert Notice.objects.filter(reason="agreement_to_approve").get().person == cast.hana
    path = edit_path(cast)
    client.post(path, sent_by(client, path, "save") | {"statement": ""})
    refused = client.post(edit_path(cast, page="send"), follow=True)
    assert "The agreement has no statement" in words(refused)
    assert version_of(cast.school, "byod-code", 1).texts.get().pk == version.texts.get().pk


def test_missing_topics_stand_in_a_checklist(cast):
    """AGR-22."""
    started(cast, "staff")
    client, path = cast.client("dora"), edit_path(cast, "staff")
    sent = sent_by(client, path, "save")
    taken = next(n for n in range(24) if sent[f"c{n}-topic"] == "private_photos")
    page = client.post(path, sent | {f"c{taken}-topic": ""}, follow=True)
    found = {one["label"]: one["done"] for one in page.context["missing"]}

    assert found["Photographs with private equipment"] is False
    assert found["Passwords"] is True
    assert page.context["step"].asks is False
    assert page.context["step"].deed["label"] == "Change the text"


# Publishing and revising --------------------------------------------------------------------------


def test_publishing_says_who_is_asked_and_asks_them(cast, django_capture_on_commit_callbacks):
    """AGR-07."""
    asked(cast, "staff", at=NOW)
    signed(obligation_of(cast.tom, "staff"), at=NOW)
    live = version_of(cast.school, "staff", 1)
    second = revise_agreement(version=live, change="material", note="New.", by=cast.dora, at=NOW)
    approve_agreement(version=second, seen=hash_of(second), by=cast.hana, at=NOW)
    client, path = cast.client("hana"), edit_path(cast, "staff", 2, "publish")
    page = client.get(path)
    assert (page.context["round"].asked, page.context["round"].moved) == (1, 4)
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(path)
    job = Job.objects.get(kind="agreements_issue")

    assert done.headers["Location"] == cast.url(f"jobs/{job.pk}/")
    assert version_of(cast.school, "staff", 2).live
    assert job.input["back"] == ["version_detail", "staff", 2]


def test_minor_version_asks_nobody_again(cast):
    asked(cast, "staff", at=NOW)
    signed(obligation_of(cast.tom, "staff"), at=NOW)
    live = version_of(cast.school, "staff", 1)
    second = revise_agreement(version=live, change="minor", note="Comma.", by=cast.dora, at=NOW)
    approve_agreement(version=second, seen=hash_of(second), by=cast.hana, at=NOW)
    page = cast.client("hana").get(edit_path(cast, "staff", 2, "publish"))

    assert page.context["round"].asked == 0
    assert page.context["round"].untouched == 1


def test_text_changed_behind_the_approval_is_not_published(cast):
    version = approved(cast)
    AgreementText.objects.filter(version=version).update(intro="Slipped in.")
    page = cast.client("hana").post(edit_path(cast, page="publish"))

    assert "This is not the text that was approved" in words(page)
    assert AgreementVersion.objects.get().status == "approved"
    assert not Job.objects.exists()


def test_new_version_follows_from_a_version_of_the_policy(cast, ladder):
    published(cast, "byod_code", at=NOW)
    client, path = cast.client("dora"), edit_path(cast, page="revise")
    silent = client.post(path, {"change": "minor"})
    assert "Enter “What changes and why”" in words(silent)
    sent = {"change": "material", "note": "The ladder changed.", "because_of": "1"}
    assert client.post(path, sent).headers["Location"] == edit_path(cast, number=2)
    detail = client.get(cast.url("agreements/byod-code/2/"))
    assert cast.url("policy/versions/1/") in detail.content.decode()
    assert "Nothing has changed" in words(detail)
    twice = client.post(path, sent)
    assert "There is a draft already" in words(twice)


# Closing, sheets, words ---------------------------------------------------------------------------


def test_closed_agreement_asks_nobody_and_is_used_again(cast):
    """AGR-29."""
    (version,) = asked(cast, "staff", at=NOW)
    assert Obligation.objects.filter(state="due").count() == 5
    client, path = cast.client("dora"), cast.url("agreements/staff/close/")
    assert "Answer “Why is it no longer used?”" in words(client.post(path, {"reason": ""}))
    client.post(path, {"reason": "Joined with another."})
    assert {one.state for one in Obligation.objects.all()} == {"ended"}
    with pytest.raises(Refusal, match="no longer used"):
        revise_agreement(version=version, change="minor", note="x", by=cast.dora, at=NOW)
    with pytest.raises(StaleRecord):
        close_agreement(agreement=version.agreement, reason="x", by=cast.dora, at=NOW)
    assert client.get(cast.url("agreements/staff/sheet/")).status_code == 404
    client.post(path, {"reason": "A mistake."})

    assert Agreement.objects.get().active
    assert [entry.verb for entry in trail_of(version.agreement)][:2] == [
        "reopen_agreement",
        "close_agreement",
    ]


def test_agreement_is_not_used_again_beside_another_for_its_audience(cast):
    (version,) = published(cast, "staff", at=NOW)
    close_agreement(agreement=version.agreement, reason="Old.", by=cast.dora, at=NOW)
    start_agreement(
        school=cast.school,
        kind="agreement",
        audience="staff",
        code="new",
        documents=[AgreementDocument("New", "", (), "", "")],
        note="New",
        by=cast.dora,
        at=NOW,
    )
    with pytest.raises(Refusal, match="another agreement by now"):
        reopen_agreement(agreement=version.agreement, reason="Back.", by=cast.dora, at=NOW)


def test_sheet_shows_the_live_text_and_never_a_draft(cast):
    """AGR-21, AGR-26."""
    draft(cast)
    client, path = cast.client("dora"), edit_path(cast, "general-rules", 2)
    client.post(path, sent_by(client, path, "save") | {"c0-text": "Not yet."})
    page = cast.client("tom").get(cast.url("agreements/general-rules/sheet/"))

    assert "Oak Hill Primary School" in words(page)
    assert "Not yet." not in words(page)
    started(cast)
    assert client.get(cast.url("agreements/byod-code/sheet/")).status_code == 404


def test_same_words_of_two_versions_are_kept_apart(cast):
    """A signature never points to another agreement's text."""
    first, second = (one_more_document(cast, 7), one_more_document(cast, 8))
    Agreement.objects.filter(pk=second.agreement_id).update(title=first.agreement.title)
    AgreementText.objects.filter(version=second).update(title="Document 7")
    rows = [
        keep_shown(
            shown_to(version_of(cast.school, code, 1), "en"), school_id=cast.school.pk, at=NOW
        )
        for code in ("document-7", "document-8")
    ]

    assert rows[0].sha256 == rows[1].sha256
    assert [row.version_id for row in rows] == [first.pk, second.pk]
    assert ShownText.objects.count() == 2
