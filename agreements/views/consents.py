"""The page on which parents and pupils say yes or no (CON-01, CON-02, CON-09)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from agreements.actions.consents import give_consents
from agreements.consent_forms import called, form_of
from agreements.forms.consents import ConsentForm
from agreements.queries.consents import (
    decides_about,
    latest_answers,
    may_decide,
    questions_for,
)
from agreements.vocabulary import Answer, Method
from common.access import requires
from common.errors import Refusal, StaleRecord
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
    form = _form(request, pupil, signer)
    context = {
        "form": form,
        "pupil": pupil,
        "child": called(pupil),
        "own": signer == pupil,
        "done_url": done_url,
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "agreements/consent_edit.html", context)
    changes = form.in_words()
    if not changes:
        messages.info(request, "Your answers stay as they were.")
        return redirect(done_url)
    if "sure" not in request.POST:
        again = form.to_send_again()
        return render(
            request,
            "agreements/consent_confirm.html",
            {**context, "changes": changes, "again": again},
        )
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
        form.add_error(None, str(refusal))
        if isinstance(refusal, StaleRecord):
            form.data = _with_new_hash(request, pupil, signer)
        return render(request, "agreements/consent_edit.html", context)
    messages.success(request, "Thank you. Your answers are kept and count from now on.")
    return redirect(done_url)


def _form(request: HttpRequest, pupil: Person, signer: Person) -> ConsentForm:
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
        request.POST or None, pupil=pupil, questions=questions, uses=uses, answers=answers
    )


def _with_new_hash(request: HttpRequest, pupil: Person, signer: Person) -> Any:
    """Return what was sent with the hash of the questions as the page now shows them."""
    data = request.POST.copy()
    data["form_hash"] = form_of(questions_for(pupil, signer))
    return data
