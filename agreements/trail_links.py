"""What of agreements followed from a version of the policy: texts, and who signed them again."""

from django.db.models import Count, Model

from agreements.models import AgreementVersion
from common.pages import page_url
from common.requests import SchoolRequest
from common.trail_links import TrailLink
from policies.models import PolicyVersion


def followed_from(request: SchoolRequest, record: Model) -> list[TrailLink]:
    """Return the agreements that were rewritten because of a version of the policy (AGR-07)."""
    if not isinstance(record, PolicyVersion) or not request.may("view_agreements"):
        return []
    versions = AgreementVersion.objects.filter(because_of=record).order_by("agreement", "number")
    return [
        TrailLink(
            f"{title}, version {number}: signatures under it: {signed}",
            page_url(request.school, "version_detail", code, number),
        )
        for title, code, number, signed in versions.values_list(
            "agreement__title", "agreement__code", "number", Count("signatures")
        )
    ]
