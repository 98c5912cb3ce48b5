"""Registered cases, the roster, assignments, and the numbers that have been given."""

# ruff: noqa: RUF012 - class attributes as Django writes them
# mypy: ignore-errors

import django.db.models.deletion
from django.db import migrations, models

KEY = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_papersketch")]
    operations = [
        migrations.CreateModel(
            name="RegisteredCase",
            fields=[
                KEY,
                ("number", models.CharField(max_length=200)),
                ("number_key", models.CharField(max_length=200, unique=True)),
                ("sameness", models.CharField(db_index=True, max_length=64)),
                ("recipient_key", models.CharField(db_index=True, max_length=100)),
                ("content", models.TextField()),
                ("registered_at", models.DateTimeField()),
                ("closed_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="RosterLine",
            fields=[
                KEY,
                ("licence", models.CharField(max_length=100, unique=True)),
                ("content", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="DocumentNumber",
            fields=[
                KEY,
                ("word", models.CharField(max_length=100)),
                ("year", models.PositiveIntegerField()),
                ("sequence", models.PositiveIntegerField()),
                ("about", models.CharField(db_index=True, max_length=300)),
                ("drawn_at", models.DateTimeField()),
                ("void", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("word", "year", "sequence"), name="one_number_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssignmentRecord",
            fields=[
                KEY,
                ("licence", models.CharField(db_index=True, max_length=100)),
                ("content", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="registry.registeredcase",
                    ),
                ),
            ],
        ),
    ]
