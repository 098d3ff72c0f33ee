"""How gunicorn serves the web: a few threads in two processes that share the loaded program."""

import gc
import os
from pathlib import Path
from typing import Any

from safeguard import logs

wsgi_app = "safeguard.wsgi:application"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # the workers share the memory of the program they run
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  the heartbeat file
timeout = 60
graceful_timeout = 15
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
limit_request_line = 4094
_level = os.environ.get("LOG_LEVEL", "WARNING")
_quiet = {"level": _level, "handlers": ["stderr"], "propagate": False}
loglevel = _level.lower()
logconfig_dict = {
    **logs.configure(_level),
    "loggers": {"gunicorn.error": _quiet, "gunicorn.access": _quiet},
}
control_socket_disable = True


def pre_fork(_server: Any, _worker: Any) -> None:
    """Take the program out of the garbage collector's rounds; its memory also stays shared."""
    gc.collect()
    gc.freeze()


def post_fork(_server: Any, _worker: Any) -> None:
    """Collect a few times a page, not a hundred and eighty: drawing one makes much and keeps it."""
    gc.set_threshold(10_000, 10, 10)
