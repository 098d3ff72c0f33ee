"""Template filters of the pages over roles."""

from django import template

from roles.powers import all_powers

register = template.Library()


@register.filter
def of_person(counts: dict[int, int], person_id: int) -> int:
    """Return a person's number among counts by person id; nothing counted is 0."""
    return counts.get(person_id, 0)


@register.filter
def sentence_of(power: str) -> str:
    """Return the plain sentence of a power, or its name when the product no longer has it."""
    return all_powers().get(power, power.replace("_", " "))
