"""What a page asks about whoever opens it, so that it is run once for all whom it treats alike.

A view is handed powers and role codes that write down each question. Whoever gives all the answers
that an earlier visitor gave meets the same page, and is told what the earlier one was told.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from common.requests import SchoolRequest
from tests.house_rules.pages import Page

# The frame of every page asks for every entry of the menu; each role meets it on the home page.
FRAME = "common.context_processors"
# A view that reads these about the visitor may find out what it does not ask the request.
TELLING_TABLES = ("roles_roleassignment", "roles_schoolgroupobjectpermission")
ABOUT = ("powers", "role_codes")
ANSWERS = "tests.answers"  # what a visitor brings along in the environment of the request
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Question:
    """How what somebody holds stands to some names: has them, lies within them, is them."""

    about: str
    relation: str
    names: frozenset[str]

    def answer(self, request: SchoolRequest) -> bool:
        """Return what a visitor answers."""
        held: Collection[str] = getattr(request, self.about)
        if self.relation == "has":
            return self.names <= set(held)
        if self.relation == "within":
            return set(held) <= self.names
        return set(held) == self.names


Answers = dict[Question, bool]
WRITING = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"', re.MULTILINE)


class Asked(Set[str]):
    """A set that writes down what it is asked; to be read whole is to be asked for everything."""

    def __init__(self, about: str, held: frozenset[str], answers: Answers) -> None:
        self._about, self._held, self._answers = about, held, answers

    def __contains__(self, name: object) -> bool:
        return self._told("has", {str(name)}, answer=name in self._held)

    def __le__(self, names: Collection[str]) -> bool:
        return self._told("within", names, answer=self._held <= set(names))

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def __hash__(self) -> int:
        return hash(self._whole())

    def intersection(self, names: Iterable[str]) -> frozenset[str]:
        """Return what is held of some names."""
        return frozenset(name for name in names if name in self)

    @classmethod
    def _from_iterable(cls, it: Iterable[str]) -> frozenset[str]:  # type: ignore[override]
        return frozenset(it)

    def _whole(self) -> frozenset[str]:
        self._told("is", self._held, answer=True)
        return self._held

    def _told(self, relation: str, names: Collection[str], *, answer: bool) -> bool:
        if not _for_the_frame():
            self._answers[Question(self._about, relation, frozenset(names))] = answer
        return answer


def _for_the_frame() -> bool:
    """Return whether the frame of the page asks, directly or through this module."""
    above = sys._getframe(2)
    while above.f_globals["__name__"] in {__name__, "_collections_abc"}:
        above = above.f_back  # type: ignore[assignment]
    return above.f_globals["__name__"] == FRAME


def listening(view: View) -> View:
    """Return a view that writes its questions down where the visitor brings something to write on.

    A view that reads for itself what roles the visitor holds is taken to have asked for everything.
    """

    @wraps(view)
    def listening(request: SchoolRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answers = request.META.get(ANSWERS)
        if answers is None:
            return view(request, *args, **kwargs)
        held = {about: getattr(request, about) for about in ABOUT}
        for about in ABOUT:
            setattr(request, about, Asked(about, held[about], answers))

        def reading(execute: Callable, sql: str, values: Any, *rest: Any) -> Any:
            visitor = request.person and request.person.pk in list(values or ())
            if visitor and any(table in sql for table in TELLING_TABLES):
                answers.update({Question(name, "is", held[name]): True for name in ABOUT})
            return execute(sql, values, *rest)

        with connection.execute_wrapper(reading):
            return view(request, *args, **kwargs)

    return listening


class Visits:
    """What became of those who opened the pages, by the answers they gave."""

    def __init__(self) -> None:
        self._told: defaultdict[tuple[str, str], list[tuple[Answers, int]]] = defaultdict(list)
        self._written: defaultdict[str, set[str]] = defaultdict(set)

    def status(self, page: Page, url: str, client: Client, visitor: SchoolRequest) -> int:
        """Return what a page answers a visitor, opening it only if it may be something new.

        ``visitor`` is an earlier request of theirs, as the middleware prepared it.
        """
        known = self._told[page.name, visitor.person.kind]
        for answers, status in known:
            if all(question.answer(visitor) is given for question, given in answers.items()):
                return status
        answers: Answers = {}
        with CaptureQueriesContext(connection) as seen:
            response = client.get(url, **{ANSWERS: answers})
        for query in seen.captured_queries:
            self._written[page.name].update(WRITING.findall(query["sql"]))
        known.append((answers, response.status_code))
        return response.status_code

    def written_beyond(
        self, everywhere: set[str], by_page: Mapping[str, set[str]]
    ) -> dict[str, set[str]]:
        """Return for each page the tables it wrote to, save those it may."""
        beyond = {
            page: tables - everywhere - by_page.get(page, set())
            for page, tables in self._written.items()
        }
        return {page: tables for page, tables in beyond.items() if tables}
