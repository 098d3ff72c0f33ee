"""Lists a school writes with commas between: its sites, networks and kinds of device."""

from people.models import School


def names_of(school: School, setting: str) -> list[str]:
    """Return the names in a setting that lists them, each once, in their order."""
    parts = (part.strip() for part in school.setting(setting).split(","))
    return list(dict.fromkeys(part[:120] for part in parts if part))
