"""Paging through lists that grow without end, such as alerts."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property


class LongPaginator(Paginator):
    """Pages of the first 10,000 rows: nobody turns more pages, and counting more takes too long."""

    most = 10_000

    @cached_property
    def count(self) -> int:
        """Return how many rows there are, at most 10,000."""
        rows: Any = self.object_list
        return int(rows.order_by()[: self.most].count())

    @property
    def cut(self) -> bool:
        """Return whether there may be rows beyond the last page."""
        return self.count >= self.most
