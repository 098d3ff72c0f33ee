"""The trail in plain words: each app says in ``trail_words.WORDS`` what its verbs mean."""

from functools import cache
from typing import Any

from django.apps import apps

from common.discovery import discover


@cache
def all_words() -> dict[str, str]:
    """Return what each known verb means, as the end of a sentence that begins with a name."""
    return {
        verb: words for _, module in discover("trail_words") for verb, words in module.WORDS.items()
    }


def words_of(verb: str) -> str:
    """Return a verb in words; one that no app explains reads as it is written."""
    return all_words().get(verb, verb.replace("_", " "))


def kind_of(subject_type: str) -> str:
    """Return what kind of thing an entry is about, in words."""
    try:
        return str(apps.get_model(subject_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return subject_type.rpartition(".")[2].replace("_", " ")


@cache
def all_kinds() -> dict[str, str]:
    """Return each kind of thing an entry can be about, in words, by its type."""
    owned = [model for model in apps.get_models() if hasattr(model, "school_id")]
    fields = [field for model in owned for field in model._meta.fields if field.name == "school"]
    return {
        model._meta.label_lower: str(model._meta.verbose_name)
        for model in {*owned, *(field.related_model for field in fields)}
        if model is not None
    }


def fact_lines(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """Return an entry's facts as pairs of label and value; nested ones are named by both names."""
    lines = []
    for name, value in facts.items():
        label = name.replace("_", " ")
        if isinstance(value, dict):
            lines += [(f"{label}: {inner}", text) for inner, text in fact_lines(value)]
        else:
            lines.append((label, _said(value)))
    return lines


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_said(one) for one in value) or "nothing"
    return "nothing" if value in (None, "") else str(value)
