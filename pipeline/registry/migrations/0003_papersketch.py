"""Fingerprints of papers, to find texts that two closing files share."""

# ruff: noqa: RUF012 - class attributes as Django writes them
# mypy: ignore-errors

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_append_only_journal")]
    operations = [
        migrations.CreateModel(
            name="PaperSketch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.CharField(db_index=True, max_length=300)),
                ("type", models.CharField(max_length=60)),
                ("content", models.TextField()),
            ],
        ),
    ]
