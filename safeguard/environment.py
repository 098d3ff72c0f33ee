"""What the environment must say, checked all at once so that an operator mends it in one go."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

ENVIRONMENTS = ("development", "production")
REQUIRED = {
    "SECRET_KEY": "at least 50 random characters; make one with `openssl rand -base64 48`",
    "DATABASE_URL": "postgresql://user:password@host:5432/name of a server of your own",
    "REDIS_URL": "redis://:password@host:6379/0 of a server of your own",
    "ALLOWED_HOSTS": "the host names people use, separated by commas",
    "SITE_URL": "the address people use, for links in e-mail, such as https://safeguard.example.org",
    "EMAIL_URL": "the mail server, such as smtp+tls://user:password@host:587",
    "DEFAULT_FROM_EMAIL": "the sender of e-mail, such as safeguard@example.org",
}


def check_production(environ: Mapping[str, str]) -> None:
    """Refuse to start in production with anything missing or unsafe, naming every one of them."""
    wrong = [
        f"{name} is missing: {meaning}."
        for name, meaning in REQUIRED.items()
        if not environ.get(name)
    ]
    wrong += _unsafe(environ)
    if wrong:
        raise ImproperlyConfigured(
            "Safeguard cannot start in production. Mend these environment variables:\n"
            + "\n".join(f"  - {line}" for line in wrong)
            + "\nEvery variable is explained in docs/operations.md and .env.example."
        )


def _unsafe(environ: Mapping[str, str]) -> list[str]:
    """Return a sentence for each variable that is set to something unsafe."""
    found = []
    secret = environ.get("SECRET_KEY", "")
    if secret and (len(secret) < 50 or len(set(secret)) < 10 or "insecure" in secret.lower()):
        found.append("SECRET_KEY is too weak: give it at least 50 random characters.")
    if environ.get("DEBUG", "").lower() in {"1", "true", "yes", "on"}:
        found.append("DEBUG is on: it shows private data on error pages.")
    if "*" in environ.get("ALLOWED_HOSTS", ""):
        found.append("ALLOWED_HOSTS holds *: name each host.")
    found += _unsafe_addresses(environ)
    return found


def _unsafe_addresses(environ: Mapping[str, str]) -> list[str]:
    found = []
    database = environ.get("DATABASE_URL", "")
    if database and urlsplit(database).scheme not in {"postgres", "postgresql"}:
        found.append("DATABASE_URL is not a PostgreSQL address.")
    if database and not urlsplit(database).password and "host=" in database:
        found.append("DATABASE_URL is the embedded database, which trusts whoever reaches it.")
    redis = environ.get("REDIS_URL", "")
    if redis.startswith("unix://"):
        found.append("REDIS_URL is the embedded store, which is for trying and testing only.")
    site = environ.get("SITE_URL", "")
    if site and urlsplit(site).scheme != "https":
        found.append("SITE_URL is not https: sign-ins would cross the network unprotected.")
    return found


def development_secret(var: Path) -> str:
    """Return this machine's own secret key, made at the first start and kept in ``var/``."""
    from django.core.management.utils import get_random_secret_key

    var.mkdir(parents=True, exist_ok=True)
    path = var / "secret_key"
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(get_random_secret_key())
    except FileExistsError:
        pass
    return path.read_text().strip() or get_random_secret_key()
