"""When a pupil was born, and which address the mail server refused."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_imports_and_jobs"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="notice",
            name="notices_to_send",
        ),
        migrations.AddField(
            model_name="notice",
            name="failed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="notice",
            name="refused_address",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name="person",
            name="birth_date",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("failed_at", None), ("sent_at", None)),
                fields=["queued_at"],
                name="notices_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("failed_at", None), ("failure", ""), ("refused_address", "")),
                    models.Q(
                        ("failed_at__isnull", False),
                        ("sent_at", None),
                        models.Q(("failure", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="failed_notices_say_why",
            ),
        ),
    ]
