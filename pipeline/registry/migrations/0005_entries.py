"""Entries: registration workbooks and applications that were dropped into the inbox."""

# ruff: noqa: RUF012 - class attributes as Django writes them
# mypy: ignore-errors

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_registered_cases")]
    operations = [
        migrations.CreateModel(
            name="EntryRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.TextField()),
                ("entered_at", models.DateTimeField()),
                ("delivered_at", models.DateTimeField(null=True)),
                ("folder", models.TextField(blank=True)),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="registry.submission"
                    ),
                ),
            ],
        ),
    ]
