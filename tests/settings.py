"""Settings for tests, on embedded servers started (or attached to) before Django needs them.

Each run has a database and a key prefix of its own, so that two runs side by side do not meet.
With xdist the controller comes here first; its workers inherit the environment.
"""

import atexit
import os
import sys
from contextlib import ExitStack

from safeguard.embedded import services
from tests.template_database import prepare

if "TEST_DATABASE" not in os.environ:
    kept = "--reuse-db" in sys.argv
    os.environ["TEST_DATABASE"] = "test_safeguard" if kept else f"test_safeguard_{os.getpid()}"
    os.environ["CACHE_PREFIX"] = os.environ["TEST_DATABASE"]
    _stack = ExitStack()
    _stack.enter_context(services())
    atexit.register(_stack.close)
    os.environ["TEST_TEMPLATE"] = prepare(os.environ["DATABASE_URL"])

from safeguard.settings import *  # noqa: F403
from safeguard.settings import CACHES, DATABASES, INSTALLED_APPS, MIDDLEWARE

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
DATABASES["default"]["TEST"] = {
    "NAME": os.environ["TEST_DATABASE"],
    "TEMPLATE": os.environ["TEST_TEMPLATE"],
}
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
CACHES["default"]["BACKEND"] = "tests.redis_cache.OwnKeysRedisCache"
CACHES["default"]["KEY_PREFIX"] = f"{os.environ['TEST_DATABASE']}-{WORKER}"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = True

# A view that asks one query per row stops its test.
INSTALLED_APPS += ["zeal"]
MIDDLEWARE.insert(0, "zeal.middleware.zeal_middleware")
ZEAL_RAISE = True
ZEAL_NPLUSONE_THRESHOLD = 3  # a page and its action may each read a thing once

HOME_KEPT_SECONDS = 0  # tests write past the trail, by which the page knows that something changed
SCATTERED_NUMBERS = False  # tests name incidents by their numbers
