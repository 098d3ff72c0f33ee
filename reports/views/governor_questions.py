"""Questions of governors and their answers with evidence: the challenge log (c.14)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.attempt import attempt
from common.pages import page_url
from common.requests import SchoolRequest
from reports.actions.review_parts import (
    answer_governor_question,
    ask_governor_question,
)
from reports.conditions.reviews import answer_seen
from reports.exporting.reviews import QUESTIONS, question_lines
from reports.filters.reviews import QuestionFilter
from reports.forms.reviews import AnswerForm, AskForm
from reports.queries.reports import report_or_404
from reports.queries.reviews import governor_review_or_404, question_or_404, question_rows
from reports.views.review_step import STEP, deed_page, send, taken_out

ROWS = 25
ASK = "Ask a question"
ASKED = "Your question is sent. You are told when it is answered."


@requires("view_governor_reviews")
def governor_question_list(request: SchoolRequest) -> HttpResponse:
    """Show what governors asked and what they were told, newest first."""
    found = _found(request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "sort": sort}
    return render(request, "reports/governor_question_list.html", context)


@requires("export_report")
def governor_question_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the questions as they are filtered and sorted."""
    return taken_out(
        request,
        _found(request),
        what="questions",
        page="governor_question_list",
        heading=QUESTIONS,
        read=question_lines,
    )


@requires("ask_governor_question")
def governor_question_ask(request: SchoolRequest, reference: str) -> HttpResponse:
    """Ask a question at a review."""
    review = governor_review_or_404(request.school, reference)
    return deed_page(
        request,
        review,
        AskForm(request.POST or None),
        ask_governor_question,
        title=ASK,
        button="Send the question",
        done=ASKED,
    )


@requires("ask_governor_question")
def governor_report_ask(request: SchoolRequest, pk: int) -> HttpResponse:
    """Ask a question about an issued report."""
    report = report_or_404(request.person, request.powers, pk)
    if report.state != "issued":
        raise Http404("nothing to ask about yet")
    back = page_url(request.school, "governor_report_detail", report.pk)
    form = AskForm(request.POST or None)
    values: dict[str, Any] = {"report": report, "by": request.person, "at": timezone.now()}
    if form.is_valid() and attempt(form, ask_governor_question, **form.cleaned_data, **values):
        messages.success(request, ASKED)
        return redirect(back)
    context = {
        "form": form,
        "title": ASK,
        "button": "Send the question",
        "back": back,
        "back_label": report.label,
    }
    return render(request, STEP, context)


@requires("view_governor_reviews")
def governor_question_answer(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show a question; those who write reviews answer it, or put their answer right."""
    question = question_or_404(request.school, pk)
    form = AnswerForm(request.POST or None, question=question) if _may(request, question) else None
    if (
        form
        and form.is_valid()
        and send(
            form,
            answer_governor_question,
            fresh={"seen": answer_seen(question)},
            question=question,
            **form.cleaned_data,
            by=request.person,
            at=timezone.now(),
        )
    ):
        messages.success(request, "The answer is saved. Whoever asked is told.")
        if question.review:
            return redirect(
                "governor_review_detail", request.school.slug, question.review.reference
            )
        return redirect("governor_question_list", request.school.slug)
    context = {"question": question, "form": form}
    return render(request, "reports/governor_question_answer.html", context)


def _may(request: SchoolRequest, question: Any) -> bool:
    """Return whether the person may answer: not their own, nor once its review is signed."""
    return (
        request.may("write_governor_review")
        and question.asked_by_id != request.person.pk
        and not (question.review and question.review.state == "signed")
    )


def _found(request: SchoolRequest) -> QuestionFilter:
    return QuestionFilter(request.GET, queryset=question_rows(request.school), request=request)
