"""Stock-takes: the check, room by room, that what is on the register is there (AST-01)."""

from django.db import models
from django.db.models import Q

from assets.models.inventory import Asset, Room
from assets.vocabulary import Mark
from people.models import Person, SchoolOwned


class StockTake(SchoolOwned):
    """A check, room by room, that what is on the register is there (AST-01)."""

    name = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school"], condition=Q(closed_at=None), name="one_open_stock_take"
            )
        ]

    def __str__(self) -> str:
        return self.name


class StockMark(SchoolOwned):
    """What a stock-take says of one device; it may be put right until the stock-take is closed."""

    stock_take = models.ForeignKey(StockTake, on_delete=models.PROTECT, related_name="marks")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="marks")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, related_name="+")
    mark = models.CharField(max_length=8, choices=Mark)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["stock_take", "asset"], name="one_mark_per_asset")
        ]

    def __str__(self) -> str:
        return f"{self.mark} {self.asset_id}"
