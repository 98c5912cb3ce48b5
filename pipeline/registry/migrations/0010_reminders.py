"""Which reminders have been drafted is kept, so that nobody is reminded of the same term twice."""

# ruff: noqa: RUF012 - class attributes as Django writes them
# mypy: ignore-errors

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_registration_events")]
    operations = [
        migrations.CreateModel(
            name="ReminderLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("content", models.TextField()),
                ("drafted_at", models.DateTimeField()),
            ],
        ),
    ]
