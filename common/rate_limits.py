"""How often something may be tried from one place, for pages that are open to everybody."""

from django.core.cache import cache

from common.errors import Refusal


def check_rate(key: str, most: int, seconds: int) -> None:
    """Count one try under ``key``; refuses in words more than ``most`` tries in so many seconds.

    The time runs from the first try. ``key`` names the deed and where it comes from, for example
    ``verify:192.0.2.7``.
    """
    name = f"rate:{key}"
    if cache.add(name, 1, timeout=seconds):
        return
    try:
        tries = cache.incr(name)
    except ValueError:  # it ran out in between
        cache.set(name, 1, timeout=seconds)
        return
    if tries > most:
        minutes = max(1, round(seconds / 60))
        wait = "a minute" if minutes == 1 else f"{minutes} minutes"
        raise Refusal(f"There were too many tries from here. Wait {wait}, then try again.")
