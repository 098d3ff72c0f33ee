"""Signing in by e-mail and password: for people whom a school has added, and only so often."""

import pytest
from django.core.cache import cache
from django.test import Client

from people.models import User

ADDRESS = "dsl@kept.example"
PASSWORD = "a long enough password"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def user() -> User:
    cache.clear()
    return User.objects.create_user(email=ADDRESS, password=PASSWORD)


def sign_in(client: Client, password: str = PASSWORD, email: str = ADDRESS):
    return client.post("/accounts/login/", {"login": email, "password": password})


def test_sign_in_by_address_in_any_case(client: Client, user: User) -> None:
    response = sign_in(client, email="DSL@Kept.Example")

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_wrong_password_is_refused_like_an_unknown_address(client: Client) -> None:
    known = sign_in(client, "wrong").context["form"].errors
    unknown = sign_in(client, "wrong", "nobody@kept.example").context["form"].errors

    assert known == unknown
    assert len(known) == 1


def test_tenth_failure_locks_out_even_the_right_password(client: Client) -> None:
    for _ in range(10):
        sign_in(client, "wrong")

    refused = sign_in(client)

    assert refused.status_code == 200
    assert "_auth_user_id" not in client.session
    assert refused.context["form"].non_field_errors() == [
        "Too many failed login attempts. Try again later."
    ]


def test_lock_out_of_one_person_lets_others_in_from_the_same_address(client: Client) -> None:
    User.objects.create_user(email="head@kept.example", password=PASSWORD)
    for _ in range(10):
        sign_in(client, "wrong")

    assert sign_in(client, email="head@kept.example").status_code == 302


def test_nobody_signs_up(client: Client) -> None:
    response = client.post(
        "/accounts/signup/",
        {"email": "new@kept.example", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert next(template.name for template in response.templates) == "account/signup_closed.html"
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "path",
    ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/"],
)
def test_page_is_drawn_for_somebody_not_signed_in(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 200
    assert b"<h1" in response.content


@pytest.mark.parametrize(
    "path", ["/accounts/password/change/", "/accounts/logout/", "/accounts/reauthenticate/"]
)
def test_page_is_drawn_for_somebody_signed_in(client: Client, path: str) -> None:
    sign_in(client)

    response = client.get(path)

    assert response.status_code == 200
    assert b"<h1" in response.content


def test_start_page_asks_for_a_sign_in_and_says_when_there_is_no_school(client: Client) -> None:
    assert client.get("/")["Location"] == "/accounts/login/?next=/"
    sign_in(client)

    response = client.get("/")

    assert next(template.name for template in response.templates) == "safeguard/start.html"
    assert response.context["schools"] == []


def test_pages_carry_a_strict_policy(client: Client) -> None:
    policy = client.get("/accounts/login/")["Content-Security-Policy"]

    assert sorted(policy.split("; ")) == sorted(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )
