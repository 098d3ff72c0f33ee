"""Ladders load whole, count from their date, and suggest with their clause."""

from datetime import timedelta

import pytest
import yaml

from common.errors import Refusal
from common.scope import school_scope
from policies import queries
from policies.actions import load_policy, put_in_force
from policies.document import read_document
from policies.libraries import as_yaml, library_names, read_library
from policies.models import PolicyVersion
from policies.rows import document_of
from tests.cast import NOW, START


def test_every_library_loads_and_reads_back_unchanged(cast, subtests):
    for name in library_names():
        with subtests.test(name):
            version = load_policy(school=cast.school, data_name=name, by=cast.hana, at=NOW)
            assert document_of(version) == read_library(name)


@pytest.mark.parametrize("name", library_names())
def test_library_file_reads_back_unchanged(name):
    document = read_library(name)
    assert read_document(yaml.safe_load(as_yaml(document))) == document


def test_loading_an_unknown_ladder_is_refused_and_writes_nothing(cast):
    with pytest.raises(Refusal, match="no ladder called “e”"):
        load_policy(school=cast.school, data_name="e", by=cast.hana, at=NOW)
    assert PolicyVersion.objects.count() == 0


def test_infringements_are_grouped_in_the_policy_s_own_words(version):
    groups = queries.infringements_for(version, "pupil")
    assert [
        (category and category.code, [row.key for row in rows]) for category, rows in groups
    ] == [
        ("A", ["PA1", "PA2", "PA3", "PA4", "X08", "X13"]),
        ("B", ["PB1", "PB2", "PB3", "PB4", "PB5", "PB6", "PB7", "PB8", "X01", "X09", "X12", "X14"]),
        ("C", ["PC1", "PC2", "PC3", "PC4", "PC5", "X02", "X10"]),
        ("D", ["PD1", "PD2", "PD3", "PD4"]),
        (None, ["X15", "X16"]),
    ]
    assert groups[0][1][0].label == "Off-task websites in a lesson"


def test_all_eighteen_further_breaches_are_there(version):
    keys = {
        row.key[:3]
        for subject in ("pupil", "staff")
        for row in queries.infringement_rows(version, subject)
        if row.key.startswith("X")
    }
    assert keys == {f"X{number:02}" for number in range(1, 19)}


def test_sanctions_say_who_may_give_them(cast, subtests):
    interviewers = {
        "abcd": ["teacher", "osl", "head"],
        "abcd_interviews": ["teacher", "comp_lead", "head"],
        "abcd_examinations": ["teacher", "hoy", "osl", "head"],
    }
    for name, roles in interviewers.items():
        with subtests.test(name):
            version = load_policy(school=cast.school, data_name=name, by=cast.hana, at=NOW)
            interview = queries.sanction_types_for(version, "pupil")[0]
            assert (interview.code, interview.given_by) == ("interview", roles)


def test_illegal_material_goes_to_the_school_s_own_recipients(cast, subtests):
    recipients = {
        "abcd": ["police", "local_authority"],
        "abcd_interviews": ["police", "local_authority"],
        "abcd_safeguarding": ["police", "iwf", "local_authority"],
        "abcd_examinations": ["police", "local_authority"],
        "secondary_flat": ["police"],
    }
    for name, agencies in recipients.items():
        with subtests.test(name):
            version = load_policy(school=cast.school, data_name=name, by=cast.hana, at=NOW)
            case = queries.special_case_on(version, "illegal_suspected")
            assert [step.agency for step in case.steps.all() if step.agency] == agencies
            assert (case.immediate, case.blocks_device_check) == (True, True)


def test_special_case_out_of_use_is_not_offered(version):
    assert queries.special_case_on(version, "exam_device") is None
    assert [case.key for case in queries.special_cases_of(version)] == [
        f"SX{number}" for number in range(1, 8)
    ]


def test_themes_stand_under_the_four_areas(version):
    themes = dict(queries.themes_of(version))
    assert list(themes) == ["Content", "Contact", "Conduct", "Commerce"]
    assert {
        theme.key for group in themes.values() for theme in group if theme.indecent_imagery
    } == {
        "abuse_imagery",
        "blackmail",
        "nudes",
        "ai_imagery",
    }


def test_suggestion_for_category_d_carries_steps_and_clause(version):
    category = queries.categories_of(version, "pupil")[3]
    suggestion = queries.suggestion_for(category)
    assert suggestion.clause.number == "3.4"
    assert [step.role_code for step in suggestion.refer_first] == ["head"]
    assert [step.sanction_type.code for step in suggestion.immediate_measures] == ["inform_parents"]
    assert [
        (step.creates, step.agency, step.clause.number) for step in suggestion.safeguarding
    ] == [
        ("evidence_hold", "", "3.4"),
        ("provider_contact", "provider", "3.4"),
        ("takedown_request", "provider", "3.4"),
        ("referral", "police", "3.4"),
        ("referral", "ceop", "3.4"),
    ]
    assert [step.agency for step in suggestion.mandatory] == ["police", "ceop"]


def test_confirmation_is_asked_where_the_ladder_says_so(version):
    codes = {
        category.code: queries.who_confirms(category, frozenset({"dsl"}))
        for category in queries.categories_of(version, "pupil")
    }
    assert codes == {"A": "", "B": "", "C": "head", "D": "head"}


def test_decision_by_the_confirming_role_needs_no_second(version):
    category = queries.categories_of(version, "pupil")[3]
    assert queries.who_confirms(category, frozenset({"head", "staff"})) == ""


def test_ladder_counts_from_its_day_until_the_next(cast, version):
    later = load_policy(school=cast.school, data_name="abcd_interviews", by=cast.hana, at=NOW)
    change_day = NOW.date() + timedelta(days=10)
    put_in_force(school=cast.school, version=later, from_date=change_day, by=cast.hana, at=NOW)
    assert [
        queries.ladder_on(cast.school, day)
        for day in (
            START - timedelta(days=1),
            START,
            change_day - timedelta(days=1),
            change_day,
            change_day + timedelta(days=1),
        )
    ] == [None, version, version, later, later]


def test_of_two_entries_for_a_day_the_later_counts(cast, version):
    later = load_policy(school=cast.school, data_name="abcd_interviews", by=cast.hana, at=NOW)
    for entry in (version, later):
        put_in_force(school=cast.school, version=entry, from_date=NOW.date(), by=cast.hana, at=NOW)
    assert queries.ladder_on(cast.school, NOW.date()) == later


def test_past_date_without_reason_is_refused(cast, version):
    yesterday = NOW.date() - timedelta(days=1)
    with pytest.raises(Refusal, match="Say why the version counts from a day in the past"):
        put_in_force(school=cast.school, version=version, from_date=yesterday, by=cast.hana, at=NOW)
    assert len(queries.entries_of(cast.school)) == 1


def test_other_school_has_no_ladder_of_ours(cast, other, version):
    with school_scope(other.school.pk):
        assert queries.ladder_on(other.school, NOW.date()) is None
        assert PolicyVersion.objects.count() == 0


def test_reading_costs_the_same_whatever_the_size(cast, django_assert_num_queries):
    small = load_policy(school=cast.school, data_name="secondary_flat", by=cast.hana, at=NOW)
    large = load_policy(school=cast.school, data_name="abcd", by=cast.hana, at=NOW)
    for version in (small, large):
        with django_assert_num_queries(1):
            rows = queries.infringements_for(version, "pupil")
            assert rows[0][0].code == "A"
        category = queries.categories_of(version, "pupil")[0]
        with django_assert_num_queries(1):
            queries.suggestion_for(category)
        with django_assert_num_queries(2):
            [
                step.clause.number
                for case in queries.special_cases_of(version)
                for step in case.steps.all()
            ]
    with django_assert_num_queries(1):
        queries.ladder_on(cast.school, NOW.date())
