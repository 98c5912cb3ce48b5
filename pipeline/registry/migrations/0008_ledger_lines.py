"""What the ledger shows of each round is kept beside the reports; what every look at the inbox asks for is indexed."""

# ruff: noqa: RUF012 - class attributes as Django writes them
# mypy: ignore-errors

import django.db.models.deletion
from django.db import migrations, models


def of(model: str) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=f"registry.{model}")


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_supplements")]
    operations = [
        migrations.CreateModel(
            name="LedgerLine",
            fields=[
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="line",
                        serialize=False,
                        to="registry.round",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("revision", models.PositiveIntegerField()),
                ("version", models.PositiveIntegerField()),
                ("content", models.TextField()),
                ("case", of("case")),
                ("submission", of("submission")),
            ],
        ),
        migrations.AddIndex(model_name="submission", index=models.Index(fields=("name",), name="submission_by_name")),
        migrations.AddIndex(
            model_name="drop",
            index=models.Index(condition=models.Q(("left_at", None)), fields=("id",), name="open_drops"),
        ),
    ]
