"""The pages of one version: read it, revise it, have it approved, publish it."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from agreements.actions.texts import (
    approve_agreement,
    ask_for_approval,
    publish_agreement,
    return_agreement,
    revise_agreement,
)
from agreements.forms.texts import DecisionForm, RevisionForm
from agreements.models import AgreementVersion
from agreements.next_text_step import next_step_of, what_is_missing
from agreements.overview import asked_in_words
from agreements.queries.rounds import round_of, signature_count
from agreements.queries.texts import agreement_of, hash_of, last_word_on, version_of
from agreements.showing import changes_between, shown_for, ways_to_look
from agreements.tasks import issue_now
from agreements.vocabulary import LANGUAGES
from agreements.workflow import VERSION
from common.access import requires
from common.attempt import attempt
from common.errors import Refusal, StaleRecord
from common.requests import SchoolRequest
from people.jobs import start_job
from policies.queries import published_versions_of


@requires("view_agreements")
def version_detail(request: SchoolRequest, agreement: str, number: int) -> HttpResponse:
    """Show a version as its audience sees it, with its story and what can be done (AGR-01)."""
    version = loaded_version(request, agreement, number)
    role = request.GET.get("as", "")
    shown = shown_for(version, request.GET.get("language", "en"), role)
    versions = list(agreement_of(request.school, agreement).versions.all())  # type: ignore[union-attr]
    draft = any(one.status != "published" for one in versions)
    missing = what_is_missing(version) if version.status != "published" else []
    context = {
        "version": version,
        "here": f"Version {number}",
        "shown": shown,
        **ways_to_look(version, shown.text.language, role),
        "state": "superseded" if version.superseded_at else version.status,
        "asked": asked_in_words(request.school, version.agreement),
        "changes": changes_between(version.based_on, version),
        "missing": missing,
        "step": next_step_of(
            version,
            request.person,
            request.powers,
            draft=draft,
            whole=all(one["done"] for one in missing),
        ),
        "word": last_word_on(version) if version.status == "draft" else None,
        "signatures": signature_count(version),
        "others": [one for one in versions if one.pk != version.pk],
    }
    return render(request, "agreements/version_detail.html", context)


@requires("edit_agreements")
def version_create(request: SchoolRequest, agreement: str, number: int) -> HttpResponse:
    """Begin the next version: what changes, why, and whether people sign again (AGR-07)."""
    version = loaded_version(request, agreement, number)
    policies = list(published_versions_of(request.school))
    form = RevisionForm(request.POST or None, policies=policies)
    if form.is_valid() and attempt(
        form,
        revise_agreement,
        version=version,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "A draft with the words of this version is ready to be changed.")
        return redirect("text_edit", request.school.slug, agreement, number + 1)
    context = {"form": form, "version": version, "here": f"Version {number}"}
    return render(request, "agreements/version_create.html", context)


@requires("edit_agreements")
@require_POST
def version_ask(request: SchoolRequest, agreement: str, number: int) -> HttpResponse:
    """Tell those who approve that a draft is ready."""
    version = loaded_version(request, agreement, number)
    try:
        ask_for_approval(version=version, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Those who approve agreements have been told.")
    return redirect("version_detail", request.school.slug, agreement, number)


@requires("approve_agreement")
def version_approve(request: SchoolRequest, agreement: str, number: int) -> HttpResponse:
    """Show the whole text and every difference, and take the decision (AGR-01, AGR-22)."""
    version = loaded_version(request, agreement, number)
    if version.status == "published":
        messages.info(request, "This version is published. There is nothing to approve.")
        return redirect("version_detail", request.school.slug, agreement, number)
    now_hash = hash_of(version)
    form = DecisionForm(
        request.POST or None, initial={"seen": now_hash}, approved=version.status == "approved"
    )
    if form.is_valid():
        try:
            words = _decide(request, form, version)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, StaleRecord):
                form.data = request.POST.copy()
                form.data["seen"] = now_hash
        else:
            messages.success(request, words)
            return redirect("version_detail", request.school.slug, agreement, number)
    context = {
        "form": form,
        "version": version,
        "here": f"Version {number}",
        "whole": [
            (LANGUAGES[text.language], shown_for(version, text.language))
            for text in version.texts.all()
        ],
        "young": version.agreement.audience == "pupil_ks1",
        "changes": changes_between(version.based_on, version),
        "missing": what_is_missing(version),
        "wrote": version.changed_by_id == request.person.pk,
    }
    return render(request, "agreements/version_approve.html", context)


@requires("publish_agreement")
def version_publish(request: SchoolRequest, agreement: str, number: int) -> HttpResponse:
    """Say who will be asked, publish, and ask them (AGR-07)."""
    version = loaded_version(request, agreement, number)
    try:
        VERSION.check("publish_agreement", version.status)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("version_detail", request.school.slug, agreement, number)
    now = timezone.now()
    refusal_words = ""
    if request.method == "POST":
        try:
            publish_agreement(version=version, by=request.person, at=now)
        except Refusal as refusal:
            refusal_words = str(refusal)
        else:
            job = start_job(
                school=request.school,
                kind="agreements_issue",
                label="Ask everybody who has to sign",
                task=issue_now,
                input={},
                by=request.person,
                at=now,
                back=("version_detail", agreement, number),
            )
            messages.success(request, f"Version {number} is published.")
            return redirect("job_detail", request.school.slug, job.pk)
    context = {
        "version": version,
        "here": f"Version {number}",
        "refusal": refusal_words,
        "round": round_of(version, on=timezone.localdate()),
        "asked": asked_in_words(request.school, version.agreement),
        "changes": changes_between(version.based_on, version),
    }
    return render(request, "agreements/version_publish.html", context)


def loaded_version(request: SchoolRequest, agreement: str, number: int) -> AgreementVersion:
    """Return a version of an agreement of the school, or 404."""
    version = version_of(request.school, agreement, number)
    if version is None:
        raise Http404("no such version")
    return version


def _decide(request: SchoolRequest, form: DecisionForm, version: AgreementVersion) -> str:
    """Approve or return the version, and return what to say."""
    data, deed = form.cleaned_data, partial(approve_agreement, seen=form.cleaned_data["seen"])
    if data["decision"] == "return":
        deed = partial(return_agreement, reason=data["reason"])
    deed(version=version, by=request.person, at=timezone.now())
    if data["decision"] == "return":
        return "Returned. The writer has been told where to look."
    return "Approved to the letter. Any change to the text makes the approval void."
