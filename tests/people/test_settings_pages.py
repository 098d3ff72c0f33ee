"""The pages of settings: what stands there, who sees it, and two people at once."""

from datetime import timedelta

import pytest

from common.errors import StaleRecord
from common.scope import school_scope
from people.actions.settings import change_setting
from people.models import School, SchoolSetting
from tests.cast import NOW


def change(cast, name, value, at=NOW, **more):
    change_setting(school=cast.school, name=name, value=value, by=cast.hana, at=at, **more)


def test_list_shows_value_since_when_and_by_whom(cast):
    change(cast, "pupil_route", ["dsl", "head"])
    change(cast, "idle_minutes", 10)

    page = cast.client("hana").get(cast.url("settings/"))

    shown = {
        setting.name: (words, str(row.set_by) if row else "")
        for rows in page.context["areas"].values()
        for setting, words, row in rows
    }
    assert shown["pupil_route"] == (
        "Designated safeguarding lead, then Headteacher",
        "Hana Headley",
    )
    assert shown["idle_minutes"] == ("10", "Hana Headley")
    assert shown["pupil_word"] == ("pupil", "")
    assert shown["key_stages"] == ("Key stage 1, Key stage 2", "")
    assert shown["learning_platform"] == ("Nothing entered", "")
    assert "Tue 15 Sep 2026" in page.content.decode()


def test_history_shows_each_value_with_its_validity_and_reason(cast):
    later = NOW + timedelta(days=7)
    change(cast, "idle_minutes", 10, reason="Shared laptops")
    change(cast, "idle_minutes", 20, at=later, reason="Too short for lessons")

    page = cast.client("hana").get(cast.url("settings/idle_minutes/"))

    assert [
        (words, row.set_at, row.superseded_at, row.reason) for row, words in page.context["history"]
    ] == [
        ("20", later, None, "Too short for lessons"),
        ("10", NOW, later, "Shared laptops"),
    ]
    text = page.content.decode()
    assert "Tue 15 Sep 2026 at 10:30" in text
    assert "Shared laptops" in text


def test_form_opens_with_the_value_in_force(cast):
    change(cast, "pupil_route", ["dsl", "head"])
    client = cast.client("hana")

    form = client.get(cast.url("settings/pupil_route/")).context["form"]
    chosen = [form[f"choice_{number}"].value() for number in range(6)]
    assert chosen == ["dsl", "head", "", "", "", ""]
    form = client.get(cast.url("settings/key_stages/")).context["form"]
    assert form["value"].value() == ["KS1", "KS2"]
    form = client.get(cast.url("settings/idle_minutes/")).context["form"]
    assert (form["value"].value(), form["seen"].value()) == (0, "0")


def test_change_without_a_reason_is_refused_and_what_was_typed_is_kept(cast):
    response = cast.client("hana").post(
        cast.url("settings/idle_minutes/"), {"value": "10", "seen": "0", "reason": " "}
    )

    form = response.context["form"]
    assert form.errors == {"reason": ["This field is required."]}
    assert form["value"].value() == "10"
    assert SchoolSetting.objects.count() == 0


def test_somebody_who_looked_too_early_is_told_the_value_of_now_and_may_send_again(cast):
    client, url = cast.client("hana"), cast.url("settings/idle_minutes/")
    change(cast, "idle_minutes", 15)

    sent = {"value": "10", "seen": "0", "reason": "Shared laptops"}
    refused = client.post(url, sent).context["form"]
    (words,) = refused.non_field_errors()
    assert words == (
        "Somebody changed this setting after you opened the page. It is now “15”. "
        "Send yours again if it should still change."
    )
    assert (refused["seen"].value(), refused["value"].value()) == ("15", "10")
    assert client.post(url, sent | {"seen": refused["seen"].value()}).status_code == 302
    assert School.objects.get(pk=cast.school.pk).setting("idle_minutes") == 10


def test_two_changes_at_once_are_not_both_written(cast):
    school = School.objects.get(pk=cast.school.pk)
    assert school.setting("idle_minutes") == 0
    change(cast, "idle_minutes", 15)

    with pytest.raises(StaleRecord, match="at the same time"):
        change_setting(school=school, name="idle_minutes", value=10, seen=0, by=cast.hana, at=NOW)
    assert list(SchoolSetting.objects.values_list("value", flat=True)) == [15]


def test_unknown_setting_is_not_there(cast):
    assert cast.client("hana").get(cast.url("settings/moon_phase/")).status_code == 404


def test_setting_of_one_school_is_not_that_of_another(cast, other):
    change(cast, "idle_minutes", 15)

    with school_scope(other.school.pk):
        assert School.objects.get(pk=other.school.pk).setting("idle_minutes") == 0
        assert SchoolSetting.objects.count() == 0
    client = other.client("oscar")
    assert client.get(cast.url("settings/")).status_code == 404
    sent = {"value": "10", "seen": "15", "reason": "x"}
    assert client.post(cast.url("settings/idle_minutes/"), sent).status_code == 404
    assert School.objects.get(pk=cast.school.pk).setting("idle_minutes") == 15


def test_value_of_a_moment_can_be_read_from_the_history(cast):
    """SYS-01: old cases keep the rules of their time."""
    later = NOW + timedelta(days=7)
    change(cast, "idle_minutes", 10)
    change(cast, "idle_minutes", 20, at=later)

    between = NOW + timedelta(days=1)
    (row,) = SchoolSetting.objects.filter(
        name="idle_minutes", set_at__lte=between, superseded_at__gt=between
    )
    assert row.value == 10
