"""Do what the clock does for the filter, some days from now: ``python -m …sweeping 2``."""

import sys
from datetime import timedelta

import django


def main(days: int) -> None:
    """End what is over and what nobody approved, as if so many days had gone by."""
    from django.utils import timezone

    from common.scope import school_scope
    from filtering.actions.change_sweeps import expire_blocks, expire_changes
    from people.models import School

    at = timezone.now() + timedelta(days=days)
    for school in School.objects.all():
        with school_scope(school.pk):
            expire_changes(school=school, at=at)
            expire_blocks(school=school, at=at)


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
