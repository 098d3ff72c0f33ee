"""Dashboards and the home page with equipment: what waits is told, and asks little (REP-14)."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.assets import things, walk_disposal, walk_lifecycle, walk_taken
from tests.cast import NOW

EQUIPMENT = "Equipment and devices"
COLD = 15  # statements of a home page of which nothing is kept and nothing waits


def board(cast, who: str, path: str) -> dict[str, int]:
    """Return the figures of equipment on a dashboard; each opens its list."""
    client = cast.client(who)
    told = dict(client.get(cast.url(f"figures/{path}/")).context["groups"])[EQUIPMENT]
    assert {client.get(one.url).status_code for one in told} == {200}
    return {one.label: one.number for one in told}


def test_boards_tell_what_is_late_over_or_waits(cast, today):
    walk_lifecycle.let_borrow(cast, cast.tom)
    walk_lifecycle.lent(cast, "L-1", due_date=NOW.date() + walk_lifecycle.DAY)
    things.in_service(cast, "L-2", support_until=NOW.date() - walk_lifecycle.DAY)
    walk_disposal.make(cast, "submitted", "L-3")
    walk_taken.take(cast)
    walk_taken.office(cast)

    assert board(cast, "tina", "technical") == {
        "loans overdue": 0,
        "devices without security updates": 1,
        "licences at or near the end": 0,
        "disposals with missing papers": 0,
    }
    assert board(cast, "hana", "head") == {
        "disposals to approve": 1,
        "disposals with missing papers": 0,
        "disposals that may be a breach": 0,
        "items taken and kept here": 1,
    }
    assert board(cast, "iris", "office")["items taken and kept here"] == 1


def test_home_asks_little_while_no_equipment_waits(cast, today):
    walk_taken.office(cast)
    things.in_service(cast, "L-1")
    for name in ("hana", "dora", "tina", "iris", "tom"):
        client = cast.client(name)
        client.get(cast.url())
        with CaptureQueriesContext(connection) as seen:
            client.get(cast.url())
        assert len(seen) <= COLD, name
