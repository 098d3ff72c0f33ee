"""The register of people: search, filters, sorting, and one person's page."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.scope import school_scope
from people.models import CarerLink, Person, SchoolClass
from people.queries import named
from people.views import finding
from tests.cast import NOW, START


def names(response) -> list[str]:
    return [person.given_name for person in response.context["page"]]


def listed(cast, query: str = "", name: str = "hana") -> list[str]:
    return names(cast.client(name).get(cast.url(f"people/{query}")))


EVERYBODY = [
    "Cara",
    "Dora",
    "Hana",
    "Olga",
    "Paul",
    "Pia",
    "Quin",
    "Tom",
    "Tina",
    "Tess",
]


def test_list_shows_everybody_by_family_name(cast):
    assert listed(cast) == EVERYBODY


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=pupil", ["Pia", "Quin"]),
        ("?kind=governor", ["Cara", "Olga"]),
        ("?kind=external", []),
        ("?year=5", ["Pia"]),
        ("?q=pea", ["Paul", "Pia", "Quin"]),
        ("?q=pea+pia", ["Pia"]),
        ("?q=PÍA", ["Pia"]),
        ("?q=M77", ["Tom"]),
        ("?q=M7", []),
        ("?q=%25", []),
        ("?here=left", ["Uma"]),
        ("?here=all", [*EVERYBODY, "Uma"]),
        ("?here=all&q=uma", ["Uma"]),
        ("?sort=-name", [*reversed(EVERYBODY)]),
        (
            "?sort=class",
            ["Quin", "Pia", "Cara", "Dora", "Hana", "Olga", "Paul", "Tom", "Tina", "Tess"],
        ),
        ("?sort=user__password", EVERYBODY),
    ],
)
def test_list_is_searched_filtered_and_sorted(cast, query, found):
    Person.objects.filter(pk=cast.tom.pk).update(external_id="M77")
    Person.objects.create(
        school=cast.school,
        kind="staff",
        given_name="Uma",
        family_name="Upton",
        joined_date=START,
        left_date=START,
    )

    assert listed(cast, query) == found


def test_list_filters_by_class(cast):
    group = SchoolClass.objects.get(name="3S")

    assert listed(cast, f"?group={group.pk}") == ["Quin"]


@pytest.mark.parametrize(
    "query", ["?kind=x", "?group=99999999999999999999", "?year=99", "?q=a%00b"]
)
def test_senseless_filters_show_nobody_or_everybody_but_never_fail(cast, query):
    response = cast.client("hana").get(cast.url(f"people/{query}"))

    assert response.status_code == 200
    assert response.context["filter"].form.errors


def test_list_says_what_it_will_hold_when_it_is_empty(cast):
    text = cast.client("hana").get(cast.url("people/?q=nobodyatall")).content.decode()

    assert "Nobody is like that" in text


def test_list_shows_class_or_post_beside_the_name(cast):
    page = cast.client("hana").get(cast.url("people/"))

    hints = {person.given_name: person.hint for person in page.context["page"]}
    assert hints["Pia"] == "5T, Year 5"
    assert hints["Hana"] == "Head"
    assert hints["Paul"] == "Parent or carer"


def test_list_has_pages(cast):
    Person.objects.bulk_create(
        Person(school=cast.school, kind="carer", given_name=f"G{n:02}", family_name="Zz")
        for n in range(60)
    )

    client = cast.client("hana")
    first = client.get(cast.url("people/"))
    second = client.get(cast.url("people/?page=2"))
    assert (len(names(first)), len(names(second))) == (50, 20)
    assert set(names(first)) & set(names(second)) == set()
    assert names(client.get(cast.url("people/?page=nonsense"))) == names(first)


def test_list_costs_the_same_for_few_rows_as_for_fifty(cast):
    client = cast.client("hana")
    client.get(cast.url("people/"))
    with CaptureQueriesContext(connection) as few:
        client.get(cast.url("people/?kind=pupil"))
    group = SchoolClass.objects.get(name="5T")
    for n in range(48):
        pupil = Person.objects.create(
            school=cast.school, kind="pupil", given_name=f"P{n}", family_name="Zz"
        )
        pupil.enrolments.create(
            school=cast.school,
            school_class=group,
            year_group="5",
            key_stage="KS2",
            start_date=START,
        )
    with CaptureQueriesContext(connection) as many:
        response = client.get(cast.url("people/?kind=pupil"))

    assert (len(names(response)), len(many)) == (50, len(few))


def test_person_of_every_kind_has_a_page(cast):
    client = cast.client("hana")
    for name in ("hana", "cara", "paul", "pia"):
        person = getattr(cast, name)
        page = client.get(cast.url(f"people/{person.pk}/"))
        assert page.context["person"] == person
        assert page.context["has_left"] is False


def test_page_of_a_pupil_shows_places_and_carers_with_the_no_contact_flag(cast):
    mother = Person.objects.create(
        school=cast.school, kind="carer", title="Ms", given_name="Mia", family_name="Moss"
    )
    CarerLink.objects.create(
        school=cast.school,
        pupil=cast.pia,
        carer=mother,
        relation="Mother",
        no_contact=True,
        may_sign=False,
        parental_responsibility=False,
    )
    page = cast.client("hana").get(cast.url(f"people/{cast.pia.pk}/"))

    assert [(link.carer.full_name, link.no_contact) for link in page.context["carers"]] == [
        ("Ms Mia Moss", True),
        ("Paul Pease", False),
    ]
    assert [str(place.school_class) for place in page.context["places"]] == ["5T"]
    text = page.content.decode()
    assert text.count("No contact") == 1
    assert "No parental responsibility" in text
    assert cast.url(f"people/{mother.pk}/") in text
    assert cast.url(f"chronology/{cast.pia.pk}/") in text


def test_date_of_birth_of_a_pupil_stands_on_the_pupil_s_page_only(cast):
    client = cast.client("hana")

    def shows(path: str, words: str) -> bool:
        return words in client.get(cast.url(path)).content.decode()

    assert shows(f"people/{cast.pia.pk}/", "Not recorded")
    Person.objects.filter(school=cast.school).update(birth_date=date(2016, 5, 3))
    assert shows(f"people/{cast.pia.pk}/", "Tue 3 May 2016")
    assert not shows(f"people/{cast.tom.pk}/", "Date of birth")
    for path in ("people/", f"people/{cast.paul.pk}/", "people/find?q=pia"):
        assert not shows(path, "2016")


def test_page_of_a_carer_shows_the_children(cast):
    page = cast.client("hana").get(cast.url(f"people/{cast.paul.pk}/"))

    assert [link.pupil.given_name for link in page.context["children"]] == ["Pia", "Quin"]
    assert cast.url("roles/?q=Paul+Pease") in page.content.decode()


def test_page_says_who_has_left(cast):
    Person.objects.filter(pk=cast.tess.pk).update(left_date=NOW.date())

    page = cast.client("hana").get(cast.url(f"people/{cast.tess.pk}/"))
    assert page.context["has_left"] is True
    assert "Last day: Tue 15 Sep 2026" in page.content.decode()


@pytest.mark.parametrize("name", ["tom", "tina", "cara", "paul", "pia"])
def test_register_is_closed_to_who_has_no_business_there(cast, name):
    client = cast.client(name)

    assert client.get(cast.url("people/")).status_code == 403
    assert client.get(cast.url(f"people/{cast.pia.pk}/")).status_code == 403


def test_people_of_another_school_are_not_there(cast, other):
    client = other.client("oscar")

    assert names(client.get(other.url("people/"))) == ["Oscar", "Zara"]
    assert client.get(other.url(f"people/{cast.pia.pk}/")).status_code == 404
    assert client.get(cast.url(f"people/{cast.pia.pk}/")).status_code == 404
    assert client.get(cast.url("people/")).status_code == 404


# Finding people by name ------------------------------------------------------------------------


def found(cast, name: str, query: str) -> list[str]:
    response = cast.client(name).get(cast.url(f"people/find?{query}"))
    assert response.status_code == 200
    return [result["name"] for result in response.json()["results"]]


def test_answer_is_id_name_and_class_or_post(cast):
    answer = cast.client("tom").get(cast.url("people/find?q=pi")).json()

    assert answer == {
        "results": [{"id": str(cast.pia.pk), "name": "Pia Pease", "detail": "5T, Year 5"}]
    }


@pytest.mark.parametrize(
    ("query", "people"),
    [
        ("q=pease", ["Paul Pease", "Pia Pease", "Quin Pease"]),
        ("q=pease+pi", ["Pia Pease"]),
        ("q=p", []),
        ("q=", []),
        ("", []),
        ("q=%25%25", []),
        ("q=__", []),
        ("q=a%00b", []),
        ("q=pease&kind=pupil", ["Pia Pease", "Quin Pease"]),
        ("q=pease&kind=%00&kind=pupil", ["Pia Pease", "Quin Pease"]),
        ("q=zara", []),
    ],
)
def test_adults_who_may_report_find_people_by_every_word(cast, other, query, people):
    assert found(cast, "tom", query) == people


def test_finding_gives_at_most_twelve(cast):
    Person.objects.bulk_create(
        Person(school=cast.school, kind="carer", given_name=f"Xan{n}", family_name="Xu")
        for n in range(30)
    )

    assert len(found(cast, "tom", "q=xan")) == 12


def test_who_has_left_is_not_found(cast):
    Person.objects.filter(pk=cast.tess.pk).update(left_date=START)

    assert found(cast, "tom", "q=tess") == []


@pytest.mark.parametrize("query", ["q=pe", "q=te", "q=ha", "q=ea", "q=an"])
def test_parent_finds_only_the_own_children(cast, query):
    own = {"q=pe": ["Pia Pease", "Quin Pease"], "q=ea": ["Pia Pease", "Quin Pease"]}

    assert found(cast, "paul", query) == own.get(query, [])


def test_parent_whom_school_must_not_contact_learns_nothing_of_the_child(cast):
    CarerLink.objects.filter(pupil=cast.pia).update(no_contact=True, may_sign=False)
    CarerLink.objects.filter(pupil=cast.quin).update(end_date=START)

    assert found(cast, "paul", "q=pease") == []


def test_pupil_may_not_find_anybody(cast):
    assert cast.client("pia").get(cast.url("people/find?q=pease")).status_code == 403


def test_asking_without_pause_is_refused(cast, monkeypatch):
    monkeypatch.setattr(finding, "ASKED_PER_MINUTE", 5)
    url = cast.url("people/find?q=x")
    with time_machine.travel(NOW, tick=False) as clock:
        client = cast.client("tom")
        answers = [client.get(url) for _ in range(6)]

        assert [answer.status_code for answer in answers[:5]] == [200] * 5
        assert (answers[5].status_code, answers[5].json()) == (429, {"results": []})
        assert cast.client("tess").get(url).status_code == 200
        clock.shift(timedelta(minutes=1))
        assert client.get(url).status_code == 200


def test_names_are_found_with_and_without_accents(cast):
    Person.objects.create(
        school=cast.school, kind="carer", given_name="Zoë", known_as="Zo", family_name="Müller"
    )
    people = Person.objects.filter(school=cast.school)

    for text in ("zoe", "ZOË", "muller", "Müll", "zo mül"):
        assert [person.family_name for person in named(people, text)] == ["Müller"]


def test_other_school_finds_its_own(cast, other):
    assert found(other, "oscar", "q=pease") == []
    with school_scope(other.school.pk):
        assert found(other, "oscar", "q=zara") == ["Zara Zenith"]
