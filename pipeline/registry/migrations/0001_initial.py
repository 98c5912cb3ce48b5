# ruff: noqa: RUF012 - class attributes as Django writes them
# mypy: ignore-errors

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=300, unique=True)),
                ("number", models.CharField(blank=True, max_length=200)),
                ("recipient_name", models.CharField(blank=True, max_length=100)),
                ("opened_at", models.DateTimeField()),
                ("folder", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="JournalEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(unique=True)),
                ("previous", models.CharField(max_length=64)),
                ("content", models.TextField()),
                ("sha256", models.CharField(max_length=64, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("name", models.TextField()),
                ("original", models.TextField(blank=True)),
                ("state", models.CharField(db_index=True, default="received", max_length=20)),
                ("received_at", models.DateTimeField()),
                ("owner", models.CharField(blank=True, max_length=100)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("interruptions", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Drop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("original", models.TextField()),
                ("arrived_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(null=True)),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drops", to="registry.submission"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("report", models.TextField()),
                ("decision", models.CharField(blank=True, max_length=20)),
                ("audited_at", models.DateTimeField()),
                ("delivered_at", models.DateTimeField(null=True)),
                ("folder", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="registry.case"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="registry.submission"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "number"), name="one_round_a_number")],
            },
        ),
    ]
