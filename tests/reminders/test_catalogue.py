"""The recurring duties of all apps are whole: people, words, pages, settings and evidence."""

import ast
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from agreements.models import ClassSitting, Obligation
from agreements.queries.renewal import read_in_every_class, renewed
from common.duties import OFF, PERIODS
from common.pages import page_url
from people.models import Person
from reminders.calendar_rows import CALENDAR
from reminders.documents_generated import NOT_BUILT, _fulfilled_by, calendar_of_duties
from reminders.models import Reminder
from reminders.recurring import duties_by_app, recurring_duties, setting_of
from roles.catalogue import BY_CODE
from tests.agreements import signing_samples
from tests.cast import NOW

ROOT = Path(settings.BASE_DIR)
DUTIES = list(recurring_duties().values())
YEAR = (date(2026, 9, 1), date(2027, 7, 21))


@pytest.fixture(params=DUTIES, ids=lambda duty: duty.code)
def duty(request):
    return request.param


def test_calendar_of_duties_is_covered():
    assert duties_by_app().keys() >= {
        "agreements",
        "filtering",
        "incidents",
        "people",
        "policies",
        "reports",
        "roles",
    }
    assert {duty.requirement for duty in DUTIES} >= {
        *("ROL-06", "ROL-07", "ROL-15", "ROL-19", "ROL-22", "INC-55", "AGR-06", "AGR-08"),
        *("FIL-01", "FIL-04", "FIL-15", "FIL-16", "FIL-18", "FIL-19", "FIL-21", "FIL-22", "R-FM-3"),
        *("POL-04", "REP-01", "REP-02", "REP-03", "REP-04", "REP-05", "ACC-16", "ACC-19"),
    }


def test_duty_has_people_words_and_times(duty):
    assert duty.period in {*PERIODS, OFF}
    assert set(duty.roles) | set(duty.escalate) <= BY_CODE.keys()
    assert duty.roles
    assert len(duty.code) <= 54  # its setting's name has room for 60
    assert list(duty.remind_days) == sorted(duty.remind_days, reverse=True)
    assert duty.apart_from in {"", *recurring_duties()}


def test_words_say_why_and_what_ends_it_in_plain_english(duty):
    assert len(duty.words) <= Reminder._meta.get_field("words").max_length
    assert "This stops" in duty.words
    assert duty.words.endswith(".")
    assert "!" not in duty.words + duty.label
    assert duty.label[0].isupper()


def words_of_reminders():
    """Return every sentence of a reminder that stands in a module of duties, with its place."""
    own = [path for app in settings.OWN_APPS for path in sorted((ROOT / app).rglob("*.py"))]
    for path in own:
        if "duties" not in str(path.relative_to(ROOT)):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.arg or ""] if isinstance(node, ast.keyword) else []
            if isinstance(node, ast.Assign):
                names = [one.id for one in node.targets if isinstance(one, ast.Name)]
            wanted = any(name == "words" or name.endswith("_WORDS") for name in names)
            if wanted and isinstance(node.value, ast.Constant):
                yield pytest.param(
                    node.value.value, id=f"{path.parent.name}-{path.stem}-{node.value.lineno}"
                )


@pytest.mark.parametrize("words", list(words_of_reminders()))
def test_words_of_every_reminder_say_what_ends_it(words):
    assert words.endswith(".")
    assert any(end in words for end in ("This stops", "ends this", "You are told of it once"))


def test_school_may_change_its_period_or_switch_it_off(cast, duty):
    assert cast.school.setting(setting_of(duty.code)) == duty.period


def test_page_is_there_and_evidence_of_an_empty_school_is_none(cast, duty):
    if duty.page:
        assert page_url(cast.school, duty.page).startswith("/oak-hill/")
    if duty.evidence:
        assert duty.evidence(cast.school, *YEAR) is None
    assert bool(duty.records) == bool(duty.evidence)


def test_agreements_are_renewed_when_nobody_is_left_to_answer(cast):
    row = signing_samples.obligation(cast)
    Obligation.objects.update(trigger="september", issued_at=NOW, changed_at=NOW)
    assert renewed(cast.school, *YEAR) is None

    Obligation.objects.exclude(pk=row.pk).update(state="active")
    assert renewed(cast.school, *YEAR) is None
    Obligation.objects.update(state="active")
    assert renewed(cast.school, *YEAR) == NOW
    assert renewed(cast.school, date(2025, 9, 1), date(2026, 7, 21)) is None


def test_agreements_are_read_in_class_when_the_last_class_has(cast):
    version = signing_samples.obligation(cast).version
    for pupil in Person.objects.filter(kind="pupil"):
        assert read_in_every_class(cast.school, *YEAR) is None
        sitting = ClassSitting.objects.create(
            school=cast.school,
            school_class=pupil.enrolments.get().school_class,
            version=version,
            asks="sign",
            teacher=cast.tom,
            opened_at=NOW,
        )
        sitting.attendances.create(school=cast.school, pupil=pupil, at=NOW)

    assert read_in_every_class(cast.school, *YEAR) == NOW


def test_every_row_of_the_calendar_is_fulfilled_or_says_why_not():
    """The two rows without anything wait for what phones and loans are to get."""
    empty = [row.what for row in CALENDAR if _fulfilled_by(row) == [NOT_BUILT]]
    named = {code for row in CALENDAR for code in row.duties}

    assert set(empty) <= {"Devices returned after hand-in", "HMRC statement"}
    assert len(CALENDAR) == len({row.what for row in CALENDAR}) > 55
    assert named <= recurring_duties().keys()
    document = calendar_of_duties()
    assert all(f"`{setting_of(code)}`" in document for code in recurring_duties())
