"""Paging through lists that grow without end, such as alerts."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property


class LongPaginator(Paginator):
    """Pages of the first 10,000 rows: nobody turns more pages, and counting more takes too long.

    A list that fits on one page is not counted at all: its rows say how many there are.
    """

    most = 10_000

    @cached_property
    def count(self) -> int:
        """Return how many rows there are, at most 10,000."""
        rows: Any = self.object_list
        return int(rows.order_by()[: self.most].count())

    def get_page(self, number: Any) -> Page:
        """Return a page; of the first one row more is read, which tells whether more follow."""
        if number not in (None, "", "1"):
            return super().get_page(number)
        rows = list(self.object_list[: self.per_page + 1])
        if len(rows) <= self.per_page:
            self.count = len(rows)
        return Page(rows[: self.per_page], 1, self)

    @property
    def cut(self) -> bool:
        """Return whether there may be rows beyond the last page."""
        return self.count >= self.most
