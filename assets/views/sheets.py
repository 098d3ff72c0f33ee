"""Send a filtered list of equipment as a file, or the file of one record; the trail notes it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify

from assets.actions.kept_files import hand_on_file
from assets.actions.sheets import export_list
from assets.models.files import KeptFile
from common.errors import Refusal
from common.exports import as_private_download, mend_first, stream_csv
from common.filters import Sorted, filters_in_words
from common.requests import SchoolRequest
from people.models import School

Cells = Callable[[School, Sequence[int]], Iterable[Sequence[Any]]]


def sent_as_sheet(
    request: SchoolRequest,
    found: Sorted,
    *,
    page: str,
    verb: str,
    power: str,
    name: str,
    heading: Sequence[str],
    cells: Cells,
) -> HttpResponseBase:
    """Return a list as a CSV file, filtered and sorted; ``page`` is the list's (SYS-03)."""
    if wrong := mend_first(request, found.form, page):
        return wrong
    rows, sort = found.sorted()
    keys, now, school = list(rows.values_list("pk", flat=True)), timezone.now(), request.school
    export_list(
        verb=verb,
        power=power,
        school=school,
        filters=filters_in_words(found, sort),
        count=len(keys),
        by=request.person,
        at=now,
    )
    return stream_csv(
        f"{slugify(f'{name} {school} {timezone.localdate(now)}')}.csv",
        school_id=school.pk,
        heading=heading,
        keys=keys,
        read=lambda part: cells(school, part),
    )


def sent_file(
    request: SchoolRequest, kept: KeptFile, *, power: str, back: tuple[str | int, ...]
) -> HttpResponseBase:
    """Return a copy of a record's file to keep, never to show; 404 where there is none (SYS-06)."""
    if not kept.sha256:
        raise Http404("no file is here")
    try:
        hand_on_file(kept=kept, power=power, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(str(back[0]), request.school.slug, *back[1:])
    response: HttpResponse = FileResponse(  # type: ignore[assignment]
        kept.file.open("rb"), content_type=kept.file_kind
    )
    return as_private_download(response, kept.file_name)
