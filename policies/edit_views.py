"""Pages to change the ladder; each change saved is a new draft (INC-14)."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.errors import Refusal
from common.pages import page_url
from policies import queries
from policies.actions import revise_policy
from policies.comparison import SECTION_LABELS, in_words, row_label
from policies.forms import ADDABLE, ROW_FORMS
from policies.rows import document_of
from policies.views import readable_version
from roles.queries import roles_of

NOUNS = {
    "infringements": "an infringement",
    "steps": "a step",
    "categories": "a category",
    "clauses": "a clause",
    "sanction_types": "a sanction",
    "special_cases": "a special case",
    "themes": "a risk theme",
}


@requires("edit_policy")
def ladder_edit(request, number):
    """List the rows of one part of a version, each with a way to change it (INC-14)."""
    version = readable_version(request, number)
    section = request.GET.get("part", "infringements")
    if section not in ROW_FORMS:
        raise Http404("no such part")
    document = document_of(version)
    return render(
        request,
        "policies/ladder_edit.html",
        {
            "version": version,
            "version_label": f"Version {number}",
            "newest": queries.newest_version(request.school),
            "section": section,
            "a_noun": NOUNS[section],
            "noun": NOUNS[section].partition(" ")[2],
            "addable": section in ADDABLE,
            "parts": SECTION_LABELS.items(),
            "part_label": SECTION_LABELS[section],
            "groups": _groups(document, section),
        },
    )


@requires("edit_policy")
def ladder_row_edit(request, number, section, identity):
    """Change one row of the newest version, saved as a new draft with its reason (INC-14)."""
    version, document = _opened(request, number, section)
    row = document.row(section, identity)
    if row is None:
        raise Http404("no such row")
    return _row_page(request, version, document, section, row)


@requires("edit_policy")
def ladder_row_create(request, number, section):
    """Add a row to the newest version, saved as a new draft with its reason (INC-14)."""
    version, document = _opened(request, number, section)
    if section not in ADDABLE:
        raise Http404("rows of this part are not added")
    return _row_page(request, version, document, section, None)


def _opened(request, number, section):
    if section not in ROW_FORMS:
        raise Http404("no such part")
    version = readable_version(request, number)
    return version, document_of(version)


def _row_page(request, version, document, section, row):
    roles = [(role.code, role.label) for role in roles_of(request.school) if role.signs_in]
    form = ROW_FORMS[section](request.POST or None, document=document, roles=roles, row=row)
    if form.is_valid():
        try:
            draft = revise_policy(
                version=version,
                changes=[form.change()],
                by=request.person,
                at=timezone.now(),
                reason=form.cleaned_data["reason"],
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                f"Saved as version {draft.number}, a draft. It counts once published.",
            )
            url = page_url(request.school, "ladder_edit", draft.number)
            return redirect(f"{url}?part={section}")
    return render(
        request,
        f"policies/ladder_row_{'edit' if row else 'create'}.html",
        {
            "version": version,
            "section": section,
            "a_noun": NOUNS[section],
            "noun": NOUNS[section].partition(" ")[2],
            "label": row_label(row) if row else "",
            "form": form,
        },
    )


def _groups(document, section):
    """Return the rows of a part under the categories or areas they belong to."""
    names = {
        row.identity: f"{row.subject.capitalize()}, category {row.code}: {row.name}"
        for row in document.categories
    } | {row.key: row.label for row in document.special_cases}
    groups: dict[str, list] = {}
    for row in getattr(document, section):
        under = getattr(row, "area", "").capitalize() or names.get(getattr(row, "of", None), "")
        kind = in_words("kind", row.kind) if hasattr(row, "kind") else ""
        groups.setdefault(under, []).append({"row": row, "label": row_label(row), "kind": kind})
    return groups.items()
