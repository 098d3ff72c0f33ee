"""Coming in, being refused, and leaving quickly."""

from playwright.sync_api import expect

from tests.journeys.conftest import sign_in

WEATHER = "https://www.bbc.co.uk/weather"


def test_wrong_password_is_refused_in_words(given):
    somebody = given()

    sign_in(somebody, "tom", "a guess")

    somebody.is_refused("not correct").still_has("Email", "tom@oak-hill.example")
    assert "/accounts/login/" in somebody.page.url


def test_a_page_asks_for_a_sign_in_and_then_opens(given):
    tom = given(phone=True, script=False)
    tom.opens("reports/")
    assert "/accounts/login/" in tom.page.url

    tom.fills("Email", "tom@oak-hill.example").fills("Password", "correct horse")
    tom.presses("Sign in")

    tom.is_at("reports/").sees("My reports")


def test_a_page_that_is_not_theirs_says_so(given_signed_in):
    tina = given_signed_in("tina", phone=True)

    tina.opens("incidents/", status=403).sees("This page is not open to you")
    tina.opens("nothing/here/", status=404).sees("There is nothing at this address")
    tina.opens("/no-such-school/", status=404).sees("There is nothing at this address")


def test_a_parent_leaves_quickly(given_signed_in):
    # Given a parent on a phone who reads a page of the school
    paul = given_signed_in("paul", phone=True)
    paul.page.route(f"{WEATHER}*", lambda route: route.fulfill(body="Sunny spells"))
    paul.opens("reports/")
    paul.opens("report/")

    # When he leaves it quickly
    paul.page.get_by_role("link", name="Leave this page quickly").click()

    # Then the page is gone, also from the way back
    expect(paul.page).to_have_url(WEATHER)
    paul.page.go_back()
    expect(paul.page.get_by_role("heading", level=1)).to_contain_text("My reports")


def test_nobody_else_sees_the_quick_exit(given_signed_in):
    tom = given_signed_in("tom")

    tom.opens("report/")

    expect(tom.page.get_by_role("link", name="Leave this page quickly")).to_have_count(0)
