"""Pages over recurring duties: one's own, the whole school's calendar, and how each was met."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify

from common.access import requires
from common.attempt import attempt
from common.errors import Refusal
from common.exports import as_private_download, stream_csv
from common.filters import filters_in_words
from common.pages import page_url
from common.requests import SchoolRequest
from reminders.actions import attest_duty, export_duties, hand_on_evidence
from reminders.exporting import HEADING, rows_of
from reminders.filters import DutyFilter
from reminders.forms import AttestForm
from reminders.models import DutyOccurrence
from reminders.queries import mine_first, occurrence_of, visible_occurrences
from reminders.showing import Shown, shown
from roles.queries import role_labels

PER_PAGE = 30


@requires("view_own_duties", "view_duties")
def duty_list(request: SchoolRequest) -> HttpResponse:
    """Show recurring duties, one's own first; the whole school's to those who see them (SYS-02)."""
    found = _found(request)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    rows = [_shown(request, row) for row in page]
    context = {"filter": found, "page": page, "rows": [row for row in rows if row]}
    return render(request, "reminders/duty_list.html", context)


@requires("view_duties")
def duty_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the duties as they are filtered, without what was found (REP-07, REP-15)."""
    found = _found(request)
    if found.is_bound and not found.form.is_valid():
        messages.error(request, "Nothing was taken out. Mend the filter first.")
        return redirect(f"{page_url(request.school, 'duty_list')}?{request.GET.urlencode()}")
    keys = list(found.qs.values_list("pk", flat=True))
    now = timezone.now()
    export_duties(
        school=request.school,
        filters=filters_in_words(found),
        count=len(keys),
        by=request.person,
        at=now,
    )
    return stream_csv(
        f"{slugify(f'duties {request.school} {timezone.localdate(now)}')}.csv",
        school_id=request.school.pk,
        heading=HEADING,
        keys=keys,
        read=lambda part: rows_of(request.school, part),
    )


@requires("view_own_duties", "view_duties")
def duty_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show one duty in its period: why, whose, by when, what ends it and how it was met."""
    duty = _one(request, pk)
    labels = role_labels(request.school, duty.duty.roles)
    context = {"duty": duty, "labels": labels, "deed": _deed(request, duty)}
    return render(request, "reminders/duty_detail.html", context)


@requires("view_own_duties")
def duty_attest(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say how a duty of one's own was met, with a file that shows it (ROL-19)."""
    duty = _one(request, pk)
    if not duty.attestable:
        messages.info(request, "There is nothing for you to say about this duty now.")
        return redirect("duty_detail", request.school.slug, pk)
    form = AttestForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={"version": duty.row.version},
    )
    if form.is_valid() and attempt(
        form,
        attest_duty,
        occurrence=duty.row,
        by=request.person,
        at=timezone.now(),
        **form.cleaned_data,
    ):
        messages.success(request, "What you said is recorded.")
        return redirect("duty_detail", request.school.slug, pk)
    limit = request.school.setting("duties_megabytes")
    context = {"form": form, "duty": duty, "megabytes": limit}
    return render(request, "reminders/duty_attest.html", context)


@requires("view_own_duties", "view_duties")
def duty_evidence(request: SchoolRequest, pk: int) -> HttpResponseBase:
    """Give a copy of what shows that a duty was met; the trail notes it (SYS-06)."""
    duty = _one(request, pk)
    if not (duty.told and duty.row.evidence):
        raise Http404("no such file")
    try:
        hand_on_evidence(occurrence=duty.row, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("duty_detail", request.school.slug, pk)
    response = FileResponse(duty.row.evidence.open("rb"), content_type=duty.row.evidence_kind)
    return as_private_download(response, duty.row.evidence_name)


def _found(request: SchoolRequest) -> DutyFilter:
    rows = visible_occurrences(request.person, request.powers, request.role_codes)
    ordered = mine_first(rows, request.role_codes)
    return DutyFilter(request.GET, ordered, request=request)


def _one(request: SchoolRequest, pk: int) -> Shown:
    row = occurrence_of(request.person, request.powers, request.role_codes, pk)
    duty = _shown(request, row) if row else None
    if duty is None:
        raise Http404("no such duty")
    return duty


def _deed(request: SchoolRequest, duty: Shown) -> dict[str, str] | None:
    """Return the one thing this person can do about a duty now, or None."""
    if duty.attestable:
        return {
            "lead": "Check it, then say how it was met.",
            "url": page_url(request.school, "duty_attest", duty.row.pk),
            "label": "Say how it was met",
        }
    if duty.own and duty.row.state == "open" and duty.duty.page:
        return {
            "lead": "It has a page of its own. What you record there ends it.",
            "url": page_url(request.school, duty.duty.page),
            "label": "Open that page",
        }
    return None


def _shown(request: SchoolRequest, row: DutyOccurrence) -> Shown | None:
    return shown(row, request.person, request.role_codes, timezone.localdate())
