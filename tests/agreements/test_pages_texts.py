"""The pages on which agreements are written, brought in, approved and published."""

import io
import re
from datetime import timedelta

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.actions.closing import close_agreement, reopen_agreement
from agreements.actions.texts import (
    approve_agreement,
    ask_for_approval,
    load_agreement,
    publish_agreement,
    return_agreement,
    revise_agreement,
    start_agreement,
    write_text,
)
from agreements.document import AgreementDocument, ClauseText
from agreements.libraries import read_library
from agreements.models import Agreement, AgreementText, AgreementVersion, Obligation, ShownText
from agreements.policy_rules import rules_from_policy, with_rules
from agreements.queries.texts import hash_of, version_of
from agreements.shown import keep_shown, shown_to
from audit.queries import trail_of
from common.errors import Refusal, StaleRecord
from people.models import Job, Notice
from tests.agreements.text_samples import approved, draft, one_more_document
from tests.agreements.walk import asked, obligation_of, published, signed
from tests.cast import NOW, START

MINE = "# Our phone rules\n\nRead this.\n\n1. I keep my phone away.\n2. I ask first.\n"
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def now(time_machine):
    """Stand at the cast's moment."""
    time_machine.move_to(NOW)


def words(response) -> str:
    """Return a page without its tags, on one line."""
    text = re.sub(
        r"<(script|style|option)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL
    )
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def form_of(page) -> dict[str, str | list[str]]:
    """Return what the editor's page would send, as a browser reads it."""
    editor = page.context["editor"]
    sent: dict[str, str | list[str]] = {"seen": page.context["seen"]}
    sent["clauses"] = str(len(editor.clauses))
    for form in [editor.form, *editor.clauses]:
        for field in form:
            value = field.value()
            sent[field.html_name] = value if isinstance(value, list | tuple) else str(value or "")
    return sent


def started(cast, name="byod_code") -> AgreementVersion:
    return load_agreement(school=cast.school, name=name, by=cast.dora, at=NOW)


def edit_path(cast, code="byod-code", number=1, page="text") -> str:
    return cast.url(f"agreements/{code}/{number}/{page}/")


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


# Files --------------------------------------------------------------------------------------------


def file(name: str, content: bytes | str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Volunteers here", 1)
    document.add_paragraph("1. I sign in at reception.")
    document.add_paragraph("2. I keep my phone away.")
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bad.docx", b"no document", "not a Word document"),
        ("old.doc", b"\xd0\xcf\x11\xe0", "Choose a Word file (.docx) or Markdown"),
        ("letters.md", b"\xff\xfe1. One", "Its letters cannot be read"),
        ("prose.md", b"# Title\n\nOnly prose.", "No clauses were found"),
        ("hidden.md", "# T\n\n1. a\u202eb", "hidden character"),
        ("noending", b"1. One", "needs a name with an ending"),
        ("large.md", b"1. One\n" * 400_000, "larger than 2 MB"),
    ],
)
def test_bad_file_is_refused_in_words_and_the_good_one_stays(cast, name, content, said):
    page = cast.client("dora").post(
        cast.url("agreements/new/files/"),
        {"files": [file("phones.md", MINE), file(name, content)], "do": "read"},
    )

    assert said in words(page)
    assert [one.read.file for one in page.context["found"]] == ["phones.md"]
    assert not Agreement.objects.exists()


def test_several_files_are_looked_over_and_kept_together(cast):
    client, path = cast.client("dora"), cast.url("agreements/new/files/")
    read = client.post(
        path,
        {
            "files": [file("staff.md", MINE), file("volunteers.docx", word_file())],
            "do": "read",
        },
    )
    assert [one.initial["audience"] for one in read.context["found"]] == ["staff", "volunteer"]
    assert not Agreement.objects.exists()
    sent = {"carried": read.context["carried"], "do": "keep"}
    for index, audience in enumerate(("staff", "staff")):
        sent |= {f"f{index}-keep": "on", f"f{index}-kind": "agreement"}
        sent |= {f"f{index}-audience": audience}
    twice = client.post(path, sent)
    assert "Another file here is for this audience" in words(twice)
    assert not Agreement.objects.exists()
    done = client.post(path, sent | {"f1-audience": "volunteer"}, follow=True)

    assert "2 drafts were started" in words(done)
    assert {(one.audience, one.title) for one in Agreement.objects.all()} == {
        ("staff", "Our phone rules"),
        ("volunteer", "Volunteers here"),
    }
    assert [len(text.clauses) for text in AgreementText.objects.all()] == [2, 2]


def test_choices_stay_while_more_files_are_read_and_one_is_left_out(cast):
    client, path = cast.client("dora"), cast.url("agreements/new/files/")
    first = client.post(path, {"files": [file("a.md", MINE)], "do": "read"})
    chosen = {"f0-keep": "on", "f0-kind": "document", "f0-audience": "governor"}
    more = client.post(
        path,
        {
            "files": [file("b.md", MINE)],
            "carried": first.context["carried"],
            "do": "read",
            **chosen,
        },
    )
    assert more.context["found"][0]["audience"].value() == "governor"
    client.post(
        path,
        {"carried": more.context["carried"], "do": "keep", **chosen, "f1-kind": "document"},
    )

    assert [(one.kind, one.audience) for one in Agreement.objects.all()] == [
        ("document", "governor")
    ]


def test_what_a_page_carried_cannot_be_altered(cast):
    client, path = cast.client("dora"), cast.url("agreements/new/files/")
    page = client.post(path, {"files": [file("a.md", MINE)], "do": "read"})
    word = page.context["carried"]
    bent = client.post(path, {"carried": f"x{word}", "do": "keep"})

    assert "Choose the files again" in words(bent)
    assert not Agreement.objects.exists()


# Writing ------------------------------------------------------------------------------------------


def test_nothing_typed_is_lost_while_clauses_come_move_and_go(cast):
    version = started(cast)
    before = hash_of(version)
    client, path = cast.client("dora"), edit_path(cast)
    sent = form_of(client.get(path)) | {"c0-text": "Typed by me.", "title": "A new title"}
    sent = form_of(client.post(path, sent | {"do": "add:0"}))
    assert (sent["title"], sent["c0-text"], sent["c1-text"]) == ("A new title", "Typed by me.", "")
    assert [sent[f"c{n}-number"] for n in range(12)] == [str(n + 1) for n in range(12)]
    sent = form_of(client.post(path, sent | {"c1-text": "Second.", "do": "up:1"}))
    assert (sent["c0-text"], sent["c1-text"]) == ("Second.", "Typed by me.")
    sent = form_of(client.post(path, sent | {"do": "out:11"}))
    sent = form_of(client.post(path, sent | {"do": "down:10"}))  # the last goes no further
    assert hash_of(version) == before  # nothing was kept so far
    preview = client.post(path, sent | {"do": "preview"})
    assert "Preview, not saved" in words(preview)
    assert hash_of(version) == before
    done = client.post(path, sent | {"do": "save"}, follow=True)

    assert "Saved as a draft" in words(done)
    document = AgreementText.objects.get(version=version).document
    assert document.title == "A new title"
    assert [one.text for one in document.clauses][:2] == ["Second.", "Typed by me."]
    assert len(document.clauses) == 11


@pytest.mark.parametrize("deed", ["up:99", "down:-1", "out:x", "roles:", "add:9999999", "nonsense"])
def test_button_of_a_forged_form_does_nothing(cast, deed):
    version = started(cast)
    client, path = cast.client("dora"), edit_path(cast)
    page = client.post(path, form_of(client.get(path)) | {"do": deed})

    assert page.status_code == 200
    assert hash_of(version) == hash_of(version_of(cast.school, "byod-code", 1))


def test_clause_is_shown_to_some_roles_only(cast):
    """AGR-18."""
    started(cast, "staff")
    client, path = cast.client("dora"), edit_path(cast, "staff")
    page = client.post(path, form_of(client.get(path)) | {"do": "roles:0"})
    assert "c0-roles" in form_of(page)
    sent = form_of(page) | {"c0-roles": ["teacher", "ta"], "do": "save"}
    detail = client.post(path, sent, follow=True)
    assert "Shown only to: Class teacher, Teaching assistant" in words(detail)
    first = AgreementText.objects.get(version__agreement__code="staff").document.clauses[0]
    assert first.roles == ("teacher", "ta")

    text = cast.url("agreements/staff/1/")
    assert first.text in words(client.get(f"{text}?as=teacher"))
    assert first.text not in words(client.get(f"{text}?as=everybody"))


def test_empty_clause_and_double_number_are_refused_with_what_was_typed(cast):
    version = started(cast)
    client, path = cast.client("dora"), edit_path(cast)
    sent = form_of(client.get(path)) | {"c0-text": "", "c2-number": "2", "do": "save"}
    page = client.post(path, sent | {"intro": "Typed before."})

    assert "Enter “Words of the clause”" in words(page)
    assert "The number 2 stands twice" in words(page)
    assert "Typed before." in page.content.decode()
    assert hash_of(version) == sent["seen"]


def test_stale_edit_is_refused_with_both_texts(cast):
    version = started(cast)
    client, path = cast.client("dora"), edit_path(cast)
    sent = form_of(client.get(path)) | {"c0-text": "Mine.", "do": "save"}
    theirs = version.texts.get().document
    changed = (ClauseText("1", theirs.clauses[0].heading, "Theirs."), *theirs.clauses[1:])
    write_text(
        version=version,
        document=AgreementDocument(theirs.title, "", changed, "", "I agree."),
        seen=hash_of(version),
        by=cast.hana,
        at=NOW,
    )
    page = client.post(path, sent)

    assert "Somebody else changed this text" in words(page)
    assert form_of(page)["c0-text"] == "Mine."
    assert "Theirs." in words(page).partition("What was saved after")[2]
    assert AgreementText.objects.get(version=version).document.clauses[0].text == "Theirs."
    again = client.post(path, form_of(page) | {"do": "save"})
    assert again.status_code == 302
    assert AgreementText.objects.get(version=version).document.clauses[0].text == "Mine."


def test_rules_of_the_policy_are_put_below_those_typed(cast, ladder):
    """AGR-28."""
    started(cast)
    client, path = cast.client("dora"), edit_path(cast)
    sent = form_of(client.get(path)) | {"rules": "Our own rule.", "do": "rules"}
    page = client.post(path, sent)
    rules = str(form_of(page)["rules"])

    assert rules.startswith("Our own rule.\n\nA: ")
    assert re.findall(r"^([A-D]): ", rules, re.MULTILINE) == ["A", "B", "C", "D"]
    again = form_of(client.post(path, form_of(page) | {"do": "rules"}))["rules"]
    assert again == rules


def test_without_a_policy_in_force_there_are_no_rules_to_take(cast, ladder):
    assert rules_from_policy(cast.school, "staff", on=START - timedelta(days=1)) == ""
    assert rules_from_policy(cast.school, "staff", on=START).startswith("A: ")
    assert with_rules("", "A: taken") == with_rules("A: taken", "A: taken") == "A: taken"


def test_published_text_leads_back_and_is_not_written(cast):
    published(cast, "byod_code", at=NOW)
    page = cast.client("dora").get(edit_path(cast), follow=True)

    assert "this version is “Published”" in words(page)


# Languages ----------------------------------------------------------------------------------------


def test_translation_is_written_beside_the_original_and_follows_it(cast):
    version = started(cast)
    client, path = cast.client("dora"), edit_path(cast, page="translate")
    assert "A further language" in words(client.get(path))
    page = client.get(f"{path}?language=cy")
    assert "I use my device in lessons only" in words(page)
    sent = form_of(page) | {"title": "Eich dyfais", "statement": "Rwy’n cytuno.", "do": "save"}
    for form in page.context["editor"].clauses:
        sent |= {f"{form.prefix}-heading": "", f"{form.prefix}-text": f"Cymal {form.prefix}"}
    short = {name: value for name, value in sent.items() if name != "c-3-text"}
    refused = client.post(f"{path}?language=cy", short | {"c-3-text": ""})
    assert "Enter “Words of the clause”" in words(refused)
    assert client.post(f"{path}?language=cy", sent).status_code == 302

    edit = edit_path(cast)
    client.post(edit, form_of(client.post(edit, _sent(client, edit, "up:4"))) | {"do": "save"})
    welsh = version.texts.get(language="cy").document
    assert [one.text for one in welsh.clauses][3:5] == ["Cymal c-5", "Cymal c-4"]
    english = version.texts.get(language="en").document
    assert [one.topic for one in welsh.clauses] == [one.topic for one in english.clauses]
    approve_agreement(version=version, seen=hash_of(version), by=cast.hana, at=NOW)


def _sent(client, path, deed):
    return form_of(client.get(path)) | {"do": deed}


def test_new_clause_has_to_be_translated_before_approval(cast):
    version = started(cast, "pupil_ks1")
    client, path = cast.client("dora"), edit_path(cast, "pupil-ks1")
    sent = form_of(client.post(path, _sent(client, path, "add")))
    sent |= {"c8-text": "I put my tablet away.", "c8-picture": "tablet", "do": "save"}
    detail = client.post(path, sent, follow=True)

    assert "Polish: The text in “pl” does not have the same clause numbers" in words(detail)
    with pytest.raises(Refusal, match="same clause numbers"):
        approve_agreement(version=version, seen=hash_of(version), by=cast.hana, at=NOW)
    with pytest.raises(Refusal, match="same clause numbers"):
        ask_for_approval(version=version, by=cast.dora, at=NOW)


def test_stale_translation_is_refused(cast):
    version = started(cast)
    client, path = cast.client("dora"), f"{edit_path(cast, page='translate')}?language=cy"
    page = client.get(path)
    original = version.texts.get().document
    write_text(
        version=version,
        document=AgreementDocument("Other", "", original.clauses[:3], "", "I agree."),
        seen=hash_of(version),
        by=cast.hana,
        at=NOW,
    )
    sent = form_of(page) | {"title": "Eich dyfais", "statement": "Iawn.", "do": "save"}
    sent |= {f"{form.prefix}-text": "Cymal" for form in page.context["editor"].clauses}
    refused = client.post(path, sent)

    assert "Somebody else changed this text" in words(refused)
    assert refused.context["editor"].form["title"].value() == "Eich dyfais"
    assert not version.texts.filter(language="cy").exists()


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
    sent = form_of(client.get(path)) | {"c0-text": "The network is the school’s.", "do": "save"}
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
    done = client.post(path, _sent(client, path, "save") | {"intro": "New."}, follow=True)

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
    client.post(path, _sent(client, path, "save") | {"statement": ""})
    refused = client.post(edit_path(cast, page="send"), follow=True)
    assert "The agreement has no statement" in words(refused)
    assert version_of(cast.school, "byod-code", 1).texts.get().pk == version.texts.get().pk


def test_missing_topics_stand_in_a_checklist(cast):
    """AGR-22."""
    started(cast, "staff")
    client, path = cast.client("dora"), edit_path(cast, "staff")
    sent = _sent(client, path, "save")
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
    client.post(path, _sent(client, path, "save") | {"c0-text": "Not yet."})
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
