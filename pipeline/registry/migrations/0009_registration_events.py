"""What happens to a registered case beside its assignments is kept: corrections, closings, what takes them back."""

# ruff: noqa: RUF012 - class attributes as Django writes them
# mypy: ignore-errors

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_ledger_lines")]
    operations = [
        migrations.CreateModel(
            name="RegistrationEventRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.TextField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="registry.registeredcase",
                    ),
                ),
            ],
        ),
    ]
