"""Phones during the school day: handed in, allowed, used privately; own devices on the Wi-Fi."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from common.row_security import NeverDeleted, OnlyChanges, RowSecurity

TABLES = ("assets_handin", "assets_phoneuse", "assets_privatecall", "assets_misuse")


class Migration(migrations.Migration):
    dependencies = [
        ("assets", "0002_walls"),
        ("people", "0004_birth_dates_and_refused_mail"),
    ]

    operations = [
        migrations.CreateModel(
            name="HandIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submission", models.UUIDField(null=True)),
                ("what", models.CharField(max_length=160)),
                ("place", models.CharField(max_length=120)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("in_at", models.DateTimeField()),
                ("back_at", models.DateTimeField(null=True)),
                (
                    "device",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_ins",
                        to="assets.personaldevice",
                    ),
                ),
                (
                    "given_back_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_ins",
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
                (
                    "taken_in_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-in_at", "-pk"],
                "indexes": [
                    models.Index(fields=["school", "-in_at", "-id"], name="hand_in_list_order"),
                    models.Index(
                        condition=models.Q(("back_at", None)),
                        fields=["school", "in_at"],
                        name="hand_ins_not_back",
                    ),
                    models.Index(fields=["owner", "-in_at"], name="hand_ins_of_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission",), name="one_hand_in_per_submission"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("back_at", None)),
                        fields=("device",),
                        name="one_hand_in_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("back_at", None), ("given_back_by", None)),
                            models.Q(("back_at__isnull", False), ("given_back_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="given_back_says_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taken_in_by", models.F("owner")), _negated=True),
                        name="somebody_else_takes_a_device_in",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Misuse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submission", models.UUIDField()),
                ("seen_at", models.DateTimeField()),
                ("what", models.CharField(max_length=500)),
                ("barred_until", models.DateField(null=True)),
                ("noted_at", models.DateTimeField()),
                ("incident_reference", models.CharField(blank=True, max_length=12)),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="misuses",
                        to="assets.personaldevice",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                "ordering": ["-seen_at", "-pk"],
                "indexes": [
                    models.Index(fields=["device", "-seen_at"], name="misuses_of_device"),
                    models.Index(
                        fields=["school", "incident_reference"], name="misuse_by_incident"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission",), name="one_misuse_per_submission"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PhoneUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=12)),
                ("submission", models.UUIDField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("staff", "My own phone outside breaks"),
                            ("lesson", "Pupils’ own devices in a lesson"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waiting for a leader"),
                            ("active", "Allowed"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("ended", "Ended"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("purpose", models.CharField(max_length=300)),
                ("from_date", models.DateField()),
                ("until_date", models.DateField()),
                ("asked_at", models.DateTimeField()),
                ("given_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_note", models.CharField(blank=True, max_length=300)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_why", models.CharField(blank=True, max_length=300)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                (
                    "school_class",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.schoolclass",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
                "indexes": [
                    models.Index(fields=["school", "state", "-asked_at"], name="phone_use_by_state")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "reference"), name="one_phone_use_per_reference"
                    ),
                    models.UniqueConstraint(
                        fields=("submission",), name="one_phone_use_per_submission"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "active", "refused", "withdrawn", "ended"])
                        ),
                        name="phone_use_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("holder")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_allows_their_own_phone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_date__gte", models.F("from_date"))),
                        name="phone_use_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "staff"), ("school_class", None)),
                            models.Q(
                                ("kind", "lesson"),
                                ("school_class__isnull", False),
                                ("until_date", models.F("from_date")),
                            ),
                            _connector="OR",
                        ),
                        name="lesson_has_a_class_and_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("given_at", None),
                            models.Q(("decided_by__isnull", False), ("kind", "staff")),
                            _connector="OR",
                        ),
                        name="emergency_says_who_allowed_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PrivateCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submission", models.UUIDField()),
                ("used_at", models.DateTimeField()),
                ("reason", models.CharField(max_length=300)),
                ("number_hidden", models.BooleanField()),
                ("recorded_at", models.DateTimeField()),
                ("to_chair", models.BooleanField(default=False)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "caller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                "ordering": ["-used_at", "-pk"],
                "indexes": [
                    models.Index(fields=["school", "-used_at", "-id"], name="private_call_order"),
                    models.Index(
                        condition=models.Q(("read_at", None)),
                        fields=["school", "recorded_at"],
                        name="calls_to_read",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("submission",), name="one_call_per_submission"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_at", None), ("read_by", None)),
                            models.Q(
                                ("read_at__isnull", False),
                                ("read_by__isnull", False),
                                models.Q(("read_by", models.F("caller")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="somebody_else_reads_a_call",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="loan",
            name="activity",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="loan",
            name="features",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("calls", "Calls"),
                        ("texts", "Text messages"),
                        ("camera", "Camera"),
                        ("internet", "Internet"),
                        ("apps", "Chosen apps"),
                        ("place", "Where it is (location)"),
                    ],
                    max_length=8,
                ),
                blank=True,
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="personaldevice",
            name="barred_until",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="personaldevice",
            name="wifi_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="personaldevice",
            name="wifi_basis",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddConstraint(
            model_name="personaldevice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("wifi_at", None), models.Q(("wifi_basis", ""), _negated=True), _connector="OR"
                ),
                name="wifi_rests_on_the_code",
            ),
        ),
        RowSecurity(*TABLES),
        NeverDeleted(*TABLES),
        OnlyChanges("assets_handin", "back_at", "given_back_by_id"),
        OnlyChanges("assets_privatecall", "read_by_id", "read_at"),
        OnlyChanges("assets_misuse", "incident_reference"),
    ]
