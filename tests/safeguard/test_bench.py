"""The bench still knows every page it measures, and writes what tools read."""

import pytest

from common.scope import school_scope
from incidents.models import Incident
from safeguard.bench import pages, seeding

MEASURED = {
    ("dsl", "incident_list"),
    ("dsl", "incident_list_filtered"),
    ("dsl", "incident_search"),
    ("dsl", "incident_detail"),
    ("dsl", "incident_create"),
    ("dsl", "pupil_chronology"),
    ("dsl", "home"),
    ("teacher", "incident_list"),
    ("teacher", "incident_list_filtered"),
    ("teacher", "incident_search"),
    ("teacher", "incident_detail"),
    ("teacher", "incident_create"),
    ("teacher", "home"),
}


@pytest.mark.django_db
def test_every_page_is_measured_as_two_people(monkeypatch):
    monkeypatch.setattr(pages, "RUNS", 1)
    monkeypatch.setattr(pages, "WARM_UP", 1)
    seeding.make_template(60)
    school = seeding.middle_school()

    figures = pages.measure(school, 60, written_to=seeding.first_school())

    assert {(one["role"], one["page"]) for one in figures} == MEASURED
    assert {frozenset(one) for one in figures} == {
        frozenset({"page", "role", "rows", "median_ms", "queries"})
    }
    assert all(one["median_ms"] > 0 and one["queries"] > 0 for one in figures)
    with school_scope(school.pk):
        assert Incident.objects.count() == 60 + 2 * 3  # each role reported three times


@pytest.mark.django_db
def test_the_teacher_sees_only_what_names_them():
    seeding.make_template(60)
    school = seeding.middle_school()
    client = pages.signed_in(school, "teacher")
    response = client.get(f"/{school.slug}/incidents/")
    assert response.context["page"].paginator.count == 12
