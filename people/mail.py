"""Tell people by mail that something waits for them."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from common.scope import school_scope
from people.models import Notice, Person


def notify(people: Iterable[Person], *, reason: str, path: str, at: datetime) -> None:
    """Queue one mail a person for after the commit (SYS-04).

    ``reason`` is a code used for the record only; nothing of the case reaches the mail. People
    without an address get none; the queue on their home page shows the same thing.
    """
    from people.tasks import send_notice

    for person in people:
        if not person.email:
            continue
        notice = Notice.objects.create(
            school_id=person.school_id, person=person, reason=reason, path=path, queued_at=at
        )
        transaction.on_commit(
            partial(send_notice.delay, notice_id=notice.pk, school_id=notice.school_id)
        )


def deliver_notice(*, notice_id: int, school_id: int) -> bool:
    """Send one queued mail once; returns whether it was sent now. Repeating it does nothing."""
    with school_scope(school_id):
        notice = (
            Notice.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("person", "school")
            .filter(pk=notice_id, sent_at=None)
            .first()
        )
        if notice is None:
            return False
        body = render_to_string(
            "mail/notice.txt",
            {"school": notice.school, "address": f"{settings.SITE_URL}{notice.path}"},
        )
        EmailMessage(
            subject=f"Something waits for you at {notice.school.name}",
            body=body,
            to=[notice.person.email],
        ).send()
        Notice.objects.filter(pk=notice.pk).update(sent_at=timezone.now())
    return True
