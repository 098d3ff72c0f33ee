"""Template tags: paths, powers, dates, icons, queries, chips and the components that need them."""

import re
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.urls import path

from common.charts import bar_chart
from common.discovery import discover
from common.forms import Checkboxes, DateBoxesField


def request_for(path="/", **more):
    request = RequestFactory().get(path)
    for name, value in ({"school": None, "person": None} | more).items():
        setattr(request, name, value)
    return request


def draw(source, request=None, **context):
    template = Template("{% load safeguard_tags %}" + source)
    return template.render(RequestContext(request or request_for(), context)).strip()


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


urlpatterns = [path("<slug:school>/cases/<str:reference>/", HttpResponse, name="case_detail")]


@pytest.mark.urls("tests.common.test_tags")
def test_page_url_adds_the_school_of_the_request():
    request = request_for(school=SimpleNamespace(slug="dee-meadow"))
    assert draw("{% page_url 'case_detail' '2026-0042' %}", request) == (
        "/dee-meadow/cases/2026-0042/"
    )


def test_may_asks_the_powers_of_the_request():
    request = request_for(powers=frozenset({"report_incident"}))
    source = (
        "{% if request|may:'report_incident' %}yes{% endif %}{% if request|may:'x' %}no{% endif %}"
    )
    assert draw(source, request) == "yes"


def test_may_is_no_without_powers():
    assert draw("{% if request|may:'x' %}yes{% else %}no{% endif %}") == "no"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ moment|uk_date }}", "Wed 1 Jul 2026"),
        ("{{ moment|uk_time }}", "00:30"),
        ("{{ moment|uk_datetime }}", "Wed 1 Jul 2026 at 00:30"),
        ("{{ day|uk_date }}", "Tue 3 Mar 2026"),
        ("{{ none|uk_date }}{{ none|uk_time }}{{ none|uk_datetime }}", ""),
    ],
)
def test_dates_are_local_and_british(source, said):
    moment = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert draw(source, moment=moment, day=date(2026, 3, 3), none=None) == said


def test_icon_is_hidden_from_readers():
    assert draw("{% icon 'clock' %}") == (
        '<svg class="icon " aria-hidden="true" focusable="false">'
        '<use href="/static/dist/icons.svg#clock"></use></svg>'
    )


def test_every_icon_named_in_templates_and_code_is_in_the_sprite():
    known = set((settings.BASE_DIR / "static/img/icons.txt").read_text().split())
    named = re.compile(
        r"""icon ['"]([a-z0-9-]+)['"]"""
        r"""|(?:icon_name|action_icon|state_icon|icon)=['"]([a-z0-9-]+)['"]"""
    )
    folders = [settings.BASE_DIR / name for name in ("templates", *settings.OWN_APPS)]
    files = [
        path for folder in folders for path in folder.rglob("*") if path.suffix in {".html", ".py"}
    ]
    used = {one or two for path in files for one, two in named.findall(path.read_text())}

    menus = [getattr(module, "NAVIGATION", []) for _, module in discover("navigation")]
    used |= {item.icon for menu in menus for item in menu}
    assert used - known == set()


def test_query_string_changes_one_thing_and_drops_the_page():
    request = request_for("/?state=new&state=old&page=4")

    assert (
        draw("{% query_string sort='-when' %}", request)
        == "?state=new&amp;state=old&amp;sort=-when"
    )
    assert draw("{% query_string state=None %}", request) == "?"
    assert draw("{% query_string page=5 %}", request) == "?state=new&amp;state=old&amp;page=5"


def test_csrf_field_works_where_the_context_is_cut_off():
    html = draw("{% include 'components/deed_form.html' with url='/x/' label='Confirm' only %}")
    assert re.search(r'name="csrfmiddlewaretoken" value="\w{64}"', html)


@pytest.mark.parametrize(
    ("code", "said"),
    [("A", "Category A Low"), ("B", "Category B Moderate"), ("C", "Category C Serious"),
     ("D", "Category D Most serious")],
)  # fmt: skip
def test_category_says_letter_and_word(code, said):
    assert words(draw("{% category code %}", code=code)) == said


def test_category_takes_the_school_s_own_word():
    assert words(draw("{% category 'A' 'Everyday' %}")) == "Category A Everyday"


@pytest.mark.parametrize(
    ("sort", "address", "state"),
    [
        ("when", "?sort=-when", 'aria-sort="ascending"'),
        ("-when", "?sort=when", 'aria-sort="descending"'),
        ("name", "?sort=when", ""),
    ],
)
def test_sort_heading_turns_the_order(sort, address, state):
    html = draw("{% sort_heading 'When' 'when' sort %}", sort=sort)

    assert re.findall(r'href="([^"]+)"', html) == [address]
    assert (state in html, "aria-sort" in html) == (True, bool(state))


class Filter(forms.Form):
    state = forms.MultipleChoiceField(
        choices=[("new", "New"), ("old", "Old")], required=False, widget=Checkboxes
    )
    year = forms.ChoiceField(choices=[("", "Any"), ("8", "Year 8")], required=False)
    since = DateBoxesField(required=False)
    q = forms.CharField(label="Words", required=False)


def chips(path):
    request = request_for(path)
    form = Filter(request.GET)
    form.is_valid()
    source = (
        "{% chosen_filters form as chips %}"
        "{% for chip in chips %}{{ chip.label }}={{ chip.value }} {{ chip.url }};{% endfor %}"
    )
    return [
        chip for chip in draw(source, request, form=form).replace("&amp;", "&").split(";") if chip
    ]


def test_chips_say_what_is_chosen_and_lead_to_the_rest():
    assert chips("/?state=new&state=old&year=8&page=2") == [
        "State=New ?year=8&state=old",
        "State=Old ?year=8&state=new",
        "Year=Year 8 ?state=new&state=old",
    ]


def test_chips_of_a_date_and_of_words():
    assert chips("/?since_day=3&since_month=3&since_year=2026&q=tablet") == [
        "Since=Tue 3 Mar 2026 ?q=tablet",
        "Words=tablet ?since_day=3&since_month=3&since_year=2026",
    ]


def test_no_chips_for_nothing_or_for_a_forged_choice():
    assert chips("/?year=&state=forged") == []


def test_pagination_keeps_the_filters():
    page = Paginator(range(100), 10).get_page(3)
    html = draw(
        "{% include 'components/pagination.html' with page=page only %}",
        request_for("/?state=new&page=3"),
        page=page,
    )

    assert re.findall(r'href="(\?[^"]+)"', html) == [
        f"?state=new&amp;page={number}" for number in (2, 1, 2, 3, 4, 10, 4)
    ]
    assert words(html).endswith("21 to 30 of 100")


def test_pagination_is_silent_for_one_page():
    page = Paginator(range(5), 10).get_page(1)
    assert draw("{% include 'components/pagination.html' with page=page only %}", page=page) == ""


def test_error_summary_leads_to_the_fields():
    form = Filter({"since_day": "3"})
    form.add_error(None, "Somebody else changed this record.")
    html = draw("{% include 'components/error_summary.html' with form=form only %}", form=form)

    assert words(html) == (
        "There is a problem Somebody else changed this record. Enter a month and a year too."
    )
    assert re.findall(r'href="([^"]+)"', html) == ["#id_since_0"]


def test_error_summary_is_silent_without_errors():
    assert (
        draw("{% include 'components/error_summary.html' with form=form only %}", form=Filter())
        == ""
    )


def test_text_of_a_user_is_escaped_in_every_component():
    evil = "<script>alert(1)</script>"
    for name, key in (
        ("tag", "label"),
        ("inset", "text"),
        ("warning", "text"),
        ("details", "text"),
    ):
        html = draw(f"{{% include 'components/{name}.html' with {key}=evil only %}}", evil=evil)
        assert "&lt;script&gt;" in html
        assert "<script>" not in html


def test_bars_start_at_zero_and_the_longest_is_full():
    chart = bar_chart("key", "Title", "Kind", [("One", 4), ("Two", 2), ("None", 0)])
    assert [(bar.label, bar.length) for bar in chart.bars] == [
        ("One", 340),
        ("Two", 170),
        ("None", 0),
    ]


def test_bars_of_nothing_have_no_length():
    assert [bar.length for bar in bar_chart("key", "Title", "Kind", [("One", 0)]).bars] == [0]


def test_bars_refuse_what_they_cannot_show():
    with pytest.raises(ValueError, match="below zero"):
        bar_chart("key", "Title", "Kind", [("One", -1)])


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "429", "500", "offline"])
def test_error_pages_draw_without_a_context(name):
    from django.template.loader import render_to_string

    html = render_to_string(f"{name}.html")
    assert len(re.findall(r"<h1", html)) == 1
    assert "999" in html
