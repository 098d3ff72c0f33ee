"""Settings of the journeys' server: the real ones, with a quick password hasher."""

from safeguard.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A browser fetches the stylesheet and the scripts once.
WHITENOISE_MAX_AGE = 3600
