"""Write who signs in and out, and who tries in vain, into the trail (SYS-03, SYS-07)."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.utils import timezone
from django.utils.crypto import salted_hmac

from audit.actions import record
from common.scope import PLATFORM, platform_scope, school_scope
from people.models import User
from people.queries import persons_of


def connect() -> None:
    """Listen to Django's own signals of signing in and out; called once, when the app is ready."""
    user_logged_in.connect(_note_sign_in, dispatch_uid="people.sign_in")
    user_logged_out.connect(_note_sign_out, dispatch_uid="people.sign_out")
    user_login_failed.connect(_note_failure, dispatch_uid="people.sign_in_failed")


def _note_sign_in(user: User, **_: Any) -> None:
    _write("sign_in", user)


def _note_sign_out(user: User | None, **_: Any) -> None:
    if user is not None:
        _write("sign_out", user)


def _note_failure(credentials: dict[str, Any], **_: Any) -> None:
    """Note a refused sign-in without the password, and an unknown address only as a fingerprint.

    Nobody has proved who they are, so the entry names nobody as its actor.
    """
    address = str(credentials.get("email") or "").strip().lower()
    user = User.objects.filter(email__iexact=address).first() if address else None
    if user is not None:
        _write("refuse_sign_in", user, by="sign-in page")
        return
    stranger = User(pk=0, email=f"unknown address {_fingerprint(address)}")
    with platform_scope():
        record(
            "refuse_sign_in",
            stranger,
            by="sign-in page",
            at=timezone.now(),
            school_id=PLATFORM,
        )


def _write(verb: str, user: User, *, by: str | None = None) -> None:
    """Append to the chain of each of a user's schools; without one, to the platform's."""
    now = timezone.now()
    persons = persons_of(user)
    for person in persons:
        with school_scope(person.school_id):
            record(verb, person, by=by or person, at=now)
    if not persons:
        with platform_scope():
            nameless = User(pk=user.pk, email=f"user {user.pk} of no school")
            record(verb, nameless, by=by or str(nameless), at=now, school_id=PLATFORM)


def _fingerprint(address: str) -> str:
    """Return what tells two tries at one address from tries at two, and gives nobody's address."""
    return salted_hmac("people.sign_ins", address).hexdigest()[:16]
