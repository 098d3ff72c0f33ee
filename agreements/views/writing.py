"""The pages on which a draft is written and translated; nothing typed is lost (AGR-01, AGR-18)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from agreements.actions.texts import write_text
from agreements.comparison import differences
from agreements.document import AgreementDocument
from agreements.forms.texts import Editor, LanguageForm, Translator
from agreements.models import AgreementVersion
from agreements.policy_rules import rules_from_policy
from agreements.queries.texts import hash_of
from agreements.showing import preview_of
from agreements.translating import original_of
from agreements.views.versions import loaded_version
from agreements.vocabulary import LANGUAGES
from agreements.workflow import VERSION
from common.access import requires
from common.errors import Refusal, StaleRecord
from common.requests import SchoolRequest

THEIRS = (
    " Below stands what is different there. Your words are in the form: saving again keeps yours."
)


@requires("edit_agreements")
def text_edit(request: SchoolRequest, agreement: str, number: int) -> HttpResponse:
    """Write the words of a draft; a change that somebody made meanwhile is never overwritten."""
    version = loaded_version(request, agreement, number)
    original = _original(version)
    data = request.POST if request.method == "POST" else None
    editor = Editor(original, audience=version.agreement.audience, data=data)
    if closed := _not_writable(request, version):
        return closed
    context = _page(request, version)
    if editor.deed == "rules":
        _take_rules(request, version, editor)
    elif editor.is_valid() and editor.deed == "preview":
        context["preview"] = preview_of(version, editor.document())
    elif editor.is_valid():
        done = _save(request, version, editor, context, moved=editor.moved)
        if done:
            return done
    if editor.refused:
        messages.error(request, editor.refused)
    return render(request, "agreements/text_edit.html", context | {"editor": editor})


@requires("edit_agreements")
def text_translate(request: SchoolRequest, agreement: str, number: int) -> HttpResponse:
    """Choose a language, then write the text in it beside the original (AGR-01)."""
    version = loaded_version(request, agreement, number)
    if closed := _not_writable(request, version):
        return closed
    original, language = _original(version), request.GET.get("language", "")
    if language not in LANGUAGES or language == original.language:
        there = {text.language: LANGUAGES[text.language] for text in version.texts.all()}
        begun = [(code, name) for code, name in there.items() if code != original.language]
        form = LanguageForm(taken=there)
        context = _page(request, version) | {"form": form, "begun": begun}
        return render(request, "agreements/text_languages.html", context)
    stored = next((t.document for t in version.texts.all() if t.language == language), None)
    data = request.POST if request.method == "POST" else None
    editor = Translator(original, stored, language=language, data=data)
    context = _page(request, version) | {"language_name": LANGUAGES[language]}
    if data is not None and context["seen"] != context["now_hash"] and not editor.is_valid():
        editor.form.add_error(None, "The text has changed since you opened it. Look it over again.")
        context["seen"] = context["now_hash"]
    elif data is not None and editor.is_valid() and editor.deed == "preview":
        context["preview"] = preview_of(version, editor.document())
    elif data is not None and editor.is_valid():
        done = _save(request, version, editor, context)
        if done:
            return done
    return render(request, "agreements/text_translate.html", context | {"editor": editor})


def _page(request: SchoolRequest, version: AgreementVersion) -> dict[str, object]:
    now_hash = hash_of(version)
    return {
        "version": version,
        "here": f"Version {version.number}",
        "now_hash": now_hash,
        "seen": request.POST.get("seen", now_hash),
        "young": version.agreement.audience == "pupil_ks1",
    }


def _save(
    request: SchoolRequest,
    version: AgreementVersion,
    editor: Editor | Translator,
    context: dict[str, object],
    moved: dict[str, str] | None = None,
) -> HttpResponse | None:
    """Keep a text and lead to it; a refusal stays on the page, with both texts if it is stale."""
    document, was_approved = editor.document(), version.status == "approved"
    try:
        write_text(
            version=version,
            document=document,
            seen=str(context["seen"]),
            moved=moved,
            by=request.person,
            at=timezone.now(),
        )
    except StaleRecord as refusal:
        editor.form.add_error(None, f"{refusal}{THEIRS}")
        context["seen"] = context["now_hash"]
        context["theirs"] = _theirs(version, document)
        return None
    except Refusal as refusal:
        editor.form.add_error(None, str(refusal))
        return None
    void = " The approval it had is void." if was_approved else ""
    messages.success(request, f"Saved as a draft.{void}")
    url = redirect("version_detail", request.school.slug, version.agreement.code, version.number)
    url["Location"] += f"?language={document.language}#main"
    return url


def _theirs(version: AgreementVersion, document: AgreementDocument) -> object:
    """Return how the stored text differs from the one typed: what they have is drawn as new."""
    stored = next((t for t in version.texts.all() if t.language == document.language), None)
    return differences(document, stored.document) if stored else []


def _take_rules(request: SchoolRequest, version: AgreementVersion, editor: Editor) -> None:
    taken = rules_from_policy(request.school, version.agreement.audience, on=timezone.localdate())
    if not taken:
        messages.info(request, "No policy is in force, so there are no rules to take.")
        return
    editor.take_rules(taken)
    messages.success(request, "The rules of the policy stand in the form. Nothing is saved yet.")


def _original(version: AgreementVersion) -> AgreementDocument:
    found = original_of(text.document for text in version.texts.all())
    return found or AgreementDocument(version.agreement.title, "", (), "", "")


def _not_writable(request: SchoolRequest, version: AgreementVersion) -> HttpResponse | None:
    """Lead away from a version that cannot be written on any more."""
    try:
        VERSION.check("write_text", version.status)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(
            "version_detail", request.school.slug, version.agreement.code, version.number
        )
    return None
