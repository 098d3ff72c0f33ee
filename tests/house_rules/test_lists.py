"""A page with ten rows asks the database no more than one with two (house rules, 7)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.house_rules.pages import school_pages
from tests.samples import BY_PAGE, LISTS

FEW, MANY = 2, 10


def test_every_list_page_is_measured():
    lists = {page.name for page in school_pages() if page.name.endswith("_list")}

    assert lists <= set(LISTS)
    assert set(LISTS) <= {page.name for page in school_pages()}


@pytest.mark.parametrize("name", sorted(LISTS))
def test_list_costs_the_same_for_many_rows(name, cast, samples, today):
    spec = LISTS[name]
    given = {"school": cast.school.slug, **spec.arguments}
    if not spec.arguments:
        given |= BY_PAGE.get(name, lambda _made: {})(samples)
    url = reverse(name, kwargs=given)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len([q for q in seen.captured_queries if "SAVEPOINT" not in q["sql"]])

    for number in range(FEW):
        spec.grow(cast, number)
    client = cast.client(spec.who)
    cost()  # what is read once, such as content types, is read now
    few = cost()
    for number in range(FEW, MANY):
        spec.grow(cast, number)

    assert cost() == few
