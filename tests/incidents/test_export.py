"""The list as a sheet: the same rows as the page, safe to open, on the trail before it leaves."""

import csv
import io
from datetime import timedelta

import pytest

from audit.queries import trail
from common.scope import school_scope
from incidents.exporting import HEADING
from incidents.models import Incident
from tests.cast import NOW
from tests.incidents import walk

pytestmark = pytest.mark.usefixtures("today")


def export(cast, query="", who="dora"):
    return cast.client(who).get(cast.url(f"incidents/export/{query}"))


def rows(response) -> list[dict[str, str]]:
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    found = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert found[0] == list(HEADING)
    return [dict(zip(HEADING, row, strict=True)) for row in found[1:]]


def numbers(response) -> list[str]:
    return [row["Number"] for row in rows(response)]


def last_export(cast):
    return trail(cast.school.pk).filter(verb="export_incidents").first()


def test_row_says_what_the_list_says(cast, ladder):
    incident = walk.make(cast, "closed", harmed=("quin",), place_detail="Room 4")
    assert rows(export(cast)) == [
        {
            "Number": incident.reference,
            "State": "Closed",
            "Restricted": "",
            "Urgency": "Normal",
            "Category": "A",
            "Infringement": "Off-task websites in a lesson",
            "Themes": "Unsuitable content",
            "About": "A pupil",
            "People": "Pia Pease (Said to have done it); Quin Pease (Harmed or targeted)",
            "Where": "In school, Room 4",
            "Happened": "2026-09-15 10:15",
            "Reported": "2026-09-15 10:30",
            "Late": "no",
            "With": "Dora Dale",
            "Closed": "2026-09-15 10:30",
        }
    ]


def test_empty_list_is_a_heading(cast):
    assert rows(export(cast)) == []


def test_file_says_whose_list_it_is_who_took_it_and_when(cast):
    response = export(cast)
    assert response["Content-Disposition"] == (
        'attachment; filename="incidents-oak-hill-primary-school-2026-09-15-dora-dale.csv"'
    )
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    "typed",
    ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", " =1", '"=1",=2', "x\n=1"],
)
def test_nothing_typed_becomes_a_formula(cast, typed):
    stranger = walk.Involved(part="alleged", described=typed)
    walk.report(cast, involved=[stranger], place_detail=typed)
    (row,) = rows(export(cast))
    assert all(not value.lstrip().startswith(tuple("=+-@＝")) for value in row.values())
    assert typed in row["People"]
    assert typed in row["Where"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["2026-0003", "2026-0002", "2026-0001"]),
        ("?sort=reference", ["2026-0001", "2026-0002", "2026-0003"]),
        ("?open=open", ["2026-0003", "2026-0002"]),
        ("?state=reported", ["2026-0003"]),
        ("?state=closed&sort=reference", ["2026-0001"]),
        ("?q=goldfish", ["2026-0003"]),
        ("?q=2026-0002", ["2026-0002"]),
        ("?mine=me", ["2026-0002", "2026-0001"]),
        ("?since=2026-09-16", []),
        ("?page=2", ["2026-0003", "2026-0002", "2026-0001"]),
    ],
)
def test_filters_and_order_are_those_of_the_list(cast, ladder, query, expected):
    walk.make(cast, "closed", at=NOW)
    walk.opened(cast, "quin", at=NOW)
    walk.report(cast, description="The goldfish.", at=NOW)
    assert numbers(export(cast, query)) == expected


def test_who_took_what_out_is_on_the_trail_before_the_first_row(cast):
    walk.report(cast, "pia")
    response = export(cast, "?state=reported&q=words&since=2026-09-01&nonsense=1")
    entry = last_export(cast)
    assert (entry.actor_name, entry.subject_label, entry.facts) == (
        "Dora Dale",
        "Oak Hill Primary School",
        {
            "count": 1,
            "filters": {
                "q": "words",
                "state": "reported",
                "since": "2026-09-01",
                "sort": "-reported_at",
            },
        },
    )
    assert numbers(response) == ["2026-0001"]


def test_filter_that_makes_no_sense_takes_nothing_out(cast):
    walk.report(cast, "pia")
    query = "?since_day=31&since_month=2&since_year=2026"
    response = export(cast, query)
    assert (response.status_code, response.url) == (302, cast.url(f"incidents/{query}"))
    assert last_export(cast) is None


def test_restricted_cases_never_leave_with_somebody_who_may_not_see_them(cast, other):
    ordinary = walk.report(cast, "pia")
    staff = walk.report(cast, "tess")
    head = walk.report(cast, "hana")
    shared = walk.opened(cast, "tina", opener="hana")
    walk.act(walk.actions.share_incident, shared, by=cast.hana, person=cast.dora, reason="To help.")
    with school_scope(other.school.pk):
        walk.report(other, "zara", by="oscar")
    assert numbers(export(cast, "?sort=reference")) == [ordinary.reference, shared.reference]
    assert numbers(export(cast, "?sort=reference", "hana")) == [
        ordinary.reference,
        staff.reference,
        shared.reference,
    ]
    assert head.reference not in numbers(export(cast, "", "hana"))


def test_case_restricted_while_the_list_leaves_stays_out(cast):
    first = walk.report(cast, "pia")
    second = walk.report(cast, "quin", witness=("dora",))  # sent to the headteacher, not to her
    response = export(cast)
    Incident.objects.filter(pk=second.pk).update(restriction="staff")
    assert numbers(response) == [first.reference]


@pytest.mark.parametrize("who", ["tom", "cara", "tina", "olga", "paul", "pia"])
def test_export_needs_its_own_power(cast, who):
    walk.report(cast, "pia")
    assert export(cast, "", who).status_code == 403
    assert last_export(cast) is None


def test_queries_do_not_grow_with_the_list(cast, django_assert_max_num_queries):
    for number in range(3):
        walk.report(cast, "pia", at=NOW - timedelta(days=number))
    client = cast.client("dora")
    with django_assert_max_num_queries(25) as few:
        b"".join(client.get(cast.url("incidents/export/")).streaming_content)
    for number in range(9):
        walk.report(cast, "quin", harmed=("pia",), at=NOW - timedelta(days=number))
    with django_assert_max_num_queries(len(few)):
        b"".join(client.get(cast.url("incidents/export/")).streaming_content)
