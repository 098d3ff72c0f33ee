"""A page with one form and one file: drawn with what kinds of file are taken."""

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from assets.disposal_files import MEGABYTES
from assets.views.deed_page import DeedPage
from common.file_checks import ALLOWED_WORDS
from common.requests import SchoolRequest


def drawn_upload(request: SchoolRequest, page: DeedPage, form: Form) -> HttpResponse:
    """Return the page with its form."""
    context = {"page": page, "form": form, "kinds": ALLOWED_WORDS, "megabytes": MEGABYTES}
    return render(request, "assets/disposal_upload.html", context)
