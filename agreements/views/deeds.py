"""Deeds of those who look after signing: exempt, ask again, answer, countersign, open the gate."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from agreements.actions.access import countersign_agreement, override_access
from agreements.actions.answering import answer_question, ask_again, exempt_person
from agreements.forms.registers import CountersignForm, OverrideForm
from agreements.forms.signing import AnswerForm, ReasonForm
from agreements.models import Obligation
from agreements.queries.access import access_of, systems_of
from agreements.queries.lists import (
    obligation_or_none,
    question_or_none,
    questions_in,
    waiting_for_countersignature,
)
from agreements.queries.signatures import signature_of
from common.access import requires
from common.attempt import attempt
from common.pages import page_url
from common.requests import SchoolRequest
from people.queries import current_people, named, people_source

ROWS = 30


@requires("exempt_person")
def obligation_exempt(request: SchoolRequest, pk: int) -> HttpResponse:
    """Exempt somebody, with a reason (AGR-29)."""
    return _answer(request, pk, exempt_person, "Exempt", "The exemption is recorded.")


@requires("issue_agreements")
def obligation_ask_again(request: SchoolRequest, pk: int) -> HttpResponse:
    """Ask somebody again, after a talk or a return from leave (AGR-29)."""
    return _answer(request, pk, ask_again, "Ask again", "They are asked again.")


@requires("answer_question")
def question_list(request: SchoolRequest) -> HttpResponse:
    """Show what people asked before signing, unanswered first (AGR-29)."""
    page = Paginator(questions_in(request.school), ROWS).get_page(request.GET.get("page"))
    return render(request, "agreements/question_list.html", {"page": page})


@requires("answer_question")
def question_answer(request: SchoolRequest, pk: int) -> HttpResponse:
    """Answer a question (AGR-29)."""
    question = question_or_none(request.school, pk)
    if question is None:
        raise Http404("no such question")
    form = AnswerForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        answer_question,
        question=question,
        answer=form.cleaned_data["answer"],
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Your answer is sent.")
        return redirect("question_list", request.school.slug)
    context = {"form": form, "question": question}
    return render(request, "agreements/question_answer.html", context)


@requires("countersign_agreement")
def countersign_list(request: SchoolRequest) -> HttpResponse:
    """Show the agreements of staff that wait for a second signature (AGR-11)."""
    rows = waiting_for_countersignature(request.school).exclude(signer=request.person)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "agreements/countersign_list.html", {"page": page})


@requires("countersign_agreement")
def agreement_countersign(request: SchoolRequest, reference: str) -> HttpResponse:
    """Countersign one agreement and name the systems it opens (AGR-11)."""
    signature = signature_of(request.school, reference)
    if signature is None or signature.obligation is None:
        raise Http404("nothing to countersign")
    form = CountersignForm(request.POST or None, systems=systems_of(request.school))
    if form.is_valid() and attempt(
        form,
        countersign_agreement,
        signature=signature,
        systems=form.cleaned_data["systems"],
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Countersigned.")
        return redirect("countersign_list", request.school.slug)
    context = {"form": form, "signature": signature}
    return render(request, "agreements/agreement_countersign.html", context)


@requires("view_access")
def access_list(request: SchoolRequest) -> HttpResponse:
    """Show who may have an account, why, and for which systems (AGR-05)."""
    text = " ".join(request.GET.get("q", "").split())[:80]
    people = current_people(request.school, on=timezone.localdate())
    found = named(people, text) if text else people.exclude(kind__in=["carer", "pupil"])
    page = Paginator(found.order_by("family_name", "given_name", "pk"), ROWS).get_page(
        request.GET.get("page")
    )
    people_here = list(page.object_list)
    access = access_of(people_here, on=timezone.localdate())
    rows = [(person, access[person.pk]) for person in people_here]
    return render(request, "agreements/access_list.html", {"page": page, "rows": rows, "q": text})


@requires("override_access")
def access_override(request: SchoolRequest) -> HttpResponse:
    """Let somebody have an account before they have signed (AGR-05)."""
    source = people_source(
        request.person,
        request.role_codes,
        url=page_url(request.school, "person_find"),
        on=timezone.localdate(),
    )
    form = OverrideForm(request.POST or None, source=source)
    if form.is_valid() and attempt(
        form, override_access, **form.cleaned_data, by=request.person, at=timezone.now()
    ):
        messages.success(request, "Recorded. The technician sees it.")
        return redirect("access_list", request.school.slug)
    return render(request, "agreements/access_override.html", {"form": form})


def _answer(
    request: SchoolRequest, pk: int, deed: Callable[..., Any], label: str, done: str
) -> HttpResponse:
    """Draw a form that asks why, and do the deed."""
    obligation: Obligation | None = obligation_or_none(request.school, pk)
    if obligation is None:
        raise Http404("no such agreement of anybody")
    form: Form = ReasonForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        deed,
        obligation=obligation,
        reason=form.cleaned_data["reason"],
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, done)
        return redirect("obligation_detail", request.school.slug, pk)
    context = {"form": form, "obligation": obligation, "label": label}
    return render(request, "agreements/obligation_answer.html", context)
