"""Consents for the office: the register, one child, answers from paper, lists and coverage."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify

from agreements.actions.consent_exports import export_consents
from agreements.actions.consents import give_individual_consent, record_consent
from agreements.exporting_consents import heading_of, rows_of
from agreements.filters_consents import ConsentFilter, PupilFilter
from agreements.forms.consents import IndividualConsentForm, RecordConsentForm
from agreements.queries import consent_lists, consents
from agreements.small_totals import consent_totals
from common.access import requires
from common.attempt import attempt
from common.charts import BarChart, bar_chart
from common.exports import mend_first, stream_csv
from common.filters import filters_in_words
from common.requests import SchoolRequest
from people.models import Person, School
from people.queries import threshold_of

ROWS = 30
NAMES = 200
NAMED = ("view_consents", "view_coverage_totals")
SEES_INTERNET = frozenset({"lead_sitting", "view_access"})


@requires("view_consents")
def consent_list(request: SchoolRequest) -> HttpResponse:
    """Show what counts for every pupil and purpose, with search, filters and paging (CON-14)."""
    on = timezone.localdate()
    pupils = consent_lists.pupils_here(request.school, on=on)
    found = ConsentFilter(request.GET, queryset=pupils, request=request)
    page = Paginator(found.qs, ROWS).get_page(request.GET.get("page"))
    rows = consent_lists.standing_in_order(
        request.school, list(page.object_list), found.asked, on=on
    )
    context = {"filter": found, "page": page, "rows": rows, "asked": found.asked}
    return render(request, "agreements/consent_list.html", context)


@requires("export_agreements")
def consent_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the register of consents as it is filtered; who took it is recorded (REP-15)."""
    on, now, school = timezone.localdate(), timezone.now(), request.school
    pupils = consent_lists.pupils_here(school, on=on)
    found = ConsentFilter(request.GET, queryset=pupils, request=request)
    if wrong := mend_first(request, found.form, "consent_list"):
        return wrong
    keys = list(found.qs.values_list("pk", flat=True))
    export_consents(
        school=school,
        filters=filters_in_words(found),
        count=len(keys),
        by=request.person,
        at=now,
    )
    return stream_csv(
        f"{slugify(f'consents {school} {on}')}.csv",
        school_id=school.pk,
        heading=heading_of(found.asked),
        keys=keys,
        read=lambda part: rows_of(school, found.asked, part, on=on),
    )


@requires("view_consents")
def consent_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show one child: what is asked, who answered what and when, and the whole history."""
    pupil, on = _pupil(request, pk), timezone.localdate()
    history = consents.history_of(pupil)
    standing = consents.standing_of_consents([pupil], on=on)[pupil.pk]
    uses = consents.standing_of_uses(request.school, [pupil], on=on)[pupil.pk]
    latest = [row for row in history if row.superseded_at is None]
    asked = consents.asked_now(request.school)
    context = {
        "pupil": pupil,
        "history": history,
        "rows": [
            {
                "purpose": one,
                "standing": standing[one.pk],
                "answers": [row for row in latest if row.purpose_id == one.pk],
            }
            for one in asked
        ],
        "uses": [
            {"row": row, "standing": uses.get((row.purpose_id, row.detail), consents.UNANSWERED)}
            for row in latest
            if row.detail
        ],
        "deciders": consents.deciders_of(pupil, on=on),
    }
    return render(request, "agreements/consent_detail.html", context)


@requires("record_consent")
def consent_record(request: SchoolRequest, pk: int) -> HttpResponse:
    """Write down answers that came on paper or by telephone (CON-01)."""
    pupil, on = _pupil(request, pk), timezone.localdate()
    people = consents.deciders_of(pupil, on=on)
    form = RecordConsentForm(
        request.POST or None,
        pupil=pupil,
        questions=consents.asked_now(request.school),
        people=people,
        initial={"given_date": on, "came": "paper"},
    )
    if form.is_valid() and attempt(
        form,
        record_consent,
        pupil=pupil,
        answers=form.said(),
        given_by=form.cleaned_data["given_by"],
        came=form.cleaned_data["came"],
        given_date=form.cleaned_data["given_date"],
        by=request.person,
        at=timezone.now(),
    ):
        return _back(request, pupil)
    context = {"form": form, "pupil": pupil, "people": people}
    return render(request, "agreements/consent_record.html", context)


@requires("record_consent")
def consent_individual(request: SchoolRequest, pk: int) -> HttpResponse:
    """Write down the answer to one picture, device or use (CON-04, CON-10)."""
    pupil, on = _pupil(request, pk), timezone.localdate()
    people = consents.deciders_of(pupil, on=on)
    form = IndividualConsentForm(
        request.POST or None,
        purposes=consents.asked_now(request.school, individual=True),
        people=people,
        initial={"came": "paper"},
    )
    if form.is_valid() and attempt(
        form, _give_individual, request=request, pupil=pupil, said=form.cleaned_data
    ):
        return _back(request, pupil)
    context = {"form": form, "pupil": pupil, "people": people}
    return render(request, "agreements/consent_individual.html", context)


@requires("view_photo_list")
def photo_list(request: SchoolRequest) -> HttpResponse:
    """Show of whom no pictures are taken or shown, for staff and volunteers (CON-08).

    Why stands nowhere on it. Teachers and technicians also see for whom the internet was refused.
    """
    on = timezone.localdate()
    pupils = consent_lists.no_photo_list(request.school, on=on)
    found = PupilFilter(request.GET, queryset=pupils, request=request)
    page = Paginator(found.qs, NAMES).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    barred = consent_lists.not_for(request.school, rows, on=on)
    offline = None
    if SEES_INTERNET & request.powers:
        refused = consent_lists.without_internet(request.school, on=on)
        offline = PupilFilter(request.GET, queryset=refused, request=request).qs[:NAMES]
    context = {
        "filter": found,
        "page": page,
        "rows": [(pupil, barred[pupil.pk]) for pupil in rows],
        "offline": offline,
        "changed_at": consent_lists.photo_list_changed(request.school),
        "printed_at": timezone.now(),
    }
    return render(request, "agreements/photo_list.html", context)


@requires(*NAMED)
def consent_coverage(request: SchoolRequest) -> HttpResponse:
    """Show how far consents are answered; governors see percentages only (CON-14).

    None that tells them of few pupils (REP-17).
    """
    named = request.may("view_consents")
    classes = consent_lists.classes_of(request.school) if named else []
    asked = request.GET.get("group", "")
    group = asked if asked in dict(classes) else ""
    coverage = consent_lists.coverage_of_consents(
        request.school, on=timezone.localdate(), group=group
    )
    context = {
        "coverage": coverage,
        "named": named,
        "classes": classes,
        "group": group,
        "chart": _chart(coverage) if named else None,
        "shares": [] if named else _shares(request.school, coverage),
    }
    return render(request, "agreements/consent_coverage.html", context)


def _chart(coverage: consent_lists.Coverage) -> BarChart:
    title = "How many pupils still need an answer, by what is asked"
    rows = [(one.label, one.counts.total() - one.answered) for one in coverage.purposes]
    return bar_chart("consents", title, "Asked for", rows)


def _shares(school: School, coverage: consent_lists.Coverage) -> list[tuple[str, list[str]]]:
    labels = [one.label for one in coverage.purposes]
    told = consent_totals(coverage.purposes, threshold_of(school))
    return list(zip(labels, told, strict=True))


def _give_individual(*, request: SchoolRequest, pupil: Person, said: dict[str, Any]) -> Any:
    data = dict(said)
    return give_individual_consent(
        pupil=pupil, method=data.pop("came"), **data, by=request.person, at=timezone.now()
    )


def _pupil(request: SchoolRequest, pk: int) -> Person:
    pupil = consent_lists.pupil_here(request.school, pk, on=timezone.localdate())
    if pupil is None:
        raise Http404("no such pupil")
    return pupil


def _back(request: SchoolRequest, pupil: Person) -> HttpResponse:
    messages.success(request, "Written down. It counts from now on.")
    return redirect("consent_detail", request.school.slug, pupil.pk)
