"""Rooms that end, papers sent once, witnesses who confirm, and incidents that come of a disposal."""

import django.db.models.deletion
from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models
from django.db.models import Q

from common.row_security import OnlyChanges

DISPOSED = "OLD.state = 'disposed'"
SEARCH = (
    *("version", "parents_told_at", "parents_told_by_id", "parents_told_how"),
    *("incident_reference", "confiscation_id"),
)


# Until now whoever handed over wrote down that the witness saw it; nobody had confirmed it.
UNCONFIRMED = """SET LOCAL safeguard.every_school = 'on';
    UPDATE assets_disposalbatch SET witnessed_at = NULL WHERE witnessed_at IS NOT NULL"""


def only_changes(
    table: str, was: tuple[str, ...], more: tuple[str, ...], when: str = "true", meanwhile: str = ""
) -> list[migrations.RunSQL]:
    """Let more columns of a table change than before."""
    before = OnlyChanges(table, *was, when=when)
    return [
        migrations.RunSQL(before.reverse_sql, before.sql),
        *([migrations.RunSQL(meanwhile, migrations.RunSQL.noop)] if meanwhile else []),
        OnlyChanges(table, *was, *more, when=when),
    ]


class Migration(migrations.Migration):
    dependencies = [("assets", "0004_kit")]

    operations = [
        migrations.AddField("room", "version", models.PositiveIntegerField(default=1)),
        migrations.AddField(
            "room",
            "ended_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddConstraint(
            "room",
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="ended_room_says_by_whom",
            ),
        ),
        *only_changes(
            "assets_room",
            ("name", "ended_at", "restricted", "secured_by"),
            ("version", "ended_by_id"),
        ),
        migrations.AddField(
            "disposalbatch", "incident_reference", models.CharField(blank=True, max_length=12)
        ),
        migrations.AddConstraint(
            "disposalbatch",
            models.CheckConstraint(
                condition=Q(witnessed_at=None) | Q(witnessed_by__isnull=False),
                name="only_a_witness_confirms_a_hand_over",
            ),
        ),
        *only_changes(
            "assets_disposalbatch",
            ("version",),
            ("witnessed_at", "incident_reference"),
            DISPOSED,
            UNCONFIRMED,
        ),
        # Papers that are there each get a number of their own; a new one brings it along.
        migrations.AddField(
            "disposalpaper", "submission", models.UUIDField(db_default=RandomUUID())
        ),
        migrations.AlterField("disposalpaper", "submission", models.UUIDField()),
        migrations.AddConstraint(
            "disposalpaper",
            models.UniqueConstraint(
                fields=["submission", "medium", "asset"],
                nulls_distinct=False,
                name="one_paper_per_submission",
            ),
        ),
        migrations.AddField(
            "searchrecord", "witness_confirmed_at", models.DateTimeField(null=True)
        ),
        migrations.AddConstraint(
            "searchrecord",
            models.CheckConstraint(
                condition=Q(witness_confirmed_at=None) | Q(witness__isnull=False),
                name="only_a_witness_confirms_a_search",
            ),
        ),
        *only_changes("assets_searchrecord", SEARCH, ("witness_confirmed_at",)),
    ]
