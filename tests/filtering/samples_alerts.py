"""Records for the pages of alerts, and rows for their lists.

A function of the cast makes a record by the real actions; ``made.once(function)`` keeps it.
"""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from filtering.actions.alert_drills import start_drill
from filtering.actions.alert_imports import upload_export
from filtering.actions.alert_samples import draw_sample
from filtering.actions.alert_sources import add_source
from filtering.actions.alerts import open_alert, triage_alert
from filtering.intake.products import example_of
from filtering.models import Alert, AlertImport, AlertSample, AlertSource
from tests.cast import NOW, Cast
from tests.filtering import walk_alerts as walk
from tests.list_page import ListPage


def alert(cast: Cast) -> Alert:
    """Return an alert about a pupil that somebody opened."""
    return walk.opened(cast, "pia")


def source(cast: Cast) -> AlertSource:
    """Return a source of a product we know."""
    return add_source(
        school=cast.school, name="Sample product", product="senso", by=cast.tina, at=NOW
    )


def upload(cast: Cast) -> AlertImport:
    """Return an export that waits to be read."""
    given = add_source(school=cast.school, name="Uploads", product="senso", by=cast.tina, at=NOW)
    file = SimpleUploadedFile("senso.csv", example_of("senso").read_bytes())
    return upload_export(source=given, upload=file, by=cast.dora, at=NOW)


def drawn(cast: Cast) -> AlertSample:
    """Return a false alarm that was drawn for a second look."""
    walk.judged(cast)
    draw_sample(school=cast.school, by=cast.dora, at=NOW)
    return AlertSample.objects.get(school=cast.school)


def one_more_alert(cast: Cast, number: int) -> None:
    """Add an alert to the list."""
    walk.received(cast, ("pia", "quin", "")[number % 3], severity=number % 3 + 1)


def one_more_source(cast: Cast, number: int) -> None:
    """Add a source to the list."""
    add_source(school=cast.school, name=f"Nr {number}", product="senso", by=cast.tina, at=NOW)


def one_more_drill(cast: Cast, _number: int) -> None:
    """Add a drill that has ended."""
    drill = start_drill(school=cast.school, by=cast.hana, at=NOW)
    walk.act(open_alert, drill, by=cast.dora)
    walk.act(triage_alert, drill, verdict="false", reason="Drill", by=cast.dora)


def one_more_sample(cast: Cast, number: int) -> None:
    """Add a false alarm that was drawn in a term of its own."""
    AlertSample.objects.create(
        school=cast.school,
        alert=walk.judged(cast),
        term=f"Term {number}",
        drawn_by=cast.dora,
        drawn_at=NOW,
    )


BY_PAGE: dict[str, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys(
        ("alert_action", "alert_detail", "alert_identify", "alert_open", "alert_triage"),
        lambda made: {"pk": made.once(alert).pk},
    ),
    **dict.fromkeys(
        ("source_close", "source_edit", "source_hook", "hook_receive"),
        lambda made: {"pk": made.once(source).pk},
    ),
    "alert_example": lambda _made: {"name": "senso"},
    "alert_import_detail": lambda made: {"pk": made.once(upload).pk},
    "sample_check": lambda made: {"pk": made.once(drawn).pk},
}
LISTS: dict[str, ListPage] = {
    "alert_list": ListPage(one_more_alert),
    "drill_list": ListPage(one_more_drill),
    "sample_list": ListPage(one_more_sample),
    "source_list": ListPage(one_more_source, who="tina"),
}
