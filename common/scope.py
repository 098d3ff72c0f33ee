"""Which school the database lets this transaction see (row-level security)."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from django.db import connection, transaction

PLATFORM = 0


@contextmanager
def school_scope(school_id: int) -> Iterator[None]:
    """Open a transaction that sees the rows of one school and no others.

    The outer scope, if any, is restored on the way out, also after an exception. A connection
    outside any scope sees no school-owned row at all.
    """
    with transaction.atomic(), _local("safeguard.school", str(school_id)):
        yield


def platform_scope() -> AbstractContextManager[None]:
    """Open a transaction for entries that belong to no school, such as failed sign-ins."""
    return school_scope(PLATFORM)


@contextmanager
def own_rows_scope(user_id: int) -> Iterator[None]:
    """Open a transaction that sees a user's own person rows in every school (to choose one)."""
    with transaction.atomic(), _local("safeguard.user", str(user_id)):
        yield


@contextmanager
def unrestricted_scope() -> Iterator[None]:
    """Open a transaction that sees every school. Only ``audit.maintenance`` may use it."""
    with transaction.atomic(), _local("safeguard.every_school", "on"):
        yield


@contextmanager
def _local(name: str, value: str) -> Iterator[None]:
    """Set a value for this transaction; inside a larger one, put the outer value back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting(%s, true), set_config(%s, %s, true)", [name, name, value]
        )
        outer = cursor.fetchone()[0] or ""
    nested = bool(connection.savepoint_ids)
    try:
        yield
    finally:
        if nested and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config(%s, %s, true)", [name, outer])
