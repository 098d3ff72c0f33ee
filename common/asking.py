"""Ask the database many small questions in one statement.

The home page is put together from every app, and most of what could wait for somebody does not.
Each part says in ``ASKS`` of its app's ``duties.py`` what it has to know first: whether there are
rows, or some counts over one table. The page asks all of that at once.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, cast

from django.db.models import Aggregate, Exists, Expression, JSONField, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from common.discovery import discover
from common.requests import SchoolRequest

Asks = Callable[..., dict[str, Expression]]


def any_of(rows: QuerySet[Any, Any]) -> Expression:
    """Return the question whether there is a row; the answer is true or false."""
    return cast("Expression", Exists(rows))


def counts_of(rows: QuerySet[Any, Any], **counts: Aggregate) -> Expression:
    """Return the question for counts over some rows; the answer is a dictionary of them.

    It comes as JSON, so a moment in it is text.
    """
    together = rows.order_by().annotate(together=Value(1)).values("together")
    found = together.annotate(counts=JSONObject(**counts)).values("counts")
    return cast("Expression", Subquery(found, output_field=JSONField()))


def ask_everything(request: SchoolRequest, *, at: datetime) -> None:
    """Keep with a request what every app asks: one statement."""
    parts = [part for _, module in discover("duties") for part in getattr(module, "ASKS", ())]
    ask_together(request, parts, at=at)


def ask_together(request: SchoolRequest, parts: Iterable[Asks], *, at: datetime) -> None:
    """Keep with a request what all parts ask: one statement, whatever their number."""
    parts = list(parts)
    asked = [(part, name, ask) for part in parts for name, ask in part(request, at=at).items()]
    found: Iterable[Any] = ()
    if asked:
        schools = type(request.school).objects.filter(pk=request.school.pk).order_by()
        found = schools.values_list(*(ask for _, _, ask in asked)).get()
    kept = _kept(request)
    kept |= {(part, at): {} for part in parts}
    for (part, name, _), answer in zip(asked, found, strict=True):
        kept[part, at][name] = answer


def answers(request: SchoolRequest, part: Asks, *, at: datetime) -> dict[str, Any]:
    """Return what one part asked, by name; asks it now if it was not asked together with others.

    A part does not ask what the person has no power for: ``get`` gives None for that.
    """
    if (part, at) not in _kept(request):
        ask_together(request, [part], at=at)
    return _kept(request)[part, at]


def _kept(request: SchoolRequest) -> dict[tuple[Asks, datetime], dict[str, Any]]:
    kept: dict[tuple[Asks, datetime], dict[str, Any]] = vars(request).setdefault("_answers", {})
    return kept
