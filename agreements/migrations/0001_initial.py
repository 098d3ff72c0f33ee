import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import agreements.models.signatures
import agreements.models.ways


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0003_imports_and_jobs"),
        ("policies", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agreement", "Acceptable-use agreement"),
                            ("policy", "Online-safety policy, to be read and acknowledged"),
                            ("document", "Another document people sign"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("staff", "Staff"),
                            ("governor", "Governors"),
                            ("pupil_ks1", "Pupils up to Year 2"),
                            ("pupil_ks2", "Pupils in Years 3 to 6"),
                            ("pupil_secondary", "Pupils from Year 7"),
                            ("parent", "Parents and carers"),
                            ("volunteer", "Volunteers, contractors and supply"),
                            ("visitor", "Visitors and guest Wi-Fi"),
                            ("external", "External groups"),
                        ],
                        max_length=16,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
                (
                    "created_by",
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
                "ordering": ["audience", "title"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "code"), name="one_agreement_per_code"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("active", True), ("kind", "agreement")),
                        fields=("school", "audience"),
                        name="one_agreement_in_use_per_audience",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("approved", "Approved"),
                            ("published", "Published"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "change",
                    models.CharField(
                        choices=[
                            ("material", "Material: everybody signs again"),
                            ("minor", "Minor: earlier signatures stay good"),
                        ],
                        default="material",
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(help_text="What changed and why.", max_length=400)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("approved_hash", models.CharField(blank=True, max_length=64)),
                ("published_at", models.DateTimeField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="agreements.agreement",
                    ),
                ),
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
                    "based_on",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.agreementversion",
                    ),
                ),
                (
                    "because_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policies.policyversion",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "published_by",
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
                "ordering": ["agreement", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "number"), name="one_agreement_version_per_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "published"), ("superseded_at", None)),
                        fields=("agreement",),
                        name="one_live_version_of_an_agreement",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "published"), _negated=True),
                        fields=("agreement",),
                        name="one_unpublished_version_of_an_agreement",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at", None),
                                ("approved_by", None),
                                ("approved_hash", ""),
                                ("status", "draft"),
                            ),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                models.Q(("approved_hash", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="approved_versions_say_by_whom_and_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_at__isnull", False),
                                ("status", "published"),
                                ("published_by__isnull", False),
                            ),
                            models.Q(
                                models.Q(("status", "published"), _negated=True),
                                ("published_at", None),
                                ("superseded_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="published_agreements_say_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("changed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_approves_their_own_text",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("cy", "Welsh"),
                            ("pl", "Polish"),
                            ("ro", "Romanian"),
                            ("ur", "Urdu"),
                            ("pa", "Punjabi"),
                            ("bn", "Bengali"),
                            ("ar", "Arabic"),
                            ("so", "Somali"),
                            ("uk", "Ukrainian"),
                            ("pt", "Portuguese"),
                            ("fr", "French"),
                            ("es", "Spanish"),
                            ("zh", "Chinese"),
                        ],
                        default="en",
                        max_length=5,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("intro", models.TextField(blank=True)),
                ("clauses", models.JSONField(default=list)),
                ("rules", models.TextField(blank=True)),
                ("statement", models.CharField(max_length=600)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.school",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="agreements.agreementversion",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "language"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "language"), name="one_text_per_version_and_language"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClassSitting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(default="en", max_length=5)),
                (
                    "asks",
                    models.CharField(
                        choices=[
                            ("sign", "Sign it"),
                            ("acknowledge", "Say that they have read it"),
                            ("familiarise", "Be made familiar with it in class"),
                        ],
                        max_length=12,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.schoolclass",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.agreementversion",
                    ),
                ),
            ],
            options={
                "ordering": ["-opened_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("school_class", "version"),
                        name="one_open_sitting_per_class_and_version",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
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
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="agreements.classsitting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sitting", "pupil"), name="one_attendance_per_sitting"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentPurpose",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("image", "Pictures and video"),
                            ("technology", "Internet and devices"),
                        ],
                        max_length=10,
                    ),
                ),
                ("label", models.CharField(max_length=80)),
                ("question", models.CharField(max_length=300)),
                ("note", models.CharField(blank=True, max_length=400)),
                ("individual", models.BooleanField(default=False)),
                ("active", models.BooleanField(default=True)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
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
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("school", "code"), name="one_purpose_per_code")
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
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
                            ("access_review", "Review somebody’s access"),
                            ("declined", "Talk to somebody who declined"),
                            ("take_down", "Take pictures down"),
                        ],
                        max_length=14,
                    ),
                ),
                ("key", models.CharField(max_length=60)),
                ("power", models.CharField(max_length=60)),
                ("words", models.CharField(max_length=300)),
                ("made_at", models.DateTimeField()),
                ("due_date", models.DateField()),
                ("done_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, max_length=400)),
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
                    "person",
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
                "ordering": ["due_date", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "kind", "key"), name="one_follow_up_per_cause"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", None)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="follow_ups_say_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Kiosk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=80)),
                ("code", models.SlugField(max_length=32)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
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
                    "opened_by",
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
                "ordering": ["label"],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="one_kiosk_per_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", None)),
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="closed_kiosks_say_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Obligation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asks",
                    models.CharField(
                        choices=[
                            ("sign", "Sign it"),
                            ("acknowledge", "Say that they have read it"),
                            ("familiarise", "Be made familiar with it in class"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "trigger",
                    models.CharField(
                        choices=[
                            ("joining", "Joined the school"),
                            ("september", "A new school year"),
                            ("role", "A new role"),
                            ("key_stage", "A new key stage"),
                            ("version", "A new version"),
                            ("return", "Came back from leave"),
                        ],
                        max_length=10,
                    ),
                ),
                ("cycle", models.CharField(max_length=24)),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list, size=None
                    ),
                ),
                ("issued_at", models.DateTimeField()),
                ("due_date", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("due", "To be signed"),
                            ("countersign", "Waiting for the headteacher"),
                            ("active", "Signed"),
                            ("covered", "Signed by another parent"),
                            ("familiarised", "Made familiar in class"),
                            ("exempt", "Exempt"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("superseded", "Replaced by a later one"),
                            ("ended", "No longer asked"),
                        ],
                        default="due",
                        max_length=12,
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=400)),
                (
                    "about",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations_about",
                        to="people.person",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="agreements.agreement",
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
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.school",
                    ),
                ),
                (
                    "signer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="people.person",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.agreementversion",
                    ),
                ),
            ],
            options={
                "ordering": ["due_date", "pk"],
                "indexes": [
                    models.Index(
                        fields=["school", "state", "agreement"], name="obligations_counted"
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ("due", "countersign"))),
                        fields=["school", "due_date"],
                        name="obligations_outstanding",
                    ),
                    models.Index(fields=["signer", "state"], name="obligations_of_signer"),
                    models.Index(
                        condition=models.Q(("about__isnull", False)),
                        fields=["about", "state"],
                        name="obligations_about_pupil",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "signer", "about", "cycle"),
                        name="one_obligation_per_round",
                        nulls_distinct=False,
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("superseded", "ended")), _negated=True),
                        fields=("agreement", "signer", "about"),
                        name="one_obligation_counts_now",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["declined", "exempt", "withdrawn"]), _negated=True
                            ),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="refusals_and_exemptions_say_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "exempt"), _negated=True),
                            ("decided_by__isnull", False),
                            _connector="OR",
                        ),
                        name="exemptions_say_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("about", models.F("signer")), _negated=True),
                        name="about_oneself_is_left_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperReturn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(upload_to=agreements.models.ways.scan_path)),
                ("name", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=100)),
                ("sha256", models.CharField(max_length=64)),
                ("signed_date", models.DateField()),
                ("typed_name", models.CharField(max_length=120)),
                ("taken_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(null=True)),
                ("refused_reason", models.CharField(blank=True, max_length=300)),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="agreements.obligation",
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
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.agreementversion",
                    ),
                ),
            ],
            options={
                "ordering": ["taken_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("checked_at", None)),
                        fields=("obligation",),
                        name="one_paper_to_check",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by", None),
                            models.Q(("checked_by", models.F("taken_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="another_person_checks_the_paper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("checked_at", None), ("checked_by", None), ("refused_reason", "")
                            ),
                            models.Q(("checked_at__isnull", False), ("checked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="checked_papers_say_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="agreements.obligation",
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
                "ordering": ["asked_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="answers_say_by_whom_and_when",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShownText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=5)),
                ("sha256", models.CharField(max_length=64)),
                ("text", models.TextField()),
                ("first_shown_at", models.DateTimeField()),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.school",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.agreementversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "version", "sha256"), name="one_shown_text_per_hash"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=20)),
                ("language", models.CharField(max_length=5)),
                (
                    "asks",
                    models.CharField(
                        choices=[
                            ("sign", "Sign it"),
                            ("acknowledge", "Say that they have read it"),
                            ("familiarise", "Be made familiar with it in class"),
                        ],
                        max_length=12,
                    ),
                ),
                ("statement", models.CharField(max_length=600)),
                ("typed_name", models.CharField(max_length=120)),
                ("job", models.CharField(blank=True, max_length=120)),
                ("organisation", models.CharField(blank=True, max_length=120)),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("self", "For themselves"),
                            ("parent", "As the parent or carer of a pupil"),
                            ("witnessed", "For themselves, with a teacher as witness"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("account", "Signed in"),
                            ("link", "By a personal link"),
                            ("class", "In class"),
                            ("kiosk", "At reception"),
                            ("paper", "On paper"),
                            ("phone", "By telephone"),
                        ],
                        max_length=8,
                    ),
                ),
                ("assurance", models.CharField(max_length=120)),
                ("mark", models.CharField(blank=True, max_length=20)),
                ("issued_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField()),
                ("valid_until", models.DateField(null=True)),
                ("ip", models.CharField(blank=True, max_length=45)),
                ("user_agent", models.CharField(blank=True, max_length=300)),
                ("seal_version", models.PositiveSmallIntegerField()),
                ("seal", models.CharField(max_length=64)),
                (
                    "about",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures_about",
                        to="people.person",
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="agreements.obligation",
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
                    "shown",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="agreements.showntext",
                    ),
                ),
                (
                    "signer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="people.person",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="agreements.agreementversion",
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
                "ordering": ["-signed_at", "-pk"],
                "indexes": [
                    models.Index(fields=["school", "-signed_at"], name="signatures_by_date")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "reference"), name="one_signature_per_reference"
                    ),
                    models.UniqueConstraint(fields=("seal",), name="one_signature_per_seal"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signer__isnull", False), ("method", "kiosk"), _connector="OR"
                        ),
                        name="only_visitors_sign_without_a_record",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("witness__isnull", False),
                            models.Q(("method__in", ["class", "paper"]), _negated=True),
                            _connector="OR",
                        ),
                        name="class_and_paper_have_a_witness",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("opened_at__lte", models.F("signed_at"))),
                        name="nothing_is_signed_before_it_is_opened",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Countersignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "systems",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), default=list, size=None
                    ),
                ),
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
                    "signature",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="countersignature",
                        to="agreements.signature",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("withdrawn", "Withdrawn")],
                        max_length=10,
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=300)),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("self", "For themselves"),
                            ("parent", "As the parent or carer of a pupil"),
                            ("witnessed", "For themselves, with a teacher as witness"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("account", "Signed in"),
                            ("link", "By a personal link"),
                            ("class", "In class"),
                            ("kiosk", "At reception"),
                            ("paper", "On paper"),
                            ("phone", "By telephone"),
                        ],
                        max_length=8,
                    ),
                ),
                ("form", models.CharField(max_length=64)),
                ("given_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("end_date", models.DateField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "given_by",
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
                        related_name="consents",
                        to="people.person",
                    ),
                ),
                (
                    "recorded_by",
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
                    "purpose",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="agreements.consentpurpose",
                    ),
                ),
                (
                    "signature",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="agreements.signature",
                    ),
                ),
            ],
            options={
                "ordering": ["-given_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("superseded_at", None)),
                        fields=["school", "purpose", "answer"],
                        name="consents_counted",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("pupil", "purpose", "given_by", "detail"),
                        name="one_latest_answer",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SignatureEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=400)),
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
                    "signature",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="end",
                        to="agreements.signature",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SignatureFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(upload_to=agreements.models.signatures.certificate_path)),
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.school",
                    ),
                ),
                (
                    "signature",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate",
                        to="agreements.signature",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SigningLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "check_kind",
                    models.CharField(
                        choices=[
                            ("birth_date", "The child’s date of birth"),
                            ("pin", "A PIN the school gave them"),
                        ],
                        max_length=10,
                    ),
                ),
                ("pin_hash", models.CharField(blank=True, max_length=128)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(null=True)),
                ("wrong_tries", models.PositiveSmallIntegerField(default=0)),
                ("locked_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("failure", models.CharField(blank=True, max_length=200)),
                (
                    "made_by",
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
                    "signer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signing_links",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("signer",),
                        name="one_open_link_per_signer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("check_kind", "pin"), _negated=True),
                            models.Q(("pin_hash", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="pin_links_have_a_pin",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessOverride",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=400)),
                ("until_date", models.DateField()),
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
                    "person",
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
                "ordering": ["-at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("by")), _negated=True),
                        name="nobody_overrides_for_themselves",
                    )
                ],
            },
        ),
    ]
