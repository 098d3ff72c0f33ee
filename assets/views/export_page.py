"""A filtered list taken out as a file: refused, noted on the trail, and sent (SYS-03, REP-15)."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.text import slugify

from common.exports import mend_first, stream_csv
from common.filters import Sorted, filters_in_words
from common.requests import SchoolRequest


def export_page(
    request: SchoolRequest,
    found: Sorted,
    *,
    page: str,
    name: str,
    note: Callable[..., Any],
    heading: Sequence[str],
    read: Callable[[Sequence[int]], Iterable[Sequence[Any]]],
) -> HttpResponseBase:
    """Send a list as it is filtered and sorted, as CSV; ``note`` writes it on the trail first.

    ``page`` is the list's, to which a filter that is not in order leads back. ``read`` returns the
    rows of some keys, as ``stream_csv`` asks for them.
    """
    if wrong := mend_first(request, found.form, page):
        return wrong
    rows, sort = found.sorted()
    keys, now, school = list(rows.values_list("pk", flat=True)), timezone.now(), request.school
    filters = filters_in_words(found, sort)
    note(school=school, filters=filters, count=len(keys), by=request.person, at=now)
    return stream_csv(
        f"{slugify(f'{name} {school} {timezone.localdate(now)}')}.csv",
        school_id=school.pk,
        heading=heading,
        keys=keys,
        read=read,
    )
