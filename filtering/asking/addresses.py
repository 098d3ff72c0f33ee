"""Web addresses as people type them, read as a browser reads them, and compared (FIL-07).

An address is kept as host, port, path and query, without the scheme: a filter rule is the same
for http and https. ``*.`` in front stands for a site and everything below it. A path stands for
everything under it, a host for all its paths and ports.
"""

import re
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

import ada_url
from publicsuffixlist import PublicSuffixList

from common.errors import Refusal

LONGEST = 500
MOST = 30
NOT_THE_WEB = re.compile(
    r"(javascript|data|file|mailto|about|blob|view-source|tel|ftp):", re.IGNORECASE
)
IP_RANGE = re.compile(r"[\d.]+/\d{1,2}$|[\d.]+\s*-\s*\d[\d.]*$|.*::.*/\d{1,3}$")
ENCODED = re.compile(r"%([0-9a-fA-F]{2})")
UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
# FIL-09 speaks of social networks, whether somebody asks for the category or for one of them.
SOCIAL_SITES = frozenset(
    {
        *("bereal.com", "bsky.app", "discord.com", "facebook.com", "instagram.com", "linkedin.com"),
        *("mastodon.social", "pinterest.co.uk", "pinterest.com", "reddit.com", "snapchat.com"),
        *("threads.com", "threads.net", "tiktok.com", "tumblr.com", "twitter.com", "vk.com"),
        *("x.com", "yubo.live"),
    }
)


@dataclass(frozen=True)
class Address:
    """One address: as it is compared, the site it belongs to, as people read it, as it came."""

    target: str
    domain: str
    shown: str
    typed: str = ""


def read_addresses(text: str) -> list[Address]:
    """Read several addresses, one on a line, each kept once; refuses as ``read_address`` does."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise Refusal(f"Ask for at most {MOST} addresses at once.")
    return list({one.target: one for one in map(read_address, lines)}.values())


def read_address(text: str) -> Address:
    """Read one address as a browser would (internationalised names, ports, dot segments).

    Refuses in words what is no address of a website, what no filter can match, and what would
    reach far beyond one site, such as ``*.co.uk``.
    """
    typed = text.strip()
    _check_typed(typed)
    wide, url = _parsed(typed)
    if url.username or url.password:
        raise Refusal(f"“{typed}” holds a name or a password. Leave out what stands before the @.")
    host = url.hostname.rstrip(".")
    domain = _site(typed, host, wide)
    port = f":{url.port}" if url.port not in {"", "80", "443"} else ""
    target = f"{'*.' if wide else ''}{host}{port}{_path(typed, url.pathname)}{_tidy(url.search)}"
    if len(target) > LONGEST:
        raise Refusal(f"“{typed[:60]}…” is too long. Use at most {LONGEST} characters.")
    return Address(target, domain, shown(target), typed)


def shown(target: str) -> str:
    """Return an address as people read it; a name in other letters shows its technical form too.

    So nobody mistakes a name that only looks like another one.
    """
    host = re.split(r"[/?:]", target, maxsplit=1)[0].removeprefix("*.")
    words: str = ada_url.idna_to_unicode(host) if "xn--" in host else host
    return target if words == host else f"{target.replace(host, words, 1)} ({host})"


def is_social(domain: str) -> bool:
    """Return whether a site is a well-known social network."""
    return domain in SOCIAL_SITES


def relation(one: str, other: str) -> str:
    """Return how one target stands to another: "same", "covers", "covered" or ""."""
    if one == other:
        return "same"
    if _covers(one, other):
        return "covers"
    return "covered" if _covers(other, one) else ""


def _check_typed(typed: str) -> None:
    if not typed:
        raise Refusal("Type a web address, such as example.com.")
    if len(typed) > LONGEST:
        raise Refusal(f"“{typed[:60]}…” is too long. Use at most {LONGEST} characters.")
    if IP_RANGE.match(typed):
        raise Refusal(f"“{typed}” is a range of numbers. Name one address at a time.")
    if any(letter.isspace() or not letter.isprintable() for letter in typed):
        raise Refusal(f"“{typed}” holds a space. Type one address on each line.")
    if NOT_THE_WEB.match(typed):
        raise Refusal(f"“{typed}” is not the address of a website. It begins with http or https.")


def _parsed(typed: str) -> tuple[bool, ada_url.URL]:
    """Return whether an address stands for a site and all below it, and its parts."""
    scheme, mark, rest = typed.rpartition("://") if "://" in typed[:9] else ("https", "://", typed)
    if scheme.lower() not in {"http", "https"}:
        raise Refusal(f"“{typed}” is not the address of a website. It begins with http or https.")
    wide = rest.startswith("*.")
    rest = rest[2:] if wide else rest
    if not rest or rest[0] in "/?#:" or "*" in re.split(r"[/?#\\]", rest)[0]:
        raise Refusal(
            f"“{typed}” names no website. A star may stand in front of a name, as in "
            "*.example.com, or at the end of a path."
        )
    try:
        return wide, ada_url.URL(f"{scheme}{mark}{rest}")
    except ValueError:
        raise Refusal(f"“{typed}” is not a web address. Write it as in example.com.") from None


def _site(typed: str, host: str, wide: bool) -> str:
    """Return the site a host belongs to; refuses what is no single site on the internet."""
    number = host.strip("[]")
    try:
        public = ip_address(number).is_global
    except ValueError:
        if "." not in host:
            raise Refusal(f"“{typed}” is not the full name of a website.") from None
        found = _suffixes().privatesuffix(host)
        if not found:
            raise Refusal(
                f"“{typed}” would mean every site under “{host}”. Name one site, such as "
                f"example.{host}."
            ) from None
        return str(found)
    if wide:
        raise Refusal(f"“{typed}” is not a web address. A number has nothing below it.")
    if not public:
        raise Refusal(f"“{typed}” lies inside a network. The filter only sees the internet.")
    return number


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True)


def _path(typed: str, path: str) -> str:
    """Return a path without what changes nothing: "/*" and "/" at its end."""
    path = re.sub(r"(/\*?)+$", "", path)
    if "*" in path:
        raise Refusal(f"“{typed}” has a star inside. A star may only end a path, after a slash.")
    return _tidy(path)


def _tidy(text: str) -> str:
    """Return text in which what need not be written with a percent sign is not."""

    def plain(found: re.Match[str]) -> str:
        letter = chr(int(found[1], 16))
        return letter if UNRESERVED.match(letter) else found[0].upper()

    return ENCODED.sub(plain, text)


def _covers(one: str, other: str) -> bool:
    """Return whether everything that another target means is meant by one."""
    a, b = urlsplit(f"//{one}"), urlsplit(f"//{other}")
    if a.query:
        return _host_covers(a, b) and (a.path, a.query) == (b.path, b.query)
    inside = not a.path or b.path == a.path or b.path.startswith(f"{a.path}/")
    return _host_covers(a, b) and inside


def _host_covers(a: SplitResult, b: SplitResult) -> bool:
    host, other = a.hostname or "", b.hostname or ""
    if a.port is not None and a.port != b.port:
        return False
    if host.startswith("*."):
        return f".{other.removeprefix('*.')}".endswith(host[1:])
    return host == other
