"""Where the files of an installed wheel are."""

from importlib.util import find_spec
from pathlib import Path


def wheel_folder(package: str) -> Path:
    """Return where a wheel's files are, without importing its own way of running the server."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(
            f"{package} is not installed: run `make setup`, or set DATABASE_URL and REDIS_URL."
        )
    return Path(spec.origin).parent
