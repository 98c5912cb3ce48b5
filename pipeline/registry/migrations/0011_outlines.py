"""Outlines of closing files, to hold later ones against them."""

# ruff: noqa: RUF012 - class attributes as Django writes them
# mypy: ignore-errors

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0010_reminders")]
    operations = [
        migrations.CreateModel(
            name="Outline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=300, unique=True)),
                ("source", models.CharField(db_index=True, max_length=64)),
                ("number_key", models.CharField(db_index=True, max_length=200)),
                ("organ_key", models.CharField(blank=True, db_index=True, max_length=200)),
                ("person", models.CharField(blank=True, db_index=True, max_length=64)),
                ("content", models.TextField()),
            ],
        ),
    ]
