"""What was handed in later is joined to the round that it supplements."""

# ruff: noqa: RUF012 - class attributes as Django writes them
# mypy: ignore-errors

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_lives")]
    operations = [
        migrations.AddField(
            model_name="round",
            name="base",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supplements",
                to="registry.round",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="told_case",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="told", to="registry.case"
            ),
        ),
    ]
