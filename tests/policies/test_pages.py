"""The policy's pages: who opens them, what they show, what they refuse."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import yaml
from django.utils import timezone

from policies import queries
from policies.actions import load_policy, publish_policy, put_in_force, revise_policy
from policies.document import Change, read_document
from policies.models import LadderInForce, PolicyVersion
from policies.rows import document_of
from tests.cast import NOW

MILDER = Change("infringements", "pupil PA1", {"label": "Websites that are off the task"})


@pytest.fixture(autouse=True)
def today(time_machine):
    """Let it be the cast's day."""
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def draft(cast, version):
    """Give a draft that words one infringement anew."""
    return revise_policy(
        version=version, changes=[MILDER], by=cast.dora, at=NOW, reason="Plainer words."
    )


def text_of(response) -> str:
    """Return a page's words in one line, without its tags."""
    assert response.status_code == 200, response
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_pages_by_role(cast, draft, subtests):
    reading = ["policy/", "policy/versions/", "policy/versions/1/", "policy/versions/1/file/"]
    drafting = ["policy/versions/2/", "policy/versions/2/file/"]
    editing = [
        "policy/versions/2/edit/",
        "policy/versions/2/edit/infringements/new/",
        "policy/versions/2/edit/steps/pupil A.escalate.1/",
    ]
    publishing = ["policy/versions/new/", "policy/versions/2/publish/"]
    expected = {
        "hana": (200, 200, 200),
        "dora": (200, 200, 403),
        "tom": (404, 403, 403),
        "olga": (404, 403, 403),
        "paul": (404, 403, 403),
        "pia": (404, 403, 403),
    }
    for name, (on_draft, on_edit, on_publish) in expected.items():
        with subtests.test(name):
            client = cast.client(name)
            codes = {
                path: client.get(cast.url(path)).status_code
                for path in [*reading, *drafting, *editing, *publishing]
            }
            assert codes == (
                dict.fromkeys(reading, 200)
                | dict.fromkeys(drafting, on_draft)
                | dict.fromkeys(editing, on_edit)
                | dict.fromkeys(publishing, on_publish)
            )


def test_other_school_finds_nothing(cast, other, version):
    client = other.client("oscar")
    assert client.get(cast.url("policy/")).status_code == 404
    assert client.get(other.url("policy/versions/1/")).status_code == 404
    assert "No ladder yet" in text_of(client.get(other.url("policy/")))


def test_ladder_shows_breaches_with_steps_and_clauses(cast, version):
    text = text_of(cast.client("tom").get(cast.url("policy/")))
    assert "Version 1 of the policy, in force from Tue 1 Sep 2026" in text
    for words in (
        "Off-task websites in a lesson",
        "Report to CEOP Must be answered",
        "Gross misconduct",
        "Concern about the headteacher",
        "3.4 Pupils, category D: grave misuse",
    ):
        assert words in text


def test_pupils_start_with_their_own_sheet(cast, version):
    text = text_of(cast.client("pia").get(cast.url("policy/")))
    assert "Off-task websites in a lesson" in text
    assert "Gross misconduct" not in text.replace("Staff, category B: gross misconduct", "")
    assert "Special cases, whatever the category" not in text


def test_ladder_is_shown_as_it_was_on_a_day(cast, draft):
    publish_policy(version=draft, from_date=NOW.date() + timedelta(days=5), by=cast.hana, at=NOW)
    client = cast.client("tom")
    assert "Off-task websites in a lesson" in text_of(client.get(cast.url("policy/")))
    later = client.get(cast.url("policy/"), {"on": "2026-09-20"})
    assert "Shown as it was on Sun 20 Sep 2026" in text_of(later)
    assert "Websites that are off the task" in text_of(later)
    before = text_of(client.get(cast.url("policy/"), {"on": "2026-08-31"}))
    assert "No ladder was in force on that day" in before


def test_wrong_day_is_refused_in_words_and_today_shown(cast, version):
    text = text_of(cast.client("tom").get(cast.url("policy/"), {"on_day": "31", "on_month": "2"}))
    assert "There is a problem" in text
    assert "Off-task websites in a lesson" in text


def test_list_shows_drafts_to_their_authors_only(cast, draft):
    assert "Version 2 Draft Plainer words." in text_of(
        cast.client("dora").get(cast.url("policy/versions/"))
    )
    assert "Version 2" not in text_of(cast.client("tom").get(cast.url("policy/versions/")))


def test_version_shows_what_changed(cast, draft):
    text = text_of(cast.client("hana").get(cast.url("policy/versions/2/")))
    assert (
        "What changed from version 1 Infringements Off-task websites in a lesson changed "
        "Words Off-task websites in a lesson Websites that are off the task" in text
    )


def test_downloaded_file_reads_back_as_the_version(cast, version):
    response = cast.client("tom").get(cast.url("policy/versions/1/file/"))
    assert (
        response["Content-Disposition"] == 'attachment; filename="oak-hill-policy-version-1.yaml"'
    )
    assert read_document(yaml.safe_load(response.content)) == document_of(version)


def test_head_starts_with_a_ladder_and_puts_it_in_force(cast):
    client = cast.client("hana")
    assert "Choose a ladder" in text_of(client.get(cast.url("policy/")))
    response = client.post(cast.url("policy/versions/new/"), {"library": "abcd_interviews"})
    assert response.url == cast.url("policy/versions/1/publish/")
    response = client.post(response.url, {"from_date": "2026-09-15"}, follow=True)
    assert "Version 1 counts from 15 September 2026." in text_of(response)
    assert (
        queries.ladder_on(cast.school, NOW.date()).title == "Online safety: conduct and sanctions"
    )


def test_editor_changes_an_infringement_in_a_new_draft(cast, version):
    client = cast.client("dora")
    url = cast.url("policy/versions/1/edit/infringements/pupil%20PB5/")
    form = {
        "label": "File-sharing programs",
        "of": "pupil C",
        "clause": "3.3",
        "active": "on",
        "reason": "Agreed in the staff meeting.",
    }
    response = client.post(url, form, follow=True)
    assert "Saved as version 2, a draft." in text_of(response)
    newest = queries.newest_version(cast.school)
    changed = queries.infringement_of(newest, "pupil", "PB5")
    assert (newest.status, newest.note) == ("draft", "Agreed in the staff meeting.")
    assert (changed.label, changed.category.code) == ("File-sharing programs", "C")
    assert queries.infringement_of(version, "pupil", "PB5").label == "File-sharing software"


def test_stale_change_is_refused_with_what_was_typed(cast, draft):
    url = cast.url("policy/versions/1/edit/infringements/pupil%20PB5/")
    form = {
        "label": "My words",
        "of": "pupil B",
        "clause": "3.2",
        "active": "on",
        "reason": "Mine.",
    }
    text = cast.client("dora").post(url, form).content.decode()
    assert "Version 2 was written after this one." in text
    assert 'value="My words"' in text
    assert PolicyVersion.objects.count() == 2


def test_bad_input_is_refused_and_writes_nothing(cast, version, subtests):
    client = cast.client("dora")
    good = {"label": "Words", "of": "pupil A", "clause": "3.1", "reason": "Why."}
    edit = "policy/versions/1/edit/"
    cases = [
        ("infringements/new/", good | {"label": "x" * 241}, "This is 241 characters long"),
        ("infringements/new/", good | {"label": "a\x00b"}, "hidden character"),
        ("infringements/new/", good | {"of": "pupil E"}, "not one of the available choices"),
        ("infringements/new/", good | {"repeat_of": "staff SA1"}, "of the same people"),
        ("infringements/new/", good | {"repeat_of": "pupil PC2"}, "a heavier category"),
        ("infringements/new/", good | {"reason": ""}, "Why is the policy changed?"),
        ("clauses/new/", {"number": "x", "title": "T", "text": "T", "reason": "R"}, "like 4.2"),
        (
            "clauses/new/",
            {"number": "3.1", "title": "T", "text": "T", "reason": "R"},
            "stands twice",
        ),
        (
            "themes/new/",
            {"label": "T", "area": "conduct", "indecent_imagery": "on", "reason": "R"},
            "always serious harm",
        ),
        (
            "steps/new/",
            {"of": "pupil A", "kind": "refer_first", "label": "L", "clause": "3.1", "reason": "R"},
            "which role or agency",
        ),
    ]
    for path, form, words in cases:
        with subtests.test(words):
            text = client.post(cast.url(edit + path), form).content.decode()
            assert words in text
    assert PolicyVersion.objects.count() == 1


@pytest.mark.parametrize(
    "path",
    [
        "policy/versions/9/",
        "policy/versions/99999999999999999999/",
        "policy/versions/1/edit/?part=rooms",
        "policy/versions/1/edit/rooms/new/",
        "policy/versions/1/edit/categories/new/",
        "policy/versions/1/edit/infringements/pupil%20PZ9/",
    ],
)
def test_what_is_not_there_is_not_found(cast, version, path):
    assert cast.client("hana").get(cast.url(path)).status_code == 404


def test_rows_of_every_part_open_and_are_added(cast, version, subtests):
    client = cast.client("dora")
    forms = {
        "infringements": {"label": "New breach", "of": "staff A", "clause": "4.1", "active": "on"},
        "steps": {
            "of": "pupil A",
            "kind": "escalate",
            "goes_to": "agency police",
            "label": "Police",
            "clause": "3.1",
        },
        "clauses": {"number": "9.1", "title": "New clause", "text": "Its text."},
        "sanction_types": {"label": "Helping in school", "given_by": ["head"], "clause": "6.1"},
        "themes": {"label": "New theme", "area": "conduct", "active": "on"},
    }
    for number, (section, form) in enumerate(forms.items(), start=1):
        with subtests.test(section):
            path = cast.url(f"policy/versions/{number}/edit/{section}/new/")
            response = client.post(path, form | {"reason": "Agreed."}, follow=True)
            assert f"Saved as version {number + 1}, a draft." in text_of(response)
    document = document_of(queries.newest_version(cast.school))
    assert document.row("infringements", "staff SA7").label == "New breach"
    assert document.row("steps", "pupil A.escalate.3").agency == "police"
    assert document.row("clauses", "9.1").title == "New clause"
    assert document.row("sanction_types", "helping_in_school").given_by == ("head",)
    assert document.row("themes", "new_theme").active is True
    for section in ("categories/pupil A", "special_cases/SX1", "infringements/any X15"):
        with subtests.test(section):
            page = client.get(cast.url(f"policy/versions/6/edit/{section}/"))
            assert "Save as a new draft" in text_of(page)


def test_step_is_changed_and_taken_out(cast, version):
    client = cast.client("dora")
    path = "edit/steps/pupil%20A.escalate.1/"
    form = {"label": "Deputy", "goes_to": "role deputy", "clause": "3.1", "reason": "New post."}
    client.post(cast.url(f"policy/versions/1/{path}"), form)
    client.post(cast.url(f"policy/versions/2/{path}"), form | {"remove": "on"})
    escalate = [
        [
            (step.role_code, step.label)
            for step in queries.steps_for(queries.categories_of(version, "pupil")[0], "escalate")
        ]
        for version in PolicyVersion.objects.order_by("number")
    ]
    assert escalate == [
        [("slt", "Senior leader"), ("osl", "Online safety lead")],
        [("deputy", "Deputy"), ("osl", "Online safety lead")],
        [("osl", "Online safety lead")],
    ]


def test_head_publishes_a_draft(cast, draft):
    client = cast.client("hana")
    url = cast.url("policy/versions/2/publish/")
    page = text_of(client.get(url))
    assert "What will be different from version 1, in force now" in page
    assert "Websites that are off the task" in page
    past = client.post(url, {"from_date": "2026-09-14"})
    assert "Say why the version counts from a day in the past." in text_of(past)
    assert queries.ladder_on(cast.school, NOW.date()).number == 1
    client.post(url, {"from_date": "2026-09-14", "reason": "Agreed by governors that day."})
    assert queries.ladder_on(cast.school, date(2026, 9, 14)) == draft
    assert LadderInForce.objects.first().set_at == timezone.now()


def test_published_version_is_put_in_force_again(cast, draft):
    publish_policy(version=draft, from_date=NOW.date(), by=cast.hana, at=NOW)
    client = cast.client("hana")
    url = cast.url("policy/versions/1/publish/")
    assert "Put this version in force" in text_of(client.get(url))
    client.post(url, {"from_date": "2026-09-16"})
    assert queries.ladder_on(cast.school, date(2026, 9, 16)).number == 1


def test_lists_cost_the_same_whatever_their_length(cast, version, django_assert_max_num_queries):
    client = cast.client("hana")
    client.get(cast.url("policy/"))  # what is looked up once is looked up here
    pages = ["policy/", "policy/versions/", "policy/versions/1/"]

    def costs():
        found = []
        for page in pages:
            with django_assert_max_num_queries(60) as counted:
                client.get(cast.url(page))
            found.append(len(counted))
        return found

    before = costs()
    for _ in range(2):
        more = load_policy(school=cast.school, data_name="abcd", by=cast.hana, at=NOW)
        put_in_force(
            school=cast.school,
            version=more,
            from_date=NOW.date() + timedelta(days=30),
            by=cast.hana,
            at=NOW,
        )
    assert costs() == before
