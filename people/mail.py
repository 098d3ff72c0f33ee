"""Tell people by mail that something waits for them."""

import smtplib
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from common.scope import school_scope
from people.models import Notice, Person

LONGEST_ANSWER = 200
NO_ADDRESS = "There is no address any more."
BAD_ADDRESS = "This cannot be the address of a mail."
PERMANENT = 500  # what a mail server answers from here on it will answer again


class MailRefused(Exception):
    """The mail server will never take mail for this address; the text is its answer."""


class MailDelayed(OSError):
    """The mail server cannot take a mail now; the text names nobody, for it may be logged."""


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
    """Send one queued mail once; returns whether it was sent now. Repeating it does nothing.

    An address that the mail server refuses ends the notice as failed with the server's answer.
    Raises ``MailDelayed`` when it may be taken later; then the notice waits on (SYS-04).
    """
    with school_scope(school_id):
        notice = (
            Notice.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("person", "school")
            .filter(pk=notice_id, sent_at=None, failed_at=None)
            .first()
        )
        if notice is None:
            return False
        body = render_to_string(
            "mail/notice.txt",
            {"school": notice.school, "address": f"{settings.SITE_URL}{notice.path}"},
        )
        outcome = _post(notice.person, body)
        Notice.objects.filter(pk=notice.pk).update(**outcome)
    return "sent_at" in outcome


def send_now(person: Person, *, body: str, reason: str, queued_at: datetime) -> Notice:
    """Send a person one mail now and return the record of it, sent or refused (SYS-04).

    The body may hold a secret of the person, so it is not kept. Raises ``MailDelayed``, with
    nothing recorded, when the mail server may take the mail later.
    """
    return Notice.objects.create(
        school_id=person.school_id,
        person=person,
        reason=reason,
        queued_at=queued_at,
        **_post(person, body),
    )


def _post(person: Person, body: str) -> dict[str, Any]:
    """Send one mail and return what to keep of it; raises ``MailDelayed``."""
    subject = f"Something waits for you at {person.school.name}"
    try:
        _send(EmailMessage(subject=subject, body=body, to=[person.email]))
    except MailRefused as refused:
        return {
            "failed_at": timezone.now(),
            "failure": str(refused),
            "refused_address": person.email,
        }
    return {"sent_at": timezone.now()}


def _send(message: EmailMessage) -> None:
    """Send a mail, or say whether it is refused for good or only delayed."""
    if not message.recipients():
        raise MailRefused(NO_ADDRESS)
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        raise _answered(code, answer) from None
    except smtplib.SMTPDataError as error:
        raise _answered(error.smtp_code, error.smtp_error) from None
    except (smtplib.SMTPNotSupportedError, ValueError):  # letters that no mail server takes
        raise MailRefused(BAD_ADDRESS) from None
    except OSError as error:
        raise MailDelayed(f"The mail server cannot be used: {type(error).__name__}") from None


def _answered(code: int, answer: bytes | str) -> MailRefused | MailDelayed:
    if code < PERMANENT:
        return MailDelayed(f"The mail server answered {code}")
    words = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    shown = "".join(letter if letter.isprintable() else " " for letter in f"{code} {words}")
    return MailRefused(" ".join(shown.split())[:LONGEST_ANSWER])
