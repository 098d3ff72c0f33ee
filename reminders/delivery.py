"""Send a digest: that something waits, how much of it, and where."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from common.scope import school_scope
from people.mail import MailDelayed, send_now
from reminders.duties_due import door_of
from reminders.models import Digest
from reminders.pace import may_remind, next_try

MOST_ATTEMPTS = 5
NO_DOOR = "There is neither a sign-in nor a link by which this person could come in."
GIVEN_UP = f"The mail server could not take it in {MOST_ATTEMPTS} attempts."


def deliver_digest(*, digest_id: int, school_id: int) -> bool:
    """Send one digest once; returns whether it was sent now. Repeating it does nothing.

    Outside school days and waking hours it waits. A refused address ends it with the mail server's
    answer; what may be taken later waits for the sweep, at most five times (SYS-02).
    """
    with school_scope(school_id):
        now = timezone.now()
        digest = (
            Digest.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("person", "school")
            .filter(pk=digest_id, sent_at=None, failed_at=None, stopped_at=None)
            .first()
        )
        if digest is None or not may_remind(digest.school, at=now):
            return False
        _try(digest, now)
        digest.save(update_fields=["attempts", "next_at", "sent_at", "failed_at", "failure"])
    return digest.sent_at is not None


def _try(digest: Digest, now: datetime) -> None:
    """Send a digest and note on it what came of that."""
    digest.attempts += 1
    path = digest.path or door_of(digest.person, at=now)
    if not path:
        digest.failed_at, digest.failure = now, NO_DOOR
        return
    try:
        notice = send_now(
            digest.person, body=_body(digest, path), reason="reminders", queued_at=digest.queued_at
        )
    except MailDelayed:
        digest.next_at = next_try(digest.attempts, now)
        if digest.attempts >= MOST_ATTEMPTS:
            digest.failed_at, digest.failure = now, GIVEN_UP
    else:
        digest.sent_at, digest.failed_at = notice.sent_at, notice.failed_at
        digest.failure = notice.failure


def _body(digest: Digest, path: str) -> str:
    return render_to_string(
        "mail/reminders.txt",
        {
            "school": digest.school,
            "count": digest.count,
            "signs_in": bool(digest.path),
            "address": f"{settings.SITE_URL}{path}",
        },
    )
