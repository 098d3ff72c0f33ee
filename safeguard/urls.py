"""Addresses: sign-in, health and the start page here; every school page comes from its app."""

from allauth.account import urls as account_urls
from django.conf import settings
from django.urls import URLPattern, include, path

from common.access import open_to_everyone
from common.discovery import discover
from safeguard import health, views
from safeguard.home import home

# What people need for signing in; a school looks after the rest of an account.
ACCOUNT_PAGES = (
    "account_login",
    "account_logout",
    "account_signup",  # only says that a school makes the accounts
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
)


def account_pages() -> list[URLPattern]:
    """Return allauth's pages that we use, each declared open: allauth itself asks for a sign-in."""
    pages = [page for page in account_urls.urlpatterns if page.name in ACCOUNT_PAGES]
    for page in pages:
        open_to_everyone(page.callback)
    return pages


def school_pages() -> list[URLPattern]:
    """Return the pages of every app of ours that has a ``urls.py``, lowest app last."""
    modules = dict(discover("urls"))
    labels = [label for label in reversed(settings.OWN_APPS) if label != "safeguard"]
    return [page for label in labels if label in modules for page in modules[label].urlpatterns]


urlpatterns = [
    path("", views.start, name="start"),
    path("healthz", health.healthz, name="healthz"),
    path("accounts/", include(account_pages())),
    *([] if settings.PRODUCTION else [path("gallery/", views.gallery, name="gallery")]),
    path("<slug:school>/", home, name="home"),
    path("<slug:school>/", include(school_pages())),
]

handler400 = "common.views.bad_request"
handler403 = "common.views.permission_denied"
handler404 = "common.views.page_not_found"
handler500 = "common.views.server_error"
