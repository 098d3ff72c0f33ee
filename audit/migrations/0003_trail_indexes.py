"""Find a school's entries by deed and by person without reading the whole trail."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["school_id", "verb", "-sequence"], name="trail_of_verb"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["school_id", "at"], name="trail_by_date"),
        ),
    ]
