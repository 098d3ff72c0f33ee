"""The page on which parents and pupils say yes or no (CON-01, CON-02, CON-09)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from agreements.actions.consents import give_consents
from agreements.consent_forms import called
from agreements.forms.consents import ConsentForm
from agreements.queries.consents import (
    decides_about,
    latest_answers,
    may_decide,
    questions_for,
)
from agreements.vocabulary import Answer, Method
from common.access import requires
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest
from people.models import Person


@requires("give_consent")
def consent_edit(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show a person the questions about their own child, or a pupil those about themselves.

    Another child is not there. A pupil who is too young is told who answers for them.
    """
    person = request.person
    pupil = decides_about(person, pk, on=timezone.localdate())
    if pupil is None:
        if person.pk == pk and person.kind == Person.Kind.PUPIL:
            return render(request, "agreements/consent_by_parents.html")
        raise Http404("not this person's child")
    home = page_url(request.school, "portal")
    return consent_page(request, pupil=pupil, signer=person, method=Method.ACCOUNT, done_url=home)


def consent_page(
    request: HttpRequest, *, pupil: Person, signer: Person, method: str, done_url: str
) -> HttpResponse:
    """Draw the questions for whoever decides, signed in or come by a link, and keep the answers.

    First the questions, then what changes in words to be confirmed, then back to ``done_url``.
    """
    if not may_decide(signer, pupil, on=timezone.localdate()):
        raise Http404("not this person's child")
    form = _form(pupil, signer, request.POST or None)
    context = {"pupil": pupil, "child": called(pupil), "own": signer == pupil, "done_url": done_url}
    if request.method != "POST" or not form.is_valid():
        return render(request, "agreements/consent_edit.html", {**context, "form": form})
    if "back" in request.POST:
        return _questions_again(request, form, pupil, signer, context)
    changes = form.in_words()
    if not changes:
        messages.info(request, "Your answers stay as they were.")
        return redirect(done_url)
    if "sure" not in request.POST:
        context |= {"changes": changes, "again": form.to_send_again()}
        return render(request, "agreements/consent_confirm.html", context)
    try:
        give_consents(
            pupil=pupil,
            answers=form.changed_answers(),
            taken_back=form.taken_back(),
            form=form.cleaned_data["form_hash"],
            by=signer,
            at=timezone.now(),
            method=method,
        )
    except Refusal as refusal:
        context |= {"refusal": str(refusal)}
        return _questions_again(request, form, pupil, signer, context)
    messages.success(request, "Thank you. Your answers are kept and count from now on.")
    return redirect(done_url)


def _questions_again(
    request: HttpRequest,
    sent: ConsentForm,
    pupil: Person,
    signer: Person,
    context: dict[str, Any],
) -> HttpResponse:
    """Draw the questions as they are now, with what was ticked before."""
    form = _form(pupil, signer, None, chosen=sent.changed_answers())
    form.initial["taken_back"] = sent.taken_back()
    return render(request, "agreements/consent_edit.html", {**context, "form": form})


def _form(
    pupil: Person, signer: Person, data: QueryDict | None, chosen: dict[int, str] | None = None
) -> ConsentForm:
    latest = latest_answers(pupil, signer)
    today = timezone.localdate()
    answers = {
        purpose: "yes" if row.answer == Answer.YES else "no"
        for (purpose, detail), row in latest.items()
        if not detail
    }
    uses = [
        row
        for (_, detail), row in latest.items()
        if detail and row.answer == Answer.YES and row.end_date and row.end_date >= today
    ]
    questions = questions_for(pupil, signer)
    return ConsentForm(
        data, pupil=pupil, questions=questions, uses=uses, answers=answers, chosen=chosen
    )
