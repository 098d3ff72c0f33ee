"""The bench still knows every page it measures, and writes what tools read."""

import pytest
from django.utils import timezone

from agreements.models import Signature
from common.scope import school_scope
from filtering.models import Alert, LogEntry
from incidents.models import Incident
from people.models import Person, School
from reminders.models import Reminder
from safeguard.bench import (
    equipment,
    pages,
    reporting,
    seeding,
    signing,
    sweeping,
    timing,
    watching,
    work,
)

MEASURED = {
    ("dsl", "incident_list"),
    ("dsl", "incident_list_filtered"),
    ("dsl", "incident_search"),
    ("dsl", "incident_detail"),
    ("dsl", "incident_create"),
    ("dsl", "pupil_chronology"),
    ("dsl", "home"),
    ("dsl", "home_cold"),
    ("dsl", "portal"),
    ("dsl", "agreement_coverage"),
    ("dsl", "agreement_outstanding"),
    ("dsl", "agreement_sign"),
    ("dsl", "consent_list"),
    ("dsl", "filter_log"),
    ("dsl", "filter_log_search"),
    ("dsl", "alert_list"),
    ("dsl", "alert_list_all"),
    ("dsl", "alert_search"),
    ("dsl", "asset_list"),
    ("dsl", "asset_list_filtered"),
    ("dsl", "asset_search"),
    ("dsl", "asset_detail"),
    ("teacher", "incident_list"),
    ("teacher", "incident_list_filtered"),
    ("teacher", "incident_search"),
    ("teacher", "incident_detail"),
    ("teacher", "incident_create"),
    ("teacher", "home"),
    ("teacher", "home_cold"),
    ("teacher", "portal"),
    ("teacher", "agreement_sign"),
    ("os_gov", "governor_dashboard"),
}


@pytest.mark.django_db
def test_every_page_is_measured_as_two_people(monkeypatch):
    monkeypatch.setattr(timing, "RUNS", 1)
    monkeypatch.setattr(timing, "WARM_UP", 1)
    monkeypatch.setattr(signing, "SIGNED_OF", 20)
    seeding.make_template(60)
    school = seeding.middle_school()
    watching.write_watching(school, 60, timezone.now())
    equipment.write_equipment(school, 60, timezone.now())

    figures = pages.measure(school, 60, written_to=seeding.first_school())

    assert {(one["role"], one["page"]) for one in figures} == MEASURED
    assert {frozenset(one) for one in figures} == {
        frozenset({"page", "role", "rows", "median_ms", "queries"})
    }
    assert all(one["median_ms"] > 0 and one["queries"] > 0 for one in figures)
    with school_scope(school.pk):
        assert Incident.objects.count() == 60 + 2 * 3  # each role reported three times
        assert Person.objects.count() == 501
        assert (Alert.objects.count(), LogEntry.objects.count()) == (60, 60)
        assert Signature.objects.filter(signer__user__isnull=False).count() >= 2 * 3
    monkeypatch.setattr(work, "CERTIFICATES", 1)
    [certificate] = work.measure_certificate(school, 60)
    assert certificate["page"] == "certificate_pdf"
    assert set(certificate) == set(figures[0])


@pytest.mark.django_db
def test_the_teacher_sees_only_what_names_them(monkeypatch):
    monkeypatch.setattr(signing, "SIGNED_OF", 20)
    seeding.make_template(60)
    school = seeding.middle_school()
    client = pages.signed_in(school, "teacher")
    response = client.get(f"/{school.slug}/incidents/")
    assert response.context["page"].paginator.count == 12


@pytest.mark.django_db
def test_a_very_large_school_is_measured_and_leaves_no_trace(monkeypatch):
    monkeypatch.setattr(timing, "RUNS", 1)
    monkeypatch.setattr(timing, "WARM_UP", 1)

    figures = work.measure_big_school(pupils=40)

    assert [(one["page"], one["rows"]) for one in figures] == [
        ("issue_obligations", 80),
        ("one_school_coverage", 80),
        ("one_school_outstanding", 80),
    ]
    assert not School.objects.filter(slug=work.BIG).exists()


@pytest.mark.django_db
def test_the_figures_of_a_report_are_measured_and_leave_no_trace(monkeypatch):
    monkeypatch.setattr(reporting, "RUNS", 1)
    monkeypatch.setattr(signing, "SIGNED_OF", 20)
    seeding.make_template(60)
    school = seeding.first_school()

    one, three = reporting.measure_report(school, incidents=200)

    assert (one["page"], one["role"], one["rows"]) == ("termly_report", "worker", 180)
    assert (three["page"], three["rows"]) == ("termly_report_compared", 180)
    assert one["queries"] <= 50
    assert three["queries"] > one["queries"]
    with school_scope(school.pk):
        assert Incident.objects.count() == 60


@pytest.mark.django_db
def test_sweeps_are_measured_and_leave_no_trace(monkeypatch):
    monkeypatch.setattr(timing, "RUNS", 1)
    sweeping.seed_schools(1)

    kept, cold = sweeping.measure_home()
    first, again = sweeping.measure_sweeps()

    assert (first["page"], again["page"]) == ("first_sweep_of_a_day", "sweep_of_all_schools")
    assert first["rows"] == again["rows"] == kept["rows"] == cold["rows"] > 90
    assert (kept["page"], cold["page"]) == ("home_many_schools", "home_many_schools_cold")
    assert again["median_ms"] == first["median_ms"] == 0  # there is one school, asked for queries
    assert 0 < again["queries"] <= first["queries"]
    with school_scope(seeding.first_school().pk):
        assert Reminder.objects.count() == 0
