"""What the trail is told of a list taken out: which filters, and no word that somebody typed."""

import django_filters
import pytest
from django.http import QueryDict

from common.filters import WordsFilter, filters_in_words
from people.models import Person


class PersonFilter(django_filters.FilterSet):
    """Finds people by a word and a kind."""

    q = WordsFilter(field_name="family_name")
    kind = django_filters.ChoiceFilter(choices=Person.Kind.choices)


@pytest.mark.parametrize(
    ("asked", "sort", "told"),
    [
        ("q=Pease&kind=staff", "-id", {"q": "words", "kind": "staff", "sort": "-id"}),
        ("q=&kind=staff&beside=Pease", "", {"kind": "staff"}),
        ("", "", {}),
    ],
)
def test_typed_words_stay_off_the_trail(asked, sort, told, db):
    found = PersonFilter(QueryDict(asked), queryset=Person.objects.none())
    assert found.form.is_valid()
    assert filters_in_words(found, sort) == told
