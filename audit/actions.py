"""Write to the trail, and say on it that it was taken out or checked."""

from datetime import datetime
from typing import Any

from django.db import models

from audit.models import Entry
from audit.queries import checked_chain
from audit.verify_trail import Chain
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
    return Entry.objects.create(
        school_id=owner,
        at=at,
        actor_id=None if isinstance(by, str) else by.pk,
        actor_name=str(by)[:200],
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_label=str(subject)[:200],
        facts=facts or {},
        request_id=context.request_id.get(),
        ip=context.client_ip.get() or "",
    )


def export_trail(*, school: models.Model, by: models.Model, at: datetime) -> Entry:
    """Note that the trail is taken out; the entry is the last row of what is taken (SYS-03)."""
    entry = record("export_trail", school, by=by, at=at, school_id=school.pk)
    entry.refresh_from_db()
    return entry


def check_trail(*, school: models.Model, by: models.Model, at: datetime) -> Chain:
    """Check every row of a school's chain now, and note on it that and with what result."""
    chain = checked_chain(school.pk)
    facts = {"rows": chain.rows, "faults": len(chain.faults)}
    record("check_trail", school, by=by, at=at, facts=facts, school_id=school.pk)
    return chain
