"""Accepting responsibilities and wording them, through the pages."""

import pytest
from django.utils import timezone

from roles.models import Responsibility
from roles.queries import statements_of, statements_to_accept
from tests.roles.reading import problems, role, text_of

pytestmark = pytest.mark.usefixtures("today")


def test_holder_accepts_on_the_page(cast):
    client = cast.client("tina")
    asked = list(statements_to_accept(cast.tina, on=timezone.localdate()))
    assert "Please accept them by Tue 29 Sep 2026." in text_of(
        client.get(cast.url("responsibilities/"))
    )
    client.post(cast.url("responsibilities/"), {"statements": [asked[0].pk, asked[1].pk]})

    left = list(statements_to_accept(cast.tina, on=timezone.localdate()))
    assert [row.pk for row in left] == [row.pk for row in asked[2:]]
    forged = client.post(cast.url("responsibilities/"), {"statements": [asked[0].pk]})
    assert problems(forged) == [
        "A statement was changed since you opened this page. Read it again."
    ]
    assert problems(client.post(cast.url("responsibilities/"))) == [
        "Tick the statements you have read and accept."
    ]


def test_parent_and_pupil_read_their_own(cast):
    for name in ("paul", "pia"):
        page = cast.client(name).get(cast.url("responsibilities/"))
        assert page.status_code == 200
        assert len(page.context["waiting"]) == 3


def test_statement_is_added_revised_and_taken_away_on_the_pages(cast):
    client = cast.client("hana")
    words = {"source": "Policy, 2.4", "evidence": "record", "frequency": "termly"}
    client.post(
        cast.url("roles/clerk/responsibilities/add"), {"statement": "Write minutes.", **words}
    )
    added = Responsibility.objects.get(statement="Write minutes.")
    assert (added.source, added.evidence, added.frequency) == ("Policy, 2.4", "record", "termly")
    client.post(
        cast.url(f"responsibilities/{added.pk}/revise"), {"statement": "Keep minutes.", **words}
    )
    (kept,) = statements_of(role(cast, "clerk"))
    assert kept.statement == "Keep minutes."
    gone = client.get(cast.url(f"responsibilities/{added.pk}/revise"))
    assert gone.status_code == 404
    client.post(cast.url(f"responsibilities/{kept.pk}/end"))
    assert list(statements_of(role(cast, "clerk"))) == []


def test_only_those_who_word_responsibilities_can(cast):
    row = statements_of(role(cast, "tech"))[0]
    for path in (
        "roles/tech/responsibilities/add",
        f"responsibilities/{row.pk}/revise",
        f"responsibilities/{row.pk}/end",
    ):
        assert cast.client("tina").post(cast.url(path)).status_code == 403
