"""Write to the trail."""

from datetime import datetime
from typing import Any

from django.db import models

from audit.models import Entry
from common import context


def record(
    verb: str,
    subject: models.Model,
    *,
    by: models.Model | str,
    at: datetime,
    facts: dict[str, Any] | None = None,
    school_id: int | None = None,
) -> Entry:
    """Append one entry in the action's own transaction (SYS-03).

    ``by`` is a person, or the name of a job. ``school_id`` is taken from the subject unless given.
    ``facts`` are plain JSON; keep the words of a case out of them, the case holds those.
    """
    owner = school_id if school_id is not None else getattr(subject, "school_id", None)
    if owner is None:
        raise ValueError(f"{subject!r} belongs to no school: say which chain with school_id")
    by_job = isinstance(by, str)
    return Entry.objects.create(
        school_id=owner,
        at=at,
        actor_id=None if by_job else by.pk,
        actor_name=str(by)[:200],
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_label=str(subject)[:200],
        facts=facts or {},
        request_id=context.request_id.get(),
        ip=context.client_ip.get() or "",
    )
