"""Read the change log, with names or without (FIL-03, FIL-35)."""

import django_filters


def filters_in_words(found: django_filters.FilterSet, sort: str) -> dict[str, str]:
    """Return the filters in force by name, for the trail."""
    chosen = found.form.cleaned_data if found.form.is_bound else {}
    return {name: str(value) for name, value in chosen.items() if value} | {"sort": sort}
