"""Signed paper: print the sheets, take them in, compare them (AGR-09, AGR-12)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from agreements.actions.papers import check_paper, hand_on_paper, print_sheets, take_paper
from agreements.filters_ways import PaperFilter, SheetFilter
from agreements.forms.ways import PaperCheckForm, PaperForm
from agreements.models import Obligation, PaperReturn
from agreements.queries.papers import (
    obligation_by_number,
    obligation_on_paper,
    paper_by_number,
    papers_of,
    signable_on_paper,
)
from agreements.sheet_jobs import MOST_SHEETS
from agreements.sheets import sheet_code, sheet_of
from agreements.tasks import make_sheets_pdf
from common.access import requires
from common.attempt import attempt
from common.errors import Refusal
from common.exports import as_private_download
from common.pages import page_url
from common.requests import SchoolRequest
from people.jobs import start_job

ROWS = 30


@requires("take_paper", "check_paper")
def paper_list(request: SchoolRequest) -> HttpResponse:
    """Show the papers that came back; those that wait to be compared unless others are asked."""
    found = PaperFilter(request.GET, queryset=papers_of(request.school), request=request)
    page = Paginator(found.qs, ROWS).get_page(request.GET.get("page"))
    return render(request, "agreements/paper_list.html", {"filter": found, "page": page})


@requires("take_paper")
def sheet_list(request: SchoolRequest) -> HttpResponse:
    """Show what waits to be signed and can be on paper: print a sheet, all sheets, take one in."""
    found = SheetFilter(request.GET, queryset=signable_on_paper(request.school), request=request)
    page = Paginator(found.qs, ROWS).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "most": MOST_SHEETS}
    return render(request, "agreements/sheet_list.html", context)


@requires("take_paper")
@require_POST
def sheet_print(request: SchoolRequest) -> HttpResponse:
    """Have the sheets of the list, as it is filtered, made as one PDF."""
    found = SheetFilter(request.GET, queryset=signable_on_paper(request.school), request=request)
    numbers = list(found.qs.values_list("pk", flat=True)[: MOST_SHEETS + 1])
    if not numbers or len(numbers) > MOST_SHEETS:
        many = f"At most {MOST_SHEETS} sheets are printed at once. Choose a class or an agreement."
        messages.error(request, many if numbers else "There is nothing to print.")
        return redirect(f"{page_url(request.school, 'sheet_list')}?{request.GET.urlencode()}")
    return _make(request, numbers, "Sheets to sign", ("sheet_list",))


@requires("take_paper")
def paper_print(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show one person's sheet for printing; when posted, have its PDF made."""
    obligation = _waiting(request, pk)
    if obligation is None:
        return _answered(request)
    if request.method == "POST":
        label = f"Sheet for {obligation.signer}"
        return _make(request, [obligation.pk], label, ("paper_print", obligation.pk))
    print_sheets(
        school=request.school, count=1, medium="page", by=request.person, at=timezone.now()
    )
    return render(request, "agreements/paper_print.html", {"sheet": sheet_of(obligation)})


@requires("take_paper")
def paper_take(request: SchoolRequest, pk: int) -> HttpResponse:
    """Take in a signed sheet; the code on a sheet of an older text is refused here."""
    obligation = _waiting(request, pk)
    if obligation is None:
        return _answered(request)
    expected = sheet_code(obligation)
    code = request.GET.get("sheet", "")
    outdated = bool(code) and code != expected
    form = PaperForm(request.POST or None, request.FILES or None)
    if (
        not outdated
        and form.is_valid()
        and attempt(
            form,
            take_paper,
            obligation=obligation,
            **form.cleaned_data,
            by=request.person,
            at=timezone.now(),
        )
    ):
        messages.success(request, "The sheet is taken in. Somebody else compares it now.")
        return redirect("paper_list", request.school.slug)
    context = {
        "form": form,
        "obligation": obligation,
        "code": expected,
        "outdated": outdated,
        "megabytes": request.school.setting("paper_megabytes"),
    }
    return render(request, "agreements/paper_take.html", context)


@requires("check_paper")
def paper_check(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show what is expected beside the scan, and say whether they are the same."""
    paper = _paper(request, pk)
    if paper.checked_at:
        messages.info(request, "This paper was compared already.")
        return redirect("paper_list", request.school.slug)
    form = PaperCheckForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        check_paper,
        paper=paper,
        same=form.cleaned_data["same"] == "yes",
        reason=form.cleaned_data["reason"],
        by=request.person,
        at=timezone.now(),
    ):
        same = form.cleaned_data["same"] == "yes"
        done = "The paper counts as signed." if same else "The paper is refused."
        messages.success(request, done)
        return redirect("paper_list", request.school.slug)
    context = {
        "form": form,
        "paper": paper,
        "sheet": sheet_of(paper.obligation),
        "own": request.person.pk == paper.taken_by_id,
        "newer": paper.version_id != paper.obligation.version_id or not paper.version.live,
    }
    return render(request, "agreements/paper_check.html", context)


@requires("take_paper", "check_paper")
def paper_download(request: SchoolRequest, pk: int) -> HttpResponseBase:
    """Give a copy of a scan to keep, never to show in the browser; the trail notes it."""
    paper = _paper(request, pk)
    try:
        hand_on_paper(paper=paper, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("paper_list", request.school.slug)
    response = FileResponse(paper.file.open("rb"), content_type=paper.kind)
    return as_private_download(response, paper.name)


def _make(
    request: SchoolRequest, numbers: list[int], label: str, back: tuple[str | int, ...]
) -> HttpResponse:
    job = start_job(
        school=request.school,
        kind="sheets_pdf",
        label=label,
        task=make_sheets_pdf,
        input={"obligations": numbers},
        by=request.person,
        at=timezone.now(),
        power="take_paper",
        back=back,
    )
    return redirect("job_detail", request.school.slug, job.pk)


def _waiting(request: SchoolRequest, pk: int) -> Obligation | None:
    """Return what waits to be signed, or None when it is answered; any other is not there."""
    if obligation_by_number(request.school, pk) is None:
        raise Http404("nothing asked under this number")
    return obligation_on_paper(request.school, pk)


def _answered(request: SchoolRequest) -> HttpResponse:
    messages.info(request, "This is answered already, or cannot be signed on paper.")
    return redirect("sheet_list", request.school.slug)


def _paper(request: SchoolRequest, pk: int) -> PaperReturn:
    paper = paper_by_number(request.school, pk)
    if paper is None:
        raise Http404("no such paper")
    return paper
