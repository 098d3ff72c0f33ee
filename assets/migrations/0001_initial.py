import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import assets.models.disposal
import assets.models.inventory


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0004_birth_dates_and_refused_mail"),
    ]

    operations = [
        migrations.CreateModel(
            name="Confiscation",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "Held by the school"),
                            ("with_lead", "With the safeguarding lead"),
                            ("with_police", "With the police"),
                            ("returned", "Given back"),
                            ("disposed", "Not given back"),
                        ],
                        default="held",
                        max_length=11,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("phone", "Phone"),
                            ("watch", "Smartwatch"),
                            ("tablet", "Tablet"),
                            ("laptop", "Laptop"),
                            ("camera", "Camera"),
                            ("other", "Something else"),
                        ],
                        max_length=8,
                    ),
                ),
                ("item", models.CharField(max_length=120)),
                ("item_tag", models.CharField(blank=True, max_length=30)),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            ("good", "Good"),
                            ("worn", "Worn, works"),
                            ("damaged", "Damaged"),
                            ("broken", "Does not work"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("seen", "Seen or heard when it must be off and away"),
                            ("recording", "Used to photograph, film or record"),
                            ("lesson", "Used in a lesson without permission"),
                            ("harm", "Used to hurt, bully or threaten somebody"),
                            ("banned", "Not allowed in school at all"),
                            ("other", "Another reason"),
                        ],
                        max_length=10,
                    ),
                ),
                ("what", models.CharField(blank=True, max_length=500)),
                ("suspected", models.BooleanField(default=False)),
                ("same_day", models.BooleanField(default=False)),
                ("taken_where", models.CharField(blank=True, max_length=120)),
                ("taken_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("stored_where", models.CharField(max_length=120)),
                ("due_date", models.DateField()),
                ("parent_told_at", models.DateTimeField(null=True)),
                ("parent_told_how", models.CharField(blank=True, max_length=200)),
                ("police_reference", models.CharField(blank=True, max_length=60)),
                ("incident_reference", models.CharField(blank=True, max_length=12)),
                ("signed_name", models.CharField(blank=True, max_length=120)),
                (
                    "returned_condition",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("good", "Good"),
                            ("worn", "Worn, works"),
                            ("damaged", "Damaged"),
                            ("broken", "Does not work"),
                        ],
                        max_length=8,
                    ),
                ),
                ("returned_at", models.DateTimeField(null=True)),
                ("closing_note", models.CharField(blank=True, max_length=300)),
                (
                    "held_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "parent_told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "returned_to",
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
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-taken_at", "-pk"],
                "indexes": [
                    models.Index(fields=["school", "-taken_at", "-id"], name="item_list_order"),
                    models.Index(fields=["school", "state", "due_date"], name="item_by_state"),
                    models.Index(fields=["school", "incident_reference"], name="item_by_incident"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "reference"), name="one_confiscation_per_reference"
                    ),
                    models.UniqueConstraint(
                        fields=("submission",), name="one_confiscation_per_submission"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["held", "with_lead", "with_police", "returned", "disposed"],
                            )
                        ),
                        name="item_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(
                                ("returned_at__isnull", False),
                                ("returned_to__isnull", False),
                                models.Q(("signed_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="returned_item_says_to_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taken_by", models.F("pupil")), _negated=True),
                        name="nobody_takes_from_themselves",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisposalCompany",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("version", models.PositiveIntegerField(default=1)),
                ("contact", models.CharField(blank=True, max_length=200)),
                ("carrier_licence", models.CharField(max_length=40)),
                ("licence_until", models.DateField()),
                ("guarantee_until", models.DateField()),
                ("insurance_until", models.DateField(null=True)),
                ("standard", models.CharField(blank=True, max_length=80)),
                ("standard_number", models.CharField(blank=True, max_length=60)),
                ("standard_until", models.DateField(null=True)),
                ("entered_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "entered_by",
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
                "verbose_name_plural": "disposal companies",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("school", "name"),
                        name="one_company_per_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("entered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="another_person_approves_a_company",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisposalBatch",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Being prepared"),
                            ("submitted", "Waiting for approval"),
                            ("approved", "Approved, to be wiped"),
                            ("collected", "Collected, papers to come"),
                            ("disposed", "Disposed of"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("recycle", "Recycled by an authorised company"),
                            ("destroy", "Destroyed by an authorised company"),
                            ("resale", "Sold on"),
                            ("donation", "Given away"),
                            ("return", "Back to the firm it was leased from"),
                        ],
                        max_length=8,
                    ),
                ),
                ("recipient", models.CharField(blank=True, max_length=200)),
                ("reason", models.CharField(max_length=500)),
                ("prepared_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_note", models.CharField(blank=True, max_length=500)),
                ("collected_at", models.DateTimeField(null=True)),
                ("collected_by", models.CharField(blank=True, max_length=100)),
                ("witnessed_at", models.DateTimeField(null=True)),
                ("count_out", models.PositiveIntegerField(null=True)),
                ("tracking_reference", models.CharField(blank=True, max_length=60)),
                ("papers_due_date", models.DateField(null=True)),
                ("breach_note", models.CharField(blank=True, max_length=300)),
                ("finished_at", models.DateTimeField(null=True)),
                ("seal", models.CharField(blank=True, max_length=64)),
                ("sealed", models.JSONField(default=dict)),
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
                    "finished_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "handed_over_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "prepared_by",
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
                    "witnessed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="assets.disposalcompany",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "disposal batches",
                "ordering": ["-prepared_at", "-pk"],
                "indexes": [
                    models.Index(fields=["school", "-prepared_at", "-id"], name="batch_list_order"),
                    models.Index(fields=["school", "state"], name="batch_by_state"),
                    models.Index(
                        condition=models.Q(("seal", ""), _negated=True),
                        fields=["seal"],
                        name="batch_by_seal",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "reference"), name="one_batch_per_reference"
                    ),
                    models.UniqueConstraint(
                        fields=("submission",), name="one_batch_per_submission"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "proposed",
                                    "submitted",
                                    "approved",
                                    "collected",
                                    "disposed",
                                    "refused",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="batch_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="another_person_approves_a_disposal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("witnessed_by", None),
                            models.Q(("witnessed_by", models.F("handed_over_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="two_people_hand_over",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["approved", "collected", "disposed"]), _negated=True
                            ),
                            ("decided_by__isnull", False),
                            _connector="OR",
                        ),
                        name="nothing_leaves_unapproved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "disposed"), _negated=True),
                            models.Q(("seal", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="closed_disposal_is_sealed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CompanyPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("licence", "Waste carrier licence"),
                            ("guarantee", "Written guarantee of wiping and destruction"),
                            ("insurance", "Insurance"),
                            ("standard", "Certificate of a standard"),
                            ("permit", "Permit of its site, or an exemption"),
                        ],
                        max_length=10,
                    ),
                ),
                ("valid_until", models.DateField(null=True)),
                ("file", models.FileField(upload_to=assets.models.disposal.paper_path)),
                ("file_name", models.CharField(max_length=120)),
                ("file_kind", models.CharField(max_length=100)),
                ("sha256", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
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
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="assets.disposalcompany",
                    ),
                ),
            ],
            options={
                "ordering": ["-added_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Exemption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("medical", "A medical need"),
                            ("carer", "A young carer"),
                            ("send", "Special educational needs or a disability"),
                            ("other", "Another reason"),
                        ],
                        max_length=8,
                    ),
                ),
                ("allowed", models.CharField(max_length=300)),
                ("reason", models.CharField(max_length=500)),
                ("from_date", models.DateField()),
                ("until_date", models.DateField()),
                ("granted_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
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
                    "granted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pupil",
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
                "ordering": ["-granted_at", "-pk"],
                "indexes": [models.Index(fields=["pupil"], name="exemptions_of_pupil")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_date__gte", models.F("from_date"))),
                        name="exemption_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonalDevice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submission", models.UUIDField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waiting for the school"),
                            ("kept", "Allowed in school"),
                            ("refused", "Not allowed"),
                            ("ended", "No longer in school"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("phone", "Phone"),
                            ("watch", "Smartwatch"),
                            ("tablet", "Tablet"),
                            ("laptop", "Laptop"),
                            ("camera", "Camera"),
                            ("other", "Something else"),
                        ],
                        max_length=8,
                    ),
                ),
                ("make", models.CharField(max_length=60)),
                ("model", models.CharField(blank=True, max_length=80)),
                ("serial", models.CharField(blank=True, max_length=80)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("kept_in", models.CharField(blank=True, max_length=120)),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_note", models.CharField(blank=True, max_length=300)),
                ("until_date", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
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
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_devices",
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
                "ordering": ["-asked_at", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["school", "state", "-asked_at"], name="own_device_by_state"
                    ),
                    models.Index(fields=["owner"], name="own_devices_of_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission",), name="one_own_device_per_submission"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_allows_their_own_request",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordingPermission",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waiting for the headteacher"),
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
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="permissions",
                        to="assets.personaldevice",
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
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
                "indexes": [
                    models.Index(fields=["school", "state", "-asked_at"], name="recording_by_state")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "reference"), name="one_recording_per_reference"
                    ),
                    models.UniqueConstraint(
                        fields=("submission",), name="one_recording_per_submission"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "active", "refused", "withdrawn", "ended"])
                        ),
                        name="recording_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("holder")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_allows_their_own_recording",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_date__gte", models.F("from_date"))),
                        name="recording_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordingNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "by",
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
                    "permission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="assets.recordingpermission",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RecordingUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submission", models.UUIDField()),
                ("used_date", models.DateField()),
                ("what", models.CharField(max_length=300)),
                ("noted_at", models.DateTimeField()),
                ("moved_to", models.CharField(blank=True, max_length=120)),
                ("deleted_at", models.DateTimeField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "permission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="assets.recordingpermission",
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
                "ordering": ["-used_date", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("confirmed_at", None)),
                        fields=["school", "used_date"],
                        name="pictures_to_delete",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("submission",), name="one_use_per_submission")
                ],
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("ended_at", models.DateTimeField(null=True)),
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
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("school"),
                        django.db.models.functions.text.Upper("name"),
                        name="one_room_per_name",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Asset",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tag", models.CharField(max_length=30)),
                ("submission", models.UUIDField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("registered", "Being set up"),
                            ("in_service", "In service"),
                            ("on_loan", "On loan"),
                            ("maintenance", "Being repaired or checked"),
                            ("quarantined", "Kept as evidence"),
                            ("lost", "Lost or stolen"),
                            ("redundant", "No longer wanted"),
                            ("disposing", "In a disposal"),
                            ("disposed", "Disposed of"),
                        ],
                        default="registered",
                        max_length=12,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("laptop", "Laptop"),
                            ("desktop", "Desktop computer"),
                            ("tablet", "Tablet"),
                            ("phone", "Phone"),
                            ("server", "Server"),
                            ("storage", "Storage unit"),
                            ("removable", "Memory stick or portable drive"),
                            ("camera", "Camera"),
                            ("network", "Network equipment"),
                            ("printer", "Printer or copier"),
                            ("display", "Screen or projector"),
                            ("cctv", "CCTV camera or recorder"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("make", models.CharField(max_length=60)),
                ("model", models.CharField(max_length=80)),
                ("serial", models.CharField(blank=True, max_length=80)),
                ("used_for", models.CharField(blank=True, max_length=120)),
                ("bought_date", models.DateField(null=True)),
                ("cost", models.DecimalField(decimal_places=2, max_digits=10, null=True)),
                ("supplier", models.CharField(blank=True, max_length=80)),
                ("warranty_until", models.DateField(null=True)),
                ("review_date", models.DateField(null=True)),
                ("operating_system", models.CharField(blank=True, max_length=60)),
                ("support_until", models.DateField(null=True)),
                (
                    "encryption",
                    models.CharField(
                        choices=[
                            ("unknown", "Not known"),
                            ("yes", "Encrypted"),
                            ("no", "Not encrypted"),
                            ("not_needed", "Keeps no data"),
                        ],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                ("antivirus", models.CharField(blank=True, max_length=60)),
                ("keeps_data", models.BooleanField(default=False)),
                ("protected_data", models.BooleanField(default=False)),
                ("hazardous", models.BooleanField(default=False)),
                ("reserved", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("added_at", models.DateTimeField()),
                ("disposed_at", models.DateTimeField(null=True)),
                (
                    "words",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.SearchVector(
                            "tag",
                            "make",
                            "model",
                            "serial",
                            "supplier",
                            "used_for",
                            "note",
                            config="simple",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "holder",
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
                (
                    "room",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assets",
                        to="assets.room",
                    ),
                ),
            ],
            options={
                "ordering": ["tag"],
                "indexes": [
                    models.Index(fields=["school", "tag", "id"], name="asset_list_order"),
                    models.Index(fields=["school", "state"], name="asset_by_state"),
                    models.Index(fields=["school", "room", "tag"], name="asset_by_room"),
                    models.Index(fields=["school", "holder"], name="asset_by_holder"),
                    models.Index(
                        models.F("school"),
                        django.db.models.functions.text.Upper("serial"),
                        name="asset_by_serial",
                    ),
                    models.Index(
                        condition=models.Q(("support_until__isnull", False)),
                        fields=["school", "support_until"],
                        name="asset_by_end_of_support",
                    ),
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="asset_words"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("school"),
                        django.db.models.functions.text.Upper("tag"),
                        name="one_asset_per_tag",
                    ),
                    models.UniqueConstraint(
                        fields=("submission",), name="one_asset_per_submission"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "registered",
                                    "in_service",
                                    "on_loan",
                                    "maintenance",
                                    "quarantined",
                                    "lost",
                                    "redundant",
                                    "disposing",
                                    "disposed",
                                ],
                            )
                        ),
                        name="asset_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("disposed_at__isnull", False), ("state", "disposed")),
                            models.Q(
                                models.Q(("state", "disposed"), _negated=True),
                                ("disposed_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="disposed_asset_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("protected_data", False), ("keeps_data", True), _connector="OR"
                        ),
                        name="protected_data_is_data",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            ("good", "Good"),
                            ("worn", "Worn, works"),
                            ("damaged", "Damaged"),
                            ("broken", "Does not work"),
                        ],
                        max_length=8,
                    ),
                ),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disposals",
                        to="assets.asset",
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
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="assets.disposalbatch",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("asset",),
                        name="in_one_disposal_only",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Loan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submission", models.UUIDField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("work", "Work of a member of staff"),
                            ("learning", "A pupil’s learning"),
                            ("activity", "An activity or a trip"),
                        ],
                        max_length=8,
                    ),
                ),
                ("permitted", models.CharField(blank=True, max_length=300)),
                ("protected_data", models.BooleanField(default=False)),
                ("with_it", models.CharField(blank=True, max_length=200)),
                ("agreement", models.CharField(max_length=200)),
                ("lent_at", models.DateTimeField()),
                ("due_date", models.DateField()),
                (
                    "condition_out",
                    models.CharField(
                        choices=[
                            ("good", "Good"),
                            ("worn", "Worn, works"),
                            ("damaged", "Damaged"),
                            ("broken", "Does not work"),
                        ],
                        max_length=8,
                    ),
                ),
                ("accepted_at", models.DateTimeField(null=True)),
                ("data_removed_at", models.DateTimeField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
                (
                    "condition_back",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("good", "Good"),
                            ("worn", "Worn, works"),
                            ("damaged", "Damaged"),
                            ("broken", "Does not work"),
                        ],
                        max_length=8,
                    ),
                ),
                ("note_back", models.CharField(blank=True, max_length=500)),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loans",
                        to="assets.asset",
                    ),
                ),
                (
                    "borrower",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loans",
                        to="people.person",
                    ),
                ),
                (
                    "lent_by",
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
                    "supervised_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-lent_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("returned_at", None)),
                        fields=["school", "due_date"],
                        name="open_loans_by_day",
                    ),
                    models.Index(fields=["borrower", "-lent_at"], name="loans_of_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("submission",), name="one_loan_per_submission"),
                    models.UniqueConstraint(
                        condition=models.Q(("returned_at", None)),
                        fields=("asset",),
                        name="one_loan_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("returned_at", None), ("taken_back_by", None)),
                            models.Q(
                                ("returned_at__isnull", False), ("taken_back_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="returned_loan_says_to_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Loss",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submission", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("lost", "Lost"), ("stolen", "Stolen")], max_length=6
                    ),
                ),
                ("noticed_at", models.DateTimeField()),
                ("last_seen", models.CharField(max_length=200)),
                ("what", models.CharField(max_length=1000)),
                ("data", models.CharField(blank=True, max_length=500)),
                ("police_reference", models.CharField(blank=True, max_length=60)),
                ("reported_at", models.DateTimeField()),
                ("incident_reference", models.CharField(blank=True, max_length=12)),
                ("no_incident_reason", models.CharField(blank=True, max_length=300)),
                ("found_at", models.DateTimeField(null=True)),
                ("found_note", models.CharField(blank=True, max_length=300)),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="losses",
                        to="assets.asset",
                    ),
                ),
                (
                    "found_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "reported_by",
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
                "verbose_name_plural": "losses",
                "ordering": ["-reported_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("submission",), name="one_loss_per_submission"),
                    models.UniqueConstraint(
                        condition=models.Q(("found_at", None)),
                        fields=("asset",),
                        name="one_loss_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Medium",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hdd", "Hard disk"),
                            ("ssd", "Solid-state disk"),
                            ("nvme", "NVMe disk"),
                            ("flash", "Built-in flash memory"),
                            ("stick", "Memory stick or card"),
                            ("tape", "Tape"),
                            ("optical", "CD or DVD"),
                        ],
                        max_length=8,
                    ),
                ),
                ("make", models.CharField(blank=True, max_length=60)),
                ("model", models.CharField(blank=True, max_length=80)),
                ("serial", models.CharField(max_length=80)),
                ("gigabytes", models.PositiveIntegerField(null=True)),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                ("removed_why", models.CharField(blank=True, max_length=200)),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="media",
                        to="assets.asset",
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
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("asset"),
                        django.db.models.functions.text.Upper("serial"),
                        name="one_medium_per_serial",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DisposalPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("receipt", "Receipt of the company"),
                            ("transfer", "Waste transfer note"),
                            ("hazardous", "Hazardous waste consignment note"),
                            ("weee", "Evidence of electrical waste treatment"),
                            ("medium", "Certificate for a storage medium"),
                            ("server", "Secure deletion certificate for a server"),
                            ("other", "Another paper"),
                        ],
                        max_length=10,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60)),
                ("issuer", models.CharField(blank=True, max_length=100)),
                ("dated", models.DateField()),
                ("devices", models.PositiveIntegerField(null=True)),
                ("accepts_duty", models.BooleanField(default=False)),
                ("file", models.FileField(upload_to=assets.models.disposal.paper_path)),
                ("file_name", models.CharField(max_length=120)),
                ("file_kind", models.CharField(max_length=100)),
                ("sha256", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "asset",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assets.asset",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="assets.disposalbatch",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assets.disposalpaper",
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
                    "medium",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="assets.medium",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "medium"), _negated=True),
                            ("medium__isnull", False),
                            _connector="OR",
                        ),
                        name="media_certificate_names_its_medium",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "server"), _negated=True),
                            ("asset__isnull", False),
                            _connector="OR",
                        ),
                        name="server_certificate_names_its_server",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quarantine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("incident_reference", models.CharField(max_length=12)),
                ("before", models.CharField(max_length=12)),
                ("reason", models.CharField(max_length=300)),
                ("place", models.CharField(max_length=120)),
                ("seal", models.CharField(blank=True, max_length=60)),
                ("kept_at", models.DateTimeField()),
                ("police_reference", models.CharField(blank=True, max_length=60)),
                ("police_at", models.DateTimeField(null=True)),
                ("released_at", models.DateTimeField(null=True)),
                ("released_why", models.CharField(blank=True, max_length=300)),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quarantines",
                        to="assets.asset",
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "released_by",
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
                "ordering": ["-kept_at", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["school", "incident_reference"], name="quarantine_by_incident"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("released_at", None)),
                        fields=("asset",),
                        name="one_quarantine_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sanitisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submission", models.UUIDField()),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("clear", "Clear: overwritten"),
                            ("purge", "Purge: cryptographic or built-in erase"),
                            ("destroy", "Destroy: shredded, melted or burnt"),
                        ],
                        max_length=8,
                    ),
                ),
                ("technique", models.CharField(max_length=120)),
                ("tool", models.CharField(blank=True, max_length=80)),
                ("tool_version", models.CharField(blank=True, max_length=40)),
                (
                    "result",
                    models.CharField(
                        choices=[("done", "Done and nothing is left"), ("failed", "Failed")],
                        max_length=6,
                    ),
                ),
                ("failure", models.CharField(blank=True, max_length=300)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("done_by_name", models.CharField(blank=True, max_length=100)),
                ("done_at", models.DateTimeField()),
                ("verification", models.CharField(blank=True, max_length=200)),
                ("certificate_number", models.CharField(blank=True, max_length=60)),
                ("recorded_at", models.DateTimeField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sanitisations",
                        to="assets.disposalbatch",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "medium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sanitisations",
                        to="assets.medium",
                    ),
                ),
                (
                    "recorded_by",
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
                    "verified_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["medium", "-id"], name="wipes_of_medium")],
                "constraints": [
                    models.UniqueConstraint(fields=("submission",), name="one_wipe_per_submission"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verified_by", None),
                            ("done_by", None),
                            models.Q(("verified_by", models.F("done_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="another_person_verifies_a_wipe",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "done"), _negated=True),
                            ("verified_by__isnull", False),
                            _connector="OR",
                        ),
                        name="a_wipe_that_counts_is_verified",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "failed"), _negated=True),
                            models.Q(("failure", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="failed_wipe_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchRecord",
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
                            ("person", "A pupil’s clothes or bag"),
                            ("device", "What is on a device"),
                            ("both", "A pupil, and what is on a device"),
                        ],
                        max_length=6,
                    ),
                ),
                ("searched_at", models.DateTimeField()),
                ("place", models.CharField(max_length=120)),
                ("no_witness_reason", models.CharField(blank=True, max_length=300)),
                ("others_present", models.CharField(blank=True, max_length=200)),
                ("by_police", models.BooleanField(default=False)),
                ("police_reference", models.CharField(blank=True, max_length=60)),
                (
                    "sought",
                    models.CharField(
                        choices=[
                            ("weapon", "A knife or weapon"),
                            ("alcohol", "Alcohol"),
                            ("drugs", "Illegal drugs"),
                            ("stolen", "Stolen things"),
                            ("tobacco", "Tobacco, vapes or cigarette papers"),
                            ("fireworks", "Fireworks"),
                            ("images", "Pornographic or indecent images"),
                            (
                                "offence",
                                "Something used, or likely to be used, for an offence or to hurt",
                            ),
                            (
                                "banned",
                                "Something the school’s rules ban and say may be searched for",
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=1000)),
                ("agreed", models.BooleanField(default=True)),
                ("suspected", models.BooleanField(default=False)),
                ("found", models.BooleanField()),
                ("found_what", models.CharField(blank=True, max_length=1000)),
                ("follow_up", models.CharField(blank=True, max_length=1000)),
                (
                    "deletion",
                    models.CharField(
                        choices=[
                            ("nothing", "Nothing was deleted"),
                            ("kept", "Kept as evidence"),
                            ("police", "Given to the police, nothing deleted"),
                            ("deleted", "Deleted, with a reason"),
                        ],
                        default="nothing",
                        max_length=8,
                    ),
                ),
                ("deletion_reason", models.CharField(blank=True, max_length=500)),
                ("incident_reference", models.CharField(blank=True, max_length=12)),
                ("recorded_at", models.DateTimeField()),
                ("parents_told_at", models.DateTimeField(null=True)),
                ("parents_told_how", models.CharField(blank=True, max_length=200)),
                (
                    "authorised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "confiscation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="searches",
                        to="assets.confiscation",
                    ),
                ),
                (
                    "parents_told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "recorded_by",
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
                    "searched_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "witness",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-searched_at", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["school", "-searched_at", "-id"], name="search_list_order"
                    ),
                    models.Index(
                        fields=["school", "incident_reference"], name="search_by_incident"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "reference"), name="one_search_per_reference"
                    ),
                    models.UniqueConstraint(
                        fields=("submission",), name="one_search_per_submission"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("witness", None),
                            models.Q(("witness", models.F("searched_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="the_witness_is_another_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("witness__isnull", False),
                            models.Q(("no_witness_reason", ""), _negated=True),
                            ("by_police", True),
                            _connector="OR",
                        ),
                        name="search_is_witnessed_or_says_why_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("deletion", "deleted"), _negated=True),
                            models.Q(("deletion_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="deletion_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("suspected", False),
                            models.Q(("deletion", "deleted"), _negated=True),
                            _connector="OR",
                        ),
                        name="suspected_images_are_not_deleted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=30)),
                ("text", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "confiscation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="assets.confiscation",
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
                    "search",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="assets.searchrecord",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confiscation__isnull", False), ("search", None)),
                            models.Q(("confiscation", None), ("search__isnull", False)),
                            _connector="OR",
                        ),
                        name="line_is_about_one_thing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Software",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=100)),
                ("release", models.CharField(blank=True, max_length=40)),
                ("publisher", models.CharField(blank=True, max_length=80)),
                ("supplier", models.CharField(blank=True, max_length=80)),
                (
                    "licence_kind",
                    models.CharField(
                        choices=[
                            ("seats", "A number of computers"),
                            ("users", "A number of people"),
                            ("site", "The whole school"),
                            ("free", "Free to use"),
                        ],
                        max_length=6,
                    ),
                ),
                ("licence_number", models.CharField(blank=True, max_length=80)),
                ("seats", models.PositiveIntegerField(null=True)),
                ("expires_date", models.DateField(null=True)),
                ("approved", models.BooleanField(default=True)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("version", models.PositiveIntegerField(default=1)),
                ("submission", models.UUIDField()),
                ("added_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "added_by",
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
                "ordering": ["title", "release", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("school"),
                        django.db.models.functions.text.Upper("title"),
                        django.db.models.functions.text.Upper("release"),
                        condition=models.Q(("ended_at", None)),
                        name="one_software_per_title",
                    ),
                    models.UniqueConstraint(
                        fields=("submission",), name="one_software_per_submission"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("licence_kind__in", ["seats", "users"]), _negated=True),
                            ("seats__isnull", False),
                            _connector="OR",
                        ),
                        name="counted_licence_says_how_many",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Installation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("installed_date", models.DateField()),
                ("removed_date", models.DateField(null=True)),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="installations",
                        to="assets.asset",
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
                    "software",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="installations",
                        to="assets.software",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_date", None)),
                        fields=("software", "asset"),
                        name="installed_once_on_a_device",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("removed_date", None),
                            ("removed_date__gte", models.F("installed_date")),
                            _connector="OR",
                        ),
                        name="removed_after_installed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StockTake",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("version", models.PositiveIntegerField(default=1)),
                ("started_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("counts", models.JSONField(default=dict)),
                (
                    "closed_by",
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
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("school",),
                        name="one_open_stock_take",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StockMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mark",
                    models.CharField(
                        choices=[
                            ("found", "Found"),
                            ("moved", "Found in another room"),
                            ("missing", "Missing"),
                        ],
                        max_length=8,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="assets.asset",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assets.room",
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
                    "stock_take",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="assets.stocktake",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("stock_take", "asset"), name="one_mark_per_asset"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Upkeep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submission", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("repair", "Repair"),
                            ("electrical", "Electrical safety check"),
                            ("safety", "Health and safety check"),
                            ("upgrade", "Upgrade or set-up"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("supplier", models.CharField(blank=True, max_length=80)),
                ("started_date", models.DateField()),
                ("back_due_date", models.DateField(null=True)),
                ("finished_date", models.DateField(null=True)),
                ("result", models.CharField(blank=True, max_length=500)),
                ("next_date", models.DateField(null=True)),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="upkeep",
                        to="assets.asset",
                    ),
                ),
                (
                    "finished_by",
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
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-started_date", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission",), name="one_upkeep_per_submission"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("finished_date", None)),
                        fields=("asset",),
                        name="one_upkeep_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssetEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=30)),
                ("before", models.CharField(blank=True, max_length=12)),
                ("after", models.CharField(max_length=12)),
                ("text", models.CharField(blank=True, max_length=500)),
                ("incident_reference", models.CharField(blank=True, max_length=12)),
                ("at", models.DateTimeField()),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="assets.asset",
                    ),
                ),
                (
                    "by",
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
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["asset", "-at"], name="life_of_asset")],
            },
        ),
        migrations.CreateModel(
            name="AssetImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Not finished"),
                            ("applied", "Brought in"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "file",
                    models.FileField(blank=True, upload_to=assets.models.inventory.upload_path),
                ),
                ("file_name", models.CharField(max_length=120)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("columns", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
                ("uploaded_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "finished_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.job",
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
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-uploaded_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at", None), ("state", "open")),
                            models.Q(
                                ("file", ""),
                                ("finished_at__isnull", False),
                                ("state__in", ["applied", "cancelled"]),
                            ),
                            _connector="OR",
                        ),
                        name="finished_asset_import_keeps_no_file",
                    )
                ],
            },
        ),
    ]
