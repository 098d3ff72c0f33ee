"""Who has signed and who has not: coverage, the register, its export, one person's rounds."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify

from agreements.actions.links import make_link
from agreements.actions.taking_out import export_obligations
from agreements.exporting import HEADING, rows_of
from agreements.filters import SORTS, ObligationFilter, SignatureFilter
from agreements.models import Obligation
from agreements.queries.figures import audience_of_agreements
from agreements.queries.links import token_of
from agreements.queries.lists import (
    GROUPS,
    agreement_choices,
    coverage_by,
    coverage_in_all,
    obligation_or_none,
    obligations_in,
    rounds_of,
    with_mail,
)
from agreements.queries.signatures import seal_holds, signature_of, signatures_of
from agreements.small_totals import coverage_totals
from agreements.tasks import issue_now
from common.access import requires
from common.charts import BarChart, bar_chart
from common.codes import growing_qr
from common.errors import Refusal
from common.exports import mend_first, stream_csv
from common.filters import filters_in_words
from common.pages import page_url
from common.requests import SchoolRequest
from people.jobs import start_job
from people.queries import threshold_of
from reminders.queries import mails_of_day

ROWS = 30


@requires("view_coverage_totals")
def coverage_detail(request: SchoolRequest) -> HttpResponse:
    """Show how many have signed by agreement, class, year and role; numbers only (AGR-03).

    Governors see agreements alone, and no small number (REP-17).
    """
    today = timezone.localdate()
    if not request.may("view_coverage"):
        return _totals(request, today)
    asked = request.GET.get("by", "")
    group = asked if asked in GROUPS else "agreement"
    rows = coverage_by(group, request.school, on=today)
    total = coverage_in_all(request.school, on=today)
    title = f"{total.met} of {total.total} are done, which is {total.percent} in 100"
    context = {
        "rows": rows,
        "total": total,
        "chart": _chart(title, GROUPS[group], [(row.name, row.percent) for row in rows]),
        "group": group,
        "groups": GROUPS,
        "mails": mails_of_day(request.school, today),
    }
    return render(request, "agreements/coverage_detail.html", context)


def _totals(request: SchoolRequest, today: date) -> HttpResponse:
    school = request.school
    rows = coverage_by("agreement", school, on=today)
    threshold = threshold_of(school)
    found = coverage_totals(
        rows, coverage_in_all(school, on=today), audience_of_agreements(school), threshold
    )
    shares = [(row.name, row.percent) for row in found[:-1] if row.percent is not None]
    title = "How many in 100 have done what they were asked"
    context = {
        "rows": found if rows else [],
        "threshold": threshold,
        "withheld": any(row.percent is None for row in found),
        "chart": _chart(title, "Agreement", shares) if shares else None,
    }
    return render(request, "agreements/coverage_totals.html", context)


def _chart(title: str, heading: str, rows: list[tuple[str, int]]) -> BarChart:
    return bar_chart("coverage", title, f"{heading}: done in 100", rows)


@requires("view_coverage")
def obligation_list(request: SchoolRequest) -> HttpResponse:
    """Show who has signed and who has not, with search, filters and paging (AGR-03)."""
    found, sort = _found(request)
    page = Paginator(found.qs.order_by(*SORTS[sort]), ROWS).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "sort": sort, "rows": with_mail(page.object_list)}
    return render(request, "agreements/obligation_list.html", context)


@requires("export_agreements")
def obligation_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the register as it is filtered and sorted (AGR-03)."""
    found, sort = _found(request)
    if wrong := mend_first(request, found.form, "obligation_list"):
        return wrong
    keys = list(found.qs.order_by(*SORTS[sort]).values_list("pk", flat=True))
    now = timezone.now()
    export_obligations(
        school=request.school,
        filters=filters_in_words(found),
        count=len(keys),
        by=request.person,
        at=now,
    )
    return stream_csv(
        f"{slugify(f'agreements {request.school} {timezone.localdate(now)}')}.csv",
        school_id=request.school.pk,
        heading=HEADING,
        keys=keys,
        read=lambda part: rows_of(request.school, part),
    )


@requires("issue_agreements")
def agreements_issue(request: SchoolRequest) -> HttpResponse:
    """Ask everybody who has to sign, in the background with progress (AGR-06)."""
    if request.method != "POST":
        return redirect("coverage_detail", request.school.slug)
    job = start_job(
        school=request.school,
        kind="agreements_issue",
        label="Asking everybody who has to sign",
        task=issue_now,
        input={},
        by=request.person,
        at=timezone.now(),
        power="issue_agreements",
        back=("coverage_detail",),
    )
    return redirect("job_detail", request.school.slug, job.pk)


@requires("view_coverage")
def obligation_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show one person's rounds of an agreement: asked, reminded, signed, declined."""
    obligation = _obligation(request, pk)
    return render(request, "agreements/obligation_detail.html", _story(obligation))


@requires("issue_agreements")
def link_make(request: SchoolRequest, pk: int) -> HttpResponse:
    """Make a personal link, show it once with its code and, where it has one, its PIN."""
    obligation = _obligation(request, pk)
    context = _story(obligation)
    if request.method == "POST":
        try:
            made = make_link(signer=obligation.signer, by=request.person, at=timezone.now())
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            path = page_url(request.school, "link_open", token_of(made.link))
            address = request.build_absolute_uri(path)
            context |= {"made": made, "address": address, "qr": growing_qr(address)}
    response = render(request, "agreements/link_make.html", context)
    response["Cache-Control"] = "no-store"
    return response


@requires("view_signatures")
def signature_list(request: SchoolRequest) -> HttpResponse:
    """Show every signature, newest first (AGR-09)."""
    found = SignatureFilter(
        request.GET,
        queryset=signatures_of(request.school),
        request=request,
        agreements=agreement_choices(request.school),
    )
    page = Paginator(found.qs, ROWS).get_page(request.GET.get("page"))
    return render(request, "agreements/signature_list.html", {"filter": found, "page": page})


@requires("view_signatures")
def signature_detail(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show the proof of one signature, its seal computed again now (AGR-12)."""
    signature = signature_of(request.school, reference)
    if signature is None:
        raise Http404("no such signature")
    context = {"signature": signature, "holds": seal_holds(signature)}
    return render(request, "agreements/signature_detail.html", context)


def _found(request: SchoolRequest) -> tuple[ObligationFilter, str]:
    asked = request.GET.get("sort", "")
    found = ObligationFilter(
        request.GET,
        queryset=obligations_in(request.school),
        request=request,
        agreements=agreement_choices(request.school),
    )
    return found, asked if asked in SORTS else "due"


def _obligation(request: SchoolRequest, pk: int) -> Obligation:
    obligation = obligation_or_none(request.school, pk)
    if obligation is None:
        raise Http404("no such agreement of anybody")
    return obligation


def _story(obligation: Obligation) -> dict[str, object]:
    return {"obligation": obligation, "rounds": rounds_of(obligation)}
