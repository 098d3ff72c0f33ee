"""Pages to read the policy, start it and publish it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.errors import Refusal
from common.pages import page_url
from common.trail_links import what_followed
from people.models import Person
from policies import queries
from policies.actions import load_policy, publish_policy, put_in_force
from policies.comparison import SECTION_LABELS, compare
from policies.forms import LadderFilterForm, PolicyCreateForm, PolicyPublishForm
from policies.libraries import as_yaml
from policies.models import PolicyVersion
from policies.rows import document_of
from policies.sheet import sheet_of
from policies.workflow import POLICY_VERSION

AUTHORS = frozenset({"edit_policy", "publish_policy"})
VERSIONS_PER_PAGE = 30


@requires("view_policy")
def ladder_detail(request):
    """Show the breaches and what follows, as in force on a day, to read and to print (INC-52)."""
    form = LadderFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    on = chosen.get("on") or timezone.localdate()
    entry = queries.ladder_entry_on(request.school, on)
    audience = _audience(request, chosen.get("audience", ""))
    return render(
        request,
        "policies/ladder_detail.html",
        {
            "form": form,
            "on": on,
            "audience": audience,
            "entry": entry,
            "sheet": sheet_of(entry.version, audience) if entry else None,
            "newest": queries.newest_version(request.school) if _is_author(request) else None,
        },
    )


@requires("view_policy")
def policy_list(request):
    """List the versions with their dates; drafts only to those who write them (POL-02)."""
    listed = queries.versions_of if _is_author(request) else queries.published_versions_of
    entries = queries.entries_of(request.school)
    page = Paginator(listed(request.school), VERSIONS_PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "policies/policy_list.html",
        {
            "page": page,
            "rows": [
                (version, [entry for entry in entries if entry.version_id == version.pk])
                for version in page
            ],
            "current": queries.ladder_on(request.school, timezone.localdate()),
        },
    )


@requires("view_policy")
def policy_detail(request, number):
    """Show one version whole, with what it changed (POL-01); a draft only to its authors."""
    version = readable_version(request, number)
    deeds = _deeds(request, version)
    return render(
        request,
        "policies/policy_detail.html",
        {
            "version": version,
            "title": f"Version {version.number}",
            "sheet": sheet_of(version),
            "current": queries.ladder_on(request.school, timezone.localdate()),
            "entries": queries.entries_on(version),
            "differences": _differences(version.based_on, document_of(version)),
            "deed": deeds[0],
            "deeds": deeds[1:],
            "followed": what_followed(request, version),
        },
    )


@requires("view_policy")
def policy_download(request, number):
    """Give a version as a file that another copy of the product reads (domain feature 84)."""
    version = readable_version(request, number)
    response = HttpResponse(
        as_yaml(document_of(version)), content_type="application/yaml; charset=utf-8"
    )
    name = f"{request.school.slug}-policy-version-{version.number}.yaml"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@requires("publish_policy")
def policy_create(request):
    """Start from one of the product's ladders (INC-14)."""
    form = PolicyCreateForm(request.POST or None)
    if form.is_valid():
        try:
            version = load_policy(
                school=request.school,
                data_name=form.cleaned_data["library"],
                by=request.person,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The ladder is here. Now say from when it counts.")
            return redirect(page_url(request.school, "policy_publish", version.number))
    return render(request, "policies/policy_create.html", {"form": form})


@requires("publish_policy")
def policy_publish(request, number):
    """Publish a draft from a date, or put a published version in force again (POL-09)."""
    version = readable_version(request, number)
    today = timezone.localdate()
    form = PolicyPublishForm(request.POST or None, today=today)
    if form.is_valid():
        try:
            entry = _publish(request, version, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Version {number} counts from {entry.from_date:%-d %B %Y}.")
            return redirect(page_url(request.school, "policy_detail", number))
    current = queries.ladder_on(request.school, today)
    return render(
        request,
        "policies/policy_publish.html",
        {
            "form": form,
            "version": version,
            "version_label": f"Version {number}",
            "deed": POLICY_VERSION.step(_publishing_step(version)).label,
            "current": current,
            "differences": _differences(current, document_of(version)),
        },
    )


def readable_version(request, number: int) -> PolicyVersion:
    """Return a version of the school, or 404; a draft is there for its authors only."""
    version = queries.version_of(request.school, number)
    if version is None or not (version.is_published or _is_author(request)):
        raise Http404("no such version")
    return version


def _is_author(request) -> bool:
    return bool(request.powers & AUTHORS)


def _audience(request, chosen: str) -> str:
    """Return for whom the sheet is: pupils and families start with the pupils' sheet."""
    if chosen:
        return "" if chosen == "everyone" else chosen
    family = request.person.kind in {Person.Kind.PUPIL, Person.Kind.CARER}
    return "pupil" if family else ""


def _publishing_step(version: PolicyVersion) -> str:
    return "put_in_force" if version.is_published else "publish_policy"


def _deeds(request, version: PolicyVersion) -> list[dict[str, str]]:
    """Return what the person can do with a version, the likeliest first."""
    newest = queries.newest_version(request.school)
    pages = {"publish_policy": "policy_publish", "put_in_force": "policy_publish"}
    if version == newest:
        pages["revise_policy"] = "ladder_edit"
    elif not version.is_published:
        pages = {}
    found = [
        {"label": step.label, "url": page_url(request.school, pages[step.name], version.number)}
        for step in POLICY_VERSION.open_to(version.status, request.powers)
        if step.name in pages
    ]
    url = page_url(request.school, "policy_download", version.number)
    return [*found, {"label": "Download as a file", "url": url}]


def _publish(request, version: PolicyVersion, chosen: dict):
    values = {
        "from_date": chosen["from_date"],
        "reason": chosen["reason"],
        "by": request.person,
        "at": timezone.now(),
    }
    if version.is_published:
        return put_in_force(school=request.school, version=version, **values)
    return publish_policy(version=version, **values)


def _differences(before: PolicyVersion | None, after) -> list[dict]:
    """Return what changed, by part of the policy."""
    if before is None:
        return []
    found = compare(document_of(before), after)
    return [
        {"label": label, "rows": rows}
        for section, label in SECTION_LABELS.items()
        if (rows := [one for one in found if one.section == section])
    ]
