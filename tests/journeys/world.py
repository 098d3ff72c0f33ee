"""Make the schools of the journeys: ``python -m tests.journeys.world``, in a process of its own.

A browser and the database cannot be driven from one thread, so nothing else of the journeys
touches the database.
"""

import django


def make_world() -> None:
    """Make the cast's school with the A–D ladder in force, and the other school."""
    from common.scope import school_scope
    from policies.actions import load_policy, put_in_force
    from tests.cast import NOW, START, make_cast, make_other

    cast = make_cast()
    make_other()
    with school_scope(cast.school.pk):
        version = load_policy(school=cast.school, data_name="abcd", by=cast.hana, at=NOW)
        put_in_force(
            school=cast.school,
            version=version,
            from_date=START,
            by=cast.hana,
            at=NOW,
            reason="The school has worked by it since September.",
        )


if __name__ == "__main__":
    django.setup()
    make_world()
