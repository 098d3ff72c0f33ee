"""Ask the database many small questions in one statement.

The home page is put together from every app, and most of what could wait for somebody does not.
Each part says in ``ASKS`` of its app's ``duties.py`` what it has to know first: whether there are
rows, or some counts over one table. The page asks all of that at once.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Aggregate, BooleanField, Expression, JSONField, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject
from django.db.models.sql import Query

from common.discovery import discover
from common.requests import SchoolRequest
from common.stand_ins import Asks, questions_of


def any_of(rows: QuerySet[Any, Any]) -> Expression:
    """Return the question whether there is a row; the answer is true or false."""
    return _question("EXISTS (%s)", rows.query.exists(), Value(False, BooleanField()))


def counts_of(rows: QuerySet[Any, Any], **counts: Aggregate) -> Expression:
    """Return the question for counts over some rows; the answer is a dictionary of them.

    It comes as JSON, so a moment in it is text.
    """
    together = rows.order_by().annotate(together=Value(1)).values("together")
    found = together.annotate(counts=JSONObject(**counts)).values("counts")
    return _question("%s", found.query, Value(None, JSONField()))


def _question(words: str, query: Query, otherwise: Value) -> Expression:
    """Return a question as text; the answer where no row can be there is known without asking.

    It stands on its own, so it is put into words as it is: as a part of the larger statement the
    ORM would copy it and rename every table first, which took longer than its answer.
    """
    try:
        statement, values = query.sql_with_params()
    except EmptyResultSet:
        return otherwise
    return RawSQL(words % statement, values, otherwise.output_field)  # noqa: S611  the ORM's words


def ask_everything(request: SchoolRequest, *, at: datetime) -> None:
    """Keep with a request what every app asks: one statement."""
    parts = [part for _, module in discover("duties") for part in getattr(module, "ASKS", ())]
    ask_together(request, parts, at=at)


def ask_together(request: SchoolRequest, parts: Iterable[Asks], *, at: datetime) -> None:
    """Keep with a request what all parts ask: one statement, whatever their number."""
    parts = tuple(parts)
    asked = list(questions_of(request, parts, at=at))
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
