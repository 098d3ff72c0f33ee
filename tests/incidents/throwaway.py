"""A database of a test's own, for deeds that have to be committed to meet each other.

The ordinary test database cannot be emptied afterwards: it refuses to lose evidence. So such a
test works in a copy of the migrated template, which is dropped with everything in it.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.db import connection, connections

from common.scope import school_scope
from tests import template_database

LONGEST_WAIT = 30


@contextmanager
def throwaway_database() -> Iterator[None]:
    """Let the default connection, and those of new threads, lead to a new database."""
    kept, name = (
        connection.settings_dict["NAME"],
        f"{os.environ['TEST_DATABASE']}_{uuid4().hex[:8]}",
    )
    connection.close()
    template_database.copy(os.environ["TEST_TEMPLATE"], name)
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = kept
        template_database.drop(name)


def at_once(school_id: int, *deeds: Callable[[], Any]) -> list[Any]:
    """Do deeds at the same moment, each on a connection of its own; return what came of each.

    An exception is returned, not raised: one of two is often meant to be refused.
    """
    start = threading.Barrier(len(deeds))
    results: list[Any] = [None] * len(deeds)

    def do(place: int, deed: Callable[[], Any]) -> None:
        try:
            with school_scope(school_id):
                start.wait(LONGEST_WAIT)
                results[place] = deed()
        except Exception as error:  # noqa: BLE001  handed to the test
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST_WAIT)
    return results
