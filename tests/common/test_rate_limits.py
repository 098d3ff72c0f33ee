"""Too many tries from one place are refused in words, and others are not in the way."""

import time
from uuid import uuid4

import pytest
from django.core.cache import cache

from common.errors import Refusal
from common.rate_limits import check_rate


def test_so_many_tries_and_no_more():
    key = uuid4().hex
    for _ in range(3):
        check_rate(key, 3, 600)

    with pytest.raises(Refusal, match=r"too many tries from here\. Wait 10 minutes"):
        check_rate(key, 3, 600)
    check_rate(f"{key}-elsewhere", 3, 600)


def test_the_time_runs_from_the_first_try():
    key = uuid4().hex
    check_rate(key, 1, 1)
    with pytest.raises(Refusal, match="Wait a minute"):
        check_rate(key, 1, 1)
    time.sleep(1.1)

    check_rate(key, 1, 1)


def test_counting_starts_again_when_it_ran_out_meanwhile(monkeypatch):
    key = uuid4().hex
    monkeypatch.setattr(cache, "add", lambda *_args, **_more: False)

    check_rate(key, 1, 60)
    with pytest.raises(Refusal):
        check_rate(key, 1, 60)
