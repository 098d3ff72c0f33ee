"""Records for the pages of the register and its confirmations, and rows for their lists.

A function of the cast makes a record by the real actions; ``made.once(function)`` keeps it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from filtering.actions.attesting import attest
from filtering.models import Attestation, Profile, Service
from tests.cast import NOW, Cast
from tests.filtering import walk_failures
from tests.filtering import walk_provision as walk
from tests.filtering.staff import give_status
from tests.list_page import ListPage

LETTER = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def service(cast: Cast) -> Service:
    """Return a product in use."""
    give_status(cast)
    return walk.product(cast, "Sample product")


def profile(cast: Cast) -> Profile:
    """Return a profile whose baseline waits for the headteacher."""
    give_status(cast)
    made = walk.profile(cast, "Sample profile")
    walk.baseline(cast, made, games="block")
    return made


def attestation(cast: Cast, number: int = 0) -> Attestation:
    """Return a confirmation with evidence."""
    return attest(
        school=cast.school,
        statement="iwf",
        note=f"Letter {number}.",
        next_date=NOW.date() + timedelta(days=100),
        upload=SimpleUploadedFile("letter.pdf", LETTER + bytes(str(number), "ascii")),
        by=cast.tina,
        at=NOW,
    )


BY_PAGE: dict[str, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys(("service_edit", "service_end"), lambda made: {"pk": made.once(service).pk}),
    **dict.fromkeys(
        ("profile_detail", "profile_edit", "profile_end", "baseline_edit", "profile_confirm"),
        lambda made: {"pk": made.once(profile).pk},
    ),
    "attestation_create": lambda _made: {"code": "protection"},
    "attestation_evidence": lambda made: {"pk": made.once(attestation).pk},
}


def _one_more_profile(cast: Cast, number: int) -> None:
    made = walk.profile(cast, f"Profile {number}")
    walk.baseline(cast, made, games="block", news="allow")


LISTS: dict[str, ListPage] = {
    "attestation_list": ListPage(attestation),
    "log_list": ListPage(lambda cast, _number: walk_failures.report(cast, "")),
    "provision_detail": ListPage(_one_more_profile),
}
