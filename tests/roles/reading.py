"""Reading the pages of roles in tests."""

import re
from datetime import timedelta
from html import unescape

from roles.models import Role, RoleAssignment

DAY = timedelta(days=1)


def role(cast, code: str) -> Role:
    return Role.objects.get(school=cast.school, code=code)


def held(cast, code: str, name: str) -> RoleAssignment:
    return RoleAssignment.objects.get(role__code=code, person=getattr(cast, name))


def text_of(response) -> str:
    """Return what a page says, without tags and spare space."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def problems(response) -> list[str]:
    """Return the lines of the error summary."""
    summary = re.search(r'error-summary__list">(.*?)</ul>', response.content.decode(), re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", summary[1], re.DOTALL) if summary else []
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", line)).split()) for line in lines]


def boxes(name: str, day) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def rows_of(response) -> dict[str, list[str]]:
    return {
        role.code: [f"{row.standing}:{row.person.given_name}" for row in role.held_now]
        for role in response.context["page"]
    }
