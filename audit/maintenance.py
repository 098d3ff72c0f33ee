"""The one explicit, audited way past the wall between schools."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from audit.models import Entry
from common.scope import platform_scope, unrestricted_scope


@contextmanager
def every_school(*, reason: str, by: str) -> Iterator[None]:
    """Open a transaction that sees every school, after writing down who, why and when.

    For maintenance commands only (verifying all chains, loading demo data). Pages and jobs enter
    one school at a time with ``common.scope.school_scope``.
    """
    with platform_scope():
        Entry.objects.create(
            school_id=0,
            at=timezone.now(),
            actor_name=by[:200],
            verb="enter_every_school",
            subject_type="platform",
            subject_id="0",
            subject_label=reason[:200],
            facts={},
        )
    with unrestricted_scope():
        yield
