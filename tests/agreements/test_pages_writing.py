"""The pages on which a draft is written and translated."""

import re
from datetime import timedelta

import pytest

from agreements.actions.texts import (
    approve_agreement,
    ask_for_approval,
    write_text,
)
from agreements.document import AgreementDocument, ClauseText
from agreements.models import AgreementText
from agreements.policy_rules import rules_from_policy, with_rules
from agreements.queries.texts import hash_of, version_of
from common.errors import Refusal
from tests.agreements.text_pages import edit_path, form_of, sent_by, started, words
from tests.agreements.walk import published
from tests.cast import NOW, START


@pytest.fixture(autouse=True)
def now(time_machine):
    """Stand at the cast's moment."""
    time_machine.move_to(NOW)


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
    client.post(edit, form_of(client.post(edit, sent_by(client, edit, "up:4"))) | {"do": "save"})
    welsh = version.texts.get(language="cy").document
    assert [one.text for one in welsh.clauses][3:5] == ["Cymal c-5", "Cymal c-4"]
    english = version.texts.get(language="en").document
    assert [one.topic for one in welsh.clauses] == [one.topic for one in english.clauses]
    approve_agreement(version=version, seen=hash_of(version), by=cast.hana, at=NOW)


def test_new_clause_has_to_be_translated_before_approval(cast):
    version = started(cast, "pupil_ks1")
    client, path = cast.client("dora"), edit_path(cast, "pupil-ks1")
    sent = form_of(client.post(path, sent_by(client, path, "add")))
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
