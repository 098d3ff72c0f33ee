"""A page with one form for one deed: drawn, sent, and shown again with the reason of a refusal."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from common.errors import Refusal, StaleRecord
from common.requests import SchoolRequest


@dataclass(frozen=True)
class DeedPage:
    """What stands around the form: its title, button, way back, and what is known already.

    ``facts`` are rows of a summary list; ``kind`` is that of the button. Where nothing is left to
    do, ``sends`` is false and only the facts are shown.
    """

    title: str
    button: str
    back: str
    back_label: str
    caption: str = ""
    lead: str = ""
    warning: str = ""
    kind: str = ""
    facts: list[dict[str, Any]] = field(default_factory=list)
    sends: bool = True


def drawn(request: SchoolRequest, page: DeedPage, form: Form) -> HttpResponse:
    """Return the page with its form."""
    return render(request, "assets/deed_page.html", {"page": page, "form": form})


def done(form: Form, deed: Callable[..., Any], *, fresh: int = 0, **values: Any) -> bool:
    """Return whether the deed was done; a refusal becomes an error of the form.

    ``fresh`` is the record's version now: after a stale refusal the form carries it, so that the
    person may look and send again.
    """
    try:
        deed(**values)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        if isinstance(refusal, StaleRecord) and fresh:
            data: Any = form.data
            data = data.copy()
            data["version"] = str(fresh)
            form.data = data
        return False
    return True
