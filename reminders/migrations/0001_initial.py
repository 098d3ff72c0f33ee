"""Who was reminded of what, and the one mail of a day."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0004_birth_dates_and_refused_mail"),
    ]

    operations = [
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("count", models.PositiveIntegerField()),
                ("path", models.CharField(blank=True, max_length=200)),
                ("queued_at", models.DateTimeField()),
                ("next_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("failure", models.CharField(blank=True, max_length=200)),
                ("stopped_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="digests",
                        to="people.person",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.school",
                    ),
                ),
            ],
            options={
                "ordering": ["-day", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("failed_at", None), ("sent_at", None), ("stopped_at", None)
                        ),
                        fields=["school", "next_at"],
                        name="digests_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "day"), name="one_digest_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("failed_at", None), ("sent_at", None)),
                            models.Q(("sent_at", None), ("stopped_at", None)),
                            models.Q(("failed_at", None), ("stopped_at", None)),
                            _connector="OR",
                        ),
                        name="digests_end_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("failed_at", None), ("failure", "")),
                            models.Q(
                                ("failed_at__isnull", False),
                                models.Q(("failure", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="failed_digests_say_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("duty", models.CharField(max_length=60)),
                ("period", models.CharField(max_length=80)),
                ("words", models.CharField(max_length=300)),
                ("made_at", models.DateTimeField()),
                (
                    "digest",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="reminders.digest",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="people.person",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.school",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
                "indexes": [
                    models.Index(fields=["school", "-made_at", "-id"], name="reminders_newest"),
                    models.Index(
                        condition=models.Q(("digest", None)),
                        fields=["person"],
                        name="reminders_untold",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "duty", "person", "period"), name="one_reminder_a_period"
                    )
                ],
            },
        ),
    ]
