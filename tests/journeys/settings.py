"""Settings of the journeys' server: the real ones, with a quick password hasher."""

from safeguard.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
