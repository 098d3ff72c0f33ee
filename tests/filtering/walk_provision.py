"""Make products, profiles and baselines by the real actions."""

from datetime import datetime
from typing import Any

from filtering.actions import profiles, provision
from filtering.models import Profile, Service
from filtering.queries.provision import baseline_mark
from tests.cast import NOW, Cast


def product(cast: Cast, name: str = "Clearview", *, at: datetime = NOW, **more: Any) -> Service:
    """Let Tina enter a product that filters."""
    told: dict[str, Any] = {
        "kind": "filter",
        "name": name,
        "purpose": "Filters what everybody may open.",
        "owner": cast.tina,
    }
    return provision.enter_service(
        school=cast.school,
        details=provision.ServiceDetails(**told | more),
        by=cast.tina,
        at=at,
    )


def details(cast: Cast, service: Service, name: str = "Pupils", **more: Any) -> Any:
    """Return what a school says about a profile."""
    told: dict[str, Any] = {"name": name, "whom": "All pupils", "owner": cast.tina}
    return profiles.ProfileDetails(service=service, **told | more)


def profile(
    cast: Cast, name: str = "Pupils", *, service: Service | None = None, at: datetime = NOW
) -> Profile:
    """Let Tina enter a profile, with the product that filters it."""
    service = service or Service.objects.filter(ended_at=None).first() or product(cast, at=at)
    return profiles.enter_profile(
        school=cast.school, details=details(cast, service, name), by=cast.tina, at=at
    )


def baseline(
    cast: Cast, one: Profile, *, at: datetime = NOW, by: str = "tina", **states: str
) -> int:
    """Enter a baseline: category=block or allow."""
    entries = {
        code: profiles.Entered(state, "As the policy says") for code, state in states.items()
    }
    return profiles.enter_baseline(profile=one, entries=entries, by=getattr(cast, by), at=at)


def confirmed(cast: Cast, name: str = "Pupils", *, at: datetime = NOW, **states: str) -> Profile:
    """Return a profile whose baseline Hana has confirmed."""
    one = profile(cast, name, at=at)
    baseline(cast, one, at=at, **states or {"games": "block", "news": "allow"})
    return profiles.confirm_profile(profile=one, mark=baseline_mark(one), by=cast.hana, at=at)
